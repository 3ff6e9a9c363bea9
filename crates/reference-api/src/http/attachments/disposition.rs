//! `Content-Disposition` (RFC 6266), both ways: reading a file's name on its way in, writing it on its way out.

/// The file's name: `filename*` (RFC 8187) before `filename`. `None` when the header is not readable or gives no name.
pub(super) fn file_name(header: &[u8]) -> Option<String> {
    let header = std::str::from_utf8(header).ok()?;
    let (_, mut rest) = header.split_once(';')?;
    let (mut plain, mut extended) = (None, None);
    while let Some((name, value, after)) = parameter(rest) {
        match name.to_ascii_lowercase().as_str() {
            "filename*" => extended = extended.or_else(|| decode_extended(&value)),
            "filename" => plain = plain.or(Some(value)),
            _ => {}
        }
        rest = after;
    }
    extended.or(plain)
}

/// The first parameter, its value without quotes, and what comes after it.
fn parameter(text: &str) -> Option<(&str, String, &str)> {
    let text = text.trim_start_matches([' ', '\t', ';']);
    let (name, value) = text.split_once('=')?;
    let value = value.trim_start();
    let (value, after) = match value.strip_prefix('"') {
        Some(quoted) => unquote(quoted)?,
        None => {
            let end = value.find(';').unwrap_or(value.len());
            (value[..end].trim_end().to_owned(), &value[end..])
        }
    };
    Some((name.trim(), value, after))
}

/// The text up to the closing quote, and what comes after it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

/// `UTF-8'language'percent-encoded`.
fn decode_extended(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _language, text) = (parts.next()?, parts.next()?, parts.next()?);
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

/// The header that gives a file back under its name, as a download and never as a page.
pub(crate) fn download(file_name: &str) -> String {
    use std::fmt::Write;
    let fallback: String = file_name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || " -_.()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut header = format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''");
    for byte in file_name.bytes() {
        // attr-char of RFC 8187.
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            header.push(char::from(byte));
        } else {
            write!(header, "%{byte:02X}").expect("writing to a string succeeds");
        }
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_rfc_6266_writes_them() {
        for (header, expected) in [
            (
                "attachment; filename*=UTF-8''na%C3%AFve%20plan.txt",
                Some("naïve plan.txt"),
            ),
            (
                "attachment; filename=\"a \\\"b\\\"; c.txt\"",
                Some("a \"b\"; c.txt"),
            ),
            ("attachment; filename=plain.txt; x=y", Some("plain.txt")),
            (
                "attachment;FileName*=utf-8'en'%e2%82%ac.txt;filename=\"e.txt\"",
                Some("€.txt"),
            ),
            (
                "attachment; filename=\"e.txt\"; filename*=UTF-8''%e2%82%ac.txt",
                Some("€.txt"),
            ),
            (
                "attachment; filename*=UTF-8''%ff; filename=ok.txt",
                Some("ok.txt"),
            ),
            (
                "attachment; filename*=UTF-8''%4; filename=ok.txt",
                Some("ok.txt"),
            ),
            ("attachment; filename*=ISO-8859-1''%e4.txt", None),
            ("attachment", None),
            ("attachment; filename=\"unclosed", None),
            ("", None),
        ] {
            assert_eq!(
                file_name(header.as_bytes()).as_deref(),
                expected,
                "{header}"
            );
        }
        assert_eq!(file_name(b"attachment; filename=\xff"), None);
    }

    #[test]
    fn a_name_survives_the_way_out_and_in() {
        for name in [
            "bill.pdf",
            "naïve \"plan\"; 100%.txt",
            "=cmd|x.csv",
            "فاتورة.pdf",
            "a\r\nb",
        ] {
            let header = download(name);
            assert!(
                header.is_ascii() && !header.contains(['\r', '\n']),
                "{header}"
            );
            assert_eq!(file_name(header.as_bytes()).as_deref(), Some(name));
        }
    }
}
