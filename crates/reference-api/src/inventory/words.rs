//! What is held, in words, in the languages that the reference API has.

use super::Category;
use portal_contract::consent::LawfulBasis;
use portal_contract::inventory::HeldPurpose;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The languages, in the order of every list of words in the file.
const LANGUAGES: [&str; 3] = ["en", "de", "ar"];

/// The same in each of [`LANGUAGES`].
type Said = [String; 3];

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("default.toml")).expect("a test reads the words of the inventory")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    purposes: BTreeMap<String, PurposeWords>,
    categories: BTreeMap<String, CategoryWords>,
    records: BTreeMap<String, Said>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PurposeWords {
    lawful_basis: LawfulBasis,
    label: Said,
    detail: Option<Said>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryWords {
    label: Said,
    description: Said,
    retention: Said,
    purposes: Vec<String>,
    rights: Vec<String>,
}

/// One of the languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tongue(usize);

/// A category in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// What people call it.
    pub label: String,
    /// What belongs to it.
    pub description: String,
    /// How long it is kept.
    pub retention: String,
    /// What it is used for.
    pub purposes: Vec<HeldPurpose>,
    /// What can be asked for about it alone.
    pub rights: Vec<String>,
}

impl Tongue {
    /// The customer's language where there are words in it, or the first of the company's, or English.
    #[must_use]
    pub fn of(tag: Option<&str>, usual: &[String]) -> Self {
        let known = |tag: &str| {
            let primary = tag.split('-').next()?;
            LANGUAGES.iter().position(|language| *language == primary)
        };
        let place = tag
            .into_iter()
            .chain(usual.iter().map(String::as_str))
            .find_map(known);
        Self(place.unwrap_or(0))
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        LANGUAGES[self.0]
    }

    /// What a record, or a value of one, is called; nothing for a name without words.
    #[must_use]
    pub fn record(self, name: &str) -> Option<String> {
        WORDS.records.get(name).map(|said| said[self.0].clone())
    }

    /// What people call a category.
    #[must_use]
    pub fn name_of(self, category: Category) -> &'static str {
        &WORDS.categories[category.as_str()].label[self.0]
    }

    /// A category in words.
    #[must_use]
    pub fn category(self, category: Category) -> Described {
        let words = &WORDS.categories[category.as_str()];
        let purpose = |name: &String| {
            let purpose = &WORDS.purposes[name];
            HeldPurpose {
                purpose_id: None,
                label: purpose.label[self.0].clone(),
                lawful_basis: purpose.lawful_basis.clone(),
                basis_detail: purpose.detail.as_ref().map(|detail| detail[self.0].clone()),
            }
        };
        Described {
            label: self.name_of(category).to_owned(),
            description: words.description[self.0].clone(),
            retention: words.retention[self.0].clone(),
            purposes: words.purposes.iter().map(purpose).collect(),
            rights: words.rights.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::data_request::DataRequestKind;

    #[test]
    fn every_category_has_words_purposes_and_rights_that_exist() {
        for category in Category::ALL {
            let words = Tongue(0).category(category);
            assert!(!words.purposes.is_empty(), "{category:?}");
            for right in words.rights {
                let kind = DataRequestKind::from(right.as_str());
                assert!(DataRequestKind::KNOWN.contains(&kind), "{right}");
            }
        }
        assert_eq!(WORDS.categories.len(), Category::ALL.len());
    }

    #[test]
    fn the_customers_language_comes_before_the_companys_and_english_last() {
        let usual = ["de".to_owned()];
        assert_eq!(Tongue::of(Some("ar-EG"), &usual).tag(), "ar");
        assert_eq!(Tongue::of(Some("ja"), &usual).tag(), "de");
        assert_eq!(Tongue::of(None, &[]).tag(), "en");
    }
}
