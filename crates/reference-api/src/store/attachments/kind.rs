//! What a file is, by its content. What its sender says of it is not believed.

use std::path::Path;

/// What every file is that is nothing else: bytes to keep, never to open in place.
pub const UNKNOWN: &str = "application/octet-stream";

/// How much of a file's beginning tells what it is.
pub const HEAD: usize = 8 * 1024;

/// Kinds that a browser shows in place without running anything in them.
const PREVIEWABLE: &[&str] = &["image/png", "image/jpeg", "image/gif", "image/webp"];

/// Kinds of files that people send and that are called by their name. Everything else that has a signature (programs, packages,
/// markup, scripts) is [`UNKNOWN`].
const NAMED: &[&str] = &[
    "application/epub+zip",
    "application/gzip",
    "application/msword",
    "application/pdf",
    "application/rtf",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/x-7z-compressed",
    "application/zip",
];

/// Text whose name may tell more than its content. None of these is run by anything that opens it.
const TEXTS: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    ("ics", "text/calendar"),
    ("vcf", "text/vcard"),
];

/// Endings by which a desktop runs a file, or opens it as a page, whatever is in it: a text called `bill.bat` is a program.
const RUN_BY_NAME: &[&str] = &[
    "app",
    "application",
    "bat",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "desktop",
    "exe",
    "hta",
    "htm",
    "html",
    "inf",
    "iqy",
    "jar",
    "js",
    "jse",
    "library-ms",
    "lnk",
    "mht",
    "mhtml",
    "mjs",
    "msc",
    "msi",
    "msp",
    "php",
    "pif",
    "ps1",
    "psm1",
    "py",
    "reg",
    "scf",
    "scr",
    "search-ms",
    "settingcontent-ms",
    "sh",
    "shtml",
    "slk",
    "svg",
    "svgz",
    "terminal",
    "url",
    "vbe",
    "vbs",
    "webloc",
    "wsf",
    "wsh",
    "xht",
    "xhtml",
    "xml",
    "xsl",
];

/// Whether a file of this kind can be shown in place.
#[must_use]
pub fn is_previewable(media_type: &str) -> bool {
    PREVIEWABLE.contains(&media_type)
}

/// What a file is, by the first [`HEAD`] bytes of it. Its name decides between kinds of plain text; and one that would have it run
/// makes it [`UNKNOWN`].
#[must_use]
pub fn sniff(head: &[u8], file_name: &str) -> &'static str {
    if is_run_by_name(file_name) || looks_like_markup(head) {
        return UNKNOWN;
    }
    if let Some(found) = infer::get(head) {
        let found = found.mime_type();
        let media = ["image/", "audio/", "video/"]
            .iter()
            .any(|kind| found.starts_with(kind));
        return if (media && found != "image/svg+xml") || NAMED.contains(&found) {
            found
        } else {
            UNKNOWN
        };
    }
    if is_text(head) {
        kind_of_text(file_name)
    } else {
        UNKNOWN
    }
}

/// Whether `types` (`image/png`, `image/*`, `*/*`) takes a file of this kind.
#[must_use]
pub fn is_taken(media_type: &str, types: &[String]) -> bool {
    types.iter().any(|taken| match taken.strip_suffix('*') {
        Some("*/") => true,
        Some(family) => media_type.starts_with(family),
        None => taken == media_type,
    })
}

fn ending(file_name: &str) -> &str {
    Path::new(file_name)
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or("")
}

fn is_run_by_name(file_name: &str) -> bool {
    let ending = ending(file_name);
    RUN_BY_NAME
        .iter()
        .any(|run| run.eq_ignore_ascii_case(ending))
}

fn kind_of_text(file_name: &str) -> &'static str {
    let extension = ending(file_name);
    TEXTS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(extension))
        .map_or("text/plain", |(_, media_type)| media_type)
}

