//! Node, and what comes from npm.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{Finding, system};
use crate::finish::hex;
use crate::process::{output, program, run};
use crate::workspace::Workspace;

const OLDEST_NODE: u32 = 20;

/// Tools from npm, each of one version. Debian's binaryen is too old for today's WebAssembly.
const OPTIMISERS: &[(&str, &str)] = &[("binaryen", "132.0.0"), ("esbuild", "0.28.2")];

pub fn node(workspace: &Workspace) -> Result<Finding> {
    let node = program(workspace, "node").and_then(|mut node| output(node.arg("--version")));
    let npm = program(workspace, "npm").and_then(|mut npm| output(npm.arg("--version")));
    match node {
        Ok(version) if major(&version).is_some_and(|major| major < OLDEST_NODE) => {
            bail!(
                "Node {version} is too old: install Node {OLDEST_NODE} or later (https://nodejs.org) and try again"
            )
        }
        Ok(_) if npm.is_ok() => Ok(None),
        _ => Ok(Some((
            format!("Node {OLDEST_NODE} or later with npm"),
            "the system, by apt".to_owned(),
            1.0,
        ))),
    }
}

pub fn install_node(workspace: &Workspace) -> Result<()> {
    system::apt_install(workspace, &["nodejs", "npm"])
}

pub fn optimisers(workspace: &Workspace) -> Result<Finding> {
    let modules = workspace.tools.join("npm/node_modules");
    let missing = OPTIMISERS
        .iter()
        .filter(|(name, version)| installed(&modules.join(name)).as_deref() != Some(version));
    let missing = missing
        .map(|(name, version)| format!("{name} {version}"))
        .collect::<Vec<_>>();
    Ok((!missing.is_empty()).then(|| {
        (
            missing.join(" and "),
            workspace.tools.display().to_string(),
            0.1,
        )
    }))
}

pub fn install_optimisers(workspace: &Workspace) -> Result<()> {
    let folder = workspace.tools.join("npm");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut npm = program(workspace, "npm")?;
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--save-exact",
        "--prefix",
    ])
    .arg(&folder);
    run(npm.args(
        OPTIMISERS
            .iter()
            .map(|(name, version)| format!("{name}@{version}")),
    ))
}

fn installed(package: &Path) -> Option<String> {
    let text = fs::read_to_string(package.join("package.json")).ok()?;
    let parsed: serde_json::Value = serde_json::from_str(&text).ok()?;
    Some(parsed.get("version")?.as_str()?.to_owned())
}

/// The packages of a folder are there when they were installed from the lock file that it has now.
pub fn packages(workspace: &Workspace, folder: &str) -> Result<Finding> {
    let marker = fs::read_to_string(workspace.root.join(folder).join(MARKER)).ok();
    if marker.is_some() && marker == lock_digest(workspace, folder).ok() {
        return Ok(None);
    }
    Ok(Some((
        format!("the npm packages of {folder}"),
        format!("{folder}/node_modules"),
        0.3,
    )))
}

pub fn install_packages(workspace: &Workspace, folder: &str) -> Result<()> {
    let path = workspace.root.join(folder);
    let mut npm = program(workspace, "npm")?;
    // Playwright's own browsers are neither needed nor wanted: the tests use the system's.
    npm.current_dir(&path)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    fs::write(path.join(MARKER), lock_digest(workspace, folder)?)
        .with_context(|| format!("cannot write {folder}/{MARKER}"))
}

const MARKER: &str = "node_modules/.installed-from";

fn lock_digest(workspace: &Workspace, folder: &str) -> Result<String> {
    let lock = workspace.root.join(folder).join("package-lock.json");
    let text = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    Ok(hex(&Sha256::digest(text)))
}

fn major(version: &str) -> Option<u32> {
    version
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read_from_its_answer() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nothing"), None);
    }
}
