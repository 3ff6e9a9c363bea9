//! Small edits of our own `index.html`. It is ours, so this knows no more of HTML than that file uses.

use std::fmt;

use anyhow::{Result, bail};
use serde_json::Value;

/// The attribute that src/boot.js reads.
const PARTS: &str = "data-parts";

/// An element's start tag: its name and attributes in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    name: String,
    attributes: Vec<(String, Option<String>)>,
    closed: bool,
}

impl Tag {
    fn parse(text: &str) -> Self {
        let inner = text.trim_start_matches('<').trim_end_matches('>');
        let closed = inner.ends_with('/');
        let inner = inner.trim_end_matches('/').trim();
        let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let mut attributes = Vec::new();
        while !rest.trim_start().is_empty() {
            rest = rest.trim_start();
            let end = rest
                .find(|c: char| c == '=' || c.is_whitespace())
                .unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            let quoted = |quote| {
                after
                    .strip_prefix('=')?
                    .strip_prefix(quote)?
                    .split_once(quote)
            };
            let (value, after) = match quoted('"').or_else(|| quoted('\'')) {
                Some((value, after)) => (Some(value.to_owned()), after),
                None => (None, after),
            };
            attributes.push((key.to_owned(), value));
            rest = after;
        }
        Self {
            name: name.to_owned(),
            attributes,
            closed,
        }
    }

    /// The value of an attribute that has one.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(name, _)| name == key)?
            .1
            .as_deref()
    }

    /// Whether it has an attribute, with a value or without.
    pub fn has(&self, key: &str) -> bool {
        self.attributes.iter().any(|(name, _)| name == key)
    }

    /// Which attribute points at the file, and to where.
    pub fn target(&self) -> Option<(&'static str, &str)> {
        ["href", "src"]
            .into_iter()
            .find_map(|key| Some((key, self.get(key)?)))
    }

    /// The tag with the attribute set.
    pub fn with(&self, key: &str, value: &str) -> Self {
        let mut changed = self.clone();
        match changed.attributes.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = Some(value.to_owned()),
            None => changed
                .attributes
                .push((key.to_owned(), Some(value.to_owned()))),
        }
        changed
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{}", self.name)?;
        for (key, value) in &self.attributes {
            match value {
                Some(value) => write!(formatter, " {key}=\"{value}\"")?,
                None => write!(formatter, " {key}")?,
            }
        }
        formatter.write_str(if self.closed { "/>" } else { ">" })
    }
}

/// The next element with `data-bundle`, between what stands before and after it.
pub fn next_bundled(page: &str) -> Option<(&str, Tag, &str)> {
    let at = page.find(" data-bundle=")?;
    let start = page[..at].rfind('<')?;
    let end = start + page[start..].find('>')? + 1;
    Some((&page[..start], Tag::parse(&page[start..end]), &page[end..]))
}

/// All elements with `data-bundle`.
pub fn bundled(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, tag, after)) = next_bundled(rest) {
        tags.push(tag);
        rest = after;
    }
    tags
}

/// With the table of the program's parts on the element that asks for the program. It has digests and names only, nothing that
/// has to be escaped between single quotation marks.
pub fn with_parts(page: &str, table: &str) -> String {
    let program = "id=\"portal-wasm\"";
    page.replacen(program, &format!("{program} {PARTS}='{table}'"), 1)
}

/// The table that [`with_parts`] wrote.
pub fn parts(page: &str) -> Option<Value> {
    let (_, after) = page.split_once(&format!("{PARTS}='"))?;
    let (table, _) = after.split_once('\'')?;
    serde_json::from_str(table).ok()
}

