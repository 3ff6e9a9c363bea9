//! `reference-api requests`: the company's side of data requests.

mod shown;

use super::office::Office;
use crate::data_requests::{Desk, Row, company};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use portal_contract::DataRequestId;
use portal_contract::data_request::{DataRequestKind, DataRequestState};
use portal_contract::data_request_event::QuestionPurpose;
use rusqlite::Transaction;

/// What to do with data requests.
#[derive(Subcommand)]
pub(super) enum Requests {
    /// List them: open ones by what is due next, then closed ones
    List(List),
    /// Show one whole: what was asked, what was said, its timeline
    Show(Show),
    /// Take the company's next step: begin what arrived, schedule an erasure, complete what is under way
    Advance(Advance),
    /// Do it in part: say what was not done, and why
    Partly(Deny),
    /// Refuse one, with a reason
    Deny(Deny),
    /// Take more time, once, before it is due
    Extend(Words),
    /// Ask the customer something; the request waits for the answer
    Ask(Ask),
    /// Write to the customer
    Answer(Words),
}

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    place: super::Place,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
    /// Only these: access, portability, erasure, rectification, restriction, objection …
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only these: received, in_progress, awaiting_customer, scheduled, denied …
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
}

#[derive(Args)]
pub(super) struct Show {
    /// The reference or the id that `list` shows
    id: DataRequestId,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Advance {
    /// The reference or the id that `list` shows
    id: DataRequestId,
    /// What to say to the customer about it, when it is completed
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Deny {
    /// The reference or the id that `list` shows
    id: DataRequestId,
    /// suspected_fraud, insufficient_verification, no_match, claim_not_covered, outside_jurisdiction, too_many_requests, legal_hold or other
    #[arg(long, value_name = "REASON")]
    reason: String,
    /// Why, in words for the customer
    words: String,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Words {
    /// The reference or the id that `list` shows
    id: DataRequestId,
    /// The words, for the customer
    words: String,
    /// Who writes
    #[arg(long, value_name = "NAME", default_value = "Data protection")]
    by: String,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Ask {
    /// What for: identity and clarification stop the clock where the law lets them
    #[arg(long = "for", value_enum, default_value_t = Purpose::Clarification)]
    purpose: Purpose,
    #[command(flatten)]
    words: Words,
}

#[derive(Clone, Copy, ValueEnum)]
enum Purpose {
    /// To make sure who asks
    Identity,
    /// To learn what exactly is meant
    Clarification,
    /// Something else
    Information,
}

impl From<Purpose> for QuestionPurpose {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Identity => Self::Identity,
            Purpose::Clarification => Self::Clarification,
            Purpose::Information => Self::Information,
        }
    }
}

/// Does it, and says how the request stands then.
fn act(
    place: &super::Place,
    act: impl FnOnce(&Transaction<'_>, Desk<'_>) -> Result<Row, company::CompanyError>,
) -> Result<()> {
    let after = Office::open(place)?.act(act)?;
    say!("{}", shown::line(&after));
    Ok(())
}

pub(super) fn run(command: &Requests) -> Result<()> {
    match command {
        Requests::List(options) => list(options),
        Requests::Show(options) => show(options),
        Requests::Advance(options) => act(&options.place, |tx, desk| {
            company::advance(tx, desk, &options.id, options.note.as_deref())
        }),
        Requests::Partly(options) => {
            let reason = company::reason(&options.reason)?;
            act(&options.place, |tx, desk| {
                company::complete_partially(tx, desk, &options.id, reason, &options.words)
            })
        }
        Requests::Deny(options) => {
            let reason = company::reason(&options.reason)?;
            act(&options.place, |tx, desk| {
                company::deny(tx, desk, &options.id, reason, &options.words)
            })
        }
        Requests::Extend(options) => act(&options.place, |tx, desk| {
            company::extend(tx, desk, &options.id, &options.words)
        }),
        Requests::Ask(options) => {
            let words = &options.words;
            let saying = (words.by.as_str(), words.words.as_str());
            act(&words.place, |tx, desk| {
                company::ask(tx, desk, &words.id, saying, options.purpose.into())
            })
        }
        Requests::Answer(options) => {
            let saying = (options.by.as_str(), options.words.as_str());
            act(&options.place, |tx, desk| {
                company::answer(tx, desk, &options.id, saying)
            })
        }
    }
}

fn list(options: &List) -> Result<()> {
    let (kinds, states) = (DataRequestKind::KNOWN, DataRequestState::KNOWN);
    super::one_of(
        options.kind.as_deref(),
        kinds.iter().map(DataRequestKind::as_str),
        "kind",
    )?;
    super::one_of(
        options.state.as_deref(),
        states.iter().map(DataRequestState::as_str),
        "state",
    )?;
    let (kind, state) = (options.kind.clone(), options.state.clone());
    let store = super::existing(&options.place)?;
    let rows = store.read_blocking(|db| {
        crate::data_requests::rows::all(db, kind.as_deref(), state.as_deref(), options.most)
    })?;
    if rows.is_empty() {
        say!("there are none");
    }
    for row in &rows {
        say!("{}", shown::line(row));
    }
    Ok(())
}

fn show(options: &Show) -> Result<()> {
    let store = super::existing(&options.place)?;
    let text = store.read_blocking(|db| {
        let found = company::find(db, &options.id);
        Ok(found.and_then(|row| {
            let (messages, events) = company::history(db, &row)?;
            Ok(shown::whole(&row, &messages, &events))
        }))
    })??;
    print!("{text}");
    Ok(())
}

#[cfg(test)]
mod tests;
