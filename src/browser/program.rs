//! Which program this page runs, and whether another is served by now.

use super::{base, document, transport, window};

/// The id by which `index.html` names the program; the addresses of its files carry a digest of their bytes.
const PROGRAM: &str = "portal-wasm";

/// Whether the page that is served now carries another program than this one.
pub async fn is_outdated() -> bool {
    let (Some(own), Some(page)) = (own(), transport::file(&base::address("/")).await) else {
        return false;
    };
    names_another(&page, &own)
}

/// Begins anew, with the program that is served now.
pub fn reload() {
    let _ = window().location().reload();
}

/// What the page says of its program's files: the first, and the table of the others.
fn own() -> Option<[String; 2]> {
    let program = document().get_element_by_id(PROGRAM)?;
    Some(["href", "data-parts"].map(|name| program.get_attribute(name).unwrap_or_default()))
}

/// Whether this is a page of the portal, and without our files. A page that some proxy put in its place says nothing.
fn names_another(page: &str, own: &[String]) -> bool {
    has(page, PROGRAM) && own.iter().any(|files| !has(page, files))
}

/// Whether a text stands in another. The standard library's way is quicker, and is program that every first visit waits for.
fn has(text: &str, part: &str) -> bool {
    let mut places = text.as_bytes().windows(part.len().max(1));
    part.is_empty() || places.any(|place| place == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_the_portal_can_name_another_program() {
        let page = |main: &str, part: &str| {
            format!(r#"<link id="portal-wasm" data-parts='{{"files":["{part}"]}}' href="{main}">"#)
        };
        let (main, part) = ("/assets/portal-01.wasm", "a/b=");
        let own = [main.to_owned(), format!(r#"{{"files":["{part}"]}}"#)];
        assert!(!names_another(&page(main, part), &own));
        assert!(names_another(&page("/assets/portal-03.wasm", part), &own));
        assert!(names_another(&page(main, "c/d="), &own));
        assert!(!names_another("<h1>Sign in to this network</h1>", &own));
    }
}
