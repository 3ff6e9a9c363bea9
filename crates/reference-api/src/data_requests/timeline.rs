//! What happened to a request, in order.

use super::rows::Seq;
use super::standing::Entry;
use crate::store::StoreError;
use crate::store::ids;
use crate::store::interactions::{Page, Place, parsed};
use crate::store::time::Moment;
use portal_contract::data_request_event::{
    DataRequestActor as Actor, DataRequestEvent, DataRequestEventKind as EventKind,
};
use portal_contract::{ArtifactId, DataRequestEventId, DataRequestMessageId};
use rusqlite::{Connection, Row, params};

/// What an entry is about besides the request.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// A message.
    pub message: Option<DataRequestMessageId>,
    /// An artifact.
    pub artifact: Option<ArtifactId>,
}

impl About {
    /// An artifact.
    #[must_use]
    pub fn artifact(id: &ArtifactId) -> Self {
        Self {
            artifact: Some(id.clone()),
            ..Self::default()
        }
    }

    /// A message.
    #[must_use]
    pub fn message(id: &DataRequestMessageId) -> Self {
        Self {
            message: Some(id.clone()),
            ..Self::default()
        }
    }
}

/// Enters that something happened.
///
/// # Errors
/// When the database refuses.
pub fn enter(
    db: &Connection,
    request: Seq,
    actor: &Actor,
    entry: &Entry,
    about: &About,
    now: Moment,
) -> Result<(), StoreError> {
    let id: DataRequestEventId = ids::fresh("dre", now);
    db.prepare_cached(
        "INSERT INTO data_request_events (id, request_seq, at, kind, actor, from_state, to_state, due_at, previous_due_at,
                                          clock_reason, note, message_id, artifact_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        id.as_str(),
        request,
        now,
        entry.kind.as_str(),
        actor.as_str(),
        entry.from.as_ref().map(|state| state.as_str()),
        entry.to.as_ref().map(|state| state.as_str()),
        entry.due_at,
        entry.previous_due_at,
        entry.clock_reason.as_ref().map(|reason| reason.as_str()),
        entry.note,
        about.message.as_ref().map(DataRequestMessageId::as_str),
        about.artifact.as_ref().map(ArtifactId::as_str),
    ])?;
    Ok(())
}

/// Enters that something happened which needs no more words.
///
/// # Errors
/// When the database refuses.
pub fn note(
    db: &Connection,
    request: Seq,
    actor: &Actor,
    kind: EventKind,
    about: &About,
    now: Moment,
) -> Result<(), StoreError> {
    enter(db, request, actor, &Entry::of(kind), about, now)
}

/// A page of it, the oldest first.
///
/// # Errors
/// When the database refuses.
pub fn page(
    db: &Connection,
    request: Seq,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<DataRequestEvent>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT seq, id, at, kind, actor, from_state, to_state, due_at, previous_due_at, clock_reason, note, message_id, artifact_id
           FROM data_request_events WHERE request_seq = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    )?;
    let after = after.map_or(0, |place| place.seq);
    let rows = statement.query_map(params![request, after, limit + 1], placed)?;
    Ok(Page::cut(rows.collect::<Result<_, _>>()?, limit))
}

fn placed(row: &Row<'_>) -> rusqlite::Result<(Place, DataRequestEvent)> {
    let at: Moment = row.get(2)?;
    let moment = |column: usize| -> rusqlite::Result<_> {
        let moment: Option<Moment> = row.get(column)?;
        Ok(moment.map(Moment::to_timestamp))
    };
    let text = |column| row.get::<_, Option<String>>(column);
    let event = DataRequestEvent {
        id: parsed(row, 1)?,
        at: at.to_timestamp(),
        kind: row.get::<_, String>(3)?.into(),
        actor: row.get::<_, String>(4)?.into(),
        from: text(5)?.map(Into::into),
        to: text(6)?.map(Into::into),
        due_at: moment(7)?,
        previous_due_at: moment(8)?,
        clock_reason: text(9)?.map(Into::into),
        note: text(10)?,
        message_id: text(11)?.and_then(|id| id.parse().ok()),
        artifact_id: text(12)?.and_then(|id| id.parse().ok()),
    };
    let place = Place {
        at,
        seq: row.get(0)?,
    };
    Ok((place, event))
}
