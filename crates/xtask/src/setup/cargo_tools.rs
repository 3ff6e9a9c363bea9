//! Programs from crates.io, each of one version.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::Finding;
use crate::process::{output, program, run};
use crate::workspace::Workspace;

/// The last version that the pinned compiler builds.
const TRUNK: &str = "0.21.14";

pub fn trunk(workspace: &Workspace) -> Result<Finding> {
    tool(workspace, "trunk", TRUNK, 2.5)
}

pub fn install_trunk(workspace: &Workspace) -> Result<()> {
    run(quick_install(workspace, "trunk", TRUNK)?.arg("--locked"))
}

pub fn wasm_bindgen(workspace: &Workspace) -> Result<Finding> {
    tool(
        workspace,
        "wasm-bindgen",
        &locked_wasm_bindgen(workspace)?,
        1.0,
    )
}

pub fn install_wasm_bindgen(workspace: &Workspace) -> Result<()> {
    let version = locked_wasm_bindgen(workspace)?;
    // Beside it stand a program that runs tests and one for old browsers.
    let install = || -> Result<Command> {
        let mut install = quick_install(workspace, "wasm-bindgen-cli", &version)?;
        install.args(["--bin", "wasm-bindgen"]);
        Ok(install)
    };
    run(install()?.arg("--locked")).or_else(|_| {
        println!("      its lock file asks for something that this registry does not have; trying without");
        run(&mut install()?)
    })
}

fn tool(workspace: &Workspace, name: &str, version: &str, minutes: f32) -> Result<Finding> {
    let found = program(workspace, name).and_then(|mut command| output(command.arg("--version")));
    if found.is_ok_and(|answer| version_in(&answer) == Some(version)) {
        return Ok(None);
    }
    Ok(Some((
        format!("{name} {version}"),
        workspace.tools.display().to_string(),
        minutes,
    )))
}

/// `cargo install`, with the profile that compiles in the least time: these programs run for a second, copy and call others. By default
/// both bring what speaks TLS, to look for updates and to fetch tools; they find everything here.
fn quick_install(workspace: &Workspace, package: &str, version: &str) -> Result<Command> {
    let mut command = program(workspace, "cargo")?;
    command
        .args([
            "install",
            package,
            "--version",
            &format!("={version}"),
            "--root",
        ])
        .arg(&workspace.tools)
        .arg("--no-default-features")
        .env_remove("CARGO_TARGET_DIR")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    Ok(command)
}

fn locked_wasm_bindgen(workspace: &Workspace) -> Result<String> {
    let lock = workspace.root.join("Cargo.lock");
    let text =
        fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    locked_version(&text, "wasm-bindgen")
        .map(str::to_owned)
        .context("Cargo.lock has no wasm-bindgen: the portal cannot be built without")
}

/// The version of a package in the text of a lock file.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

/// The version in an answer such as `trunk 0.21.14`.
fn version_in(answer: &str) -> Option<&str> {
    answer
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_an_answer_is_its_first_word_with_a_digit() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.130 (abc)"), Some("0.2.130"));
        assert_eq!(version_in("no version at all"), None);
    }

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
