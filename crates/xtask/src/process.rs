//! Running other programs, with errors that say what was run and what to do.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, pipe};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::shared;
use crate::workspace::Workspace;

/// A program that sees our tools first and runs at the repository's root.
pub fn program(workspace: &Workspace, name: impl AsRef<OsStr>) -> Result<Command> {
    let mut command = Command::new(name);
    command
        .current_dir(&workspace.root)
        .env("PATH", workspace.path()?);
    // Cargo describes this crate to its children; for theirs that would be a lie.
    for inherited in [
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PKG_NAME",
        "CARGO_PKG_VERSION",
    ] {
        command.env_remove(inherited);
    }
    Ok(command)
}

/// `cargo` with the build folder given.
pub fn cargo(workspace: &Workspace, target_dir: &Path) -> Result<Command> {
    building(workspace, "cargo", target_dir)
}

/// A program that builds in a folder, which is this checkout's from then on.
pub fn building(workspace: &Workspace, name: &str, target_dir: &Path) -> Result<Command> {
    shared::claim(workspace, target_dir)?;
    let mut command = program(workspace, name)?;
    command.env("CARGO_TARGET_DIR", target_dir);
    Ok(command)
}

/// What cargo knows of the workspace's packages. Nothing is built for it.
pub fn metadata(workspace: &Workspace, arguments: &[&str]) -> Result<Value> {
    let mut metadata = program(workspace, "cargo")?;
    metadata.args(["metadata", "--format-version=1"]);
    let said = output(metadata.args(arguments))?;
    serde_json::from_str(&said).context("cargo's answer is not JSON")
}

/// Runs to the end, with the terminal as its own.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs to the end and answers what it wrote to its standard output; what it wrote to the error output is in the error.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({}): {}",
            shown(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs to the end, shows its standard output as it comes, and hands each line to `look`. Answers whether it succeeded.
pub fn watch(command: &mut Command, mut look: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let stdout = child
        .stdout
        .take()
        .expect("the standard output was asked for above");
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        look(&line);
    }
    Ok(child.wait()?.success())
}

/// A program that runs beside what is done meanwhile. What it says is kept for [`Beside::finish`], so that it does not stand between
/// the lines of something else. Ctrl-C ends it too, as it ends all that was started from one terminal.
pub struct Beside {
    shown: String,
    child: Child,
    said: Receiver<String>,
}

impl Beside {
    /// Starts it.
    pub fn start(mut command: Command) -> Result<Self> {
        let shown = shown(&command);
        let (from, into) = pipe()?;
        let child = command
            .stdin(Stdio::null())
            .stdout(into.try_clone()?)
            .stderr(into)
            .spawn()
            .with_context(|| format!("cannot start `{shown}`"))?;
        // It holds the pipe's other end, which would never be at its end.
        drop(command);
        let (tell, said) = channel();
        thread::spawn(move || {
            for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
                // Nobody listens any more: it may go on all the same.
                let _ = tell.send(String::from_utf8_lossy(&line).into_owned());
            }
        });
        Ok(Self { shown, child, said })
    }

    /// Shows what it said and what it goes on to say, until it is done.
    pub fn finish(mut self) -> Result<()> {
        for line in self.said {
            println!("{line}");
        }
        let status = self.child.wait()?;
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }
}

/// The command as somebody would type it.
pub fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
