//! What the commands need of the machine: found, or announced and then installed.

mod browser;
mod cargo_tools;
mod node;
mod schemathesis;
mod system;
mod toolchain;
mod web_servers;

use std::time::Instant;

use anyhow::{Context, Result};

pub use browser::chromium;

use crate::workspace::Workspace;

/// Something that a command cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// rustfmt and clippy of the pinned compiler.
    Lints,
    /// The standard library for `wasm32-unknown-unknown`.
    WasmTarget,
    /// The source of the standard library, which is built into the released program.
    LibrarySource,
    /// Node and npm, for the optimiser, the bundler and the browser tests.
    Node,
    /// Trunk, of one version.
    Trunk,
    /// wasm-bindgen's program, of exactly the version that Cargo.lock has.
    WasmBindgen,
    /// Binaryen and esbuild.
    Optimisers,
    /// A Chromium.
    Chromium,
    /// A font with Arabic letters, so that a screenshot shows words and no boxes.
    Fonts,
    /// The packages of `tests/browser`.
    BrowserPackages,
    /// The packages of `tests/bench`.
    BenchPackages,
    /// The web servers that companies serve the portal with.
    WebServers,
    /// What makes requests up from the API's document.
    Schemathesis,
    /// WebKit, which is Safari's engine, and a screen for it.
    WebKit,
}

/// For building the portal.
pub const PORTAL: &[Need] = &[
    Need::WasmTarget,
    Need::LibrarySource,
    Need::Node,
    Need::Trunk,
    Need::WasmBindgen,
    Need::Optimisers,
];
/// For the linters.
pub const LINTS: &[Need] = &[Need::Lints, Need::WasmTarget];
/// For the browser tests of a portal that is built.
pub const BROWSER: &[Need] = &[
    Need::Node,
    Need::Chromium,
    Need::Fonts,
    Need::BrowserPackages,
];
/// For the journeys that deploy the portal, and for those in another engine. A machine that cannot have one of them does without its journeys.
pub const FURTHER_JOURNEYS: &[Need] = &[Need::WebServers, Need::WebKit];
/// For requests made up from the API's document. A machine without Python does without them.
pub const MADE_UP: &[Need] = &[Need::Schemathesis];
/// For the bench of a portal that is built.
pub const BENCH: &[Need] = &[Need::Node, Need::Chromium, Need::BenchPackages];
/// For every command.
pub const EVERYTHING: &[Need] = &[
    Need::Lints,
    Need::WasmTarget,
    Need::LibrarySource,
    Need::Node,
    Need::Trunk,
    Need::WasmBindgen,
    Need::Optimisers,
    Need::Chromium,
    Need::Fonts,
    Need::BrowserPackages,
];

/// What is not there, and what it takes to have it.
pub struct Missing {
    need: Need,
    what: String,
    into: String,
    minutes: f32,
}

/// Makes sure that everything needed is there. Says what is missing before anything is installed.
///
/// # Errors
/// One sentence that says what could not be had and what to do about it.
pub fn provide(workspace: &Workspace, needs: &[Need]) -> Result<()> {
    let missing = needs
        .iter()
        .map(|need| look(workspace, *need))
        .collect::<Result<Vec<_>>>()?;
    let missing = missing.into_iter().flatten().collect::<Vec<_>>();
    if missing.is_empty() {
        return Ok(());
    }
    announce(&missing);
    for (done, one) in missing.iter().enumerate() {
        println!("\n[{}/{}] {}", done + 1, missing.len(), one.what);
        let began = Instant::now();
        install(workspace, one.need)?;
        println!("      done in {:.0} s", began.elapsed().as_secs_f32());
    }
    println!();
    Ok(())
}

/// The same for what one can do without, each for itself: what could not be had is told, and nothing fails for it.
pub fn provide_if_possible(workspace: &Workspace, needs: &[Need]) {
    for need in needs {
        if let Err(error) = provide(workspace, &[*need]) {
            println!("note: {error:#}\n");
        }
    }
}

fn announce(missing: &[Missing]) {
    println!("This machine lacks:");
    for one in missing {
        println!("  - {} (into {})", one.what, one.into);
    }
    let minutes = missing.iter().map(|one| one.minutes).sum::<f32>().ceil();
    println!("Installing; about {minutes:.0} min, this first time only.");
}

