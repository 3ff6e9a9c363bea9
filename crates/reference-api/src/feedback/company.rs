//! The company's side: reading what customers said, answering it, saying what became of it.

use super::entries::{self, EntryRow};
use super::improvements;
pub use super::improvements::ImprovementText;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::ids;
use crate::store::time::Moment;
use portal_contract::feedback::{
    AnswerValue, FeedbackKind, FeedbackReply, FeedbackStatus, FeedbackStep, Question,
};
use portal_contract::improvement::ImprovementState;
use portal_contract::{Entries, FeedbackId, ImprovementId, QuestionId};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// There is no such feedback.
    #[error("there is no feedback {0}: `feedback list` shows what there is")]
    NoFeedback(FeedbackId),
    /// There is no such improvement.
    #[error("there is no improvement {0}: `improvements list` shows what there is")]
    NoImprovement(ImprovementId),
    /// The customer took it back.
    #[error("{0} was withdrawn by its customer: nothing is done with it any more")]
    Withdrawn(FeedbackId),
    /// Not a state that the company sets.
    #[error("{0:?} is no state to set: it is one of read, planned, done, declined")]
    NoSuchState(String),
    /// Declined without saying why.
    #[error("what is declined needs a reason for the customer: say it as the note")]
    NoReason,
    /// Nothing was written.
    #[error("{0} is empty: write something for the customer")]
    Empty(&'static str),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for CompanyError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Feedback, as the company reads it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its id.
    pub id: FeedbackId,
    /// Who said it.
    pub customer: CustomerId,
    /// What sort it is.
    pub kind: FeedbackKind,
    /// When.
    pub given_at: Moment,
    /// How far the company has come with it.
    pub status: FeedbackStatus,
    /// Whether the customer may be asked about it.
    pub contact_allowed: bool,
    /// What was asked.
    pub questions: Vec<Question>,
    /// What was answered.
    pub answers: Entries<QuestionId, AnswerValue>,
    /// What was said unasked.
    pub text: Option<String>,
    /// When the customer last changed it.
    pub edited_at: Option<Moment>,
    /// What the company answered.
    pub reply: Option<FeedbackReply>,
    /// What became of it so far.
    pub history: Vec<FeedbackStep>,
}

fn piece(db: &Connection, row: EntryRow) -> Result<Piece, StoreError> {
    Ok(Piece {
        history: entries::steps(db, row.seq)?,
        id: row.id,
        customer: row.customer,
        kind: row.kind,
        given_at: row.given_at,
        status: row.status,
        contact_allowed: row.contact_allowed,
        questions: row.questions,
        answers: row.answers,
        text: row.text,
        edited_at: row.edited_at,
        reply: row.reply,
    })
}

/// The newest pieces of all customers, of a kind and in a state where these are given.
///
/// # Errors
/// When the database refuses.
pub fn newest(
    db: &Connection,
    kind: Option<&FeedbackKind>,
    status: Option<&FeedbackStatus>,
    most: usize,
) -> Result<Vec<Piece>, StoreError> {
    let rows = entries::newest(db, kind, status, most)?;
    rows.into_iter().map(|row| piece(db, row)).collect()
}

/// One piece.
///
/// # Errors
/// When there is none of this id, or the database refuses.
pub fn show(db: &Connection, id: &FeedbackId) -> Result<Piece, CompanyError> {
    let row = entries::any(db, id)?.ok_or_else(|| CompanyError::NoFeedback(id.clone()))?;
    Ok(piece(db, row)?)
}

fn standing(db: &Connection, id: &FeedbackId) -> Result<EntryRow, CompanyError> {
    let row = entries::any(db, id)?.ok_or_else(|| CompanyError::NoFeedback(id.clone()))?;
    if row.status == FeedbackStatus::Withdrawn {
        return Err(CompanyError::Withdrawn(id.clone()));
    }
    Ok(row)
}

/// The company did something that the customer sees.
fn acted(db: &Connection, row: &EntryRow, now: Moment) -> Result<CustomerId, StoreError> {
    db.prepare_cached("UPDATE feedback SET company_acted_at = ?2 WHERE seq = ?1")?
        .execute((row.seq, now))?;
    entries::changed(db, &row.customer, row.seq, now)?;
    Ok(row.customer.clone())
}

/// What the company writes to a customer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Who writes.
    pub by: String,
    /// The words.
    pub text: String,
    /// BCP 47 tag of their language.
    pub lang: Option<String>,
}

/// Answers, in the place of an earlier answer. What was only received is read by it, and a mail is due ([`telling`](super::telling)).
/// Gives whom to tell.
///
/// # Errors
/// When there is no such feedback, it was withdrawn, nothing is said, or the database refuses.
pub fn answer(
    db: &Connection,
    id: &FeedbackId,
    reply: &Reply,
    now: Moment,
) -> Result<CustomerId, CompanyError> {
    for (what, text) in [("the answer", &reply.text), ("the name", &reply.by)] {
        if text.trim().is_empty() {
            return Err(CompanyError::Empty(what));
        }
    }
    let row = standing(db, id)?;
    db.prepare_cached(
        "UPDATE feedback SET reply_at = ?2, reply_by = ?3, reply_text = ?4, reply_lang = ?5, tell_at = ?2 WHERE seq = ?1",
    )?
    .execute(params![
        row.seq,
        now,
        reply.by.trim(),
        reply.text.trim(),
        reply.lang
    ])?;
    if row.status == FeedbackStatus::Received {
        entries::step(db, row.seq, &FeedbackStatus::Read, None, now)?;
    }
    Ok(acted(db, &row, now)?)
}

