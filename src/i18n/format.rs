//! Numbers, sizes, lists and names by the browser's `Intl`; each with a plain form where that is missing.

mod days;
pub mod moments;
pub mod week;
pub mod zoned;

use super::state::{formats, read};
use crate::browser::intl::{self, Formatter, Value, format};

/// Asks the formatter `kind` of the language in use.
pub(super) fn by_intl(kind: &str, options: &str, values: &[Value]) -> Option<String> {
    format(
        Formatter {
            tag: &formats(),
            kind,
            options,
            method: "format",
        },
        values,
    )
}

/// A moment (milliseconds since 1970) as `en-GB` writes it everywhere, on the clock of the customer's zone; on the browser's
/// where it does not know that zone.
fn in_british(ms: f64, options: &str) -> Option<String> {
    let by = |options: &str| {
        let formatter = Formatter {
            tag: "en-GB",
            kind: "DateTimeFormat",
            options,
            method: "format",
        };
        format(formatter, &[Value::Number(ms)])
    };
    let with_zone = time_zone().map(|zone| [options, ";timeZone=", &zone].concat());
    with_zone
        .and_then(|options| by(&options))
        .or_else(|| by(options))
}

/// The CLDR plural category of a count; where the browser cannot say, one or several.
pub(super) fn plural_category(tag: &str, count: f64) -> String {
    let rules = Formatter {
        tag,
        kind: "PluralRules",
        options: "",
        method: "select",
    };
    let fallback = || if count == 1.0 { "one" } else { "other" }.to_owned();
    format(rules, &[Value::Number(count)]).unwrap_or_else(fallback)
}

/// A number as the language `tag` writes it.
pub(super) fn number_in(tag: &str, number: f64) -> String {
    let formatter = Formatter {
        tag,
        kind: "NumberFormat",
        options: "",
        method: "format",
    };
    format(formatter, &[Value::Number(number)]).unwrap_or_else(|| plain(number))
}

/// Digits alone. Whole numbers are all that the portal counts.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a fallback: the fraction is not worth a formatter of floats"
)]
fn plain(number: f64) -> String {
    (number as i64).to_string()
}

/// A number as the language writes it.
#[must_use]
pub fn number(number: impl Into<super::Count>) -> String {
    number_in(&formats(), number.into().0)
}

/// So many of a unit, as `Intl` names units (`hour`).
pub(super) fn unit(count: f64, unit: &str, display: &str) -> String {
    let options = [
        "style=unit;maximumFractionDigits=1;unit=",
        unit,
        ";unitDisplay=",
        display,
    ]
    .concat();
    by_intl("NumberFormat", &options, &[Value::Number(count)])
        .unwrap_or_else(|| [&plain(count), " ", unit].concat())
}

/// The size of a file: "2.4 MB".
#[must_use]
pub fn bytes(size: u64) -> String {
    let (count, name) = size_unit(size);
    // The short form of a byte is no plural in English: "839 byte".
    unit(count, name, if name == "byte" { "long" } else { "short" })
}

/// Powers of ten, as the browsers' own file dialogs count.
fn size_unit(size: u64) -> (f64, &'static str) {
    let super::Count(size) = size.into();
    let steps = [(1e9, "gigabyte"), (1e6, "megabyte"), (1e3, "kilobyte")];
    match steps.into_iter().find(|(step, _)| size >= *step) {
        // Kilobytes with a fraction tell nobody anything.
        Some((step, "kilobyte")) => ((size / step).round(), "kilobyte"),
        Some((step, name)) => (size / step, name),
        None => (size, "byte"),
    }
}

/// Parts of one amount: "2 hours 5 minutes".
pub(super) fn unit_list(items: &[String]) -> String {
    by_intl(
        "ListFormat",
        "type=unit;style=narrow",
        &[Value::List(items)],
    )
    .unwrap_or_else(|| items.join(" "))
}

/// A language in its own words: "العربية".
#[must_use]
pub fn language_name(tag: &str) -> String {
    let names = Formatter {
        tag,
        kind: "DisplayNames",
        options: "type=language",
        method: "of",
    };
    format(names, &[Value::Text(tag)]).unwrap_or_else(|| tag.to_owned())
}

/// A country or territory by its ISO 3166-1 code: "Portugal".
#[must_use]
pub fn region_name(code: &str) -> String {
    let names = Formatter {
        tag: &formats(),
        kind: "DisplayNames",
        options: "type=region",
        method: "of",
    };
    format(names, &[Value::Text(code)]).unwrap_or_else(|| code.to_owned())
}

/// Several things in one breath: "bills, outages and appointments".
#[must_use]
pub fn list(items: &[String]) -> String {
    by_intl("ListFormat", "type=conjunction", &[Value::List(items)])
        .unwrap_or_else(|| items.join(", "))
}

/// Words in the order of the language's alphabet.
#[must_use]
pub fn alphabetical(mut words: Vec<String>) -> Vec<String> {
    intl::sorted(&formats(), &words).unwrap_or_else(|| {
        words.sort();
        words
    })
}

/// IANA name of the zone in which times are shown, when the customer chose one.
pub(super) fn time_zone() -> Option<String> {
    read(|state| state.time_zone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_climb_by_thousands() {
        assert_eq!(size_unit(999), (999.0, "byte"));
        assert_eq!(size_unit(1_499), (1.0, "kilobyte"));
        assert_eq!(size_unit(2_400_000), (2.4, "megabyte"));
        assert_eq!(size_unit(25_000_000_000), (25.0, "gigabyte"));
    }

    #[test]
    fn without_intl_there_are_plain_forms() {
        assert_eq!(number(1_204_u64), "1204");
        assert_eq!(bytes(2_000_000), "2 megabyte");
        assert_eq!(language_name("sv"), "sv");
        assert_eq!(plural_category("pl", 1.0), "one");
    }
}
