//! `reference-api delegations`: the company's side of acting for another.

use super::office::Office;
use crate::clock::Clock;
use crate::data_requests::Desk;
use crate::delegations::company::{self, CompanyError};
use crate::delegations::rows::{self, Row};
use crate::store::time::Moment;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use portal_contract::delegation::DelegationState;
use portal_contract::{DataRequestId, DelegationId};
use std::path::{Path, PathBuf};

/// What to do with delegations.
#[derive(Subcommand)]
pub(super) enum Delegations {
    /// List them: those that wait for the company first
    List(List),
    /// What was shown is enough: it holds from now on (parents and executors; an agent's is confirmed by the person)
    Accept(Decision),
    /// What was shown is not enough
    Refuse(Decision),
    /// End one at once
    Revoke(Decision),
    /// Confirm an erasure that an executor asked for, because the person cannot
    ConfirmErasure(Erasure),
}

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    place: super::Place,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
    /// Only these: awaiting_company, awaiting_person, active, refused, revoked …
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
}

#[derive(Args)]
pub(super) struct Decision {
    /// The id that `list` shows
    id: DelegationId,
    #[command(flatten)]
    grounds: Grounds,
}

#[derive(Args)]
pub(super) struct Erasure {
    /// The reference or the id of the data request
    request: DataRequestId,
    #[command(flatten)]
    grounds: Grounds,
}

#[derive(Args)]
pub(super) struct Grounds {
    /// Why, or by what it was shown: both sides read it
    words: String,
    /// A file that shows it. It stays where it is; its name and SHA-256 are noted beside the words
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
    #[command(flatten)]
    place: super::Place,
}

impl Grounds {
    fn text(&self) -> Result<String> {
        match &self.evidence {
            Some(path) => Ok(format!("{} ({})", self.words, noted(path)?)),
            None => Ok(self.words.clone()),
        }
    }
}

/// A file by its name and its sum: what was looked at can be found again, and nothing of it is copied.
fn noted(path: &Path) -> Result<String> {
    use sha2::{Digest, Sha256};
    let bytes =
        std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let name = name.as_deref().unwrap_or("file");
    let sum = crate::secrets::hex(&Sha256::digest(&bytes));
    Ok(format!("{}, SHA-256 {sum}", super::in_a_line(name)))
}

type Act = fn(&rusqlite::Connection, Desk<'_>, &DelegationId, &str) -> Result<Row, CompanyError>;

pub(super) fn run(command: &Delegations) -> Result<()> {
    match command {
        Delegations::List(options) => list(options),
        Delegations::Accept(options) => decide(options, company::accept),
        Delegations::Refuse(options) => decide(options, company::refuse),
        Delegations::Revoke(options) => decide(options, company::revoke),
        Delegations::ConfirmErasure(options) => {
            let words = options.grounds.text()?;
            let after = Office::open(&options.grounds.place)?
                .act(|tx, desk| company::confirm_erasure(tx, desk, &options.request, &words))?;
            say!("{}  {}", after.reference, after.standing.state.as_str());
            Ok(())
        }
    }
}

fn decide(options: &Decision, act: Act) -> Result<()> {
    let words = options.grounds.text()?;
    let office = Office::open(&options.grounds.place)?;
    let row = office.act(|tx, desk| act(tx, desk, &options.id, &words))?;
    say!("{}", line(&row, office.now));
    Ok(())
}

fn list(options: &List) -> Result<()> {
    let states = DelegationState::KNOWN;
    super::one_of(
        options.state.as_deref(),
        states.iter().map(DelegationState::as_str),
        "state",
    )?;
    let (store, now) = (super::existing(&options.place)?, Clock::system().now());
    let state = options.state.clone();
    let rows = store.read_blocking(|db| rows::all(db, state.as_deref(), options.most))?;
    if rows.is_empty() {
        say!("there are none");
    }
    for row in &rows {
        say!("{}", line(row, now));
        if let Some(text) = &row.text {
            say!("{}", super::quoted(text));
        }
    }
    Ok(())
}

/// One line: what to quote, as what, how it stands, who for whom, for what, until when.
fn line(row: &Row, now: Moment) -> String {
    let who = |customer: &Option<crate::store::customers::CustomerId>| {
        customer
            .as_ref()
            .map_or("nobody here", |id| id.as_str())
            .to_owned()
    };
    let kinds: Vec<&str> = row.kinds.iter().map(|kind| kind.as_str()).collect();
    let until = match row.began_at {
        Some(_) => format!("until {}", row.ends_at.to_timestamp().as_str()),
        None => format!("decide by {}", row.decide_by.to_timestamp().as_str()),
    };
    format!(
        "{}  {:<8}  {:<16}  {} for {} ({})  {}  {until}",
        row.id,
        row.role.as_str(),
        row.standing(now).state.as_str(),
        who(&row.delegate),
        who(&row.person),
        super::in_a_line(&row.address),
        kinds.join(" ")
    )
}
