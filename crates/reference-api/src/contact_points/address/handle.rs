//! Names by which messengers, networks and devices know a customer. Each service has rules of its own; here a name is a line.

use super::{Address, Refused, is_hidden, phone, trimmed};
use portal_contract::FieldCode;
use unicode_normalization::UnicodeNormalization;

/// The longest name, in characters, and the longest address of a device (an endpoint of RFC 8030), in bytes.
const LONGEST: usize = 200;
const LONGEST_TOKEN: usize = 2048;

/// A name on a social network: `@Maya` and `maya` are one.
///
/// # Errors
/// When there is none, or it is no line.
pub fn plain(typed: &str) -> Result<Address, Refused> {
    let shown = line(typed)?;
    let folded: String = shown.nfkc().collect::<String>().to_lowercase();
    Ok(Address {
        compared: folded.trim_start_matches('@').to_owned(),
        shown,
        postal: None,
    })
}

/// A name in a messenger: a phone number, where it is one, or a name.
///
/// # Errors
/// When there is none, or it is no line.
pub fn messaging(typed: &str, country: Option<&str>) -> Result<Address, Refused> {
    let named = plain(typed)?;
    match phone::read(typed, country) {
        Ok(number) => Ok(Address {
            compared: number.compared,
            ..named
        }),
        Err(_) => Ok(named),
    }
}

/// The address of a device, which is compared to the letter.
///
/// # Errors
/// When there is none, it is too long, or holds anything but visible ASCII.
pub fn token(typed: &str) -> Result<Address, Refused> {
    let shown = trimmed(typed);
    if shown.is_empty() {
        return Err(Refused::value(
            FieldCode::Required,
            "the address of a device is needed",
        ));
    }
    if shown.len() > LONGEST_TOKEN {
        return Err(
            Refused::value(FieldCode::TooLong, "no device has an address that long")
                .limit(LONGEST_TOKEN),
        );
    }
    if !shown.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Refused::value(
            FieldCode::InvalidFormat,
            "the address of a device is one word of ASCII",
        ));
    }
    Ok(Address {
        shown: shown.to_owned(),
        compared: shown.to_owned(),
        postal: None,
    })
}

fn line(typed: &str) -> Result<String, Refused> {
    let shown: String = trimmed(typed).nfc().collect();
    if shown.is_empty() {
        return Err(Refused::value(FieldCode::Required, "a name is needed"));
    }
    if shown.chars().count() > LONGEST {
        return Err(Refused::value(FieldCode::TooLong, "a name is not that long").limit(LONGEST));
    }
    if shown.chars().any(is_hidden) {
        return Err(Refused::value(
            FieldCode::InvalidFormat,
            "one line, without characters that show nothing",
        ));
    }
    Ok(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_without_its_at_sign_and_case() {
        let compared = |typed: &str| plain(typed).unwrap().compared;
        assert_eq!(compared("@Maya"), compared(" maya "));
        assert_ne!(compared("maya"), compared("maia"));
    }

    #[test]
    fn a_number_in_a_messenger_is_that_number() {
        let one = messaging("030 23125123", Some("DE")).unwrap();
        let two = messaging("+49 30 23125123", Some("FR")).unwrap();
        assert_eq!(one.compared, two.compared);
        assert_eq!(messaging("maya.l", Some("DE")).unwrap().compared, "maya.l");
    }

    #[test]
    fn a_device_is_compared_to_the_letter() {
        assert_ne!(
            token("abC").unwrap().compared,
            token("abc").unwrap().compared
        );
        assert_eq!(token("a b").unwrap_err().code, FieldCode::InvalidFormat);
    }
}
