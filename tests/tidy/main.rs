//! The rules of the house (ARCHITECTURE.md) as assertions over the files of the repository.
//!
//! A rule is a function from files to violations. Each has two tests: that the repository keeps it, and that it catches
//! what it is there to catch.

mod boot;
mod code;
mod dependencies;
mod documents;
mod files;
mod further_style;
mod journeys;
mod layout;
mod locales;
mod markup;
mod messages;
mod parts;
mod rust;
mod style;
mod words;

use files::File;

/// Fails with every violation, one a line, under what to do about them.
#[track_caller]
fn assert_kept(rule: fn(&[File]) -> Vec<String>, what_to_do: &str) {
    let violations = rule(&files::repository());
    assert!(
        violations.is_empty(),
        "{what_to_do}\n  {}\n",
        violations.join("\n  ")
    );
}

/// Fails unless the rule finds exactly one violation, in the first of the files given as path and text.
#[track_caller]
fn assert_caught(rule: fn(&[File]) -> Vec<String>, files: &[(&str, &str)]) {
    let files = files
        .iter()
        .map(|(path, text)| File::new(path, text))
        .collect::<Vec<_>>();
    let violations = rule(&files);
    assert_eq!(
        violations.len(),
        1,
        "one violation was to be found, not {violations:?}"
    );
    assert!(
        violations[0].contains(files[0].path.as_str()),
        "{violations:?} does not name {}",
        files[0].path
    );
}

/// Fails when the rule finds anything in the files given as path and text.
#[track_caller]
fn assert_allowed(rule: fn(&[File]) -> Vec<String>, files: &[(&str, &str)]) {
    let files = files
        .iter()
        .map(|(path, text)| File::new(path, text))
        .collect::<Vec<_>>();
    let violations = rule(&files);
    assert!(
        violations.is_empty(),
        "nothing was to be found, but {violations:?}"
    );
}
