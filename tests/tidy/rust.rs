//! What stands in no Rust file, or in some alone.

use crate::code::{bare, without_comments, without_tests};
use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

/// The lines of the portal's own code, tests left out, in which `wrong` holds.
fn lines_of_source(
    files: &[File],
    scope: fn(&File) -> bool,
    read: fn(&str) -> String,
    wrong: fn(&str) -> bool,
) -> Vec<String> {
    let sources = files
        .iter()
        .filter(|file| file.has_extension("rs") && !file.path.ends_with("tests.rs") && scope(file));
    let mut violations = Vec::new();
    for file in sources {
        let code = read(without_tests(&file.text));
        violations.extend(
            code.lines()
                .enumerate()
                .filter(|(_, line)| wrong(line))
                .map(|(line, text)| file.at(line, text)),
        );
    }
    violations
}

fn in_portal(file: &File) -> bool {
    file.is_in("src")
}

fn away_from_the_browser(file: &File) -> bool {
    in_portal(file) && !file.is_in("src/browser") && file.path != "src/browser.rs"
}

fn in_a_page(file: &File) -> bool {
    file.is_in("src/pages")
}

fn away_from_routes(file: &File) -> bool {
    in_portal(file) && !file.is_in("src/routes") && file.path != "src/routes.rs"
}

fn browser_calls(files: &[File]) -> Vec<String> {
    const CALLS: &[&str] = &[
        "web_sys",
        "js_sys",
        "post_message",
        "local_storage(",
        "session_storage(",
    ];
    lines_of_source(files, away_from_the_browser, bare, |line| {
        CALLS.iter().any(|call| line.contains(call))
    })
}

fn loose_tasks(files: &[File]) -> Vec<String> {
    lines_of_source(files, in_a_page, bare, |line| line.contains("spawn_local"))
}

fn costly_reactivity(files: &[File]) -> Vec<String> {
    const COSTLY: &[&str] = &[
        "Effect::new",
        "Effect::watch",
        "Memo::new",
        "RenderEffect::",
    ];
    lines_of_source(files, in_portal, bare, |line| {
        COSTLY.iter().any(|call| line.contains(call))
    })
}

fn foreign_markup(files: &[File]) -> Vec<String> {
    // The route table is the router's own: its macro makes the tree of matched segments.
    let drawn = |file: &File| in_portal(file) && file.path != "src/app.rs";
    lines_of_source(files, drawn, bare, |line| {
        line.contains("leptos::view!") || line.contains("leptos::view;")
    })
}

fn silent_defaults(files: &[File]) -> Vec<String> {
    lines_of_source(files, in_a_page, bare, |line| {
        line.contains("unwrap_or_default()")
    })
}

fn inline_markup(files: &[File]) -> Vec<String> {
    lines_of_source(files, in_portal, bare, |line| {
        line.contains(" style=") || line.contains("inner_html=")
    })
}

fn rendered_sentences(files: &[File]) -> Vec<String> {
    lines_of_source(files, in_portal, bare, |line| line.contains("{t("))
}

fn debug_shown(files: &[File]) -> Vec<String> {
    // What builds the texts writes Rust, in which Debug is how a string literal is quoted.
    let shown = |file: &File| in_portal(file) && !file.is_in("src/i18n/build");
    lines_of_source(files, shown, without_comments, |line| line.contains(":?}"))
}

fn screen_paths(files: &[File]) -> Vec<String> {
    const SCREENS: &[&str] = &[
        "\"/interactions",
        "\"/preferences",
        "\"/feedback",
        "\"/sign-in",
        "\"/my-data",
        "\"/help",
    ];
    // The route table itself is written with `path!`, and a test holds it against `Route`.
    let written =
        |line: &str| SCREENS.iter().any(|screen| line.contains(screen)) && !line.contains("path!(");
    lines_of_source(files, away_from_routes, without_comments, written)
}

fn silenced_lints(files: &[File]) -> Vec<String> {
    lines_of_source(
        files,
        |file| !file.is_in("tests/tidy"),
        bare,
        |line| {
            let silences = ["#[allow(", "#![allow(", "#[expect("]
                .iter()
                .any(|attribute| line.contains(attribute));
            silences && line.trim_end().ends_with(")]") && !line.contains("reason")
        },
    )
}

#[test]
fn the_browser_is_called_in_one_place() {
    assert_kept(
        browser_calls,
        "Only src/browser (and crates/markup, which draws) talks to the browser. Give this a typed function there:",
    );
    assert_caught(
        browser_calls,
        &[("src/pages/overview.rs", "let window = web_sys::window();\n")],
    );
    assert_allowed(
        browser_calls,
        &[
            ("src/browser/storage.rs", "web_sys::window()"),
            ("src/theme.rs", "// web_sys is not used\n"),
        ],
    );
}

