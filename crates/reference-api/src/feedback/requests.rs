//! Requests for feedback, as they are kept and as a customer reads them.

use super::Ledger;
use super::surveys::QuestionSource;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::events;
use crate::store::interactions::{self, Page, Place, Seq, open, parsed};
use crate::store::time::Moment;
use portal_contract::event::EventKind;
use portal_contract::feedback::{
    AboutKind, FeedbackAbout, FeedbackRequest, FeedbackRequestState as State, Question,
};
use portal_contract::interaction::{FeedbackState, InteractionFeedback};
use portal_contract::{FeedbackId, FeedbackRequestId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A request.
pub(super) struct RequestRow {
    pub(super) seq: i64,
    pub(super) id: FeedbackRequestId,
    pub(super) interaction: Option<Seq>,
    /// Where it stands now: what ran out is expired before the sweep comes to it.
    pub(super) state: State,
    requested_at: Moment,
    expires_at: Moment,
    questions: String,
    /// The answer that stands.
    pub(super) answer: Option<FeedbackId>,
}

const COLUMNS: &str =
    "SELECT r.seq, r.id, r.interaction_seq, r.state, r.requested_at, r.expires_at, v.questions,
        (SELECT f.id FROM feedback AS f WHERE f.request_seq = r.seq)
   FROM feedback_requests AS r JOIN survey_versions AS v ON v.hash = r.survey_hash";

fn row(row: &Row<'_>, now: Moment) -> rusqlite::Result<RequestRow> {
    let expires_at: Moment = row.get(5)?;
    let kept: State = open(row, 3)?;
    let waits = matches!(kept, State::Open | State::Declined);
    Ok(RequestRow {
        seq: row.get(0)?,
        id: parsed(row, 1)?,
        interaction: row.get(2)?,
        state: if waits && expires_at <= now {
            State::Expired
        } else {
            kept
        },
        requested_at: row.get(4)?,
        expires_at,
        questions: row.get(6)?,
        answer: row
            .get::<_, Option<String>>(7)?
            .and_then(|id| id.try_into().ok()),
    })
}

pub(super) fn find(
    db: &Connection,
    ledger: &Ledger,
    id: &FeedbackRequestId,
) -> Result<Option<RequestRow>, StoreError> {
    let sql = format!("{COLUMNS} WHERE r.id = ?1 AND r.customer_id = ?2");
    Ok(db
        .prepare_cached(&sql)?
        .query_row((id.as_str(), &ledger.customer), |found| {
            row(found, ledger.now)
        })
        .optional()?)
}

/// The open ones, the newest first.
pub(super) fn open_page(
    db: &Connection,
    ledger: &Ledger,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<FeedbackRequest>, StoreError> {
    let sql = format!(
        "{COLUMNS} WHERE r.customer_id = ?1 AND r.state = 'open' AND r.expires_at > ?2
            AND (r.requested_at, r.seq) < (?3, ?4)
          ORDER BY r.requested_at DESC, r.seq DESC LIMIT ?5"
    );
    let (at, seq) = after.map_or((i64::MAX, i64::MAX), |place| (place.at.millis(), place.seq));
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map(
        params![ledger.customer, ledger.now, at, seq, limit + 1],
        |found| row(found, ledger.now),
    )?;
    let mut placed = Vec::new();
    for found in found {
        let found = found?;
        let place = Place {
            at: found.requested_at,
            seq: found.seq,
        };
        placed.push((place, wire(db, ledger, found)?));
    }
    Ok(Page::cut(placed, limit))
}

impl RequestRow {
    /// The questions in the customer's language.
    pub(super) fn questions(&self, ledger: &Ledger) -> Result<Vec<Question>, StoreError> {
        let kept: Vec<QuestionSource> = serde_json::from_str(&self.questions)
            .map_err(|error| StoreError::Corrupt(format!("the questions of a request: {error}")))?;
        Ok(kept
            .iter()
            .map(|q| q.wire(ledger.tag(), &ledger.usual))
            .collect())
    }
}

pub(super) fn wire(
    db: &Connection,
    ledger: &Ledger,
    row: RequestRow,
) -> Result<FeedbackRequest, StoreError> {
    Ok(FeedbackRequest {
        about: about(db, ledger, row.interaction, None)?,
        questions: row.questions(ledger)?,
        id: row.id,
        requested_at: row.requested_at.to_timestamp(),
        expires_at: row.expires_at.to_timestamp(),
        state: row.state,
        feedback_id: row.answer,
    })
}

/// What something is about: an interaction, a service, or anything.
pub(super) fn about(
    db: &Connection,
    ledger: &Ledger,
    interaction: Option<Seq>,
    service: Option<&str>,
) -> Result<FeedbackAbout, StoreError> {
    let anything = FeedbackAbout {
        kind: AboutKind::Anything,
        interaction_id: None,
        reference: None,
        service_id: None,
        label: None,
        lang: None,
    };
    if let Some(seq) = interaction {
        let mut statement = db.prepare_cached(
            "SELECT id, reference, subject, lang FROM interactions WHERE seq = ?1 AND customer_id = ?2",
        )?;
        let found = statement
            .query_row((seq, &ledger.customer), |row| {
                Ok(FeedbackAbout {
                    kind: AboutKind::Interaction,
                    interaction_id: Some(parsed(row, 0)?),
                    reference: Some(row.get(1)?),
                    label: Some(row.get(2)?),
                    lang: row.get(3)?,
                    ..anything.clone()
                })
            })
            .optional()?;
        return Ok(found.unwrap_or(anything));
    }
    let Some(id) = service else {
        return Ok(anything);
    };
    let known = ledger.surveys.service(id);
    let named = known.map(|service| service.named(ledger.tag(), &ledger.usual));
    // A service that the company's file names no longer keeps its id, so that the entry still says what it was about.
    let (lang, label) = named.map_or((None, id), |(lang, label)| (Some(lang.to_owned()), label));
    Ok(FeedbackAbout {
        kind: AboutKind::Service,
        service_id: Some(id.to_owned()),
        label: Some(label.to_owned()),
        lang,
        ..anything
    })
}

/// Moves a request on, and tells of it.
pub(super) fn set_state(
    db: &Connection,
    customer: &CustomerId,
    request: &RequestRow,
    state: &State,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE feedback_requests SET state = ?2 WHERE seq = ?1")?
        .execute((request.seq, state.as_str()))?;
    let shown = match state {
        State::Answered => FeedbackState::Given,
        State::Declined => FeedbackState::Declined,
        State::Expired => FeedbackState::Expired,
        State::Open | State::Other(_) => FeedbackState::Requested,
    };
    if let Some(seq) = request.interaction {
        note_on_interaction(db, seq, &shown)?;
        events::emit(db, customer, seq, &EventKind::InteractionUpdated, now)?;
    }
    events::emit_about(
        db,
        customer,
        &EventKind::FeedbackRequestUpdated,
        ("feedback_request", request.id.as_str()),
        None,
        now,
    )
}

/// The interaction says how it stands with feedback about it. That it changed is told by the caller, who may have changed more of it.
pub(super) fn note_on_interaction(
    db: &Connection,
    seq: Seq,
    state: &FeedbackState,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE interactions SET feedback_state = ?2, version = version + 1 WHERE seq = ?1",
    )?
    .execute((seq, state.as_str()))?;
    Ok(())
}

/// Ends what ran out, at most `most` of it, and says how many: for the sweep. Readers pass over what ran out without it; that it did
/// is told here.
pub(crate) fn expire(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT r.seq, r.id, r.interaction_seq, r.state, r.requested_at, r.expires_at, '', NULL, r.customer_id
           FROM feedback_requests AS r
          WHERE r.state IN ('open', 'declined') AND r.expires_at <= ?1 LIMIT ?2",
    )?;
    let over = statement.query_map(params![now, most], |found| {
        Ok((row(found, now)?, found.get::<_, CustomerId>(8)?))
    })?;
    let over: Vec<_> = over.collect::<Result<_, _>>()?;
    for (request, customer) in &over {
        set_state(db, customer, request, &State::Expired, now)?;
    }
    Ok(over.len())
}

