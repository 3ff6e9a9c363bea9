//! `cargo xtask check`: what can be said without running the portal.

use std::process::Command;

use anyhow::Result;

use crate::process::{cargo, run};
use crate::setup::{self, LINTS};
use crate::verdict::{Step, step};
use crate::workspace::Workspace;

/// Formatting, lints, the rules of the house, documentation. All are run, whatever the first ones say.
pub fn check(workspace: &Workspace) -> Result<Vec<Step>> {
    setup::provide(workspace, LINTS)?;
    let mut steps = lints(workspace);
    steps.push(step("Rules of the house", || {
        let mut tidy = cargo(workspace, &workspace.native)?;
        run(tidy.args(["test", "--quiet", "--package", "xtask", "--test", "tidy"]))
    }));
    Ok(steps)
}

/// All but the rules of the house, which are among the native tests too.
pub fn lints(workspace: &Workspace) -> Vec<Step> {
    let native = |arguments: &[&str]| -> Result<Command> {
        let mut command = cargo(workspace, &workspace.native)?;
        command.args(arguments);
        Ok(command)
    };
    vec![
        step("Formatting", || {
            run(&mut native(&["fmt", "--all", "--check"])?)
        }),
        step("Clippy, this machine", || {
            let arguments = [
                "clippy",
                "--workspace",
                "--exclude",
                "customer-portal",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ];
            run(&mut native(&arguments)?)
        }),
        step("Clippy, the portal", || {
            let arguments = [
                "clippy",
                "--package",
                "customer-portal",
                "--target",
                "wasm32-unknown-unknown",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ];
            run(&mut native(&arguments)?)
        }),
        step("Documentation", || {
            let mut doc = native(&["doc", "--workspace", "--no-deps", "--quiet"])?;
            run(doc.env("RUSTDOCFLAGS", "-D warnings"))
        }),
    ]
}
