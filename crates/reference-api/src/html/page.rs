//! The page that a frame shows a mail in.

use super::{escape, images, rules};

/// Readable type, and nothing wider than the frame. Inline, because the frame has no origin to load a sheet from that its own
/// policy would allow.
const STYLE: &str = "\
:root{color-scheme:light dark;font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}\
:root.own-colours{color-scheme:light;background:#fff;color:#1b1b1b}\
body{margin:1rem;max-inline-size:75ch}\
img{max-inline-size:100%;block-size:auto}\
table{max-inline-size:100%;border-collapse:collapse}\
pre{white-space:pre-wrap}\
blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:.1875rem solid color-mix(in srgb,currentColor 30%,transparent)}\
.image{display:inline-block;padding:.125rem .5rem;border:1px dashed color-mix(in srgb,currentColor 45%,transparent);border-radius:.25rem;font-size:.875em}";

/// The whole document of a mail. Images that would load from elsewhere are in it only when `remote_images` says so: blocked
/// by a policy is good, not there is better.
pub(crate) fn page(title: &str, lang: Option<&str>, html: &str, remote_images: bool) -> String {
    let body = images::replaced(&rules::clean(html), remote_images);
    let lang = lang
        .map(|lang| format!(" lang=\"{}\"", escape(lang)))
        .unwrap_or_default();
    // A mail that brings colours of its own was drawn for white paper: dark ink on our dark ground would be unreadable.
    let class = if brings_colours(&body) {
        " class=\"own-colours\""
    } else {
        ""
    };
    let title = escape(title);
    format!(
        "<!doctype html>\n<html{lang}{class}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body dir=\"auto\">\n{body}\n</body>\n</html>\n"
    )
}

fn brings_colours(html: &str) -> bool {
    ["bgcolor=\"", "<font color=\"", "color:"]
        .iter()
        .any(|sign| html.contains(sign))
}
