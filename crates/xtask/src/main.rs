//! `cargo xtask`: everything one does with this repository, each in one command.
//!
//! Every command sets up what it needs first, says what it will install before it does, and is quick when nothing is
//! missing. Tools go into the user's cache folder, never into their own `~/.cargo/bin`.

mod bench;
mod build;
mod check;
mod config;
mod dev;
mod finish;
mod package;
mod process;
mod reproduce;
mod run;
mod serve;
mod setup;
mod shared;
mod size;
mod verdict;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use workspace::Workspace;

/// The commands of the customer portal.
#[derive(Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    version,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and run the portal against the reference API with demo data
    Run(run::Options),
    /// Like run, rebuilding the portal on every change behind trunk's proxy
    Dev(dev::Options),
    /// Build the portal into dist/, optimised and compressed
    Build,
    /// Pack the portal for a web server: files, headers, licences, one archive
    Package(package::Options),
    /// Say everything that is wrong with a company's settings: config.json, and theme.css, logo and languages beside it
    Config(config::Options),
    /// Build what is committed twice, from nothing and in different folders, and compare the bytes
    Reproduce,
    /// Formatting, clippy with warnings as errors, the rules of the house, the documentation
    Check,
    /// Everything that CI runs; the last line counts the tests
    Test(verdict::Options),
    /// The bytes of everything that the first screen needs, against the budget
    Size,
    /// Measure the built portal in a slowed-down Chromium, beside the same screen written by hand
    Bench(bench::Options),
    /// Install what the commands need, and nothing else
    Setup,
    /// Trunk's post-build hook: bundle, optimise, hash and compress the staged files
    #[command(hide = true)]
    Finish,
}

fn main() -> ExitCode {
    match dispatch(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The exit code of what says by itself what is wrong.
fn code_of(is_good: bool) -> ExitCode {
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn dispatch(command: Command) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    match command {
        Command::Run(options) => run::run(&workspace, &options)?,
        Command::Dev(options) => dev::dev(&workspace, &options)?,
        Command::Build => build::build(&workspace)?,
        Command::Package(options) => package::package(&workspace, &options)?,
        Command::Config(options) => {
            return Ok(code_of(config::config(&workspace, &options)?));
        }
        Command::Reproduce => return Ok(code_of(reproduce::reproduce(&workspace)?)),
        Command::Check => return Ok(verdict::exit_code(&check::check(&workspace)?)),
        Command::Test(options) => return verdict::test(&workspace, &options),
        Command::Size => size::size(&workspace)?,
        Command::Bench(options) => bench::bench(&workspace, &options)?,
        Command::Setup => {
            setup::provide(&workspace, setup::EVERYTHING)?;
            setup::provide_if_possible(&workspace, setup::FURTHER_JOURNEYS);
        }
        Command::Finish => finish::finish(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}
