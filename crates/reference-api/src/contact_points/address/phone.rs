//! Phone numbers (ITU-T E.164), in any way of typing, by the numbering plans that libphonenumber keeps.

use super::{Address, Refused, is_hidden, trimmed};
use phonenumber::{Mode, ParseError, PhoneNumber, Type, country, metadata::DATABASE};
use portal_contract::FieldCode;
use unicode_normalization::UnicodeNormalization;

/// The most characters that a number is typed with; E.164 has 15 digits.
const LONGEST: usize = 40;

/// What can be done with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Messages and calls.
    Text,
    /// Calls alone: a landline.
    Voice,
}

/// Reads a number. One without a country code is dialled within `country` (ISO 3166, two letters).
///
/// # Errors
/// When it is none, has an extension, or calling it costs whoever calls.
pub fn read(typed: &str, country: Option<&str>) -> Result<Address, Refused> {
    let shown = trimmed(typed);
    if shown.is_empty() {
        return Err(Refused::value(FieldCode::Required, "a number is needed"));
    }
    if shown.chars().count() > LONGEST {
        return Err(Refused::value(FieldCode::TooLong, "a number is not that long").limit(LONGEST));
    }
    let number = parse(&plain(shown), country)?;
    if number.extension().is_some() {
        return Err(extension());
    }
    if !number.is_valid() {
        return Err(invalid(&number));
    }
    if is_costly(&number) {
        return Err(Refused::value(
            FieldCode::NotOffered,
            "numbers that cost more than a call are neither called nor written to",
        ));
    }
    Ok(Address {
        shown: number.format().mode(Mode::International).to_string(),
        compared: number.format().mode(Mode::E164).to_string(),
        postal: None,
    })
}

/// A number in E.164, where the text is one that stands for itself.
#[must_use]
pub fn dialled(text: &str) -> Option<String> {
    text.trim_start()
        .starts_with('+')
        .then(|| read(text, None).ok())
        .flatten()
        .map(|address| address.compared)
}

/// What can be done with a number in E.164.
#[must_use]
pub fn reach(e164: &str) -> Reach {
    let kind = phonenumber::parse(None, e164).map(|number| number.number_type(&DATABASE));
    match kind {
        Ok(Type::FixedLine) => Reach::Voice,
        _ => Reach::Text,
    }
}

fn parse(text: &str, country: Option<&str>) -> Result<PhoneNumber, Refused> {
    if names_extension(text) {
        return Err(extension());
    }
    let home: Option<country::Id> = country.and_then(|code| code.parse().ok());
    // Where nothing says from where it is dialled, two zeros are the plus sign that they are in most countries (ITU-T E.164).
    let text = match text.strip_prefix("00") {
        Some(rest) if home.is_none() => &format!("+{rest}"),
        _ => text,
    };
    phonenumber::parse(home, text).map_err(|error| match error {
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => too_short(),
        ParseError::TooLong => Refused::value(FieldCode::TooLong, "there are too many digits"),
        ParseError::InvalidCountryCode if !is_international(text) => Refused::value(
            FieldCode::Required,
            "a number without a country code needs a country: begin with + and the country's code",
        ),
        ParseError::InvalidCountryCode => Refused::value(
            FieldCode::Unknown,
            "no country has the code after the plus sign",
        ),
        ParseError::NoNumber if text.chars().any(|c| c.is_ascii_digit()) => too_short(),
        ParseError::NoNumber | ParseError::MalformedInteger(_) => {
            Refused::value(FieldCode::InvalidFormat, "this is no phone number")
        }
    })
}

fn too_short() -> Refused {
    Refused::value(FieldCode::TooShort, "digits are missing")
}

/// Why a number that could be read is none of its country.
fn invalid(number: &PhoneNumber) -> Refused {
    let digits = u16::try_from(number.national().to_string().len()).unwrap_or(u16::MAX);
    let plans = DATABASE
        .by_code(&number.country().code())
        .unwrap_or_default();
    let lengths: Vec<u16> = plans
        .iter()
        .flat_map(|plan| [plan.descriptors().fixed_line(), plan.descriptors().mobile()])
        .flatten()
        .flat_map(|kind| kind.possible_length().iter().copied())
        .collect();
    match (lengths.iter().min(), lengths.iter().max()) {
        (Some(least), _) if digits < *least => too_short(),
        (_, Some(most)) if digits > *most => {
            Refused::value(FieldCode::TooLong, "there are too many digits")
        }
        _ => Refused::value(
            FieldCode::InvalidFormat,
            "no number of this country looks like that",
        ),
    }
}

fn is_international(text: &str) -> bool {
    text.starts_with('+') || text.starts_with("tel:+")
}

fn extension() -> Refused {
    Refused::value(
        FieldCode::NotOffered,
        "a number with an extension cannot be verified or written to: give one that is reached directly",
    )
}

