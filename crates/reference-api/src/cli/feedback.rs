//! `reference-api feedback` and `reference-api improvements`: the company's side of feedback.

mod shown;

use crate::clock::Clock;
use crate::feedback::company::{self, ImprovementText, NewImprovement, Reply};
use crate::feedback::report::{Span, report};
use crate::store::Store;
use crate::store::time::Moment;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use portal_contract::feedback::{FeedbackKind, FeedbackStatus};
use portal_contract::improvement::ImprovementState;
use portal_contract::{FeedbackId, ImprovementId};

/// What to do with feedback.
#[derive(Subcommand)]
pub(super) enum Feedback {
    /// List what customers said, the newest first
    List(List),
    /// Show one piece whole
    Show(Show),
    /// Answer one; the customer is told
    Answer(Answer),
    /// Say how far it has come: read, planned, done, declined (with the reason as --note)
    State(State),
    /// Count: CSAT, NPS, CES, response rate
    Report(Report),
}

/// What to do with improvements.
#[derive(Subcommand)]
pub(super) enum Improvements {
    /// List them, the newest first
    List(super::Place),
    /// Enter one
    Add(Add),
    /// Say that feedback stands behind one
    Link(Link),
    /// Say that one is done, and all feedback behind it
    Done(Done),
}

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    place: super::Place,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
    /// Only these: answer, compliment, complaint, idea, other
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only these: received, read, planned, done, declined, withdrawn
    #[arg(long, value_name = "STATE")]
    state: Option<String>,
}

#[derive(Args)]
pub(super) struct Show {
    /// The id that `list` shows
    id: FeedbackId,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Answer {
    /// The id that `list` shows
    id: FeedbackId,
    /// The words
    text: String,
    /// Who writes
    #[arg(long, value_name = "NAME")]
    by: String,
    /// The language of the words (BCP 47)
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct State {
    /// The id that `list` shows
    id: FeedbackId,
    /// read, planned, done or declined
    state: String,
    /// What to say to the customer about it
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Report {
    /// The first day (UTC), YYYY-MM-DD; from the beginning without it
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// The last day (UTC), YYYY-MM-DD; until now without it
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// Write JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Add {
    /// What it is, in a few words
    #[arg(long, value_name = "WORDS")]
    title: String,
    /// What customers said
    #[arg(long, value_name = "WORDS")]
    you_said: String,
    /// What the company did, or will do
    #[arg(long, value_name = "WORDS")]
    we_did: String,
    /// The language of the words (BCP 47)
    #[arg(long, value_name = "TAG", default_value = "en")]
    lang: String,
    /// It is done already
    #[arg(long)]
    done: bool,
    /// Pieces of feedback behind it that came another way
    #[arg(long, value_name = "N", default_value_t = 0)]
    others: u64,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Link {
    /// The id that `improvements list` shows
    improvement: ImprovementId,
    /// The ids that `feedback list` shows
    #[arg(required = true)]
    feedback: Vec<FeedbackId>,
    #[command(flatten)]
    place: super::Place,
}

#[derive(Args)]
pub(super) struct Done {
    /// The id that `improvements list` shows
    improvement: ImprovementId,
    #[command(flatten)]
    place: super::Place,
}

impl super::Place {
    fn store(&self) -> Result<Store> {
        super::existing(self)
    }
}

pub(super) fn run(command: &Feedback) -> Result<()> {
    let now = Clock::system().now();
    match command {
        Feedback::List(options) => list(options),
        Feedback::Show(options) => {
            let store = options.place.store()?;
            let piece = store.read_blocking(|db| Ok(company::show(db, &options.id)))??;
            print!("{}", shown::whole(&piece));
            Ok(())
        }
        Feedback::Answer(options) => {
            let reply = Reply {
                by: options.by.clone(),
                text: options.text.clone(),
                lang: options.lang.clone(),
            };
            let store = options.place.store()?;
            store.transact_blocking(|tx| company::answer(tx, &options.id, &reply, now))?;
            say!("{} is answered", options.id);
            Ok(())
        }
        Feedback::State(options) => {
            let state = FeedbackStatus::from(options.state.as_str());
            let (note, store) = (options.note.as_deref(), options.place.store()?);
            store
                .transact_blocking(|tx| company::set_status(tx, &options.id, &state, note, now))?;
            say!("{} is {}", options.id, state.as_str());
            Ok(())
        }
        Feedback::Report(options) => count(options),
    }
}

fn list(options: &List) -> Result<()> {
    let (kind, state) = (options.kind.as_deref(), options.state.as_deref());
    let kinds = FeedbackKind::KNOWN.iter().map(FeedbackKind::as_str);
    super::one_of(kind, kinds, "kind")?;
    let states = FeedbackStatus::KNOWN.iter().map(FeedbackStatus::as_str);
    super::one_of(state, states, "state")?;
    let (kind, state) = (
        kind.map(FeedbackKind::from),
        state.map(FeedbackStatus::from),
    );
    let store = options.place.store()?;
    let pieces = store
        .read_blocking(|db| company::newest(db, kind.as_ref(), state.as_ref(), options.most))?;
    for piece in &pieces {
        say!("{}", shown::line(piece));
    }
    Ok(())
}

fn count(options: &Report) -> Result<()> {
    let start = |day: Date| Moment::start_of_day(day, &TimeZone::UTC);
    let after = options
        .to
        .map(|day| day.tomorrow().context("--to is too late"))
        .transpose()?;
    if let (Some(from), Some(to)) = (options.from, options.to) {
        anyhow::ensure!(from <= to, "--from {from} is after --to {to}");
    }
    let span = Span {
        from: options.from.map(start),
        until: after.map(start),
    };
    let store = options.place.store()?;
    let report = store.read_blocking(|db| report(db, span))?;
    if options.json {
        say!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        say!("{report}");
    }
    Ok(())
}

pub(super) fn improve(command: &Improvements) -> Result<()> {
    let now = Clock::system().now();
    match command {
        Improvements::List(place) => {
            let all = place.store()?.read_blocking(company::improvements)?;
            for (id, state, title, count) in all {
                say!("{id}  {:<8}  {count:>4}  {title}", state.as_str());
            }
        }
        Improvements::Add(options) => {
            let new = new_improvement(options);
            let store = options.place.store()?;
            let id = store.transact_blocking(|tx| company::add_improvement(tx, &new, now))?;
            say!("{id}");
        }
        Improvements::Link(options) => {
            let store = options.place.store()?;
            store.transact_blocking(|tx| {
                options
                    .feedback
                    .iter()
                    .try_for_each(|id| company::link(tx, &options.improvement, id, now).map(drop))
            })?;
            say!("pieces of feedback linked: {}", options.feedback.len());
        }
        Improvements::Done(options) => {
            let store = options.place.store()?;
            let told =
                store.transact_blocking(|tx| company::finish(tx, &options.improvement, now))?;
            say!(
                "{} is done; customers told: {}",
                options.improvement,
                told.len()
            );
        }
    }
    Ok(())
}

fn new_improvement(options: &Add) -> NewImprovement {
    let text = ImprovementText {
        title: options.title.clone(),
        you_said: options.you_said.clone(),
        we_did: options.we_did.clone(),
    };
    NewImprovement {
        state: if options.done {
            ImprovementState::Done
        } else {
            ImprovementState::Planned
        },
        texts: std::iter::once((options.lang.clone(), text)).collect(),
        others: options.others,
    }
}
