//! Pages for people: plain HTML that runs nothing, asks nobody for anything, and reads well printed.

use super::words::Words;
use crate::store::time::Moment;
use jiff::tz::TimeZone;
use portal_contract::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::io::{self, Write};

const STYLE: &str = "\
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}\
body{max-width:60rem;margin:0 auto;padding:1rem}\
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-block-start:2rem}\
table{border-collapse:collapse;inline-size:100%}th,td{text-align:start;vertical-align:top;padding:.35rem .5rem;border-block-end:1px solid #8886}\
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.15rem 1rem;margin:0}dt{color:GrayText}dd{margin:0;min-inline-size:0;overflow-wrap:anywhere;white-space:pre-wrap}\
article{border:1px solid #8886;border-radius:.5rem;padding:.75rem 1rem;margin-block:1rem}\
article h2,article h3{margin:0 0 .5rem}.message{border-block-start:1px solid #8886;padding-block:.5rem}.message p{margin:.25rem 0;white-space:pre-wrap;overflow-wrap:anywhere}\
.quiet{color:GrayText;font-size:.9rem}nav{margin-block:1rem;display:flex;gap:1rem;flex-wrap:wrap}ul{margin:0;padding-inline-start:1.2rem}\
@media(max-width:34rem){dl{grid-template-columns:1fr}dd{margin-block-end:.4rem}}@media print{nav{display:none}article{break-inside:avoid}}";

/// How a page is written: in which words, and whose clock.
#[derive(Clone)]
pub struct Manner {
    /// The words.
    pub words: Words,
    /// The zone that moments are shown in.
    pub zone: TimeZone,
}

impl Manner {
    /// Begins a page. `up` leads to the folder of `index.html`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(&self, to: &mut impl Write, title: &str) -> io::Result<()> {
        let (language, direction) = (self.words.tag(), self.words.direction());
        let hash = base64(&Sha256::digest(STYLE.as_bytes()));
        let title = escape(title);
        write!(
            to,
            "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; \
             base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        )
    }

    /// Ends a page.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(&self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(b"</main>\n</body>\n</html>\n")
    }

    /// The way back, on, and to the beginning. A page that is not there has no link.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn ways(
        &self,
        to: &mut impl Write,
        previous: Option<&str>,
        next: Option<&str>,
    ) -> io::Result<()> {
        to.write_all(b"<nav>")?;
        let ways = [
            (Some("../index.html"), "back"),
            (previous, "previous"),
            (next, "next"),
        ];
        for (href, word) in ways {
            if let Some(href) = href {
                let word = escape_owned(&self.words.page(word));
                write!(to, "<a href=\"{}\">{word}</a>", escape(href))?;
            }
        }
        to.write_all(b"</nav>\n")
    }

    /// A record as a list of its fields. What is empty is left out.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn fields<'a>(
        &self,
        to: &mut impl Write,
        fields: impl Iterator<Item = (&'a str, &'a Value)>,
    ) -> io::Result<()> {
        to.write_all(b"<dl>")?;
        for (name, value) in fields {
            if is_empty(value) {
                continue;
            }
            let label = escape_owned(&self.words.field(name));
            write!(to, "<dt>{label}</dt><dd dir=\"auto\">")?;
            self.value(to, name, value)?;
            to.write_all(b"</dd>")?;
        }
        to.write_all(b"</dl>\n")
    }

    fn value(&self, to: &mut impl Write, name: &str, value: &Value) -> io::Result<()> {
        match value {
            Value::Null => Ok(()),
            Value::Bool(yes) => {
                let word = self.words.page(if *yes { "yes" } else { "no" });
                to.write_all(escape(&word).as_bytes())
            }
            Value::Number(number) => write!(to, "{number}"),
            Value::String(text) if name == "path" => {
                let path = escape(text);
                write!(to, "<a href=\"../{}\">{path}</a>", escape(&encoded(text)))
            }
            Value::String(text) => to.write_all(escape(&self.text(name, text)).as_bytes()),
            Value::Array(items) => {
                to.write_all(b"<ul>")?;
                for item in items {
                    to.write_all(b"<li>")?;
                    self.value(to, "", item)?;
                    to.write_all(b"</li>")?;
                }
                to.write_all(b"</ul>")
            }
            Value::Object(members) => self.fields(
                to,
                members.iter().map(|(name, value)| (name.as_str(), value)),
            ),
        }
    }

    /// The text for people: a word of the contract in their language, a moment on their clock, anything else as it is.
    pub fn text<'a>(&self, field: &str, text: &'a str) -> Cow<'a, str> {
        let said = if WORDED.contains(&field) {
            self.words.value(text)
        } else if is_moment(field) {
            self.moment(text)
        } else {
            None
        };
        said.map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn moment(&self, text: &str) -> Option<String> {
        let moment = Moment::from_timestamp(&text.parse::<Timestamp>().ok()?)?;
        let zoned = moment.to_jiff().to_zoned(self.zone.clone());
        Some(zoned.strftime("%Y-%m-%d %H:%M").to_string())
    }
}

/// Fields that hold words of the contract. What people wrote is never taken for one.
const WORDED: &[&str] = &[
    "channel",
    "direction",
    "status",
    "status_before",
    "kind",
    "role",
    "actor_role",
    "actor",
    "origin",
];

fn is_moment(field: &str) -> bool {
    field == "at"
        || field == "since"
        || ["_at", "_by", "until"]
            .iter()
            .any(|end| field.ends_with(end))
}

/// Whether there is nothing to show.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The text as HTML shows it, between tags and in attributes.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'', '\0']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\0' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

fn escape_owned(text: &str) -> String {
    escape(text).into_owned()
}

/// A path as an address writes it (RFC 3986): names of files may hold letters of every script.
pub fn encoded(path: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a string succeeds");
        }
    }
    encoded
}

/// RFC 4648, section 4: what a policy writes sums in.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for part in bytes.chunks(3) {
        let bits = part
            .iter()
            .chain([&0, &0])
            .take(3)
            .fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte));
        for place in 0..4 {
            if place <= part.len() {
                let digit = (bits >> (18 - 6 * place)) & 63;
                text.push(char::from(DIGITS[digit as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests;
