//! What the first frame and the first screens show is styled by style/main.css alone (docs/decisions/0010).

use std::collections::BTreeSet;

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

/// What stands there before a further screen is opened. Widgets are looked at where a screen shows them.
const FIRST: [&str; 8] = [
    "src/shell",
    "src/ui",
    "src/loading",
    "src/forms",
    "src/announce",
    "src/pages/overview",
    "src/pages/sign_in",
    "src/pages/help",
];
/// A year in touch is a part of its own, which brings the further style.
const LATER: &str = "src/pages/overview/year.rs";

/// Classes that only the further style has, where the first screens are drawn.
fn unstyled(files: &[File]) -> Vec<String> {
    let styles = |entry: &str| {
        let entry = files.iter().find(|file| file.path == entry);
        let text = entry.map_or("", |file| file.text.as_str());
        let imported = |file: &&File| {
            let path = file.path.strip_prefix("style/");
            path.is_some_and(|path| text.contains(&format!("\"{path}\"")))
        };
        let sheets = files.iter().filter(imported);
        sheets
            .flat_map(|file| classes(&file.text))
            .collect::<BTreeSet<_>>()
    };
    let (first, mut further) = (styles("style/main.css"), styles("style/further.css"));
    further.retain(|class| !first.contains(class));
    let is_first = |file: &&File| {
        let path = file.path.trim_end_matches(".rs");
        file.path != LATER
            && FIRST
                .iter()
                .any(|first| path == *first || file.is_in(first))
    };
    let mut wrong = Vec::new();
    for file in files.iter().filter(is_first) {
        for (at, line) in file.text.lines().enumerate() {
            let words = line.split("class=\"").skip(1);
            let mut words =
                words.flat_map(|rest| rest.split('"').next().unwrap_or_default().split(' '));
            if words.any(|class| further.contains(class)) {
                wrong.push(file.at(at, line));
            }
        }
    }
    wrong
}

/// The names of the classes that a style sheet speaks of.
fn classes(sheet: &str) -> impl Iterator<Item = &str> {
    let names = sheet.split('.').skip(1).map(|rest| {
        let of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        rest.split(|c| !of_name(c)).next().unwrap_or_default()
    });
    names.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
}

#[test]
fn the_first_screens_need_no_further_style() {
    assert_kept(
        unstyled,
        "Import what styles this in style/main.css and no longer in style/further.css:",
    );
    let page = (
        "src/pages/help.rs",
        "view! { <p class=\"soft matrix\"></p> }",
    );
    let main = ("style/main.css", "@import url(\"soft.css\");");
    let further = ("style/further.css", "@import url(\"matrix.css\");");
    let sheets = [
        ("style/soft.css", ".soft {}"),
        ("style/matrix.css", ".matrix {}"),
    ];
    assert_caught(unstyled, &[page, main, further, sheets[0], sheets[1]]);
    let year = ("src/pages/overview/year.rs", page.1);
    assert_allowed(unstyled, &[year, main, further, sheets[0], sheets[1]]);
}
