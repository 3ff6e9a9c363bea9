//! `cargo xtask run`: the portal against the reference API, with demo data.

use clap::Args;

use anyhow::Result;

use crate::build;
use crate::serve::{reference_api, until_interrupted};
use crate::setup::{self, PORTAL};
use crate::workspace::Workspace;

/// What one can choose.
#[derive(Args)]
pub struct Options {
    /// The port to listen on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The port of the sample page that shows the portal in a frame
    #[arg(long, default_value_t = 8090)]
    host_port: u16,
    /// Run what was built last
    #[arg(long)]
    built: bool,
}

/// Sets up, builds and serves until Ctrl-C.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if !options.built {
        setup::provide(workspace, PORTAL)?;
        build::portal(workspace)?;
        build::reference_api(workspace)?;
    }
    let listen = format!("127.0.0.1:{}", options.port);
    let api = reference_api(
        workspace,
        &listen,
        &[
            "--portal".into(),
            workspace.dist().into(),
            "--host-listen".into(),
            format!("127.0.0.1:{}", options.host_port).into(),
        ],
    )?;
    say_where(options.port);
    println!(
        "  In a frame    http://127.0.0.1:{}   (a page of the company's own, on another site)",
        options.host_port
    );
    println!();
    until_interrupted(vec![api])
}

/// How to get in, for somebody who has never seen this.
pub fn say_where(port: u16) {
    println!();
    println!("  The portal    http://localhost:{port}");
    println!(
        "  Its mail      http://localhost:{port}/dev/outbox   (the sign-in code arrives here)"
    );
    println!("  Its customers http://localhost:{port}/dev           (addresses to sign in with)");
    println!();
    println!("  Data is kept in data/. Ctrl-C ends it.");
    println!();
}
