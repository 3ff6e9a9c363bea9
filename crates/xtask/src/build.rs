//! Building the portal and the reference API.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::process::{Beside, building, cargo, run};
use crate::setup::{self, PORTAL};
use crate::workspace::Workspace;

/// What the released program is compiled with: the standard library is built with it, and a panic is a trap without a text. An
/// eighth of the program is texts of panics and what puts them together; nobody reads them in a customer's browser, where
/// boot shows the way out either way (docs/decisions/0013). The switches are unstable, so the pinned compiler is told to take
/// them; a development build goes without.
const LEAN: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    // The first two stand in .cargo/config.toml too, which this variable takes the place of.
    (
        "RUSTFLAGS",
        "-C link-args=--emit-relocs -Zunstable-options -Cpanic=immediate-abort",
    ),
];

/// `cargo xtask build`: the portal into `dist/`, as it is to be deployed.
pub fn build(workspace: &Workspace) -> Result<()> {
    setup::provide(workspace, PORTAL)?;
    portal(workspace)
}

/// Builds the portal. Trunk compiles and calls the hook that finishes (see `finish`).
pub fn portal(workspace: &Workspace) -> Result<()> {
    let began = Instant::now();
    println!("Building the portal");
    run(&mut release(workspace)?).context("the portal was not built")?;
    println!("Built dist/ in {:.0} s", began.elapsed().as_secs_f32());
    Ok(())
}

/// Builds the portal beside what is done meanwhile.
pub fn portal_beside(workspace: &Workspace) -> Result<Beside> {
    Beside::start(release(workspace)?)
}

fn release(workspace: &Workspace) -> Result<Command> {
    let mut trunk = trunk(workspace, &workspace.wasm.join("lean"))?;
    trunk
        .envs(LEAN)
        .args(["build", "--release", "--cargo-profile", "wasm"]);
    Ok(trunk)
}

/// Builds the reference API for this machine.
pub fn reference_api(workspace: &Workspace) -> Result<()> {
    println!("Building the reference API");
    let mut build = cargo(workspace, &workspace.native)?;
    run(build.args(["build", "--quiet", "--package", "reference-api"]))
        .context("the reference API was not built")
}

/// The reference API as companies run it.
pub fn optimised_reference_api(workspace: &Workspace) -> Result<()> {
    println!("Building the reference API, optimised");
    let mut build = cargo(workspace, &workspace.native)?;
    build.env("CARGO_ENCODED_RUSTFLAGS", nameless(workspace));
    run(build.args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "reference-api",
    ]))
    .context("the reference API was not built")
}

/// Flags by which a program does not tell where it was built: the places of panics stand in it, and in the log when one happens.
fn nameless(workspace: &Workspace) -> String {
    let home = |name: &str| env::var_os(name).map(PathBuf::from);
    let cargo = home("CARGO_HOME").or_else(|| Some(home("HOME")?.join(".cargo")));
    let folders = [(Some(workspace.root.clone()), "."), (cargo, "cargo")];
    let flags = folders.into_iter().filter_map(|(folder, name)| {
        Some(format!("--remap-path-prefix={}={name}", folder?.display()))
    });
    // One flag a line of this separator, as cargo reads it: a folder's name may hold a space.
    flags.collect::<Vec<_>>().join("\u{1f}")
}

/// Trunk, with the build folder given.
pub fn trunk(workspace: &Workspace, target_dir: &Path) -> Result<Command> {
    let mut trunk = building(workspace, "trunk", target_dir)?;
    trunk
        .env(
            "PORTAL_TARGETS",
            workspace.wasm.parent().unwrap_or(&workspace.wasm),
        )
        // Trunk takes NO_COLOR for a flag of its own and accepts nothing but true or false.
        .env_remove("NO_COLOR")
        // A compile error is what it is; where in trunk it was met helps nobody.
        .env("RUST_BACKTRACE", "0");
    Ok(trunk)
}
