//! A Chromium and the fonts that pages are drawn with.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Finding, system};
use crate::process::{output, program};
use crate::workspace::Workspace;

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The browser to test with: `CHROME_PATH`, or the first Chromium or Chrome of the system.
///
/// # Errors
/// When there is none.
pub fn chromium() -> Result<PathBuf> {
    find().context("there is no Chromium or Chrome: install one, or set CHROME_PATH to its program")
}

fn find() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROME_PATH")
        .map(PathBuf::from)
        .filter(|path| path.is_file())
    {
        return Some(named);
    }
    let folders = env::split_paths(&env::var_os("PATH")?).collect::<Vec<_>>();
    let candidates = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates
        .chain([Path::new(MAC).to_owned()])
        .find(|path| path.is_file())
}

pub fn chromium_missing(_: &Workspace) -> Result<Finding> {
    Ok(find()
        .is_none()
        .then(|| ("Chromium".to_owned(), "the system, by apt".to_owned(), 1.0)))
}

pub fn install_chromium(workspace: &Workspace) -> Result<()> {
    system::apt_install(workspace, &["chromium"])
}

/// Only where fontconfig can say so: elsewhere the system brings its fonts.
pub fn fonts(workspace: &Workspace) -> Result<Finding> {
    if !cfg!(target_os = "linux") {
        return Ok(None);
    }
    let arabic = program(workspace, "fc-list")
        .and_then(|mut list| output(list.args([":lang=ar", "family"])));
    let there = arabic.is_ok_and(|families| !families.is_empty());
    Ok((!there).then(|| {
        (
            "a font with Arabic letters (fonts-noto-core)".to_owned(),
            "the system, by apt".to_owned(),
            0.5,
        )
    }))
}

pub fn install_fonts(workspace: &Workspace) -> Result<()> {
    system::apt_install(workspace, &["fontconfig", "fonts-noto-core"])
}
