//! Words that say that something is not done.

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

const UNFINISHED: &[&str] = &[
    "todo!(",
    "unimplemented!(",
    "TODO",
    "FIXME",
    "XXX",
    "for now",
    "placeholder implementation",
];
const WRITTEN: &[&str] = &["rs", "ts", "mjs", "js", "css", "html", "md", "toml", "sql"];

fn unfinished_work(files: &[File]) -> Vec<String> {
    // This folder has the words in order to find them.
    let written = files.iter().filter(|file| {
        !file.is_in("tests/tidy")
            && WRITTEN
                .iter()
                .any(|extension| file.has_extension(extension))
    });
    let mut violations = Vec::new();
    for file in written {
        let lines = file
            .text
            .lines()
            .enumerate()
            .filter(|(_, text)| UNFINISHED.iter().any(|word| has_word(text, word)));
        violations.extend(lines.map(|(line, text)| file.at(line, text)));
    }
    violations
}

/// Whether the word stands in the text, by itself where it begins and ends with letters.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let inside_a_word =
            letter(before) || (letter(after) && word.ends_with(char::is_alphanumeric));
        !inside_a_word
    })
}

#[test]
fn nothing_is_left_for_later() {
    assert_kept(
        unfinished_work,
        "Finish it, or open an issue and leave the words out:",
    );
    assert_caught(unfinished_work, &[("src/a.rs", "// good enough for now\n")]);
    assert_caught(unfinished_work, &[("docs/a.md", "FIXME: explain\n")]);
    assert_allowed(unfinished_work, &[("src/a.rs", "// waits for nowhere\n")]);
}
