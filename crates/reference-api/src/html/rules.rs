//! What a mail may hold. A list of what is let through: what nobody thought of stays out.

use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that go with all that is in them. Of other unknown elements the words stay.
const GONE_WITH_CONTENT: &[&str] = &[
    "applet",
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "frameset",
    "head",
    "iframe",
    "map",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "picture",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];

const STYLES: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "line-height",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
];

/// Pictures that stand in the mail itself; SVG is markup and not among them.
const INLINE_IMAGES: &[&str] = &[
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

pub(super) fn clean(raw: &str) -> String {
    CLEANER.clean(raw).to_string()
}

fn cleaner() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(GONE_WITH_CONTENT.iter().copied().collect())
        .generic_attributes(HashSet::from(["align", "dir", "lang", "style", "title"]))
        .tag_attributes(attributes())
        .filter_style_properties(STYLES.iter().copied().collect())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "data"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .strip_comments(true)
        .attribute_filter(attribute);
    builder
}

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    let cell = ["bgcolor", "colspan", "rowspan", "valign", "width"];
    HashMap::from([
        ("a", HashSet::from(["href"])),
        ("col", HashSet::from(["span", "width"])),
        ("colgroup", HashSet::from(["span", "width"])),
        ("font", HashSet::from(["color", "size"])),
        ("img", HashSet::from(["alt", "height", "src", "width"])),
        ("li", HashSet::from(["value"])),
        ("ol", HashSet::from(["reversed", "start", "type"])),
        (
            "table",
            HashSet::from(["bgcolor", "border", "cellpadding", "cellspacing", "width"]),
        ),
        ("td", HashSet::from(cell)),
        ("th", HashSet::from(cell)),
        ("time", HashSet::from(["datetime"])),
        ("tr", HashSet::from(["bgcolor", "valign"])),
    ])
}

/// The second look at an attribute that the lists let through: ammonia knows schemes, but not which of them fits where.
fn attribute<'v>(element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match (element, name) {
        ("a", "href") => link(value),
        ("img", "src") => image(value),
        (_, "style") => (!loads_something(value)).then_some(Cow::Borrowed(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

fn link(value: &str) -> Option<Cow<'_, str>> {
    let start = value.trim_start().to_ascii_lowercase();
    ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| start.starts_with(scheme))
        .then_some(Cow::Borrowed(value))
}

/// Remote images are asked for over TLS or not at all: the page's policy allows nothing else.
fn image(value: &str) -> Option<Cow<'_, str>> {
    let value = value.trim();
    let start = value.get(..8).unwrap_or(value).to_ascii_lowercase();
    if start.starts_with("https://") {
        return Some(Cow::Borrowed(value));
    }
    if let Some(rest) = start.starts_with("http://").then(|| &value[7..]) {
        return Some(Cow::Owned(format!("https://{rest}")));
    }
    let inline = value.get(..32).unwrap_or(value).to_ascii_lowercase();
    INLINE_IMAGES
        .iter()
        .any(|kind| inline.starts_with(kind))
        .then_some(Cow::Borrowed(value))
}

/// Whether a style names anything to load, or hides a name behind escapes and comments.
fn loads_something(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    [
        "url",
        "image",
        "expression",
        "import",
        "src",
        "\\",
        "/*",
        "attr(",
        "var(",
    ]
    .iter()
    .any(|sign| style.contains(sign))
}
