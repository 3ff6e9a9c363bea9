//! Who may use whom, among crates and among the portal's modules.

use crate::code::bare;
use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

/// Our crates, and those of ours that each may depend on. Portal and reference API meet over HTTP alone.
const CRATES: &[(&str, &str, &[&str])] = &[
    (
        "Cargo.toml",
        "customer-portal",
        &["portal-client", "portal-contract", "portal-markup"],
    ),
    (
        "crates/client/Cargo.toml",
        "portal-client",
        &["portal-contract"],
    ),
    (
        "crates/conformance/Cargo.toml",
        "conformance",
        &["portal-client", "portal-contract"],
    ),
    ("crates/contract/Cargo.toml", "portal-contract", &[]),
    (
        "crates/markup/Cargo.toml",
        "portal-markup",
        &["portal-markup-macro"],
    ),
    ("crates/markup-macro/Cargo.toml", "portal-markup-macro", &[]),
    (
        "crates/reference-api/Cargo.toml",
        "reference-api",
        &["portal-contract", "portal-serving"],
    ),
    ("crates/serving/Cargo.toml", "portal-serving", &[]),
    ("crates/xtask/Cargo.toml", "xtask", &["portal-serving"]),
];

/// The portal's modules, lowest first. One may use those below it and those beside it.
const LEVELS: &[&[&str]] = &[
    &["browser"],
    &["config", "i18n", "routes", "ui"],
    &[
        "announce", "api", "forms", "live", "loading", "session", "theme",
    ],
    &["widgets"],
    &["pages"],
    &["shell"],
    &["app"],
];

fn wrong_crates(files: &[File]) -> Vec<String> {
    let manifests = files.iter().filter(|file| {
        file.path == "Cargo.toml" || (file.is_in("crates") && file.path.ends_with("/Cargo.toml"))
    });
    manifests.flat_map(wrong_in_manifest).collect()
}

fn wrong_in_manifest(file: &File) -> Vec<String> {
    let Some((_, name, allowed)) = CRATES.iter().find(|(path, ..)| *path == file.path) else {
        return vec![format!(
            "{} is a crate that CRATES does not know",
            file.path
        )];
    };
    let ours = |dependency: &&str| {
        CRATES
            .iter()
            .any(|(_, crate_name, _)| crate_name == dependency)
    };
    let used = dependencies(&file.text).into_iter().filter(ours);
    used.filter(|used| !allowed.contains(used))
        .map(|used| format!("{}: {name} uses {used}", file.path))
        .collect()
}

/// The names under `[dependencies]`; tests may use more (`[dev-dependencies]`).
fn dependencies(manifest: &str) -> Vec<&str> {
    let section = manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1);
    let lines = section.take_while(|line| !line.starts_with('['));
    lines
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty())
        .collect()
}

fn wrong_modules(files: &[File]) -> Vec<String> {
    let sources = files
        .iter()
        .filter(|file| file.is_in("src") && file.has_extension("rs") && file.path != "src/main.rs");
    sources
        .flat_map(|file| wrong_in_source(file, &bare(&file.text)))
        .collect()
}

fn wrong_in_source(file: &File, code: &str) -> Vec<String> {
    let user = module_of(&file.path);
    let Some(level) = level(user) else {
        return vec![format!(
            "{}: LEVELS does not know the module {user}",
            file.path
        )];
    };
    let mut violations = Vec::new();
    for (line, text) in code.lines().enumerate() {
        for used in used_modules(text) {
            let own = used == user;
            let below = self::level(used).is_none_or(|used_level| used_level <= level);
            // The shared components know nothing of this portal, so that any screen can be made of them.
            let generic = user != "ui" || used == "browser";
            let allowed = own || (below && generic);
            if !allowed {
                violations.push(file.at(line, &format!("{user} uses {used}")));
            }
        }
    }
    violations
}

fn level(module: &str) -> Option<usize> {
    LEVELS.iter().position(|level| level.contains(&module))
}

/// `src/pages/overview.rs` belongs to `pages`.
fn module_of(path: &str) -> &str {
    let inner = path.trim_start_matches("src/");
    inner.split(['/', '.']).next().unwrap_or(inner)
}

