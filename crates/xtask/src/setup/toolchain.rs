//! Parts of the pinned Rust toolchain.

use std::path::Path;

use anyhow::Result;

use super::Finding;
use crate::process::{output, program, run};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

pub fn wasm_target(workspace: &Workspace) -> Result<Finding> {
    let sysroot = output(program(workspace, "rustc")?.args(["--print", "sysroot"]))?;
    let library = Path::new(&sysroot)
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib");
    let missing = || {
        (
            format!("Rust's standard library for {TARGET}"),
            "the pinned toolchain".to_owned(),
            0.3,
        )
    };
    Ok((!library.is_dir()).then(missing))
}

pub fn install_wasm_target(workspace: &Workspace) -> Result<()> {
    run(program(workspace, "rustup")?.args(["target", "add", TARGET]))
}

/// The source of the standard library, which the released program is built with.
pub fn library_source(workspace: &Workspace) -> Result<Finding> {
    let sysroot = output(program(workspace, "rustc")?.args(["--print", "sysroot"]))?;
    let lock = Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock");
    Ok((!lock.is_file()).then(|| {
        (
            "the source of Rust's standard library".to_owned(),
            "the pinned toolchain".to_owned(),
            0.2,
        )
    }))
}

pub fn install_library_source(workspace: &Workspace) -> Result<()> {
    run(program(workspace, "rustup")?.args(["component", "add", "rust-src"]))
}

pub fn lints(workspace: &Workspace) -> Result<Finding> {
    let sysroot = output(program(workspace, "rustc")?.args(["--print", "sysroot"]))?;
    let bin = Path::new(&sysroot).join("bin");
    let there = ["rustfmt", "cargo-clippy"].iter().all(|name| {
        bin.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
            .is_file()
    });
    Ok((!there).then(|| {
        (
            "rustfmt and clippy".to_owned(),
            "the pinned toolchain".to_owned(),
            0.3,
        )
    }))
}

pub fn install_lints(workspace: &Workspace) -> Result<()> {
    run(program(workspace, "rustup")?.args(["component", "add", "rustfmt", "clippy"]))
}
