//! What keeps the parts of the program small (docs/decisions/0009, 0013, 0024).

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

/// Leptos' own values bring code of their own for each type that they hold, and its router a twentieth of the program.
fn heavy_imports(files: &[File]) -> Vec<String> {
    let portal = files
        .iter()
        .filter(|file| file.is_in("src") && file.has_extension("rs"));
    portal
        .flat_map(|file| {
            let lines = file.text.lines().enumerate();
            lines
                .filter(|(_, line)| {
                    line.contains("leptos::prelude") || line.contains("leptos_router")
                })
                .map(|(at, line)| file.at(at, line))
        })
        .collect()
}

/// Each door of `src/pages.rs` that is awaited with the sentences of another folder than its own.
fn doors_without_their_words(files: &[File]) -> Vec<String> {
    let Some(pages) = files.iter().find(|file| file.path == "src/pages.rs") else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    for door in pages.text.split("fn ").skip(1) {
        let draws = door
            .split_once("_part() -> Part")
            .and_then(|(name, body)| Some((name, body.split_once("Draw(")?.1)));
        let Some((name, draws)) = draws else { continue };
        let folder = draws.split("::").next().unwrap_or_default();
        let call = format!("Box::pin({name}_part())");
        for (before, _) in pages
            .text
            .match_indices(&call)
            .map(|(at, _)| pages.text.split_at(at))
        {
            let awaited = before.rsplit_once('(').map_or("", |(_, words)| words);
            if !awaited.contains(&format!("\"{folder}\",")) {
                wrong.push(format!(
                    "src/pages.rs: {name}_part is drawn by `{folder}`, and awaited with {}",
                    awaited.trim()
                ));
            }
        }
    }
    wrong
}

#[test]
fn values_of_the_page_are_those_that_are_made_once_for_all_types() {
    assert_kept(
        heavy_imports,
        "Take these from portal_markup::prelude, and what concerns the address from crate::routes:",
    );
    assert_caught(
        heavy_imports,
        &[("src/pages/a.rs", "use leptos::prelude::*;\n")],
    );
    assert_allowed(
        heavy_imports,
        &[("src/pages/a.rs", "use portal_markup::prelude::*;\n")],
    );
}

#[test]
fn a_door_is_awaited_with_the_sentences_of_its_folder() {
    assert_kept(
        doors_without_their_words,
        "Name the folder that draws the screen as the first argument of `arriving`:",
    );
    let pages = |words: &str| {
        format!(
            "arriving(\"{words}\", || Box::pin(quiet_part()))\nfn quiet_part() -> Part {{\n    Ok(Draw(preferences::quiet))\n}}\n"
        )
    };
    assert_caught(
        doors_without_their_words,
        &[("src/pages.rs", &pages("quiet"))],
    );
    assert_allowed(
        doors_without_their_words,
        &[("src/pages.rs", &pages("preferences"))],
    );
}