fn look(workspace: &Workspace, need: Need) -> Result<Option<Missing>> {
    let found = match need {
        Need::Lints => toolchain::lints(workspace)?,
        Need::WasmTarget => toolchain::wasm_target(workspace)?,
        Need::LibrarySource => toolchain::library_source(workspace)?,
        Need::Node => node::node(workspace)?,
        Need::Trunk => cargo_tools::trunk(workspace)?,
        Need::WasmBindgen => cargo_tools::wasm_bindgen(workspace)?,
        Need::Optimisers => node::optimisers(workspace)?,
        Need::Chromium => browser::chromium_missing(workspace)?,
        Need::Fonts => browser::fonts(workspace)?,
        Need::BrowserPackages => node::packages(workspace, "tests/browser")?,
        Need::BenchPackages => node::packages(workspace, "tests/bench")?,
        Need::WebServers => web_servers::missing(workspace)?,
        Need::Schemathesis => schemathesis::missing(workspace)?,
        Need::WebKit => browser::webkit_missing(),
    };
    Ok(found.map(|(what, into, minutes)| Missing {
        need,
        what,
        into,
        minutes,
    }))
}

/// What is missing, where it goes, and how many minutes it takes.
type Finding = Option<(String, String, f32)>;

fn install(workspace: &Workspace, need: Need) -> Result<()> {
    match need {
        Need::Lints => toolchain::install_lints(workspace),
        Need::WasmTarget => toolchain::install_wasm_target(workspace),
        Need::LibrarySource => toolchain::install_library_source(workspace),
        Need::Node => node::install_node(workspace),
        Need::Trunk => cargo_tools::install_trunk(workspace),
        Need::WasmBindgen => cargo_tools::install_wasm_bindgen(workspace),
        Need::Optimisers => node::install_optimisers(workspace),
        Need::Chromium => browser::install_chromium(workspace),
        Need::Fonts => browser::install_fonts(workspace),
        Need::BrowserPackages => node::install_packages(workspace, "tests/browser"),
        Need::BenchPackages => node::install_packages(workspace, "tests/bench"),
        Need::WebServers => web_servers::install(workspace),
        Need::Schemathesis => schemathesis::install(workspace),
        Need::WebKit => browser::install_webkit(workspace),
    }
    .with_context(|| way_out(need))
}

/// What to do when something cannot be had.
fn way_out(need: Need) -> &'static str {
    match need {
        Need::Lints => {
            "rustfmt and clippy could not be installed: run `rustup component add rustfmt clippy` and try again"
        }
        Need::WasmTarget => {
            "the WebAssembly target could not be installed: run `rustup target add wasm32-unknown-unknown` and try again"
        }
        Need::LibrarySource => {
            "the source of the standard library could not be installed: run `rustup component add rust-src` and try again"
        }
        Need::Node => {
            "Node could not be installed: install Node 20 or later with npm (https://nodejs.org) and try again"
        }
        Need::Trunk => {
            "trunk could not be installed: install trunk 0.21.14 so that it is on the PATH (`cargo install trunk --version =0.21.14 --locked`) and try again"
        }
        Need::WasmBindgen => {
            "wasm-bindgen could not be installed: install the version of wasm-bindgen-cli that Cargo.lock has for wasm-bindgen and try again"
        }
        Need::Optimisers => {
            "Binaryen and esbuild could not be had from npm: check that the npm registry can be reached and try again"
        }
        Need::Chromium => {
            "no Chromium could be installed: install Chromium or Chrome, or set CHROME_PATH to one, and try again"
        }
        Need::Fonts => {
            "no Arabic font could be installed: install one (Debian: fonts-noto-core) and try again"
        }
        Need::BrowserPackages => {
            "the packages of tests/browser could not be had from npm: check that the npm registry can be reached and try again"
        }
        Need::BenchPackages => {
            "the packages of tests/bench could not be had from npm: check that the npm registry can be reached and try again"
        }
        Need::WebServers => {
            "Debian's nginx and Caddy could not be had by apt, so the journeys that deploy the portal are skipped"
        }
        Need::Schemathesis => {
            "Schemathesis could not be had from PyPI, so no requests are made up: install Python 3.10 or later with venv (Debian: python3-venv) to have them"
        }
        Need::WebKit => {
            "Debian's WebKit could not be had by apt, so the journeys in it are skipped: install webkit2gtk-driver and xvfb to have them"
        }
    }
}
