//! Build folders that several checkouts share.
//!
//! Cargo names a workspace's own crates by their place in the workspace, so those of two checkouts have one name, and whether one
//! has to be compiled again is told by time alone: what another checkout compiled later would pass for what this tree, written
//! earlier, says. Dependencies are the same for all. So each build folder says which checkout built in it last, and who comes after
//! another one has cargo forget the workspace's own crates there. A `cargo` that somebody runs by hand in such a folder tells nobody.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process::metadata;
use crate::workspace::Workspace;

/// Says, in a build folder, which checkout built there last.
const BUILT_FROM: &str = "built-from";
/// Cargo holds this of a profile's folder for as long as it builds there.
const CARGO_LOCK: &str = ".cargo-lock";
const FINGERPRINTS: &str = ".fingerprint";

/// Makes a build folder this checkout's, before cargo is started in it. Waits for a build that runs there when it was another's.
///
/// # Errors
/// When the folder cannot be read or written.
pub fn claim(workspace: &Workspace, target: &Path) -> Result<()> {
    take_over(&workspace.root, target, || members(workspace))
        .with_context(|| format!("cannot take over the build folder {}", target.display()))
}

fn take_over(
    root: &Path,
    target: &Path,
    members: impl FnOnce() -> Result<Vec<String>>,
) -> Result<()> {
    let note = target.join(BUILT_FROM);
    let own = root.to_string_lossy();
    let before = fs::read_to_string(&note).ok();
    if before.as_deref() == Some(&*own) {
        return Ok(());
    }
    let profiles = profiles(target)?;
    if !profiles.is_empty() {
        println!(
            "{} was last built in from {}: this workspace's own crates are compiled anew there",
            target.display(),
            before.as_deref().unwrap_or("an unknown place"),
        );
        let members = members()?;
        let _locks = locks(&profiles)?;
        for profile in &profiles {
            forget(&profile.join(FINGERPRINTS), &members)?;
        }
    }
    fs::create_dir_all(target)?;
    Ok(fs::write(note, own.as_bytes())?)
}

/// The folders of profiles: `debug`, and with a target named `wasm32-unknown-unknown/debug`. This machine's come first and are
/// in order, because cargo locks them so: neither waits for the other with what the other waits for.
fn profiles(target: &Path) -> Result<Vec<PathBuf>> {
    let mut all = folders(target)?;
    let mut inner = Vec::new();
    for folder in &all {
        inner.extend(folders(folder)?);
    }
    all.sort();
    inner.sort();
    all.extend(inner);
    all.retain(|folder| folder.join(FINGERPRINTS).is_dir());
    Ok(all)
}

fn folders(within: &Path) -> Result<Vec<PathBuf>> {
    if !within.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(within)?.collect::<Result<Vec<_>, _>>()?;
    let paths = entries.into_iter().map(|entry| entry.path());
    Ok(paths.filter(|path| path.is_dir()).collect())
}

/// A build of the other checkout that is under way would enter its crates after they were forgotten.
fn locks(profiles: &[PathBuf]) -> Result<Vec<File>> {
    let lock = |profile: &PathBuf| {
        let path = profile.join(CARGO_LOCK);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                println!("Waiting for the build that runs in {}", profile.display());
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(file)
    };
    profiles.iter().map(lock).collect()
}

/// Removes what cargo knows of these packages; what it does not know it compiles.
fn forget(fingerprints: &Path, packages: &[String]) -> Result<()> {
    for folder in folders(fingerprints)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let package = name.rsplit_once('-').map(|(package, _digest)| package);
        if package.is_some_and(|package| packages.iter().any(|one| one == package)) {
            fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}

/// The names of the workspace's own packages.
fn members(workspace: &Workspace) -> Result<Vec<String>> {
    let metadata = metadata(workspace, &["--no-deps", "--offline"])?;
    let packages = metadata["packages"].as_array();
    let packages = packages.context("cargo metadata names no packages")?;
    let names = packages.iter().filter_map(|one| one["name"].as_str());
    Ok(names.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests;