/// Says how far it has come. Gives whom to tell.
///
/// # Errors
/// When there is no such feedback, it was withdrawn, the state is none to set, a reason is missing, or the database refuses.
pub fn set_status(
    db: &Connection,
    id: &FeedbackId,
    status: &FeedbackStatus,
    note: Option<&str>,
    now: Moment,
) -> Result<CustomerId, CompanyError> {
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    match status {
        FeedbackStatus::Read | FeedbackStatus::Planned | FeedbackStatus::Done => {}
        FeedbackStatus::Declined if note.is_none() => return Err(CompanyError::NoReason),
        FeedbackStatus::Declined => {}
        FeedbackStatus::Received | FeedbackStatus::Withdrawn | FeedbackStatus::Other(_) => {
            return Err(CompanyError::NoSuchState(status.as_str().to_owned()));
        }
    }
    let row = standing(db, id)?;
    if row.status == *status && note.is_none() {
        return Ok(row.customer);
    }
    entries::step(db, row.seq, status, note, now)?;
    Ok(acted(db, &row, now)?)
}

/// A new improvement.
#[derive(Clone, Debug)]
pub struct NewImprovement {
    /// How far it has come.
    pub state: ImprovementState,
    /// What it says, by language; at least one.
    pub texts: BTreeMap<String, ImprovementText>,
    /// Pieces of feedback that came another way.
    pub others: u64,
}

/// Enters an improvement.
///
/// # Errors
/// When it says nothing, its state is none, or the database refuses.
pub fn add_improvement(
    db: &Connection,
    new: &NewImprovement,
    now: Moment,
) -> Result<ImprovementId, CompanyError> {
    if let ImprovementState::Other(state) = &new.state {
        return Err(CompanyError::NoSuchState(state.clone()));
    }
    let says_something = |text: &ImprovementText| {
        [&text.title, &text.you_said, &text.we_did]
            .iter()
            .all(|words| !words.trim().is_empty())
    };
    if new.texts.is_empty() || !new.texts.values().all(says_something) {
        return Err(CompanyError::Empty("the improvement"));
    }
    let id: ImprovementId = ids::fresh("imp", now);
    db.prepare_cached(
        "INSERT INTO improvements (id, state, since, others) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![id.as_str(), new.state.as_str(), now, new.others])?;
    let seq = db.last_insert_rowid();
    for (lang, text) in &new.texts {
        db.prepare_cached(
            "INSERT INTO improvement_texts (improvement_seq, lang, title, you_said, we_did) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((seq, lang, &text.title, &text.you_said, &text.we_did))?;
    }
    Ok(id)
}

/// Says that feedback stands behind an improvement: it is planned or done with it. Gives whom to tell.
///
/// # Errors
/// When there is no such feedback or improvement, the feedback was withdrawn, or the database refuses.
pub fn link(
    db: &Connection,
    improvement: &ImprovementId,
    id: &FeedbackId,
    now: Moment,
) -> Result<CustomerId, CompanyError> {
    let seq = improvement_seq(db, improvement)?;
    let row = standing(db, id)?;
    let state: String = db
        .prepare_cached("SELECT state FROM improvements WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))?;
    db.prepare_cached("UPDATE feedback SET improvement_seq = ?2 WHERE seq = ?1")?
        .execute((row.seq, seq))?;
    let status = FeedbackStatus::from(state);
    if row.status != status {
        entries::step(db, row.seq, &status, None, now)?;
    }
    let customer = acted(db, &row, now)?;
    improvements::tell(db, seq, improvement, now)?;
    Ok(customer)
}

fn improvement_seq(db: &Connection, id: &ImprovementId) -> Result<i64, CompanyError> {
    improvements::seq_of(db, id)?.ok_or_else(|| CompanyError::NoImprovement(id.clone()))
}

/// Says that an improvement is done, and all feedback behind it with it. Gives whom to tell.
///
/// # Errors
/// When there is no such improvement, or the database refuses.
pub fn finish(
    db: &Connection,
    improvement: &ImprovementId,
    now: Moment,
) -> Result<Vec<CustomerId>, CompanyError> {
    let seq = improvement_seq(db, improvement)?;
    let done = db
        .prepare_cached(
            "UPDATE improvements SET state = 'done', since = ?2 WHERE seq = ?1 AND state <> 'done'",
        )?
        .execute((seq, now))?;
    if done == 0 {
        return Ok(Vec::new());
    }
    let mut statement = db.prepare_cached("SELECT id FROM feedback WHERE improvement_seq = ?1")?;
    let behind = statement.query_map([seq], |row| row.get::<_, String>(0))?;
    for id in behind.collect::<Result<Vec<_>, _>>()? {
        let corrupt = |_| StoreError::Corrupt("the id of feedback".to_owned());
        let id = FeedbackId::try_from(id).map_err(corrupt)?;
        set_status(db, &id, &FeedbackStatus::Done, None, now)?;
    }
    Ok(improvements::tell(db, seq, improvement, now)?)
}

/// An improvement as the company lists it: id, state, title, how many pieces of feedback are linked.
///
/// # Errors
/// When the database refuses.
pub fn improvements(
    db: &Connection,
) -> Result<Vec<(ImprovementId, ImprovementState, String, u64)>, StoreError> {
    use crate::store::interactions::{open, parsed};
    let mut statement = db.prepare_cached(
        "SELECT id, state,
                coalesce((SELECT title FROM improvement_texts AS t WHERE t.improvement_seq = i.seq ORDER BY lang = 'en' DESC LIMIT 1), ''),
                (SELECT count(*) FROM feedback AS f WHERE f.improvement_seq = i.seq)
           FROM improvements AS i ORDER BY since DESC, seq DESC",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((parsed(row, 0)?, open(row, 1)?, row.get(2)?, row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
