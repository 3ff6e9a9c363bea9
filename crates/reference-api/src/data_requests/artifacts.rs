//! What a request brings: files that are made, fetched, and removed when their time is over.

use super::rows::{self, Row, Seq};
use super::standing::Step;
use super::timeline::{self, About};
use super::transition::{Desk, TransitionError, tell, transition};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::ids;
use crate::store::interactions::parsed;
use crate::store::time::Moment;
use portal_contract::artifact::{Artifact, ArtifactState};
use portal_contract::data_request::{DataRequestOutcome, DataRequestState as State};
use portal_contract::data_request_event::{
    DataRequestActor as Actor, DataRequestEventKind as EventKind,
};
use portal_contract::event::EventKind as Change;
use portal_contract::{ArtifactId, DataRequestId};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

/// An artifact that is made.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The name of its content in the folder of exports.
    pub stored_as: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// SHA-256 of its bytes, in lower-case hex.
    pub sha256: String,
    /// Until when it can be fetched.
    pub expires_at: Moment,
}

/// An artifact and what the customer does not see of it.
#[derive(Clone, Debug)]
pub struct Held {
    /// For which request.
    pub request: DataRequestId,
    /// As the contract has it.
    pub artifact: Artifact,
    /// The name of its content in the folder of exports.
    pub stored_as: Option<String>,
    request_seq: Seq,
}

/// Enters that one is being made, and gives its id.
///
/// # Errors
/// When the database refuses.
pub(super) fn prepare(tx: &Connection, row: &Row, now: Moment) -> Result<ArtifactId, StoreError> {
    let id: ArtifactId = ids::fresh("art", now);
    let file_name = format!("your-data-{}.zip", row.reference.to_lowercase());
    tx.prepare_cached(
        "INSERT INTO data_request_artifacts (id, request_seq, file_name, media_type, state, created_at)
         VALUES (?1, ?2, ?3, 'application/zip', 'preparing', ?4)",
    )?
    .execute(params![id.as_str(), row.seq, file_name, now])?;
    Ok(id)
}

/// The request went another way: what was being made is dropped, what can be fetched runs out now.
pub(super) fn withdraw(tx: &Connection, request: Seq, now: Moment) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM data_request_artifacts WHERE request_seq = ?1 AND state IN ('preparing', 'failed')",
    )?
    .execute([request])?;
    tx.prepare_cached(
        "UPDATE data_request_artifacts SET expires_at = min(expires_at, ?2) WHERE request_seq = ?1 AND state = 'ready'",
    )?
    .execute(params![request, now])?;
    Ok(())
}

/// So many copies of one customer lie ready at a time.
const MOST_READY: usize = 5;

/// It can be fetched from now on. The request itself goes on by its own step. The oldest run out for it where there are many: whoever
/// asks again and again fills no disk, and can have any of them made anew.
///
/// # Errors
/// When the database refuses.
pub fn ready(
    tx: &Connection,
    id: &ArtifactId,
    made: &Finished,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE data_request_artifacts
            SET state = 'ready', stored_as = ?2, size_bytes = ?3, sha256 = ?4, expires_at = ?5 WHERE id = ?1",
    )?
    .execute(params![
        id.as_str(),
        made.stored_as,
        made.size_bytes,
        made.sha256,
        made.expires_at
    ])?;
    make_room(tx, id, now)?;
    changed(tx, id, EventKind::ArtifactReady, &Actor::System, now)?;
    Ok(())
}

/// What a running request brought is left: its customer may not have seen it yet.
fn make_room(tx: &Connection, newest: &ArtifactId, now: Moment) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE data_request_artifacts SET expires_at = ?2 WHERE expires_at > ?2 AND seq IN
            (SELECT a.seq FROM data_request_artifacts AS a JOIN data_requests AS r ON r.seq = a.request_seq
              WHERE a.state = 'ready' AND r.closed_at IS NOT NULL AND r.customer_id =
                    (SELECT r.customer_id FROM data_request_artifacts AS a JOIN data_requests AS r ON r.seq = a.request_seq
                      WHERE a.id = ?1)
              ORDER BY a.seq DESC LIMIT -1 OFFSET ?3)",
    )?
    .execute(params![newest.as_str(), now, MOST_READY])?;
    Ok(())
}

/// It cannot be made; gives whom to tell.
pub(super) fn fail(
    tx: &Connection,
    request: &DataRequestId,
    id: &ArtifactId,
    now: Moment,
) -> Result<Option<CustomerId>, StoreError> {
    tx.prepare_cached(
        "UPDATE data_request_artifacts SET state = 'failed' WHERE id = ?1 AND state = 'preparing'",
    )?
    .execute([id.as_str()])?;
    let Some(row) = rows::any(tx, request)? else {
        return Ok(None);
    };
    rows::touch(tx, row.seq, now)?;
    tell(tx, &row, &Change::DataRequestUpdated, now)?;
    Ok(row.customer)
}

/// The request that it belongs to.
///
/// # Errors
/// When the database refuses.
pub fn request_of(db: &Connection, id: &ArtifactId) -> Result<Option<Seq>, StoreError> {
    let sql = "SELECT request_seq FROM data_request_artifacts WHERE id = ?1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?)
}

