//! Postal addresses of any country: lines as the country writes them, and the country. No line has a meaning here.

use super::{Address, Refused, is_hidden};
use portal_contract::FieldCode;
use portal_contract::contact_point::PostalAddress;
use unicode_normalization::UnicodeNormalization;

/// The most lines, and the longest line and postal code, in characters.
const MOST_LINES: usize = 8;
const LONGEST_LINE: usize = 100;
const LONGEST_CODE: usize = 16;

/// Reads an address. Empty lines are passed over.
///
/// # Errors
/// When it has no line or no country, or too much of something.
pub fn read(typed: &PostalAddress) -> Result<Address, Refused> {
    let lines: Vec<String> = typed
        .lines
        .iter()
        .map(|line| tidy(line))
        .filter(|line| !line.is_empty())
        .collect();
    check_lines(&typed.lines, &lines)?;
    let country = typed.country.trim().to_ascii_uppercase();
    if country.is_empty() {
        return Err(Refused::at(
            "/postal/country",
            FieldCode::Required,
            "an address needs a country",
        ));
    }
    if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(Refused::at(
            "/postal/country",
            FieldCode::InvalidFormat,
            "two letters of ISO 3166, such as DE",
        ));
    }
    let postal_code = typed
        .postal_code
        .as_deref()
        .map(tidy)
        .filter(|code| !code.is_empty());
    if postal_code
        .as_ref()
        .is_some_and(|code| code.chars().count() > LONGEST_CODE)
    {
        return Err(Refused::at(
            "/postal/postal_code",
            FieldCode::TooLong,
            "no postal code is that long",
        )
        .limit(LONGEST_CODE));
    }
    let read = PostalAddress {
        lines,
        country,
        postal_code,
    };
    Ok(Address {
        shown: read.lines.join("\n"),
        compared: compared(&read),
        postal: Some(read),
    })
}

fn check_lines(typed: &[String], lines: &[String]) -> Result<(), Refused> {
    if lines.is_empty() {
        return Err(Refused::at(
            "/postal/lines",
            FieldCode::Required,
            "an address has a line",
        ));
    }
    if lines.len() > MOST_LINES {
        return Err(Refused::at(
            "/postal/lines",
            FieldCode::TooMany,
            "an address has fewer lines",
        )
        .limit(MOST_LINES));
    }
    match typed
        .iter()
        .position(|line| tidy(line).chars().count() > LONGEST_LINE)
    {
        Some(index) => Err(Refused::at(
            &format!("/postal/lines/{index}"),
            FieldCode::TooLong,
            "a line fits on an envelope",
        )
        .limit(LONGEST_LINE)),
        None => Ok(()),
    }
}

/// A line without what shows nothing and without more space than one between words.
fn tidy(line: &str) -> String {
    // The joiners belong to words of Persian and of Indic scripts.
    let shows =
        |c: &char| c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}') || !is_hidden(*c);
    let visible: String = line.nfc().filter(shows).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and digits alone, so that a comma or a space more makes no second address.
fn compared(address: &PostalAddress) -> String {
    let folded = |text: &str| -> String {
        text.nfkc()
            .flat_map(char::to_lowercase)
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    let code = address
        .postal_code
        .as_deref()
        .map_or_else(String::new, folded);
    let lines: Vec<String> = address.lines.iter().map(|line| folded(line)).collect();
    format!("{}|{code}|{}", address.country, lines.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(lines: &[&str], country: &str, code: Option<&str>) -> Result<Address, Refused> {
        read(&PostalAddress {
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            country: country.to_owned(),
            postal_code: code.map(str::to_owned),
        })
    }

    #[test]
    fn addresses_of_any_country_are_taken() {
        for (lines, country, code) in [
            (
                &["Musterweg 5", "Hinterhaus", "10115 Berlin"][..],
                "DE",
                Some("10115"),
            ),
            (&["Flat 4", "12 High Street", "Ely"], "gb", Some("CB7 4LF")),
            (&["〒100-0001", "東京都千代田区千代田1-1"], "JP", None),
            (&["P.O. Box 12", "Doha"], "QA", None),
            (
                &["100m sur de la iglesia, casa azul", "San José"],
                "CR",
                None,
            ),
        ] {
            assert!(address(lines, country, code).is_ok(), "{lines:?}");
        }
    }

    #[test]
    fn space_and_signs_make_no_second_address() {
        let one = address(&["Musterweg 5,", "", "10115  Berlin"], "DE", Some("10115")).unwrap();
        let two = address(&["musterweg 5", "10115 Berlin"], "de", Some(" 10115 ")).unwrap();
        assert_eq!(one.compared, two.compared);
        assert_eq!(one.shown, "Musterweg 5,\n10115 Berlin");
        let other = address(&["musterweg 51", "0115 Berlin"], "de", Some("10115")).unwrap();
        assert_ne!(one.compared, other.compared);
    }

    #[test]
    fn a_refusal_names_the_part() {
        let refused = |result: Result<Address, Refused>| {
            let refused = result.unwrap_err();
            (refused.pointer, refused.code)
        };
        let at = |pointer: &str, code| (pointer.to_owned(), code);
        assert_eq!(
            refused(address(&[" "], "DE", None)),
            at("/postal/lines", FieldCode::Required)
        );
        assert_eq!(
            refused(address(&["A"], "", None)),
            at("/postal/country", FieldCode::Required)
        );
        assert_eq!(
            refused(address(&["A"], "Germany", None)),
            at("/postal/country", FieldCode::InvalidFormat)
        );
        assert_eq!(
            refused(address(&["A", &"x".repeat(101)], "DE", None)),
            at("/postal/lines/1", FieldCode::TooLong)
        );
        assert_eq!(
            refused(address(&["A"; 9], "DE", None)),
            at("/postal/lines", FieldCode::TooMany)
        );
    }
}
