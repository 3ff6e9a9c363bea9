//! Email addresses, those of RFC 6531 (letters of every script) among them.

use super::{Address, Refused, is_hidden, trimmed};
use portal_contract::FieldCode;
use unicode_normalization::UnicodeNormalization;

/// The longest address that SMTP carries (RFC 5321), in bytes.
const LONGEST: usize = 254;
/// The longest part before the `@` (RFC 5321), in bytes.
const LONGEST_LOCAL: usize = 64;

/// Reads an address.
///
/// # Errors
/// When it is none.
pub fn read(typed: &str) -> Result<Address, Refused> {
    let shown: String = trimmed(typed).nfc().collect();
    if shown.is_empty() {
        return Err(Refused::value(
            FieldCode::Required,
            "an email address is needed",
        ));
    }
    if shown.len() > LONGEST {
        return Err(
            Refused::value(FieldCode::TooLong, "an email address is not that long").limit(LONGEST),
        );
    }
    let invalid = || {
        Refused::value(
            FieldCode::InvalidFormat,
            "an email address looks like name@example.com",
        )
    };
    let (local, domain) = shown.rsplit_once('@').ok_or_else(invalid)?;
    if local.len() > LONGEST_LOCAL || shown.chars().any(|c| is_hidden(c) || c.is_whitespace()) {
        return Err(invalid());
    }
    // An address of a machine (`[192.0.2.1]`) is no address of a person, and mail to it goes past every rule of a domain.
    if domain.starts_with('[') || domain.parse::<std::net::IpAddr>().is_ok() {
        return Err(invalid());
    }
    let ascii = idna::domain_to_ascii(domain).map_err(|_| invalid())?;
    if !ascii.contains('.') || shown.parse::<lettre::Address>().is_err() {
        return Err(invalid());
    }
    Ok(Address {
        compared: compared(&shown),
        shown,
        postal: None,
    })
}

/// An address as it is compared: one mailbox is one address, however it is typed. What is no address is compared as text.
#[must_use]
pub fn compared(typed: &str) -> String {
    let folded: String = trimmed(typed).nfc().collect::<String>().to_lowercase();
    let Some((local, domain)) = folded.rsplit_once('@') else {
        return folded;
    };
    match idna::domain_to_ascii(domain) {
        Ok(ascii) => format!("{local}@{ascii}"),
        Err(_) => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_every_script_are_taken_and_shown_as_typed() {
        for good in [
            "maya@example.com",
            "Maya.Lindqvist+news@example.co.uk",
            "用户@例え.jp",
            "دعم@مثال.com",
            "müller@müller.example",
            "o'neill@example.ie",
            "Ελένη@παράδειγμα.gr",
            "अजय@डाटा.भारत",
        ] {
            assert_eq!(read(good).map(|a| a.shown), Ok(good.to_owned()), "{good}");
        }
    }

    #[test]
    fn one_mailbox_is_one_address_however_it_is_typed() {
        let same = |a: &str, b: &str| assert_eq!(compared(a), compared(b), "{a} {b}");
        same(" Maya@Example.COM ", "maya@example.com");
        same("a@müller.example", "A@xn--mller-kva.example");
        same("jose\u{301}@example.com", "jos\u{e9}@example.com");
        same("\u{202a}maya@example.com\u{202c}", "maya@example.com");
        assert_ne!(compared("a@example.com"), compared("a@example.org"));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "maya",
            "maya@",
            "@example.com",
            "a b@example.com",
            "maya@localhost",
            "maya@192.0.2.1",
            "maya@[192.0.2.1]",
            "maya@exa mple.com",
            "maya@-example-.com",
            "may\u{202e}a@example.com",
            "a@b@example.com",
            "maya@example.com\r\nBcc: x@example.com",
        ] {
            assert_eq!(
                read(bad).unwrap_err().code,
                FieldCode::InvalidFormat,
                "{bad}"
            );
        }
        assert_eq!(read("  ").unwrap_err().code, FieldCode::Required);
        let long = format!("{}@example.com", "a".repeat(250));
        assert_eq!(read(&long).unwrap_err().code, FieldCode::TooLong);
    }
}
