//! A Chromium, another engine, and the fonts that pages are drawn with.

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
    NAMES
        .iter()
        .find_map(|name| on_path(name))
        .or_else(|| Some(Path::new(MAC).to_owned()).filter(|path| path.is_file()))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .map(|folder| folder.join(name))
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

/// WebKit's driver and a screen that nobody sees, which only Linux has.
pub fn webkit_missing() -> Finding {
    let there = ["WebKitWebDriver", "Xvfb"].map(on_path);
    (cfg!(target_os = "linux") && there.contains(&None)).then(|| {
        (
            "WebKit (webkit2gtk-driver, and xvfb as its screen)".to_owned(),
            "the system, by apt".to_owned(),
            1.0,
        )
    })
}

pub fn install_webkit(workspace: &Workspace) -> Result<()> {
    system::apt_install(workspace, &["webkit2gtk-driver", "xvfb"])
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
