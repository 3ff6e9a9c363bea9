//! Checking the texts of a guide: nothing is empty, too long, or said in some of its languages only.

use super::Found;
use crate::guides::fault::Reason;
use crate::guides::source::{Local, NodeSource, Source};
use portal_contract::starting::MAX_SUBJECT_CHARACTERS;
use std::collections::{BTreeMap, BTreeSet};

/// The most characters of each text. What is longer is no question any more, or hides what matters.
const MAX_TITLE: usize = 120;
const MAX_DESCRIPTION: usize = 300;
const MAX_TEXT: usize = 400;
const MAX_HELP: usize = 1_000;
const MAX_LABEL: usize = 160;
const MAX_STEP: usize = 600;
/// The most steps of an instruction.
const MAX_STEPS: usize = 30;

/// The texts of a part of the guide, and where to tell what is wrong with them.
struct Part<'a, F> {
    languages: &'a BTreeSet<&'a str>,
    tell: F,
}

impl<F: FnMut(Reason)> Part<'_, F> {
    /// A text that has to be there in every language of the guide.
    fn text<'t>(
        &mut self,
        what: &str,
        most: usize,
        texts: impl Iterator<Item = (&'t str, &'t str)>,
    ) {
        let texts: BTreeMap<&str, &str> = texts.collect();
        for language in self.languages {
            match texts.get(language) {
                Some(text) => self.one(what, language, most, text),
                None => (self.tell)(Reason::Untranslated {
                    what: what.to_owned(),
                    language: (*language).to_owned(),
                }),
            }
        }
        for language in texts.keys().filter(|tag| !self.languages.contains(*tag)) {
            (self.tell)(Reason::StrayLanguage {
                what: what.to_owned(),
                language: (*language).to_owned(),
            });
        }
    }

    /// A text that is there in all languages or in none.
    fn optional<'t>(
        &mut self,
        what: &str,
        most: usize,
        texts: impl Iterator<Item = (&'t str, Option<&'t str>)>,
    ) {
        let texts: Vec<_> = texts.filter_map(|(tag, text)| Some((tag, text?))).collect();
        // A stray language is told with the text itself.
        let texts: Vec<_> = texts
            .into_iter()
            .filter(|(tag, _)| self.languages.contains(tag))
            .collect();
        if !texts.is_empty() {
            self.text(what, most, texts.into_iter());
        }
    }

    fn one(&mut self, what: &str, language: &str, most: usize, text: &str) {
        let found = text.chars().count();
        let (what, language) = (what.to_owned(), language.to_owned());
        if text.trim().is_empty() {
            (self.tell)(Reason::Empty { what, language });
        } else if found > most {
            (self.tell)(Reason::TooLong {
                what,
                language,
                found,
                most,
            });
        }
    }
}

fn languages(source: &Source) -> BTreeSet<&str> {
    source.text.keys().map(String::as_str).collect()
}

fn tagged<T>(texts: &Local<T>) -> impl Iterator<Item = (&str, &T)> {
    texts.iter().map(|(tag, text)| (tag.as_str(), text))
}

/// What the guide is called.
pub(super) fn of_guide(source: &Source, found: &mut Found<'_>) {
    if source.text.is_empty() {
        found.of_guide(Reason::NoLanguage);
    }
    for tag in source.text.keys().filter(|tag| !is_tag(tag)) {
        found.of_guide(Reason::NoTag(tag.clone()));
    }
    let languages = languages(source);
    let mut part = Part {
        languages: &languages,
        tell: |reason| found.of_guide(reason),
    };
    let headings = || tagged(&source.text);
    part.text(
        "\"title\"",
        MAX_TITLE,
        headings().map(|(tag, heading)| (tag, heading.title.as_str())),
    );
    part.text(
        "\"description\"",
        MAX_DESCRIPTION,
        headings().map(|(tag, heading)| (tag, heading.description.as_str())),
    );
}

/// What a node says, and its answers.
pub(super) fn of_node(node: &NodeSource, source: &Source, found: &mut Found<'_>) {
    let languages = languages(source);
    let mut part = Part {
        languages: &languages,
        tell: |reason| found.of_node(&node.id, reason),
    };
    let words = || tagged(&node.text);
    part.text(
        "\"text\"",
        MAX_TEXT,
        words().map(|(tag, words)| (tag, words.text.as_str())),
    );
    part.optional(
        "\"help\"",
        MAX_HELP,
        words().map(|(tag, words)| (tag, words.help.as_deref())),
    );
    part.optional(
        "\"subject\"",
        MAX_SUBJECT_CHARACTERS,
        words().map(|(tag, words)| (tag, words.subject.as_deref())),
    );
    if node.link.is_some() {
        part.text(
            "what the link says (\"link\")",
            MAX_LABEL,
            words().filter_map(|(tag, words)| Some((tag, words.link.as_deref()?))),
        );
    } else if node.text.values().any(|words| words.link.is_some()) {
        (part.tell)(Reason::Misplaced(
            "has words for a link and no \"link\" of its own, which says where it goes",
        ));
    }
    steps(node, &mut part);
    for answer in &node.answers {
        part.text(
            &format!("the answer {:?}", answer.id),
            MAX_LABEL,
            tagged(&answer.label).map(|(tag, label)| (tag, label.as_str())),
        );
    }
    labels(node, &mut part.tell);
}

/// A language that lacks a step would lead elsewhere than the others.
fn steps(node: &NodeSource, part: &mut Part<'_, impl FnMut(Reason)>) {
    let most = node
        .text
        .values()
        .map(|words| words.steps.len())
        .max()
        .unwrap_or(0);
    if most > MAX_STEPS {
        (part.tell)(Reason::TooMany {
            what: "steps",
            found: most,
            most: MAX_STEPS,
        });
    }
    for at in 0..most.min(MAX_STEPS) {
        let step =
            tagged(&node.text).map(|(tag, words)| (tag, words.steps.get(at).map(String::as_str)));
        part.optional(&format!("step {}", at + 1), MAX_STEP, step);
    }
}

fn labels(node: &NodeSource, tell: &mut impl FnMut(Reason)) {
    let mut said = BTreeSet::new();
    for answer in &node.answers {
        for (language, label) in tagged(&answer.label) {
            let label = label.trim();
            if !label.is_empty() && !said.insert((language, label.to_lowercase())) {
                tell(Reason::SameLabel {
                    label: label.to_owned(),
                    language: language.to_owned(),
                });
            }
        }
    }
}

/// The shape of BCP 47, as far as anybody writes it by hand.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let is_word = |part: &str, least: usize| {
        (least..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    is_word(primary, 2)
        && primary.chars().all(|c| c.is_ascii_lowercase())
        && parts.all(|part| is_word(part, 1))
}
