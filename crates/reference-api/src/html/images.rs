//! The images of markup that [`super::rules`] has written: counting those that load from elsewhere, and taking them out.
//!
//! In that markup every `<` outside of an attribute's value begins a tag, and every value stands in double quotes: so says
//! the HTML standard's serialisation, and there are no comments and no raw text elements in it.

/// How many images would load from elsewhere.
pub(super) fn count_remote(html: &str) -> u64 {
    pieces(html)
        .filter(|piece| matches!(piece, Piece::Image(tag) if is_remote(tag)))
        .count() as u64
}

/// The markup with each image that has nothing to show here replaced by its words: one without a source always, a remote one
/// unless `remote` is wanted.
pub(super) fn replaced(html: &str, remote: bool) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Image(tag) if attribute(tag, "src").is_none() || (is_remote(tag) && !remote) => {
                out.push_str(&stand_in(tag));
            }
            Piece::Image(markup) | Piece::Other(markup) => out.push_str(markup),
        }
    }
    out
}

enum Piece<'h> {
    /// One `<img …>`.
    Image(&'h str),
    /// Another tag, or text between tags.
    Other(&'h str),
}

fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = if rest.starts_with('<') {
            tag_length(rest)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        let image = piece
            .strip_prefix("<img")
            .is_some_and(|tail| tail.starts_with([' ', '>', '/']));
        Some(if image {
            Piece::Image(piece)
        } else {
            Piece::Other(piece)
        })
    })
}

/// The length of the tag at the beginning, up to the `>` that stands outside of quotes.
fn tag_length(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

fn is_remote(tag: &str) -> bool {
    attribute(tag, "src").is_some_and(|source| !source.starts_with("data:"))
}

/// The value of an attribute as it stands in the markup, its entities untouched.
fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<&'t str> {
    let mut rest = tag.strip_prefix("<img")?;
    loop {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if name.trim() == wanted {
            return Some(value);
        }
        rest = after;
    }
}

/// What stands where an image would: its alternative text, or nothing where it has none (it is then decoration, or a pixel that
/// counts readers).
fn stand_in(tag: &str) -> String {
    let words = attribute(tag, "alt").unwrap_or("").trim();
    if words.is_empty() {
        return String::new();
    }
    // A value's entities are a text's entities, but a value may hold bare angle brackets.
    let words = words.replace('<', "&lt;").replace('>', "&gt;");
    format!("<span class=\"image\">{words}</span>")
}
