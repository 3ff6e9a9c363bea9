//! What a locale file must be, so that no sentence is missing or broken where a customer reads it.

use super::source::{Locale, Message};

/// CLDR's cardinal categories of a language, and those among them that stand for one number only, where the number
/// itself may be left out ("One message", "رسالتان").
pub struct Plurals {
    /// The language, without region.
    pub language: &'static str,
    /// Every category that the language needs.
    pub needed: &'static [&'static str],
    /// The categories that mean a single number.
    pub exact: &'static [&'static str],
}

/// CLDR 46, cardinal rules; a browser test compares this with `Intl.PluralRules`.
pub const PLURALS: &[Plurals] = &[
    Plurals {
        language: "en",
        needed: &["one", "other"],
        exact: &["one"],
    },
    Plurals {
        language: "de",
        needed: &["one", "other"],
        exact: &["one"],
    },
    Plurals {
        language: "fr",
        needed: &["one", "many", "other"],
        exact: &[],
    },
    Plurals {
        language: "es",
        needed: &["one", "many", "other"],
        exact: &["one"],
    },
    Plurals {
        language: "pl",
        needed: &["one", "few", "many", "other"],
        exact: &["one"],
    },
    Plurals {
        language: "ar",
        needed: &["zero", "one", "two", "few", "many", "other"],
        exact: &["zero", "one", "two"],
    },
    Plurals {
        language: "ja",
        needed: &["other"],
        exact: &[],
    },
];

const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The rules of a tag's language; one that the table does not know needs `other` alone.
fn plurals(tag: &str) -> &'static Plurals {
    static UNKNOWN: Plurals = Plurals {
        language: "",
        needed: &["other"],
        exact: &[],
    };
    let language = tag.split('-').next().unwrap_or_default();
    PLURALS
        .iter()
        .find(|known| known.language == language)
        .unwrap_or(&UNKNOWN)
}

/// The names in `{…}`, in order of first use.
///
/// # Errors
/// When a brace stands alone, or what stands between them is no name.
pub fn placeholders(text: &str) -> Result<Vec<&str>, String> {
    let mut names: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..]
            .strip_prefix('{')
            .and_then(|after| after.split_once('}'));
        let Some((name, after)) = inside else {
            return Err("a brace stands alone".into());
        };
        if name.is_empty()
            || !name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        {
            return Err(format!(
                "\"{{{name}}}\" is no placeholder: use small letters and _"
            ));
        }
        if !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    Ok(names)
}

/// The placeholders of a message: of its usual form, `count` first where the message counts.
pub fn arguments(message: &Message) -> Vec<&str> {
    let mut names = placeholders(message.usual()).unwrap_or_default();
    if matches!(message, Message::Plural(_)) {
        names.retain(|name| *name != "count");
        names.insert(0, "count");
    }
    names
}

/// What is wrong with the source itself.
pub fn source(english: &Locale) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, message) in &english.messages {
        let good = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if !key.split('.').all(good) {
            faults.push(fault(
                english,
                key,
                "a key is \"area.thing\" in small letters, digits and _",
            ));
        }
        faults.extend(forms(english, key, message, &arguments(message)));
    }
    faults
}

/// What is wrong with a translation of the source.
pub fn translation(english: &Locale, locale: &Locale) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, message) in &english.messages {
        match locale.messages.iter().find(|(known, _)| known == key) {
            None => faults.push(fault(
                locale,
                key,
                &format!("is missing (English: \"{}\")", message.usual()),
            )),
            Some((_, translated)) => {
                if matches!(message, Message::Plural(_)) != matches!(translated, Message::Plural(_))
                {
                    faults.push(fault(
                        locale,
                        key,
                        "is counted in one of this file and en.json, and not in the other",
                    ));
                } else {
                    faults.extend(forms(locale, key, translated, &arguments(message)));
                }
            }
        }
    }
    for (key, _) in &locale.messages {
        if !english.messages.iter().any(|(known, _)| known == key) {
            faults.push(fault(locale, key, "is not in en.json"));
        }
    }
    faults
}

fn forms(locale: &Locale, key: &str, message: &Message, wanted: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let rules = plurals(&locale.tag);
    for (category, text) in message.forms() {
        let place = category.map_or_else(
            || key.to_owned(),
            |category| format!("{key}\", form \"{category}"),
        );
        if text.trim().is_empty() {
            faults.push(fault(locale, &place, "is empty"));
        }
        if category.is_some_and(|category| !CATEGORIES.contains(&category)) {
            faults.push(fault(
                locale,
                &place,
                "is no plural category (zero, one, two, few, many, other)",
            ));
        }
        match placeholders(text) {
            Err(reason) => faults.push(fault(locale, &place, &reason)),
            Ok(found) => {
                let may_omit = |name: &str| {
                    name == "count" && category.is_some_and(|c| rules.exact.contains(&c))
                };
                for name in wanted
                    .iter()
                    .filter(|name| !found.contains(name) && !may_omit(name))
                {
                    faults.push(fault(locale, &place, &format!("lacks {{{name}}}")));
                }
                for name in found.iter().filter(|name| !wanted.contains(name)) {
                    faults.push(fault(
                        locale,
                        &place,
                        &format!("has {{{name}}}, which en.json does not have there"),
                    ));
                }
            }
        }
    }
    if let Message::Plural(given) = message {
        for category in rules
            .needed
            .iter()
            .filter(|needed| !given.0.iter().any(|(c, _)| c == *needed))
        {
            faults.push(fault(
                locale,
                key,
                &format!(
                    "lacks the plural category \"{category}\", which \"{}\" needs",
                    locale.tag
                ),
            ));
        }
    }
    faults
}

fn fault(locale: &Locale, key: &str, reason: &str) -> String {
    format!("public/locales/{}.json: \"{key}\" {reason}", locale.tag)
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