/// The top modules that a line names through `crate::`, grouped imports among them.
fn used_modules(line: &str) -> Vec<&str> {
    let mut used = Vec::new();
    for after in line.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => used.extend(top_of_group(group)),
            None => used.push(identifier(after)),
        }
    }
    // `use crate::Something` names a re-export of main.rs, of which there are none.
    used.retain(|name| name.starts_with(|first: char| first.is_ascii_lowercase()));
    used
}

fn top_of_group(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut names = Vec::new();
    let mut start = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && depth == 0 && c.is_ascii_lowercase() => {
                names.push(identifier(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    &text[..end]
}

fn pages_that_use_pages(files: &[File]) -> Vec<String> {
    let pages = files
        .iter()
        .filter(|file| file.is_in("src/pages") && file.has_extension("rs"));
    pages
        .flat_map(|file| other_pages(file, &bare(&file.text)))
        .collect()
}

fn other_pages(file: &File, code: &str) -> Vec<String> {
    let inner = file.path.trim_start_matches("src/pages/");
    let own = inner.split(['/', '.']).next().unwrap_or(inner);
    // As many `super` as lead from this file out to the list of pages.
    let out = format!("{}::", vec!["super"; inner.split('/').count()].join("::"));
    let names_another = |line: &str| {
        let by_crate = line
            .split("crate::pages::")
            .skip(1)
            .any(|after| identifier(after) != own);
        let by_super = line.contains(&out) && !line.contains("super::*");
        by_crate || by_super
    };
    let lines = code
        .lines()
        .enumerate()
        .filter(|(_, line)| names_another(line));
    lines.map(|(line, text)| file.at(line, text)).collect()
}

#[test]
fn crates_depend_in_one_direction() {
    assert_kept(
        wrong_crates,
        "contract <- client <- portal, contract <- reference-api, client <- conformance. Move what is shared into the contract:",
    );
    assert_caught(
        wrong_crates,
        &[(
            "crates/contract/Cargo.toml",
            "[dependencies]\nportal-client.workspace = true\n",
        )],
    );
    assert_caught(
        wrong_crates,
        &[("crates/novel/Cargo.toml", "[dependencies]\n")],
    );
    assert_allowed(
        wrong_crates,
        &[(
            "crates/client/Cargo.toml",
            "[dependencies]\nportal-contract = { path = \"x\" }\n\n[dev-dependencies]\nreference-api.workspace = true\n",
        )],
    );
}

#[test]
fn modules_use_those_below_them() {
    assert_kept(
        wrong_modules,
        "app -> shell -> pages -> widgets -> {forms, loading, session, live, announce, api, theme} -> {ui, routes, i18n, config} -> browser; ui uses browser alone. Pass a value or move the code down:",
    );
    assert_caught(
        wrong_modules,
        &[("src/forms/field.rs", "use crate::pages::overview;\n")],
    );
    assert_caught(
        wrong_modules,
        &[(
            "src/ui/link.rs",
            "use crate::{browser::focus, routes::Route};\n",
        )],
    );
    assert_caught(
        wrong_modules,
        &[("src/widgets/chart.rs", "use crate::shell::Shell;\n")],
    );
    assert_caught(wrong_modules, &[("src/novel.rs", "")]);
    assert_allowed(
        wrong_modules,
        &[(
            "src/pages/overview.rs",
            "use crate::{ui::{Card, Chip}, forms};\n// crate::app\n",
        )],
    );
}

#[test]
fn pages_never_use_pages() {
    assert_kept(
        pages_that_use_pages,
        "Move what two pages share into widgets or ui:",
    );
    assert_caught(
        pages_that_use_pages,
        &[("src/pages/overview.rs", "use super::interactions::Row;\n")],
    );
    assert_caught(
        pages_that_use_pages,
        &[(
            "src/pages/overview.rs",
            "use crate::pages::interactions::Row;\n",
        )],
    );
    assert_allowed(
        pages_that_use_pages,
        &[(
            "src/pages/interactions/list.rs",
            "use super::row::Row;\nuse crate::pages::interactions::filters;\n",
        )],
    );
}
