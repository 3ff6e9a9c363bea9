//! The command line.

use crate::http::Origin;
use crate::kit::{EmbedKey, Given};
use crate::report::{self, Report};
use crate::rule::Rule;
use crate::run::{Task, judge};
use crate::subject::{Subject, reveal};
use crate::{profiles, rules};
use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Parser, Subcommand, ValueEnum};
use portal_contract::capabilities::Profile;
use std::path::PathBuf;
use std::process::ExitCode;

/// Judges any API by the customer portal's contract.
///
/// Ends with 0 when no rule is broken, with 1 when one is, and with 2 when the API could not be judged.
#[derive(Parser)]
#[command(
    name = "conformance",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    judge: Judge,
}

#[derive(Subcommand)]
enum Command {
    /// List every rule: its id, its profile, what the contract says, and what judging it writes
    Rules,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Junit,
}

#[derive(Args)]
struct Judge {
    /// Where the API is, `https://api.example.com`: what stands before `/v1`
    #[arg(long, value_name = "URL", required = true)]
    base_url: Option<String>,
    /// How to act as one customer: `cookie:NAME=VALUE`, `bearer:TOKEN`, `header:NAME: VALUE`; `@FILE` or `env:VARIABLE` to read it from there
    #[arg(long, value_name = "SUBJECT", required = true)]
    subject_a: Option<String>,
    /// How to act as another
    #[arg(long, value_name = "SUBJECT", required = true)]
    subject_b: Option<String>,
    /// Judge this profile, announced or not; may be given again. Without it all that are announced
    #[arg(long, value_name = "PROFILE")]
    profile: Vec<String>,
    /// Judge this rule alone; may be given again
    #[arg(long, value_name = "ID")]
    rule: Vec<String>,
    /// Leave out the rules that write
    #[arg(long)]
    read_only: bool,
    /// An address that a customer signs in with: it is sent a code
    #[arg(long, value_name = "ADDRESS")]
    known_address: Option<String>,
    /// A word that stands in an internal note about customer A, and nowhere else
    #[arg(long, value_name = "WORD")]
    internal_note: Option<String>,
    /// The token of a footer's link (behind `#t=`) of customer A, from a mail; `@FILE` or `env:VARIABLE` as above
    #[arg(long, value_name = "TOKEN")]
    footer_token: Option<String>,
    /// The token of a `List-Unsubscribe` address of customer A, from a mail
    #[arg(long, value_name = "TOKEN")]
    one_click_token: Option<String>,
    /// The private key that signs assertions for frames: PKCS #8, PEM, of P-256 or Ed25519
    #[arg(long, value_name = "FILE", requires_all = ["embed_kid", "embed_issuer", "embed_audience", "embed_subject"])]
    embed_key: Option<PathBuf>,
    /// Under which `kid` the API finds the public key
    #[arg(long, value_name = "KID")]
    embed_kid: Option<String>,
    /// `iss` of the assertions
    #[arg(long, value_name = "URL")]
    embed_issuer: Option<String>,
    /// `aud` of the assertions
    #[arg(long, value_name = "URL")]
    embed_audience: Option<String>,
    /// `sub` of the assertions: customer A
    #[arg(long, value_name = "REFERENCE")]
    embed_subject: Option<String>,
    /// How to report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Where to; the terminal without it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Does what the command line asks for.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    if let Some(Command::Rules) = cli.command {
        println!("{}", listed());
        return ExitCode::SUCCESS;
    }
    match judged(cli.judge) {
        Ok(report) if report.failed().next().is_none() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Every rule, as `conformance rules` prints it and as docs/conformance.md has it.
#[must_use]
pub fn listed() -> String {
    let mut lines = vec![
        "| Rule | What the contract says | Writes |".to_owned(),
        "| --- | --- | --- |".to_owned(),
    ];
    let line = |rule: &Rule| {
        format!(
            "| `{}` | {} | {} |",
            rule.id,
            rule.says,
            rule.writes.unwrap_or("")
        )
    };
    lines.extend(rules::all().iter().map(line));
    lines.join("\n")
}

fn judged(options: Judge) -> Result<Report> {
    let (format, out) = (options.format, options.out.clone());
    let task = task(options)?;
    announce(&task);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let report = runtime.block_on(judge(task))?;
    let text = match format {
        Format::Text => report::text(&report),
        Format::Json => report::json(&report),
        Format::Junit => report::junit(&report),
    };
    match out {
        Some(file) => std::fs::write(&file, text)
            .with_context(|| format!("{} cannot be written", file.display()))?,
        None => print!("{text}"),
    }
    Ok(report)
}

fn task(options: Judge) -> Result<Task> {
    let profiles = options
        .profile
        .iter()
        .map(|name| profile(name))
        .collect::<Result<_>>()?;
    let known = rules::all();
    if let Some(unknown) = options
        .rule
        .iter()
        .find(|id| !known.iter().any(|rule| rule.id == id.as_str()))
    {
        bail!("there is no rule {unknown}: `conformance rules` lists them");
    }
    let secret = |said: Option<String>| {
        said.map(|said| Ok::<_, anyhow::Error>(reveal(&said)?.trim().to_owned()))
            .transpose()
    };
    let embed = embed(&options)?;
    Ok(Task {
        origin: Origin::read(&options.base_url.context("--base-url is missing")?)?,
        given: Given {
            a: Subject::read(&options.subject_a.context("--subject-a is missing")?)?,
            b: Subject::read(&options.subject_b.context("--subject-b is missing")?)?,
            read_only: options.read_only,
            known_address: options.known_address,
            internal_note: options.internal_note,
            footer_token: secret(options.footer_token)?,
            one_click_token: secret(options.one_click_token)?,
            embed,
        },
        profiles,
        only: options.rule,
    })
}

fn profile(name: &str) -> Result<Profile> {
    let known = profiles();
    if let Some(found) = known.iter().find(|known| known.as_str() == name) {
        return Ok(found.clone());
    }
    let names: Vec<&str> = known.iter().map(Profile::as_str).collect();
    bail!("there is no profile {name}: they are {}", names.join(", "))
}

fn embed(options: &Judge) -> Result<Option<EmbedKey>> {
    let Some(file) = &options.embed_key else {
        return Ok(None);
    };
    let pem = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let inner: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let said =
        |value: &Option<String>| value.clone().context("an assertion needs all of --embed-…");
    Ok(Some(EmbedKey {
        key: STANDARD
            .decode(inner.trim())
            .with_context(|| format!("{} is no PEM", file.display()))?,
        kid: said(&options.embed_kid)?,
        issuer: said(&options.embed_issuer)?,
        audience: said(&options.embed_audience)?,
        subject: said(&options.embed_subject)?,
    }))
}

/// Says beforehand what is written.
fn announce(task: &Task) {
    if task.given.read_only {
        eprintln!("Nothing is written; rules that would write are left out.");
        return;
    }
    eprintln!("Judging writes as these two customers, and takes back what can be taken back:");
    let mut told: Vec<&str> = Vec::new();
    for rule in rules::all() {
        let asked = task.profiles.is_empty() || task.profiles.contains(&rule.profile);
        if let Some(writes) = rule.writes.filter(|writes| asked && !told.contains(writes)) {
            eprintln!("  - {writes}");
            told.push(writes);
        }
    }
    eprintln!("Use customers made for tests. `--read-only` writes nothing.");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
