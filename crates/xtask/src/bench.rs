//! `cargo xtask bench`: the built portal in a real Chromium, slowed down to a phone on a weak network.

use anyhow::Result;
use clap::Args;

use crate::build;
use crate::process::{program, run};
use crate::setup::{self, BENCH, PORTAL};
use crate::workspace::Workspace;

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
}

/// Builds, measures and prints medians with their spread.
pub fn bench(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::provide(workspace, PORTAL)?;
    setup::provide(workspace, BENCH)?;
    if !options.built {
        build::portal(workspace)?;
        build::reference_api(workspace)?;
    }
    let folder = workspace.root.join("tests/bench");
    let mut node = program(workspace, "node")?;
    node.current_dir(&folder)
        .args([
            "run.mjs",
            "--runs",
            &options.runs.to_string(),
            "--scale",
            &options.scale.to_string(),
        ])
        .env("REFERENCE_API_BIN", workspace.reference_api())
        .env("PORTAL_DIST", workspace.dist())
        .env("CHROME_PATH", setup::chromium()?);
    run(&mut node)
}
