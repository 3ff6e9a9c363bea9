//! What the company inferred from an interaction, and the customer's word against it.
//!
//! A signal that is contested is in use no more, and neither is one whose purpose the customer objected to, or whose use a right holds
//! back. What the customer said of it is entered in the history of preferences, where everything stands that they decided about how they are dealt with.

use crate::config::Config;
use crate::consents::{self, Local, in_language};
use crate::preferences::history::{self, Author, NewChange};
use crate::preferences::reach::Standing;
use crate::rights::{Use, holds_back};
use crate::store::interactions::{Seq, Viewer, parsed};
use crate::store::time::Moment;
use crate::store::{StoreError, ids};
use portal_contract::preference_history::{ChangeRoute, ChangeSubject, ValueChange};
use portal_contract::signal::{Signal, SignalAction, SignalKind};
use portal_contract::{InteractionId, Json, PurposeId, SignalId};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde::{Deserialize, Serialize};

/// Something that was inferred.
#[derive(Clone, Debug)]
pub struct NewSignal {
    /// What sort of thing it is.
    pub kind: SignalKind,
    /// What it is used for.
    pub purpose: Option<PurposeId>,
    /// When it was inferred.
    pub inferred_at: Moment,
    /// What it says, by language.
    pub texts: Local<Words>,
}

/// What a signal says, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// About what of the customer ("Mood").
    pub label: String,
    /// What ("Frustrated").
    pub value: String,
    /// Who or what inferred it.
    pub inferred_by: String,
    /// From what.
    pub basis: String,
}

/// Writes what was inferred from an interaction.
///
/// # Errors
/// When the database refuses.
pub fn infer(db: &Connection, interaction: Seq, new: &NewSignal) -> Result<SignalId, StoreError> {
    let id: SignalId = ids::fresh("sig", new.inferred_at);
    let texts = serde_json::to_string(&new.texts).expect("words by language are JSON");
    db.prepare_cached(
        "INSERT INTO signals (id, interaction_seq, kind, purpose_id, inferred_at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        id.as_str(),
        interaction,
        new.kind.as_str(),
        new.purpose.as_ref().map(PurposeId::as_str),
        new.inferred_at,
        texts,
    ])?;
    Ok(id)
}

/// As [`infer()`], unless something of the kind was inferred from the interaction already.
///
/// # Errors
/// When the database refuses.
pub fn infer_once(db: &Connection, interaction: Seq, new: &NewSignal) -> Result<(), StoreError> {
    let sql = "SELECT 1 FROM signals WHERE interaction_seq = ?1 AND kind = ?2";
    if !db
        .prepare_cached(sql)?
        .exists(params![interaction, new.kind.as_str()])?
    {
        infer(db, interaction, new)?;
    }
    Ok(())
}

/// A signal as it is kept.
#[derive(Clone, Debug)]
struct Row {
    id: SignalId,
    kind: SignalKind,
    purpose: Option<PurposeId>,
    inferred_at: Moment,
    texts: Local<Words>,
    contested_at: Option<Moment>,
    contest_words: Option<String>,
}

const COLUMNS: &str = "id, kind, purpose_id, inferred_at, content, contested_at, contest_words";

fn row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let purpose: Option<String> = row.get(2)?;
    let texts: String = row.get(4)?;
    Ok(Row {
        id: parsed(row, 0)?,
        kind: SignalKind::from(row.get::<_, String>(1)?),
        // A purpose that is no id any more is none: nothing is looked up by it.
        purpose: purpose.and_then(|purpose| purpose.parse().ok()),
        inferred_at: row.get(3)?,
        texts: serde_json::from_str(&texts).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(
                4,
                rusqlite::types::Type::Text,
                Box::new(error),
            )
        })?,
        contested_at: row.get(5)?,
        contest_words: row.get(6)?,
    })
}

/// By which rules and for whom signals are read and contested.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'d> {
    /// Purposes and languages.
    pub config: &'d Config,
    /// The customer.
    pub viewer: &'d Viewer,
    /// The moment.
    pub now: Moment,
}

/// What was inferred from an interaction, the newest first.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn of_interaction(
    db: &Connection,
    desk: Desk<'_>,
    seq: Seq,
) -> Result<Vec<Signal>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM signals WHERE interaction_seq = ?1 ORDER BY inferred_at DESC, seq DESC"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([seq], row)?;
    rows.map(|row| wire(db, desk, seq, &row?)).collect()
}

fn find(db: &Connection, seq: Seq, id: &SignalId) -> Result<Option<Row>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM signals WHERE interaction_seq = ?1 AND id = ?2");
    Ok(db
        .prepare_cached(&sql)?
        .query_row(params![seq, id.as_str()], row)
        .optional()?)
}

fn wire(db: &Connection, desk: Desk<'_>, seq: Seq, row: &Row) -> Result<Signal, StoreError> {
    let Desk { config, viewer, .. } = desk;
    let usual = &config.company.locales;
    let (lang, words) = in_language(&row.texts, viewer.locale.as_deref(), usual)
        .ok_or_else(|| StoreError::Corrupt("a signal without words".to_owned()))?;
    let is_contested = row.contested_at.is_some();
    let is_held_back = holds_back(db, &viewer.customer, Use::Concluding, Some(seq))?;
    Ok(Signal {
        id: row.id.clone(),
        kind: row.kind.clone(),
        label: words.label.clone(),
        value: words.value.clone(),
        lang: lang.to_owned(),
        inferred_at: row.inferred_at.to_timestamp(),
        inferred_by: words.inferred_by.clone(),
        basis: words.basis.clone(),
        purpose_id: row.purpose.clone(),
        in_use: !is_contested && !is_held_back && may_be_used(db, desk, row.purpose.as_ref())?,
        contested_at: row.contested_at.map(Moment::to_timestamp),
        contest_words: row.contest_words.clone(),
        allowed_actions: if is_contested {
            vec![SignalAction::Contest, SignalAction::Uncontest]
        } else {
            vec![SignalAction::Contest]
        },
    })
}

