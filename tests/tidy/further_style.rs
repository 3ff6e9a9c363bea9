//! What the first frame and the first screens show is styled by style/main.css alone, and what only some areas show by the sheet of those
//! (docs/decisions/0010).

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

/// The sheets that boot asks for later. Of those that belong to some areas, index.html says which.
const SHEETS: [&str; 3] = [
    "style/further.css",
    "style/conversation.css",
    "style/preferences.css",
];

/// The classes of what a sheet imports.
fn styled<'a>(files: &'a [File], entry: &str) -> BTreeSet<&'a str> {
    let entry = files.iter().find(|file| file.path == entry);
    let text = entry.map_or("", |file| file.text.as_str());
    let imported = |file: &&File| {
        let path = file.path.strip_prefix("style/");
        path.is_some_and(|path| text.contains(&format!("\"{path}\"")))
    };
    let sheets = files.iter().filter(imported);
    sheets.flat_map(|file| classes(&file.text)).collect()
}

/// Where one of these classes is put on an element.
fn worn(file: &File, of: &BTreeSet<&str>) -> Vec<String> {
    let lines = file.text.lines().enumerate().filter(|(_, line)| {
        let words = line.split("class=\"").skip(1);
        let mut words =
            words.flat_map(|rest| rest.split('"').next().unwrap_or_default().split(' '));
        words.any(|class| of.contains(class))
    });
    lines.map(|(at, line)| file.at(at, line)).collect()
}

/// Classes that only a later sheet has, where the first screens are drawn.
fn unstyled(files: &[File]) -> Vec<String> {
    let first = styled(files, "style/main.css");
    let mut later = SHEETS.iter().fold(BTreeSet::new(), |mut all, sheet| {
        all.extend(styled(files, sheet));
        all
    });
    later.retain(|class| !first.contains(class));
    let is_first = |file: &&File| {
        let path = file.path.trim_end_matches(".rs");
        file.path != LATER
            && FIRST
                .iter()
                .any(|first| path == *first || file.is_in(first))
    };
    let first = files.iter().filter(is_first);
    first.flat_map(|file| worn(file, &later)).collect()
}

/// Classes that only the sheet of some areas has, on a screen of another.
fn out_of_area(files: &[File]) -> Vec<String> {
    let page = files.iter().find(|file| file.path == "index.html");
    let page = page.map_or("", |file| file.text.as_str());
    let everywhere = ["style/main.css", SHEETS[0]].map(|sheet| styled(files, sheet));
    let mut wrong = Vec::new();
    for sheet in &SHEETS[1..] {
        let link = page.lines().find(|line| line.contains(sheet));
        let areas = link.and_then(|link| link.split("data-of=\"").nth(1));
        let areas = areas.and_then(|rest| rest.split('"').next()).unwrap_or("");
        let mut own = styled(files, sheet);
        own.retain(|class| everywhere.iter().all(|other| !other.contains(class)));
        let is_its = |path: &str| {
            let area = path.strip_prefix("src/pages/").unwrap_or_default();
            let area = area.split('/').next().unwrap_or_default();
            areas
                .split(' ')
                .any(|its| its == area.trim_end_matches(".rs"))
        };
        let others = files
            .iter()
            .filter(|file| file.is_in("src/pages") && !is_its(&file.path));
        wrong.extend(others.flat_map(|file| worn(file, &own)));
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

#[test]
fn the_style_of_an_area_is_worn_there_alone() {
    assert_kept(
        out_of_area,
        "Name the area in index.html, or import what styles this in style/further.css:",
    );
    let link = (
        "index.html",
        "<link href=\"style/preferences.css\" data-of=\"preferences\" />",
    );
    let sheets = [
        ("style/preferences.css", "@import url(\"matrix.css\");"),
        ("style/matrix.css", ".matrix {}"),
    ];
    let worn = "view! { <p class=\"matrix\"></p> }";
    let elsewhere = ("src/pages/people/one.rs", worn);
    assert_caught(out_of_area, &[elsewhere, link, sheets[0], sheets[1]]);
    for own in ["src/pages/preferences.rs", "src/pages/preferences/cell.rs"] {
        assert_allowed(out_of_area, &[link, sheets[0], sheets[1], (own, worn)]);
    }
}
