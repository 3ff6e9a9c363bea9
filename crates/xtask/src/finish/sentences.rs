//! The sentences of each screen in a file of their own, by number instead of by key.
//!
//! Where a sentence is used is read from the sources: `text::SOME_KEY` in a folder of `src/pages/`, in a widget that such a folder
//! uses, or anywhere else, which is what every screen needs (docs/decisions/0024). The build script has numbered the keys in their
//! order; the same is done here.

mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Build, hex};

// What reads and checks the languages when the portal is compiled.
#[path = "../../../../src/i18n/build/check.rs"]
#[allow(dead_code, reason = "the build script and its tests use the rest")]
mod check;
#[path = "../../../../src/i18n/build/numbers.rs"]
mod numbers;
#[path = "../../../../src/i18n/build/source.rs"]
#[allow(dead_code, reason = "the build script and its tests use the rest")]
mod source;

/// The language in which the keys are defined.
const SOURCE: &str = "en";
/// What every screen needs.
const FIRST: &str = "first";
/// The file of the keys, beside the source's sentences: for whoever words them by key.
const KEYS: &str = "keys";

impl Build<'_> {
    /// Puts the shipped languages into files by part. What is given back stands in the page for boot to read.
    pub(super) fn publish_sentences(&self) -> Result<Value> {
        let folder = self.staging.join("locales");
        let languages = languages(&folder)?;
        let english = languages
            .iter()
            .find(|language| language.tag == SOURCE)
            .context("public/locales has no en.json")?;
        let used = places::used(&self.workspace.root.join("src"))?;
        let mut files = vec![(format!("{SOURCE}-{KEYS}"), keys(english))];
        for language in &languages {
            let meta = fs::read_to_string(folder.join(format!("{}.json", language.tag)))?;
            let meta: Value = serde_json::from_str(&meta)?;
            for (part, keys) in by_part(&used, english) {
                let sentences = sentences(&numbered(english, language), &keys);
                let file = json!({ "dir": meta["meta"]["dir"], "sentences": sentences });
                files.push((format!("{}-{part}", language.tag), file));
            }
        }
        let files = files
            .into_iter()
            .map(|(name, file)| (name, file.to_string()))
            .collect::<Vec<_>>();
        let mut digest = Sha256::new();
        for (name, text) in &files {
            digest.update(name);
            digest.update(text);
        }
        let digest = &hex(&digest.finalize())[..16];
        fs::create_dir_all(self.staging.join("assets"))?;
        for (name, text) in &files {
            let path = self.staging.join(format!("assets/{name}-{digest}.json"));
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        // A company's own language is put beside the empty place of ours; what nobody reads would only mislead.
        fs::remove_dir_all(&folder).context("cannot take the languages away")?;
        let tags = languages.iter().map(|language| &language.tag);
        Ok(json!({
            "digest": digest,
            "tags": tags.collect::<Vec<_>>(),
            "of": places::folders(&self.workspace.root.join("src/pages.rs"))?,
        }))
    }
}

fn languages(folder: &Path) -> Result<Vec<source::Locale>> {
    let mut languages = Vec::new();
    for entry in fs::read_dir(folder).context("public/locales cannot be read")? {
        let path = entry?.path();
        let tag = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path)?;
        let language = source::parse(&tag, &text).map_err(|why| anyhow!("{tag}.json: {why}"))?;
        languages.push(language);
    }
    languages.sort_by(|one, other| one.tag.cmp(&other.tag));
    Ok(languages)
}

/// Every key in order, followed by the names of its placeholders.
fn keys(english: &source::Locale) -> Value {
    let keys = numbers::in_order(english);
    let keys = keys
        .into_iter()
        .map(|(key, message)| numbers::signature(key, message));
    keys.collect::<Vec<_>>().into()
}

/// The keys of each part. What every screen has is in no other.
fn by_part(
    used: &BTreeMap<String, BTreeSet<String>>,
    english: &source::Locale,
) -> BTreeMap<String, BTreeSet<String>> {
    let keys = numbers::in_order(english);
    let of = |names: &BTreeSet<String>| {
        let used = keys
            .iter()
            .filter(|(key, _)| names.contains(&key.replace('.', "_")));
        used.map(|(key, _)| (*key).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let first = used.get(FIRST).map(of).unwrap_or_default();
    used.iter()
        .map(|(part, names)| {
            let keys = of(names);
            let own = if part == FIRST {
                keys
            } else {
                keys.difference(&first).cloned().collect()
            };
            (part.clone(), own)
        })
        .collect()
}

/// Each sentence of a language under its key: its number, and its words with numbers for the names of placeholders.
fn numbered(
    english: &source::Locale,
    language: &source::Locale,
) -> BTreeMap<String, (usize, Value)> {
    let own: BTreeMap<&str, &source::Message> = language
        .messages
        .iter()
        .map(|(key, message)| (&**key, message))
        .collect();
    let keys = numbers::in_order(english).into_iter().enumerate();
    keys.filter_map(|(number, (key, message))| {
        let names = check::arguments(message);
        Some((key.to_owned(), (number, words(own.get(key)?, &names))))
    })
    .collect()
}

fn words(message: &source::Message, names: &[&str]) -> Value {
    let numbered = |text: &str| {
        names
            .iter()
            .enumerate()
            .fold(text.to_owned(), |text, (number, name)| {
                text.replace(&format!("{{{name}}}"), &format!("{{{number}}}"))
            })
    };
    match message {
        source::Message::Plain(text) => numbered(text).into(),
        source::Message::Plural(forms) => {
            let forms = forms.0.iter();
            let forms = forms.map(|(category, text)| (category.clone(), numbered(text).into()));
            Value::Object(forms.collect())
        }
    }
}

fn sentences(of: &BTreeMap<String, (usize, Value)>, keys: &BTreeSet<String>) -> Value {
    let sentences = keys.iter().filter_map(|key| of.get(key));
    let sentences = sentences.map(|(number, words)| (number.to_string(), words.clone()));
    Value::Object(sentences.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str, messages: &str) -> source::Locale {
        let file = format!(r#"{{"meta": {{"name": "x", "dir": "ltr"}}, "messages": {messages}}}"#);
        source::parse(tag, &file).expect("it is a language")
    }

    #[test]
    fn a_sentence_travels_by_its_number_and_so_do_its_placeholders() {
        let english = language(
            "en",
            r#"{"b.two": "{name} in {place}", "a.one": {"one": "one", "other": "{count} of {name}"}}"#,
        );
        let german = language(
            "de",
            r#"{"b.two": "in {place}: {name}", "a.one": {"one": "eins", "other": "{count} von {name}"}}"#,
        );
        assert_eq!(
            keys(&english),
            json!(["a.one count name", "b.two name place"])
        );
        let all = ["a.one", "b.two"].map(str::to_owned).into();
        assert_eq!(
            sentences(&numbered(&english, &german), &all),
            json!({ "0": { "one": "eins", "other": "{0} von {1}" }, "1": "in {1}: {0}" })
        );
    }

    #[test]
    fn what_every_screen_has_is_in_no_other_part_and_what_nobody_uses_in_none() {
        let english = language("en", r#"{"a.b": "1", "a.c": "2", "a.d": "3"}"#);
        let used = [("first", &["a_b"][..]), ("help", &["a_b", "a_c"][..])];
        let used = used.map(|(part, names)| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            (part.to_owned(), names)
        });
        let parts = by_part(&used.into(), &english);
        assert_eq!(parts["first"], ["a.b".to_owned()].into());
        assert_eq!(parts["help"], ["a.c".to_owned()].into());
    }
}
