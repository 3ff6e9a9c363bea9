//! `cargo xtask dev`: trunk rebuilds on every change and passes API requests on to the reference API.

use anyhow::Result;
use clap::Args;

use crate::serve::{reference_api, until_interrupted};
use crate::setup::{self, PORTAL};
use crate::workspace::Workspace;
use crate::{build, run};

/// Where Trunk.toml's proxies lead.
const API: &str = "127.0.0.1:8081";

/// What one can choose.
#[derive(Args)]
pub struct Options {
    /// The port that trunk listens on
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Sets up, then serves and rebuilds until Ctrl-C. The files are neither optimised nor compressed.
pub fn dev(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::provide(workspace, PORTAL)?;
    build::reference_api(workspace)?;
    let api = reference_api(workspace, API, &[])?;
    let mut trunk = build::trunk(workspace, &workspace.wasm)?;
    // Its own folder: a development build must never be taken for the one to deploy.
    trunk
        .args(["serve", "--port", &options.port.to_string(), "--dist"])
        .arg(workspace.wasm.join("dev-dist"));
    run::say_where(options.port);
    until_interrupted(vec![api, trunk])
}