/// How an interaction stands with feedback, now and with where it leads: `shown` is what its row says.
pub(crate) fn as_it_stands(
    db: &Connection,
    seq: Seq,
    shown: InteractionFeedback,
    now: Moment,
) -> Result<InteractionFeedback, StoreError> {
    let (request, answer) = of_interaction(db, seq)?;
    let waits = matches!(
        shown.state,
        FeedbackState::Requested | FeedbackState::Declined
    );
    let until = shown.expires_at.as_ref().and_then(Moment::from_timestamp);
    if waits && until.is_some_and(|until| until <= now) {
        return Ok(InteractionFeedback {
            state: FeedbackState::Expired,
            ..shown
        });
    }
    Ok(InteractionFeedback {
        request_id: request.filter(|_| waits),
        feedback_id: answer.filter(|_| shown.state == FeedbackState::Given),
        ..shown
    })
}

/// The ids by which an interaction leads to its request and its answer.
pub(super) fn of_interaction(
    db: &Connection,
    seq: Seq,
) -> Result<(Option<FeedbackRequestId>, Option<FeedbackId>), StoreError> {
    let found = db
        .prepare_cached(
            "SELECT r.id, f.id FROM feedback_requests AS r LEFT JOIN feedback AS f ON f.request_seq = r.seq
              WHERE r.interaction_seq = ?1",
        )?
        .query_row([seq], |row| {
            let answer: Option<String> = row.get(1)?;
            Ok((Some(parsed(row, 0)?), answer.and_then(|id| id.try_into().ok())))
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Which interaction of the customer's an id names.
pub(super) fn own_interaction(
    db: &Connection,
    ledger: &Ledger,
    id: &portal_contract::InteractionId,
) -> Result<Option<Seq>, StoreError> {
    interactions::find(db, &ledger.customer, id)
}
