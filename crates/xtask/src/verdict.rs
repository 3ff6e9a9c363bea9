//! `cargo xtask test`: every step, its time, and the sum of all their tests.

mod counts;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::process::{cargo, program, watch};
use crate::setup::{self, BROWSER, FURTHER_JOURNEYS, LINTS, MADE_UP, PORTAL};
use crate::workspace::Workspace;
use crate::{build, check, size};

pub use counts::Counts;

/// What one can choose.
#[derive(Args)]
pub struct Options {
    /// Only these steps (may be given several times)
    #[arg(long, value_enum)]
    only: Vec<Part>,
    /// Take dist/ and the reference API as they were built last
    #[arg(long)]
    built: bool,
    /// Handed on to the native tests and to Playwright, to choose among them
    #[arg(last = true)]
    filter: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting, clippy, documentation
    Check,
    /// Everything that runs on this machine, the rules of the house among it
    Native,
    /// The portal's build
    Build,
    /// The bytes of the first screen: they may not grow
    Size,
    /// The journeys in a real browser
    Browser,
}

/// One step of a run, and what came of it.
pub struct Step {
    name: String,
    counts: Counts,
    took: Duration,
}

/// Runs something that passes or fails as one.
pub fn step(name: &str, work: impl FnOnce() -> Result<()>) -> Step {
    counted(name, || {
        work().map(|()| Counts {
            passed: 1,
            ..Counts::default()
        })
    })
}

/// Runs something that counts for itself. An error is a failure, never nothing.
fn counted(name: &str, work: impl FnOnce() -> Result<Counts>) -> Step {
    println!("\n== {name}");
    let began = Instant::now();
    let counts = work().unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        Counts {
            failed: 1,
            ..Counts::default()
        }
    });
    Step {
        name: name.to_owned(),
        counts,
        took: began.elapsed(),
    }
}

/// Success only when nothing failed, and something passed.
pub fn exit_code(steps: &[Step]) -> ExitCode {
    println!();
    for one in steps {
        let verdict = if one.counts.failed == 0 {
            "ok    "
        } else {
            "FAILED"
        };
        println!(
            "{verdict} {:<24} {:>6.1} s  {}",
            one.name,
            one.took.as_secs_f32(),
            one.counts
        );
    }
    let sum = steps.iter().map(|one| one.counts).sum::<Counts>();
    println!("\n{sum}");
    if sum.failed == 0 && sum.passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs what CI runs.
pub fn test(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let wanted = |part: Part| options.only.is_empty() || options.only.contains(&part);
    let browser = wanted(Part::Browser);
    let building = !options.built && (wanted(Part::Build) || wanted(Part::Size) || browser);
    provide(workspace, wanted(Part::Check), building, browser)?;
    if browser {
        setup::provide_if_possible(workspace, FURTHER_JOURNEYS);
    }
    if wanted(Part::Native) {
        setup::provide_if_possible(workspace, MADE_UP);
    }

    let mut steps = Vec::new();
    if wanted(Part::Check) {
        steps.extend(check::lints(workspace));
    }
    // Half of its time has work for one core only, and so have the native tests: beside each other they have for two.
    let portal = building.then(|| build::portal_beside(workspace));
    if wanted(Part::Native) {
        steps.push(counted("Native tests", || {
            native(workspace, &options.filter)
        }));
        if options.filter.is_empty() {
            steps.push(counted("Made-up requests", || made_up(workspace)));
        }
    }
    if let Some(portal) = portal {
        steps.push(step("Build of the portal", || portal?.finish()));
    }
    if wanted(Part::Size) {
        steps.push(step("Size", || size::ratchet(workspace)));
    }
    if browser {
        let is_api_built = options.built || wanted(Part::Native);
        steps.push(counted("Browser journeys", || {
            journeys(workspace, options, is_api_built)
        }));
    }
    Ok(exit_code(&steps))
}

/// All at once and first, so that a run of a quarter of an hour does not stop in its middle over a missing program.
fn provide(workspace: &Workspace, lints: bool, building: bool, browser: bool) -> Result<()> {
    let chosen = [(lints, LINTS), (building, PORTAL), (browser, BROWSER)];
    let mut needs = Vec::new();
    for need in chosen
        .iter()
        .filter(|(wanted, _)| *wanted)
        .flat_map(|(_, needs)| needs.iter())
    {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    setup::provide(workspace, &needs)
}

fn native(workspace: &Workspace, filter: &[String]) -> Result<Counts> {
    let mut test = cargo(workspace, &workspace.native)?;
    test.args(["test", "--workspace", "--no-fail-fast"])
        .args(filter);
    let mut counts = Counts::default();
    let succeeded = watch(&mut test, |line| {
        counts += Counts::of_cargo_line(line).unwrap_or_default()
    })?;
    counts.must_explain(succeeded, "cargo test");
    Ok(counts)
}

/// Requests that Schemathesis makes up from the API's document; skipped where it could not be had.
fn made_up(workspace: &Workspace) -> Result<Counts> {
    let schemathesis = workspace.schemathesis().join("bin/schemathesis");
    if !schemathesis.is_file() {
        println!("skipped: Schemathesis is not here");
        return Ok(Counts {
            skipped: 1,
            ..Counts::default()
        });
    }
    let mut test = cargo(workspace, &workspace.native)?;
    // All tests of all packages, as in the step before: fewer would have other features, and be other programs to build.
    test.args(["test", "--workspace", "--tests"])
        .args(["--", "--ignored", "--nocapture", "made_up"])
        .env("SCHEMATHESIS", schemathesis);
    let mut counts = Counts::default();
    let succeeded = watch(&mut test, |line| {
        counts += Counts::of_cargo_line(line).unwrap_or_default();
    })?;
    counts.must_explain(succeeded, "schemathesis");
    Ok(counts)
}

/// `is_api_built`: the native tests have built the reference API already, which some of them start.
fn journeys(workspace: &Workspace, options: &Options, is_api_built: bool) -> Result<Counts> {
    if !is_api_built {
        build::reference_api(workspace)?;
    }
    if !workspace.dist().join("index.html").is_file() {
        bail!("there is no built portal in dist/: run `cargo xtask build`");
    }
    let report = workspace.root.join("tests/browser/report/results.json");
    // A report of an earlier run must not be counted as this one's.
    if report.exists() {
        std::fs::remove_file(&report)
            .with_context(|| format!("cannot remove {}", report.display()))?;
    }
    let folder = workspace.root.join("tests/browser");
    let mut playwright = program(workspace, folder.join("node_modules/.bin/playwright"))?;
    playwright
        .current_dir(&folder)
        .args(["test", "--reporter=list,json"])
        .args(&options.filter)
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
        .env("REFERENCE_API_BIN", workspace.reference_api())
        .env("PORTAL_DIST", workspace.dist())
        .env("WEB_SERVERS", workspace.web_servers())
        .env("XTASK_BIN", std::env::current_exe()?)
        .env("CHROME_PATH", setup::chromium()?);
    let succeeded = watch(&mut playwright, |_| {})?;
    let text = std::fs::read_to_string(&report)
        .context("Playwright left no report: what it said stands above")?;
    let mut counts = Counts::of_playwright(&text)?;
    counts.must_explain(succeeded, "playwright test");
    Ok(counts)
}
