use super::*;
use std::env;

fn workspace() -> Workspace {
    Workspace::find().unwrap()
}

fn fixtures(kind: &str) -> Vec<PathBuf> {
    let folder = workspace().root.join("tests/fixtures/config").join(kind);
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn said(file: &Path, text: &str) -> Vec<String> {
    let folder = env::temp_dir();
    let brand = Brand {
        file: file.to_owned(),
        folder,
        text: text.to_owned(),
        shipped: workspace().root.join("public/locales"),
    };
    brand.settings().iter().map(ToString::to_string).collect()
}

fn of_theme(css: &str) -> Vec<String> {
    let findings = theme::check(Path::new("theme.css"), css);
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn what_the_portal_ships_is_good() {
    for file in [
        "public/config.json",
        "tests/fixtures/brands/alderquay/config.json",
        "tests/fixtures/brands/tideway/config.json",
    ] {
        let options = Options {
            file: workspace().root.join(file),
            contrast: false,
        };
        assert!(config(&workspace(), &options).unwrap(), "{file}");
    }
}

#[test]
fn every_bad_file_is_told_with_its_place() {
    for file in fixtures("bad") {
        let said = said(
            Path::new("config.json"),
            &fs::read_to_string(&file).unwrap(),
        );
        assert!(!said.is_empty(), "{} is taken", file.display());
        assert!(
            said.iter().all(|line| line.starts_with("config.json:")),
            "{said:?}"
        );
    }
}

#[test]
fn all_is_told_at_once() {
    let text = r#"{
  "name": "Alderquay",
  "loggo": "/logo.svg",
  "locales": ["en", "xx"],
  "links": { "phone": "+44 20 7946 0123", "home": "http://alderquay.example" },
  "texts": {
    "en": { "overview.greting": "Hi", "overview.greeting": "Hi {nmae}" },
    "fr": {}
  },
  "frame_parents": ["https://alderquay.example:443"]
}"#;
    let said = said(Path::new("config.json"), text);
    let begins = |with: &str| said.iter().any(|line| line.starts_with(with));
    for wanted in [
        "config.json:3:3: there is no setting \"loggo\"; did you mean \"logo\"?",
        "config.json:4:21: no language \"xx\" came with the portal",
        "config.json:5:43: \"links.home\" cannot be",
        "config.json:7:13: there is no sentence \"overview.greting\"; did you mean \"overview.greeting\"?",
        "config.json:7:39: {name} is missing",
        "config.json:7:39: nothing fills {nmae}",
        "config.json:8:5: \"fr\" is none of \"locales\"",
        "config.json:10:21: browsers never name the usual port: write \"https://alderquay.example\"",
    ] {
        assert!(begins(wanted), "{wanted}\n{}", said.join("\n"));
    }
}

#[test]
fn a_theme_reassigns_tokens_and_nothing_else() {
    let said = of_theme(
        "@import url(\"x.css\");\n:root {\n  --brnd: red;\n  color: red;\n  --radius: blue;\n  --font-text: \"Your Sans\", sans-serif;\n  --ink: rebeccapurplish;\n}\n.button { color: red; }\n:root[data-theme=\"dark\"] { --ink: white; }\n",
    );
    let begins = |with: &str| said.iter().any(|line| line.starts_with(with));
    for wanted in [
        "theme.css:1:1: @import url(\"x.css\"); is not for a theme",
        "theme.css:3:3: there is no token --brnd; did you mean --brand?",
        "theme.css:4:3: color is no token",
        "theme.css:5:3: --radius: \"blue\" is not a length",
        "theme.css:7:3: --ink: \"rebeccapurplish\" is no colour",
        "theme.css:9:1: \".button\" is not for a theme",
        "theme.css:10:1: \":root[data-theme=\"dark\"]\" is not for a theme",
    ] {
        assert!(begins(wanted), "{wanted}\n{}", said.join("\n"));
    }
    assert_eq!(said.len(), 7, "{}", said.join("\n"));
}

#[test]
fn colours_too_alike_are_told_with_both_figures_and_what_would_do() {
    let said = of_theme(":root {\n  --ink-soft: light-dark(#999, #ccc);\n}\n");
    let on_paper = said
        .iter()
        .find(|line| line.contains("--ink-soft on --paper:"))
        .unwrap();
    assert!(on_paper.starts_with("theme.css:2:3: "), "{on_paper}");
    assert!(
        on_paper.contains("to 1 in light") && on_paper.contains("to 1 in dark"),
        "{on_paper}"
    );
    let (_, advice) = on_paper.split_once("--ink-soft: ").unwrap();
    let advice = advice.trim_end_matches(" would do.");
    let mended = format!(":root {{ --ink-soft: light-dark({advice}, #ccc); }}");
    assert_eq!(of_theme(&mended), Vec::<String>::new());
}

#[test]
fn any_colour_of_a_brand_can_be_read() {
    for brand in [
        "yellow",
        "#000",
        "white",
        "#e60000",
        "lime",
        "oklch(0.7 0.3 330)",
        "rebeccapurple",
    ] {
        let css = format!(":root {{ --brand-source: {brand}; }}");
        assert_eq!(of_theme(&css), Vec::<String>::new(), "{brand}");
    }
}

#[test]
fn what_shines_through_cannot_be_measured() {
    let said = of_theme(":root { --paper: rgb(255 255 255 / 0.5); }");
    assert!(
        said.iter().any(|line| line.contains("partly transparent")),
        "{said:?}"
    );
}

#[test]
fn a_compressed_copy_of_another_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.json");
    fs::write(&file, "{}").unwrap();
    fs::write(folder.path().join("config.json.gz"), b"no gzip").unwrap();
    let said = beside::twins(&[&file]);
    assert_eq!(said.len(), 1, "{said:?}");
}