/// It was fetched, by the customer or by whoever acts for them. The first fetch completes the request.
///
/// # Errors
/// When there is none, or the database refuses.
pub fn downloaded(
    tx: &Connection,
    desk: Desk<'_>,
    id: &ArtifactId,
    actor: &Actor,
) -> Result<Option<CustomerId>, TransitionError> {
    tx.prepare_cached("UPDATE data_request_artifacts SET downloaded_at = ?2 WHERE id = ?1")?
        .execute(params![id.as_str(), desk.now])?;
    let kind = EventKind::ArtifactDownloaded;
    let Some(row) = changed(tx, id, kind, actor, desk.now)? else {
        return Ok(None);
    };
    handed_over(tx, desk, row, actor)
}

/// Its time is over: gives the name of its content, that is to be removed after the commit, and whom to tell.
///
/// # Errors
/// When there is none, or the database refuses.
pub fn expire(
    tx: &Connection,
    desk: Desk<'_>,
    id: &ArtifactId,
) -> Result<(Option<String>, Option<CustomerId>), TransitionError> {
    let stored: Option<String> = tx
        .prepare_cached("SELECT stored_as FROM data_request_artifacts WHERE id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?
        .flatten();
    tx.prepare_cached(
        "UPDATE data_request_artifacts SET state = 'expired', stored_as = NULL WHERE id = ?1",
    )?
    .execute([id.as_str()])?;
    let kind = EventKind::ArtifactExpired;
    let Some(row) = changed(tx, id, kind, &Actor::System, desk.now)? else {
        return Ok((stored, None));
    };
    Ok((stored, handed_over(tx, desk, row, &Actor::System)?))
}

fn handed_over(
    tx: &Connection,
    desk: Desk<'_>,
    row: Row,
    actor: &Actor,
) -> Result<Option<CustomerId>, TransitionError> {
    if row.standing.state != State::Ready {
        return Ok(row.customer);
    }
    let outcome = DataRequestOutcome {
        note: None,
        records: row.progress.map_or(0, |(done, _)| done),
        retained: Vec::new(),
        in_force: None,
    };
    let step = Step::Complete { outcome };
    Ok(transition(tx, desk, &row.id, actor, &step)?.customer)
}

/// The timeline and the change feed hear of it.
fn changed(
    tx: &Connection,
    id: &ArtifactId,
    kind: EventKind,
    actor: &Actor,
    now: Moment,
) -> Result<Option<Row>, StoreError> {
    let Some(held) = held(tx, "a.id = ?1", params![id.as_str()])? else {
        return Ok(None);
    };
    rows::touch(tx, held.request_seq, now)?;
    if *actor == Actor::System {
        rows::company_acted(tx, held.request_seq, now)?;
    }
    timeline::note(tx, held.request_seq, actor, kind, &About::artifact(id), now)?;
    let row = rows::any(tx, &held.request)?;
    if let Some(row) = &row {
        tell(tx, row, &Change::DataRequestUpdated, now)?;
    }
    Ok(row)
}

/// One artifact of a request.
///
/// # Errors
/// When the database refuses.
pub fn find(
    db: &Connection,
    request: &DataRequestId,
    id: &ArtifactId,
) -> Result<Option<Held>, StoreError> {
    held(
        db,
        "a.id = ?1 AND r.id = ?2",
        params![id.as_str(), request.as_str()],
    )
}

/// Those whose time is over.
///
/// # Errors
/// When the database refuses.
pub fn run_out(db: &Connection, now: Moment, most: usize) -> Result<Vec<ArtifactId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM data_request_artifacts WHERE state = 'ready' AND expires_at <= ?1 LIMIT ?2",
    )?;
    let rows = statement.query_map(params![now, most], |row| parsed(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those of a request, the newest first.
///
/// # Errors
/// When the database refuses.
pub fn of(db: &Connection, request: Seq) -> Result<Vec<Artifact>, StoreError> {
    let sql = format!("{SELECT} WHERE a.request_seq = ?1 ORDER BY a.seq DESC");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([request], |row| Ok(read(row)?.artifact))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const SELECT: &str = "SELECT a.id, a.file_name, a.media_type, a.state, a.created_at, a.size_bytes, a.sha256, a.expires_at,
                             a.downloaded_at, a.stored_as, r.id, r.seq
                        FROM data_request_artifacts AS a JOIN data_requests AS r ON r.seq = a.request_seq";

fn held(
    db: &Connection,
    condition: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Option<Held>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE {condition}"))?
        .query_row(values, read)
        .optional()?)
}

fn read(row: &SqlRow<'_>) -> rusqlite::Result<Held> {
    let moment = |column: usize| -> rusqlite::Result<_> {
        let moment: Option<Moment> = row.get(column)?;
        Ok(moment.map(Moment::to_timestamp))
    };
    let created: Moment = row.get(4)?;
    Ok(Held {
        artifact: Artifact {
            id: parsed(row, 0)?,
            file_name: row.get(1)?,
            media_type: row.get(2)?,
            state: ArtifactState::from(row.get::<_, String>(3)?),
            created_at: created.to_timestamp(),
            size_bytes: row.get(5)?,
            sha256: row.get(6)?,
            expires_at: moment(7)?,
            downloaded_at: moment(8)?,
        },
        stored_as: row.get(9)?,
        request: parsed(row, 10)?,
        request_seq: row.get(11)?,
    })
}
