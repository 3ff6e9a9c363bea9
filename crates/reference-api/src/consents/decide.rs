//! Deciding about a purpose.

use super::purposes::{PurposeSource, Purposes};
use super::records::{self, Place, Record, Who};
use super::standing::{Standing, allowed_decisions, belongs};
use crate::StoreError;
use crate::preferences::history::{self, NewChange};
use crate::store::events;
use crate::store::time::Moment;
use portal_contract::consent::{ConsentRecord, ConsentStatus, Decision};
use portal_contract::event::EventKind;
use portal_contract::preference_history::{ChangeSubject, ValueChange};
use portal_contract::{Json, PurposeId};
use rusqlite::Connection;

/// A decision that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// About what.
    pub purpose: PurposeId,
    /// What.
    pub decision: Decision,
    /// The version of the notice that the customer saw.
    pub notice_version: String,
    /// The language in which they saw it.
    pub language: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruling {
    /// It was recorded.
    Recorded(ConsentRecord),
    /// It was decided like that before; this is the record in force.
    Standing(ConsentRecord),
    /// It cannot be decided like that.
    Refused(Refused),
}

/// Why a decision is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The company has no such purpose.
    NoSuchPurpose,
    /// There never was such a version of the notice.
    NoSuchNotice,
    /// The purpose leaves nothing like that to decide; these are possible.
    NotDecidable(Vec<Decision>),
    /// The notice is no longer the one that the customer saw; these are possible.
    NoticeChanged(Vec<Decision>),
}

/// Takes a decision: the record with its receipt, the entry of the history, the event. Run it in one transaction.
///
/// # Errors
/// When the database refuses.
pub fn decide(
    tx: &Connection,
    purposes: &Purposes,
    usual: &[String],
    who: &Who,
    mut wish: Wish,
    now: Moment,
) -> Result<Ruling, StoreError> {
    let Some(purpose) = purposes.find(&wish.purpose) else {
        return Ok(Ruling::Refused(Refused::NoSuchPurpose));
    };
    let records = records::of_purpose(tx, &who.customer, &purpose.id)?;
    let before = Standing::of(purpose, &records, now);
    let in_force = records.last();
    if let Some(refused) = refusal(purpose, &before, &mut wish) {
        return Ok(Ruling::Refused(refused));
    }
    if let Some(record) = in_force.filter(|record| repeats(record, &wish, &before)) {
        return Ok(Ruling::Standing(record.to_wire()));
    }
    if wish.decision == Decision::EndObjection && before.status != ConsentStatus::Objected {
        let allowed = allowed_decisions(purpose, &before);
        return Ok(Ruling::Refused(Refused::NotDecidable(allowed)));
    }
    let place = Place {
        purposes,
        purpose,
        before: &before,
        usual,
    };
    let record = record(tx, &place, who, &wish, now)?;
    Ok(Ruling::Recorded(record.to_wire()))
}

/// Takes over a decision that was made elsewhere, on the notice that it was made on; `None` when the purpose leaves nothing like
/// that to decide.
///
/// # Errors
/// When the database refuses.
pub fn bring(
    tx: &Connection,
    purposes: &Purposes,
    usual: &[String],
    who: &Who,
    wish: &Wish,
    at: Moment,
) -> Result<Option<ConsentRecord>, StoreError> {
    let found = purposes
        .find(&wish.purpose)
        .filter(|purpose| belongs(&purpose.lawful_basis, &wish.decision));
    let Some(purpose) = found else {
        return Ok(None);
    };
    let records = records::of_purpose(tx, &who.customer, &purpose.id)?;
    let place = Place {
        purposes,
        purpose,
        before: &Standing::of(purpose, &records, at),
        usual,
    };
    Ok(Some(record(tx, &place, who, wish, at)?.to_wire()))
}

/// What became of a decision that was brought from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// It is recorded now.
    Recorded,
    /// It says nothing new: it stands so, or something was decided here later.
    Known,
    /// It would take back that the customer said no here.
    OptOut,
    /// The purpose leaves nothing like that to decide.
    NotDecidable,
}

/// Takes over a decision that was made elsewhere, as [`bring`] does, unless the customer decided here since: a later word counts
/// more, and a no counts more than a yes whenever it was said.
///
/// # Errors
/// When the database refuses.
pub fn bring_if_news(
    tx: &Connection,
    purposes: &Purposes,
    usual: &[String],
    who: &Who,
    wish: &Wish,
    at: Moment,
) -> Result<Brought, StoreError> {
    let says_no = |decision: &Decision| matches!(decision, Decision::Withdraw | Decision::Object);
    let records = records::of_purpose(tx, &who.customer, &wish.purpose)?;
    let is_known = |record: &Record| record.decision == wish.decision && record.at == at;
    if records.iter().any(is_known) {
        return Ok(Brought::Known);
    }
    if let Some(last) = records.last() {
        if says_no(&last.decision) && !says_no(&wish.decision) {
            return Ok(Brought::OptOut);
        }
        if last.at >= at {
            return Ok(Brought::Known);
        }
    }
    Ok(match bring(tx, purposes, usual, who, wish, at)? {
        Some(_) => Brought::Recorded,
        None => Brought::NotDecidable,
    })
}

/// What reduces the use of data is never refused: a notice that nobody knows becomes the one in force.
fn refusal(purpose: &PurposeSource, before: &Standing, wish: &mut Wish) -> Option<Refused> {
    let allowed = || allowed_decisions(purpose, before);
    if !belongs(&purpose.lawful_basis, &wish.decision) {
        return Some(Refused::NotDecidable(allowed()));
    }
    let is_known = purpose.has_notice(&wish.notice_version);
    let reduces = matches!(wish.decision, Decision::Withdraw | Decision::Object);
    if reduces {
        if !is_known {
            wish.notice_version.clone_from(&purpose.notice().version);
        }
        return None;
    }
    if !is_known {
        return Some(Refused::NoSuchNotice);
    }
    let is_old = wish.notice_version != purpose.notice().version;
    (wish.decision == Decision::Grant && is_old).then(|| Refused::NoticeChanged(allowed()))
}

/// The same on the same notice changes nothing; but a consent that ran out is given anew.
fn repeats(record: &Record, wish: &Wish, before: &Standing) -> bool {
    record.decision == wish.decision
        && record.notice_version == wish.notice_version
        && before.status != ConsentStatus::Expired
}

/// Writes a decision that nothing speaks against.
pub(super) fn record(
    tx: &Connection,
    place: &Place<'_>,
    who: &Who,
    wish: &Wish,
    now: Moment,
) -> Result<Record, StoreError> {
    let record = records::add(tx, place, who, wish, now)?;
    let change = NewChange::of(
        &who.customer,
        now,
        &who.author,
        ChangeSubject::Consent,
        changes(&record),
    );
    history::record(tx, &change)?;
    events::emit_about(
        tx,
        &who.customer,
        &EventKind::ConsentUpdated,
        ("consent", record.purpose.as_str()),
        None,
        now,
    )?;
    Ok(record)
}

fn changes(record: &Record) -> Vec<ValueChange> {
    if record.status_before == record.status {
        return Vec::new();
    }
    let text = |status: &ConsentStatus| Some(Json::String(status.as_str().to_owned()));
    vec![ValueChange {
        pointer: format!("/consents/{}/status", record.purpose),
        before: text(&record.status_before),
        after: text(&record.status),
    }]
}
