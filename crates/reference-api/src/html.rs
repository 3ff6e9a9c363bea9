//! HTML mail made harmless: only words, tables and pictures come through, and nothing that acts, asks or phones home.
//!
//! A mail is cleaned when it arrives ([`sanitise`]) and again when it is served ([`page`]): the rules may have become
//! stricter since. The markup that comes out of the cleaning is well-formed (html5ever wrote it), which is why [`images`] can
//! walk over it tag by tag.

mod images;
mod page;
mod rules;

#[cfg(test)]
mod tests;

pub(crate) use page::page;

/// A mail's markup, made harmless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sanitised {
    /// What goes into the database: the inside of a `body`.
    pub html: String,
    /// How many images it would load from elsewhere.
    pub remote_images: u64,
}

/// Makes a mail's markup harmless. `None` when nothing that can be shown is left of it.
pub(crate) fn sanitise(raw: &str) -> Option<Sanitised> {
    let html = rules::clean(raw);
    if html.trim().is_empty() {
        return None;
    }
    let remote_images = images::count_remote(&html);
    Some(Sanitised {
        html,
        remote_images,
    })
}

/// Text as it stands in an element or in a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
