//! `cargo xtask reproduce`: what is committed, built twice from nothing in folders of different names, is the same byte for byte.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::package::{Files, read_all};
use crate::process::{output, program, run};
use crate::setup::{self, PORTAL};
use crate::workspace::Workspace;

/// Names of different lengths and depths: a path that stood somewhere in the program would show.
const PLACES: [&str; 2] = ["one", "another/place/of/a-longer-name"];

/// Builds twice, and says which files differ. Answers whether none does.
///
/// # Errors
/// When a clone cannot be made or built.
pub fn reproduce(workspace: &Workspace) -> Result<bool> {
    setup::provide(workspace, PORTAL)?;
    let changed = output(program(workspace, "git")?.args(["status", "--porcelain"]))?;
    if !changed.is_empty() {
        println!("note: what is not committed has no part in this");
    }
    let folder = workspace.wasm.with_file_name("reproduce");
    let _ = fs::remove_dir_all(&folder);
    let mut built = Vec::new();
    for (number, place) in PLACES.iter().enumerate() {
        println!(
            "\n== Build {} of {}, from nothing",
            number + 1,
            PLACES.len()
        );
        built.push(build(
            workspace,
            &folder.join(place),
            &folder.join("targets"),
        )?);
    }
    let differing = differing(&built[0], &built[1]);
    fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    for name in &differing {
        println!("differs: {name}");
    }
    if differing.is_empty() {
        println!(
            "\nBoth builds have the same {} files, byte for byte",
            built[0].len()
        );
    }
    Ok(differing.is_empty())
}

/// A clone, built with a build folder of its own; what is given back are the files of its portal.
fn build(workspace: &Workspace, clone: &Path, targets: &Path) -> Result<Files> {
    let mut git = program(workspace, "git")?;
    git.args(["clone", "--quiet", "--shared"]);
    run(git.arg(&workspace.root).arg(clone))?;
    let own: PathBuf = env::current_exe()?;
    let mut build = program(workspace, own)?;
    build
        .current_dir(clone)
        .env_remove("CARGO_TARGET_DIR")
        .env("PORTAL_TARGETS", targets);
    run(build.arg("build"))?;
    let files = read_all(&clone.join("dist"))?;
    // The next one begins from nothing too, and two build folders at once are much for a disk.
    fs::remove_dir_all(targets).with_context(|| format!("cannot remove {}", targets.display()))?;
    Ok(files)
}

/// The names of files that only one has, or that are not the same in both.
fn differing(one: &Files, other: &Files) -> Vec<String> {
    let of_one = one
        .iter()
        .filter(|(name, bytes)| other.get(*name) != Some(*bytes));
    let of_other = other.iter().filter(|(name, _)| !one.contains_key(*name));
    of_one
        .chain(of_other)
        .map(|(name, _)| name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[(&str, &str)]) -> Files {
        let files = names.iter();
        files
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn a_file_that_differs_or_is_missing_is_named() {
        let one = files(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let other = files(&[("a", "1"), ("b", "x"), ("d", "4")]);
        assert_eq!(differing(&one, &other), ["b", "c", "d"]);
        assert!(differing(&one, &one).is_empty());
    }
}
