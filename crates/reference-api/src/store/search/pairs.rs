//! Scripts without spaces between words, cut into pairs of characters.
//!
//! The word index would take a whole Chinese sentence for one word. So each text is indexed a second time as the pairs of
//! neighbouring characters in its runs of such scripts, and what somebody looks for is found where all of its pairs stand.

use super::words::is_written_without_spaces;

/// The pairs of a text, with spaces between, and the last character of each run by itself: every character begins one of them.
pub(in crate::store) fn pairs_of(text: &str) -> String {
    let mut pairs = String::new();
    let mut before = None;
    for character in text.chars() {
        if is_written_without_spaces(character) {
            if before.is_some() {
                pairs.push(character);
            }
            pairs.push(' ');
            pairs.push(character);
            before = Some(character);
        } else {
            before = None;
        }
    }
    pairs
}

/// What to ask the index for, that it may find a text with `literal` in it: quoted terms of the column `pairs`. Nothing when no
/// character of it is of these scripts.
pub(super) fn terms(literal: &str) -> Vec<String> {
    let runs = literal.split(|c| !is_written_without_spaces(c));
    runs.filter(|run| !run.is_empty())
        .flat_map(|run| {
            let characters: Vec<char> = run.chars().collect();
            match characters.as_slice() {
                [one] => vec![format!("pairs : \"{one}\" *")],
                more => more
                    .windows(2)
                    .map(|pair| format!("pairs : \"{}{}\"", pair[0], pair[1]))
                    .collect(),
            }
        })
        .collect()
}

/// Whether the pairs alone say that `literal` stands in a text: it is no more than one of them.
pub(super) fn are_enough(literal: &str) -> bool {
    literal.chars().count() <= 2 && literal.chars().all(is_written_without_spaces)
}
