//! What a customer writes, in a reply as in a beginning: what of it is kept, and its bounds.

use crate::config::Limits;
use portal_contract::{FieldCode, FieldError};

/// The words as they are kept: without NUL, which ends a text for SQLite's own functions.
#[must_use]
pub fn kept(text: &str) -> String {
    text.replace('\0', "")
}

/// A fault of a member, for a list of all that is wrong.
#[must_use]
pub fn fault(pointer: &str, code: FieldCode, detail: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        pointer: pointer.to_owned(),
        code,
        detail: Some(detail.to_owned()),
        limit,
    }
}

/// What is wrong with the words as they are kept, and with so many files. Neither has to be there where it `is_enough` without.
#[must_use]
pub fn faults(text: &str, files: usize, is_enough: bool, limits: &Limits) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if text.trim().is_empty() && files == 0 && !is_enough {
        let detail = "words, or a file";
        faults.push(fault("/text", FieldCode::Required, detail, None));
    }
    if text.chars().count() as u64 > limits.message_characters {
        let (detail, limit) = ("too many characters", Some(limits.message_characters));
        faults.push(fault("/text", FieldCode::TooLong, detail, limit));
    }
    if files as u64 > limits.attachments_per_message {
        let (detail, limit) = ("too many files", Some(limits.attachments_per_message));
        faults.push(fault("/attachment_ids", FieldCode::TooMany, detail, limit));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_or_a_file_are_needed_and_nothing_that_is_dropped_counts() {
        let limits = Limits::default();
        let wants =
            |text: &str, files, is_enough| !faults(text, files, is_enough, &limits).is_empty();
        assert!(wants("", 0, false) && wants(" \n", 0, false));
        assert!(wants(&kept("\0"), 0, false));
        assert!(!wants("a", 0, false) && !wants("", 1, false) && !wants("", 0, true));
    }

    #[test]
    fn all_that_is_too_much_is_named_at_once_with_its_bound() {
        let limits = Limits {
            message_characters: 3,
            attachments_per_message: 1,
            ..Limits::default()
        };
        assert!(faults("äöü", 1, false, &limits).is_empty());
        let found = faults("äöüß", 2, false, &limits);
        let found: Vec<_> = found.iter().map(|it| (&*it.pointer, it.limit)).collect();
        assert_eq!(found, [("/text", Some(3)), ("/attachment_ids", Some(1))]);
    }
}
