//! The words of a copy, in the languages that we have.

use crate::mail::{Language, Said};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    page: BTreeMap<String, Said>,
    categories: BTreeMap<String, Said>,
    sets: BTreeMap<String, Said>,
    left_out: BTreeMap<String, BTreeMap<String, Said>>,
    values: BTreeMap<String, Said>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("words.toml")).expect("a test has read the words")
});
static FIELDS: LazyLock<BTreeMap<String, Said>> = LazyLock::new(|| {
    toml::from_str(include_str!("fields.toml")).expect("a test has read the words")
});

/// The words in one language.
#[derive(Clone, Copy)]
pub struct Words(Language);

impl Words {
    /// The words in this language.
    pub fn of(language: Language) -> Self {
        Self(language)
    }

    /// BCP 47 tag of the language.
    pub fn tag(self) -> &'static str {
        self.0.tag()
    }

    /// In which direction it is written, as HTML says it.
    pub fn direction(self) -> &'static str {
        match self.0 {
            Language::English | Language::German => "ltr",
            Language::Arabic => "rtl",
        }
    }

    fn say(self, said: Option<&'static Said>, key: &str) -> String {
        said.map_or_else(|| key.replace('_', " "), |said| self.0.say(said).to_owned())
    }

    /// A sentence of the pages.
    pub fn page(self, key: &str) -> String {
        self.say(FILE.page.get(key), key)
    }

    /// What a category is called.
    pub fn category(self, id: &str) -> String {
        self.say(FILE.categories.get(id), id)
    }

    /// What a set of records is called.
    pub fn set(self, name: &str) -> String {
        self.say(FILE.sets.get(name), name)
    }

    /// What a field is called.
    pub fn field(self, name: &str) -> String {
        self.say(FIELDS.get(name), name)
    }

    /// What a value of an open enum is called; none for one that is nobody's word.
    pub fn value(self, value: &str) -> Option<String> {
        FILE.values
            .get(value)
            .map(|said| self.say(Some(said), value))
    }

    /// What was left out, and why.
    pub fn left_out(self, key: &str) -> (String, String) {
        let said = FILE.left_out.get(key);
        let part = |part| self.say(said.and_then(|said| said.get(part)), key);
        (part("what"), part("why"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::sets;
    use crate::store::Store;

    #[test]
    fn everything_that_is_exported_has_a_name_in_every_language() {
        let store = Store::in_memory().unwrap();
        for set in sets::all() {
            assert!(FILE.sets.contains_key(set.name), "{}", set.name);
            assert!(
                FILE.categories.contains_key(set.category),
                "{}",
                set.category
            );
            let columns = store.read_blocking(|db| set.columns(db)).unwrap();
            for column in columns {
                assert!(FIELDS.contains_key(&column), "{} of {}", column, set.name);
            }
        }
        for left in sets::LEFT_OUT {
            assert!(FILE.left_out.contains_key(left.words), "{}", left.words);
        }
        let all = FILE
            .page
            .values()
            .chain(FIELDS.values())
            .chain(FILE.values.values());
        assert!(all.flatten().all(|said| !said.trim().is_empty()));
    }
}