/// Without comments and indentation: `index.html` is the one file that is never cached.
pub fn without_comments(page: &str) -> String {
    let mut bare = String::new();
    let mut rest = page;
    while let Some((before, comment)) = rest.split_once("<!--") {
        bare.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// What trunk fills in when it serves a development build: the address of what reloads the page.
const FOR_TRUNK: &str = "{{__TRUNK_";

/// With `{{path.to.value}}` replaced by the configuration's strings. A line whose value is absent is left out.
pub fn filled(page: &str, configuration: &Value) -> String {
    page.lines()
        .filter_map(|line| filled_line(line, configuration))
        .collect::<Vec<_>>()
        .join("\n")
}

fn filled_line(line: &str, configuration: &Value) -> Option<String> {
    if line.contains(FOR_TRUNK) {
        return Some(line.to_owned());
    }
    let mut filled = String::new();
    let mut rest = line;
    while let Some((before, (path, after))) = rest
        .split_once("{{")
        .and_then(|(before, more)| Some((before, more.split_once("}}")?)))
    {
        let pointer = format!("/{}", path.replace('.', "/"));
        let value = words(configuration.pointer(&pointer)?).filter(|value| !value.is_empty())?;
        filled.push_str(before);
        filled.push_str(&escaped(&value));
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

/// A string as it is, a list of strings with spaces between.
pub(super) fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(
            items
                .iter()
                .map(Value::as_str)
                .collect::<Option<Vec<_>>>()?
                .join(" "),
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The content security policy refuses inline code and style: better said here than by a blank page.
///
/// # Errors
/// When the page has a script without `src`, a `<style>` or a `style=` attribute. Trunk's reloader is allowed for: it
/// is in development builds alone.
pub fn refuse_inline_code(page: &str) -> Result<()> {
    for script in page.split("<script").skip(1) {
        let head = script.split('>').next().unwrap_or_default();
        if !head.contains(" src=") && !script.contains(FOR_TRUNK) {
            bail!(
                "index.html has an inline script, which the content security policy refuses: put it into src/boot.js"
            );
        }
    }
    if page.contains("<style") || page.contains(" style=") {
        bail!(
            "index.html has an inline style, which the content security policy refuses: put it into style/"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_tag_is_written_as_it_was_read() {
        for tag in [
            r#"<script type="module" async src="/a.js" data-bundle="a">"#,
            r#"<link rel="preload" href="/a.wasm"/>"#,
        ] {
            assert_eq!(Tag::parse(tag).to_string(), tag);
        }
    }

    #[test]
    fn an_attribute_is_replaced_or_added() {
        let tag = Tag::parse(r#"<link href="a" data-bundle="b" />"#)
            .with("href", "/c")
            .with("integrity", "d");
        assert_eq!(
            tag.to_string(),
            r#"<link href="/c" data-bundle="b" integrity="d"/>"#
        );
    }

    #[test]
    fn every_bundled_element_is_found() {
        let page = r#"<p>x</p><link href="a.css" data-bundle="one"><script src="b.js" data-bundle="two"></script>"#;
        let names = bundled(page)
            .iter()
            .map(|tag| tag.get("data-bundle").map(str::to_owned))
            .collect::<Vec<_>>();
        assert_eq!(names, [Some("one".to_owned()), Some("two".to_owned())]);
    }

    #[test]
    fn comments_and_indentation_go() {
        assert_eq!(
            without_comments("<a>\n  <!-- two\n lines -->\n  <b>\n</a>"),
            "<a>\n<b>\n</a>"
        );
    }

    #[test]
    fn a_line_without_its_value_is_left_out() {
        let page = "<b>{{name}}</b>\n<a href=\"tel:{{links.phone}}\">{{links.phone}}</a>\n<i>{{links.email}}</i>";
        let filled = filled(
            page,
            &json!({ "name": "A & B", "links": { "phone": "+1 2" } }),
        );
        assert_eq!(filled, "<b>A &amp; B</b>\n<a href=\"tel:+1 2\">+1 2</a>");
    }

    #[test]
    fn a_list_of_the_configuration_stands_with_spaces_between() {
        assert_eq!(
            filled("{{locales}} en-XA", &json!({ "locales": ["en", "de"] })),
            "en de en-XA"
        );
    }

    #[test]
    fn inline_code_and_style_are_refused() {
        assert!(refuse_inline_code("<script>go()</script>").is_err());
        assert!(refuse_inline_code("<p style=\"color: red\">").is_err());
        assert!(refuse_inline_code("<style>p {}</style>").is_err());
        assert!(refuse_inline_code("<script type=\"module\" src=\"/a.js\"></script>").is_ok());
    }

    #[test]
    fn what_reloads_a_development_build_is_left_as_it_is() {
        let reloader = "<script>\nconst address = '{{__TRUNK_ADDRESS__}}';\nconst base = '{{__TRUNK_WS_BASE__}}';\n</script>";
        let page = filled(reloader, &json!({}));
        assert_eq!(page, reloader);
        assert!(refuse_inline_code(&page).is_ok());
    }
}
