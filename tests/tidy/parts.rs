//! What keeps the parts of the program small (docs/decisions/0009, 0013).

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
