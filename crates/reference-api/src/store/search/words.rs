//! A query taken apart, and texts folded as the index folds them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// More words than this narrow nothing that a person would notice.
const MOST_WORDS: usize = 10;

/// What somebody typed into a search field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
    literals: Vec<String>,
}

/// A word to find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Letters and digits alone, folded.
    pub text: String,
    /// Whether words that begin like it will do.
    pub is_beginning: bool,
}

impl Query {
    /// Reads a query. Everything that is no letter or digit separates words; a query of nothing else is looked for as it stands.
    #[must_use]
    pub fn parse(raw: &str) -> Self {
        let (mut words, mut literals) = (Vec::new(), Vec::new());
        for token in tokens(raw).take(MOST_WORDS) {
            if token.text.chars().any(is_written_without_spaces) {
                literals.push(token.text.to_owned());
            } else {
                words.push(Word {
                    text: fold(token.text),
                    is_beginning: false,
                });
            }
        }
        if let Some(last) = words.last_mut() {
            last.is_beginning = true;
        }
        if words.is_empty() && literals.is_empty() && !raw.trim().is_empty() {
            literals.push(raw.trim().to_owned());
        }
        Self { words, literals }
    }

    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    pub(super) fn literals(&self) -> &[String] {
        &self.literals
    }
}

/// A word of a text, as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Where it begins, in bytes.
    pub start: usize,
    /// The word.
    pub text: &'t str,
}

/// The words of a text: runs of letters, digits and marks, as the index's tokenizer has them.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(is_of_word)?;
        let end = text[start..]
            .find(|c| !is_of_word(c))
            .map_or(text.len(), |length| start + length);
        from = end;
        Some(Token {
            start,
            text: &text[start..end],
        })
    })
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

/// Lower case, without the accents of Latin, Greek and Cyrillic letters: what the index does (`remove_diacritics 2`).
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let is_accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    word.nfd()
        .filter(|c| !is_accent(c))
        .nfc()
        .flat_map(char::to_lowercase)
        .collect()
}

/// Chinese, Japanese, Thai, Lao, Khmer, Burmese: the index would take a whole sentence for a word.
pub(super) fn is_written_without_spaces(character: char) -> bool {
    matches!(character,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3134f}')
}
