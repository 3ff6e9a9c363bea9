//! The body of a one-click unsubscribe (RFC 8058): one field, `List-Unsubscribe=One-Click`, in either encoding of a form.

use std::borrow::Cow;

const NAME: &str = "List-Unsubscribe";
const VALUE: &str = "One-Click";

/// Whether a body of this `Content-Type` says that its sender wants no more mail.
pub(crate) fn says_so(content_type: &str, body: &[u8]) -> bool {
    let kind = content_type.split(';').next().unwrap_or("").trim();
    if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        in_pairs(body)
    } else if kind.eq_ignore_ascii_case("multipart/form-data") {
        boundary(content_type).is_some_and(|boundary| in_parts(&boundary, body))
    } else {
        false
    }
}

fn in_pairs(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    text.trim()
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .any(|(name, value)| decoded(name) == NAME && decoded(value) == VALUE)
}

/// Percent signs undone. Neither text that is looked for holds a space, so `+` needs no care.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            plain.push(byte);
            continue;
        }
        let digits = [bytes.next(), bytes.next()].map(|digit| {
            digit
                .and_then(|digit| char::from(digit).to_digit(16))
                .and_then(|digit| u8::try_from(digit).ok())
        });
        let [Some(high), Some(low)] = digits else {
            return Cow::Borrowed(text);
        };
        plain.push(high << 4 | low);
    }
    String::from_utf8(plain).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The `boundary` of a multipart body (RFC 2046), with or without quotes.
fn boundary(content_type: &str) -> Option<String> {
    content_type
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))
        .map(|(_, value)| value.trim().trim_matches('"').to_owned())
        .filter(|boundary| !boundary.is_empty() && boundary.len() <= 70)
}

fn in_parts(boundary: &str, body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    let delimiter = format!("--{boundary}");
    text.split(&delimiter)
        .skip(1)
        .take_while(|part| !part.starts_with("--"))
        .filter_map(split_part)
        .any(|(headers, content)| names_the_field(headers) && content.trim() == VALUE)
}

/// Headers and content, with either kind of line ends: what sends these mails is not always strict.
fn split_part(part: &str) -> Option<(&str, &str)> {
    part.split_once("\r\n\r\n")
        .or_else(|| part.split_once("\n\n"))
}

fn names_the_field(headers: &str) -> bool {
    headers
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(header, _)| header.trim().eq_ignore_ascii_case("content-disposition"))
        .flat_map(|(_, value)| value.split(';').skip(1))
        .filter_map(|parameter| parameter.split_once('='))
        .any(|(name, value)| {
            name.trim().eq_ignore_ascii_case("name") && value.trim().trim_matches('"') == NAME
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";

    #[test]
    fn a_form_says_so() {
        for body in [
            "List-Unsubscribe=One-Click",
            "a=b&List-Unsubscribe=One-Click",
            "List%2DUnsubscribe=One%2dClick\r\n",
        ] {
            assert!(says_so(FORM, body.as_bytes()), "{body}");
            assert!(says_so(
                "Application/X-WWW-Form-Urlencoded; charset=utf-8",
                body.as_bytes()
            ));
        }
    }

    #[test]
    fn a_form_with_parts_says_so() {
        let body = "--x1\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x1--\r\n";
        for content_type in [
            "multipart/form-data; boundary=x1",
            "multipart/form-data; charset=utf-8; Boundary=\"x1\"",
        ] {
            assert!(says_so(content_type, body.as_bytes()), "{content_type}");
        }
        let bare = body.replace("\r\n", "\n").replace('"', "");
        assert!(says_so("multipart/form-data; boundary=x1", bare.as_bytes()));
    }

    #[test]
    fn nothing_else_says_so() {
        let multipart = "multipart/form-data; boundary=x1";
        let other =
            "--x1\r\nContent-Disposition: form-data; name=\"Other\"\r\n\r\nOne-Click\r\n--x1--\r\n";
        let after = "--x1--\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n";
        for (content_type, body) in [
            (FORM, ""),
            (FORM, "List-Unsubscribe"),
            (FORM, "List-Unsubscribe=one-click"),
            (FORM, "list=One-Click%"),
            (FORM, "List-Unsubscribe=%zz"),
            (multipart, other),
            (multipart, after),
            ("multipart/form-data", other),
            ("application/json", "List-Unsubscribe=One-Click"),
            ("text/plain", "List-Unsubscribe=One-Click"),
            ("", "List-Unsubscribe=One-Click"),
        ] {
            assert!(
                !says_so(content_type, body.as_bytes()),
                "{content_type} {body}"
            );
        }
    }
}