/// Whether something after the number says which inner line is meant, in the words that people write for it.
fn names_extension(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        ";ext=",
        "ext",
        "доб",
        "anexo",
        "durchwahl",
        "poste",
        "int.",
        "#",
        "~",
    ];
    let lower = text.to_lowercase();
    let tail = lower
        .find(|c: char| c.is_ascii_digit())
        .map_or("", |first| &lower[first..]);
    WORDS.iter().any(|word| tail.contains(word))
        || tail
            .split_once('x')
            .is_some_and(|(_, inner)| inner.trim().chars().all(|c| c.is_ascii_digit()))
}

/// Calling or texting it costs whoever does: a code sent to it would be somebody's income.
fn is_costly(number: &PhoneNumber) -> bool {
    matches!(
        number.number_type(&DATABASE),
        Type::PremiumRate | Type::SharedCost
    )
}

/// Digits of every script as Western ones, full-width signs as plain ones, marks of direction gone.
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|c| !is_hidden(*c))
        .map(|c| match c {
            '\u{0660}'..='\u{0669}' => western(c, '\u{0660}'),
            '\u{06f0}'..='\u{06f9}' => western(c, '\u{06f0}'),
            '\u{0966}'..='\u{096f}' => western(c, '\u{0966}'),
            '\u{09e6}'..='\u{09ef}' => western(c, '\u{09e6}'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c if c.is_whitespace() => ' ',
            other => other,
        })
        .collect()
}

fn western(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e164(typed: &str, country: &str) -> Result<String, FieldCode> {
        read(typed, Some(country))
            .map(|address| address.compared)
            .map_err(|refused| refused.code)
    }

    #[test]
    fn any_way_of_typing_is_one_number() {
        for typed in [
            "+49 30 23125 123",
            "030 / 23125-123",
            "(030) 23125123",
            "0049 30 23125123",
            "+49 (0)30 23125 123",
            "tel:+49-30-23125-123",
            "\u{202d}+49\u{a0}30\u{a0}23125\u{2011}123\u{202c}",
            "+٤٩ ٣٠ ٢٣١٢٥ ١٢٣",
            "０３０ ２３１２５１２３",
        ] {
            assert_eq!(e164(typed, "DE").as_deref(), Ok("+493023125123"), "{typed}");
        }
        assert_eq!(
            read("0044 7400 123456", None).map(|number| number.compared),
            Ok("+447400123456".to_owned())
        );
        assert_eq!(e164("07400 123456", "GB").as_deref(), Ok("+447400123456"));
        assert_eq!(e164("(201) 555-0123", "US").as_deref(), Ok("+12015550123"));
        assert_eq!(e164("06 6982 0000", "IT").as_deref(), Ok("+390669820000"));
        assert_eq!(e164("03-3224-5000", "JP").as_deref(), Ok("+81332245000"));
        // Another country's number is taken whatever the customer's own is.
        assert_eq!(e164("+81 3 3224 5000", "DE").as_deref(), Ok("+81332245000"));
    }

    #[test]
    fn it_is_shown_so_that_it_can_be_dialled_from_anywhere() {
        let number = read(" 030 / 23125-123 ", Some("DE")).unwrap();
        assert_eq!(number.shown, "+49 30 23125123");
    }

    #[test]
    fn an_extension_is_refused_as_what_it_is() {
        for typed in [
            "+49 30 23125 123 ext. 4",
            "+1 201 555 0123 x42",
            "+12015550123;ext=42",
            "+1 201 555 0123 #42",
        ] {
            assert_eq!(e164(typed, "DE"), Err(FieldCode::NotOffered), "{typed}");
        }
    }

    #[test]
    fn a_refusal_says_why() {
        assert_eq!(e164("", "DE"), Err(FieldCode::Required));
        assert_eq!(e164("call me", "DE"), Err(FieldCode::InvalidFormat));
        assert_eq!(e164("+49 30", "DE"), Err(FieldCode::TooShort));
        assert_eq!(e164("+1 201 555 01", "DE"), Err(FieldCode::TooShort));
        assert_eq!(e164("+1 201 555 0123 44", "DE"), Err(FieldCode::TooLong));
        assert_eq!(e164("+1 555 123 4567", "DE"), Err(FieldCode::InvalidFormat));
        assert_eq!(e164("+999 123 456 789", "DE"), Err(FieldCode::Unknown));
        assert_eq!(
            read("030 23125123", None).unwrap_err().code,
            FieldCode::Required
        );
        assert_eq!(e164(&"1".repeat(41), "DE"), Err(FieldCode::TooLong));
        assert_eq!(e164("+44 909 879 0000", "GB"), Err(FieldCode::NotOffered));
    }

    #[test]
    fn a_landline_is_called_and_not_written_to() {
        assert_eq!(reach("+493023125123"), Reach::Voice);
        assert_eq!(reach("+447400123456"), Reach::Text);
        assert_eq!(reach("+12015550123"), Reach::Text);
    }
}
