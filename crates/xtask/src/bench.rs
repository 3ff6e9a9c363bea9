//! `cargo xtask bench`: the built portal in a real Chromium, slowed down to a phone on a weak network.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::build;
use crate::process::{program, run};
use crate::setup::{self, BENCH, PORTAL};
use crate::workspace::Workspace;

/// By which the scripts find the program that they start.
const PROGRAM: &str = "REFERENCE_API_BIN";

/// What one can choose.
#[derive(Args)]
pub struct Options {
    /// Runs of each candidate, alternating
    #[arg(long, default_value_t = 9)]
    runs: u32,
    /// Interactions of the customer whose list is scrolled
    #[arg(long, default_value_t = 100_000)]
    scale: u32,
    /// Take dist/ and the reference API as they were built last
    #[arg(long)]
    built: bool,
    /// The reference API alone, without a browser: how long its answers take
    #[arg(long)]
    api: bool,
}

/// Builds, measures and prints medians with their spread.
pub fn bench(workspace: &Workspace, options: &Options) -> Result<()> {
    if options.api {
        return api(workspace, options);
    }
    setup::provide(workspace, PORTAL)?;
    setup::provide(workspace, BENCH)?;
    if !options.built {
        build::portal(workspace)?;
        build::reference_api(workspace)?;
    }
    let mut node = script(workspace, "run.mjs", options)?;
    node.env("PORTAL_DIST", workspace.dist())
        .env("CHROME_PATH", setup::chromium()?);
    run(&mut node)
}

/// The API as companies run it: the times of a development build say nothing.
fn api(workspace: &Workspace, options: &Options) -> Result<()> {
    if !options.built {
        build::optimised_reference_api(workspace)?;
    }
    let mut node = script(workspace, "api.mjs", options)?;
    node.env(PROGRAM, workspace.optimised_reference_api());
    run(&mut node)
}

/// A script of `tests/bench`, told what to measure.
fn script(workspace: &Workspace, name: &str, options: &Options) -> Result<Command> {
    let mut node = program(workspace, "node")?;
    node.current_dir(workspace.root.join("tests/bench"))
        .args([
            name,
            "--runs",
            &options.runs.to_string(),
            "--scale",
            &options.scale.to_string(),
        ])
        .env(PROGRAM, workspace.reference_api());
    Ok(node)
}