/// Markup in any disguise: a browser that opened it from a disk would run what is in it. A tag or a declaration anywhere near
/// the beginning is enough, also within what claims to be a picture (`GIF89a…<script>`).
fn looks_like_markup(head: &[u8]) -> bool {
    let text: String = head
        .iter()
        .take(1024)
        // UTF-16 is text with a NUL at every other byte.
        .filter(|byte| **byte != 0)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<script",
        "<svg",
        "<iframe",
        "<?xml",
        "<?php",
        "<!entity",
    ]
    .iter()
    .any(|sign| text.contains(sign))
}

/// Whether it is UTF-8 without control characters other than those that lay out text. The last character may be cut.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or("\0")
        }
        Err(_) => return false,
    };
    !text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02";

    #[test]
    fn a_file_is_what_is_in_it_and_not_what_its_name_says() {
        for (head, name, expected) in [
            (PNG, "invoice.pdf", "image/png"),
            (
                b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".as_slice(),
                "cat.png",
                "application/pdf",
            ),
            (b"GIF89a\x01\0\x01\0", "a.gif", "image/gif"),
            ("größer\nals".as_bytes(), "notes.txt", "text/plain"),
            (b"a,b\n1,2\n", "meter.CSV", "text/csv"),
            (b"", "empty", "text/plain"),
            (
                b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff",
                "photo.jpg",
                UNKNOWN,
            ),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0", "photo.jpg", UNKNOWN),
            (b"#!/bin/sh\nrm -rf ~\n", "readme.txt", UNKNOWN),
            (b"\x01\x02\x03\xff\xfe", "data.txt", UNKNOWN),
        ] {
            assert_eq!(sniff(head, name), expected, "{name}");
        }
    }

    #[test]
    fn markup_is_never_called_by_its_name() {
        for head in [
            b"<!DOCTYPE html><script>alert(1)</script>".as_slice(),
            b"\xef\xbb\xbf  \n<HTML><body>",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<?xml version='1.0'?><svg/>",
            b"GIF89a/*<script>alert(1)</script>*/",
            b"\xff\xfe<\0s\0c\0r\0i\0p\0t\0>\0",
            b"hello\n<script>alert(1)</script>",
        ] {
            for name in ["a.png", "a.txt", "a.html", "a.svg"] {
                assert_eq!(sniff(head, name), UNKNOWN, "{head:?}");
            }
        }
    }

    #[test]
    fn a_name_that_has_a_file_run_makes_it_no_text_and_no_picture() {
        let late = format!("{}<script>alert(1)</script>", "x ".repeat(HEAD));
        let prefixed = b"<s:svg xmlns:s='http://www.w3.org/2000/svg'/>".as_slice();
        for (head, name) in [
            (late.as_bytes(), "bill.html"),
            (prefixed, "bill.SVG"),
            (PNG, "bill.png.htm"),
            (b"del /s /q *".as_slice(), "bill.bat"),
            (b"WScript.Echo(1)", "bill.js"),
            (b"[InternetShortcut]\nURL=file://evil.example/a", "bill.url"),
        ] {
            assert_eq!(sniff(head, name), UNKNOWN, "{name}");
        }
    }

    #[test]
    fn a_text_cut_within_a_character_is_text() {
        let text = "ü".repeat(HEAD);
        assert_eq!(sniff(&text.as_bytes()[..HEAD - 1], "a.txt"), "text/plain");
    }

    #[test]
    fn kinds_are_taken_by_name_by_family_or_all() {
        let types = ["image/*".to_owned(), "application/pdf".to_owned()];
        assert!(is_taken("image/png", &types) && is_taken("application/pdf", &types));
        assert!(!is_taken("application/zip", &types) && !is_taken("imagex/png", &types));
        assert!(is_taken(UNKNOWN, &["*/*".to_owned()]));
    }

    #[test]
    fn only_harmless_pictures_are_previewed() {
        assert!(is_previewable("image/png") && is_previewable("image/webp"));
        assert!(
            !is_previewable("image/svg+xml")
                && !is_previewable("image/tiff")
                && !is_previewable("application/pdf")
        );
    }
}
