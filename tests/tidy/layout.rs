//! What stands where.

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

const TOP_LEVEL: &[&str] = &[
    ".cargo",
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "Trunk.toml",
    "clippy.toml",
    "crates",
    "docs",
    "index.html",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "tests",
];

const LONGEST: usize = 450;

fn unknown_top_level_entries(files: &[File]) -> Vec<String> {
    let unknown = |file: &&File| {
        file.path
            .split('/')
            .next()
            .is_some_and(|entry| !TOP_LEVEL.contains(&entry))
    };
    files
        .iter()
        .filter(unknown)
        .map(|file| file.path.clone())
        .collect()
}

fn mod_files(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.path.ends_with("/mod.rs"))
        .map(|file| file.path.clone())
        .collect()
}

fn long_files(files: &[File]) -> Vec<String> {
    let long = files
        .iter()
        .filter(|file| file.has_extension("rs") && file.text.lines().count() > LONGEST);
    long.map(|file| format!("{} has {} lines", file.path, file.text.lines().count()))
        .collect()
}

#[test]
fn the_top_level_holds_what_was_agreed() {
    assert_kept(
        unknown_top_level_entries,
        "A new top-level entry needs a reason. Put it below src, crates, tests, docs or public, or add it to TOP_LEVEL with its reason:",
    );
    assert_caught(unknown_top_level_entries, &[("scripts/build.sh", "")]);
    assert_allowed(
        unknown_top_level_entries,
        &[("src/main.rs", ""), ("README.md", "")],
    );
}

#[test]
fn a_module_with_parts_is_a_file_beside_its_folder() {
    assert_kept(mod_files, "Rename foo/mod.rs to foo.rs:");
    assert_caught(mod_files, &[("src/pages/mod.rs", "")]);
}

#[test]
fn a_file_is_short_enough_to_be_read_at_once() {
    assert_kept(
        long_files,
        "Split these at one idea each (400 lines is the aim, 450 the end):",
    );
    assert_caught(long_files, &[("src/a.rs", &"line\n".repeat(LONGEST + 1))]);
    assert_allowed(long_files, &[("src/a.rs", &"line\n".repeat(LONGEST))]);
}