#[test]
fn no_page_starts_tasks_of_its_own() {
    assert_kept(
        loose_tasks,
        "Reads are resources, writes are actions (Submission):",
    );
    assert_caught(
        loose_tasks,
        &[("src/pages/a.rs", "spawn_local(async {});\n")],
    );
}

#[test]
fn effects_and_derived_values_are_boxed_once() {
    assert_kept(
        costly_reactivity,
        "Leptos' own constructors cost a kilobyte of program for each closure: use portal_markup::{effect, memo, memo_from}:",
    );
    assert_caught(
        costly_reactivity,
        &[("src/pages/a.rs", "Effect::new(move |_| count.get());\n")],
    );
    assert_caught(
        costly_reactivity,
        &[("src/ui/a.rs", "let sum = Memo::new(move |_| 1);\n")],
    );
    assert_allowed(
        costly_reactivity,
        &[
            ("crates/markup/src/reactive.rs", "Memo::new(derive)\n"),
            ("src/a.rs", "effect(move || {}); // not Effect::new\n"),
        ],
    );
}

#[test]
fn views_are_of_one_type() {
    assert_kept(
        foreign_markup,
        "Draw with portal_markup::view! (docs/decisions/0009-one-type-for-every-view.md):",
    );
    assert_caught(
        foreign_markup,
        &[("src/pages/a.rs", "leptos::view! { <p /> }\n")],
    );
    assert_allowed(
        foreign_markup,
        &[("src/app.rs", "leptos::view! { <p /> }\n")],
    );
}

#[test]
fn a_failure_is_never_shown_as_emptiness() {
    assert_kept(
        silent_defaults,
        "Failure is never emptiness: use `?` or match the error (Loaded):",
    );
    assert_caught(
        silent_defaults,
        &[("src/pages/a.rs", "let list = read().unwrap_or_default();\n")],
    );
}

#[test]
fn markup_carries_neither_style_nor_foreign_markup() {
    assert_kept(
        inline_markup,
        "State is an attribute that the style sheet reads; data never becomes markup:",
    );
    assert_caught(
        inline_markup,
        &[("src/ui/bar.rs", "view! { <p style=\"color: red\"></p> }\n")],
    );
    assert_caught(
        inline_markup,
        &[("src/ui/bar.rs", "view! { <p inner_html=text></p> }\n")],
    );
    assert_allowed(inline_markup, &[("src/ui/bar.rs", "let style = 1;\n")]);
}

#[test]
fn a_sentence_stands_in_markup_as_it_is() {
    assert_kept(
        rendered_sentences,
        "In markup a sentence needs no words around it: {text::SOME_KEY}. `t` is for what is no markup, an attribute say:",
    );
    assert_caught(
        rendered_sentences,
        &[("src/pages/a.rs", "view! { <p>{t(text::A)}</p> }\n")],
    );
    assert_allowed(
        rendered_sentences,
        &[(
            "src/pages/a.rs",
            "view! { <p title=t(text::A)>{text::B}</p> }\n",
        )],
    );
}

#[test]
fn no_debug_text_is_shown_to_a_person() {
    assert_kept(
        debug_shown,
        "Errors carry facts and i18n writes the sentence:",
    );
    assert_caught(
        debug_shown,
        &[("src/pages/a.rs", "format!(\"{error:?}\")\n")],
    );
    assert_allowed(
        debug_shown,
        &[(
            "src/a.rs",
            "code\n#[cfg(test)]\nmod tests {\n    assert!(true, \"{x:?}\");\n}",
        )],
    );
}

#[test]
fn paths_of_screens_stand_in_routes_alone() {
    assert_kept(screen_paths, "Link by Route, never by a written path:");
    assert_caught(
        screen_paths,
        &[(
            "src/pages/a.rs",
            "view! { <a href=\"/interactions\">x</a> }\n",
        )],
    );
    assert_allowed(
        screen_paths,
        &[
            ("src/routes.rs", "\"/interactions\"\n"),
            ("src/routes/table.rs", "\"/interactions\"\n"),
        ],
    );
}

#[test]
fn lints_are_silenced_with_a_reason() {
    assert_kept(
        silenced_lints,
        "Say why, `reason = \"…\"`, or do what the lint asks:",
    );
    assert_caught(silenced_lints, &[("src/a.rs", "#[allow(dead_code)]\n")]);
    assert_allowed(
        silenced_lints,
        &[(
            "src/a.rs",
            "#[expect(dead_code, reason = \"a test reads it\")]\n",
        )],
    );
}