/// Whether what serves a purpose may be used: not when the customer has objected to it, or has not agreed.
pub(crate) fn may_be_used(
    db: &Connection,
    desk: Desk<'_>,
    purpose: Option<&PurposeId>,
) -> Result<bool, StoreError> {
    let Some(purpose) = purpose else {
        return Ok(true);
    };
    let Desk {
        config,
        viewer,
        now,
    } = desk;
    let standing = consents::standing(db, &config.purposes, &viewer.customer, purpose, now)?;
    Ok(standing.is_none_or(|standing| {
        let standing = Standing {
            status: standing.status,
            by_signal: false,
        };
        standing.obstacle().is_none()
    }))
}

/// What the customer says of a signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// That it is not right, and perhaps what is.
    Contest(Option<String>),
    /// That it is right after all.
    Uncontest,
}

impl Word {
    /// Since when it is contested with this word, and in which words; `None` when there is nothing to take back.
    #[must_use]
    pub fn upon(
        self,
        contested_at: Option<Moment>,
        now: Moment,
    ) -> Option<(Option<Moment>, Option<String>)> {
        match self {
            Self::Contest(words) => Some((contested_at.or(Some(now)), words)),
            Self::Uncontest => contested_at.map(|_| (None, None)),
        }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// There is no such signal.
    NotFound,
    /// It is not contested, so there is nothing to take back.
    NothingToTakeBack,
    /// The signal as it stands now, and whether that is news.
    Stands(Box<Signal>, bool),
}

/// Takes the customer's word on a signal: entered in the history, and the interaction has a new version.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn say(
    db: &Connection,
    desk: Desk<'_>,
    (seq, interaction): (Seq, &InteractionId),
    id: &SignalId,
    word: Word,
    speaker: &str,
) -> Result<Outcome, StoreError> {
    let Some(before) = find(db, seq, id)? else {
        return Ok(Outcome::NotFound);
    };
    let mut after = before.clone();
    match word.upon(before.contested_at, desk.now) {
        Some(contest) => (after.contested_at, after.contest_words) = contest,
        None => return Ok(Outcome::NothingToTakeBack),
    }
    let is_news =
        (before.contested_at, &before.contest_words) != (after.contested_at, &after.contest_words);
    if is_news {
        db.prepare_cached(
            "UPDATE signals SET contested_at = ?2, contest_words = ?3 WHERE id = ?1",
        )?
        .execute(params![
            id.as_str(),
            after.contested_at,
            after.contest_words
        ])?;
        db.prepare_cached("UPDATE interactions SET version = version + 1 WHERE seq = ?1")?
            .execute([seq])?;
        let pointer = format!("/interactions/{interaction}/signals/{id}");
        let change = (entered(desk, &before), entered(desk, &after));
        enter(db, desk, speaker, pointer, change)?;
    }
    Ok(Outcome::Stands(
        Box::new(wire(db, desk, seq, &after)?),
        is_news,
    ))
}

/// Enters the customer's word in their history: how it stood `before`, and how it stands `after`.
pub(crate) fn enter(
    db: &Connection,
    desk: Desk<'_>,
    speaker: &str,
    pointer: String,
    (before, after): (Json, Json),
) -> Result<(), StoreError> {
    let change = ValueChange {
        pointer,
        before: Some(before),
        after: Some(after),
    };
    let author = Author::customer(ChangeRoute::Portal, speaker);
    let (customer, subject) = (&desk.viewer.customer, ChangeSubject::Signal);
    let change = NewChange::of(customer, desk.now, &author, subject, vec![change]);
    history::record(db, &change)?;
    Ok(())
}

/// A signal as the history keeps it.
fn entered(desk: Desk<'_>, row: &Row) -> Json {
    let usual = &desk.config.company.locales;
    let words = in_language(&row.texts, desk.viewer.locale.as_deref(), usual);
    let (lang, label, value) = words.map_or((None, "", ""), |(lang, words)| {
        (Some(lang), words.label.as_str(), words.value.as_str())
    });
    let contest = (row.contested_at, row.contest_words.as_deref());
    as_entered(lang, (label, value), contest)
}

/// Something inferred as the history keeps it: what it said, and what the customer said of it and since when.
pub(crate) fn as_entered(
    lang: Option<&str>,
    (label, value): (&str, &str),
    (contested_at, contest_words): (Option<Moment>, Option<&str>),
) -> Json {
    let text = |text: &str| Some(Json::String(text.to_owned()));
    let members = [
        ("label", text(label)),
        ("value", text(value)),
        ("lang", lang.and_then(text)),
        ("contested", Some(Json::Bool(contested_at.is_some()))),
        ("words", contest_words.and_then(text)),
    ];
    let members = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Json::Object(members.collect())
}
