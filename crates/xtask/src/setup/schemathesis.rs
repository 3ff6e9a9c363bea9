//! Schemathesis, which makes requests up from the API's document: from PyPI, in a virtual environment among our tools.

use std::fs;

use anyhow::{Context, Result};

use super::Finding;
use crate::process::{program, run};
use crate::workspace::Workspace;

/// The one that docs/conformance.md names.
const VERSION: &str = "4.32.5";

pub fn missing(workspace: &Workspace) -> Result<Finding> {
    let is_there = fs::read_to_string(marker(workspace)).is_ok_and(|version| version == VERSION);
    Ok((!is_there).then(|| {
        (
            format!("schemathesis {VERSION} (Python's, in an environment of its own)"),
            workspace.schemathesis().display().to_string(),
            0.5,
        )
    }))
}

pub fn install(workspace: &Workspace) -> Result<()> {
    let folder = workspace.schemathesis();
    // What is left of an attempt that was cut short would be mixed with this one.
    let _ = fs::remove_dir_all(&folder);
    let mut python = program(workspace, "python3")?;
    run(python.args(["-m", "venv"]).arg(&folder))?;
    let mut pip = program(workspace, folder.join("bin/pip"))?;
    pip.args(["install", "--quiet", "--disable-pip-version-check"]);
    run(pip.arg(format!("schemathesis=={VERSION}")))?;
    let marker = marker(workspace);
    fs::write(&marker, VERSION).with_context(|| format!("cannot write {}", marker.display()))
}

/// Written last: with it, all of it is there.
fn marker(workspace: &Workspace) -> std::path::PathBuf {
    workspace.schemathesis().join("installed")
}
