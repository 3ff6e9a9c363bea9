//! Requests as the database keeps them.

mod lists;

pub use lists::{all, page, run_out, running};

use super::deadlines::Calendar;
use super::standing::Standing;
use crate::config::DataRights;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::{Moment, zone};
use portal_contract::artifact::ExportFormat;
use portal_contract::data_request::{DataRequestKind, DataRequestScope, ProposedValue, Regime};
use portal_contract::{DataRequestId, Etag};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde::de::DeserializeOwned;

/// A request within the database.
pub type Seq = i64;

/// A request.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place.
    pub seq: Seq,
    /// Its id.
    pub id: DataRequestId,
    /// Whose; nobody's once they are erased.
    pub customer: Option<CustomerId>,
    /// What people quote.
    pub reference: String,
    /// About what.
    pub scope: DataRequestScope,
    /// As what a copy is written.
    pub formats: Vec<ExportFormat>,
    /// What is right.
    pub proposed: Vec<ProposedValue>,
    /// Why, in the customer's words.
    pub text: Option<String>,
    /// BCP 47 tag of the language in which it was asked.
    pub locale: Option<String>,
    /// Which rules apply.
    pub regime: Regime,
    /// Whose holidays count.
    pub region: String,
    /// IANA name of the zone whose days count.
    pub time_zone: String,
    /// How it stands.
    pub standing: Standing,
    /// By when it must be acknowledged.
    pub acknowledge_by: Option<Moment>,
    /// When it last changed.
    pub updated_at: Moment,
    /// How far what runs has come: done, in all.
    pub progress: Option<(u64, u64)>,
    /// When the company last did something that the customer sees.
    pub company_acted_at: Option<Moment>,
    /// When the customer last looked.
    pub seen_at: Option<Moment>,
    /// Under which delegation it was made in the customer's name.
    pub delegation: Option<i64>,
    /// As what whoever made it acted; kept when the delegation is forgotten.
    pub filed_role: Option<String>,
    /// When whoever made it last looked.
    pub delegate_seen_at: Option<Moment>,
    version: i64,
}

/// What was asked, and by which law it is answered.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) scope: DataRequestScope,
    pub(super) formats: Vec<ExportFormat>,
    pub(super) proposed: Vec<ProposedValue>,
    pub(super) text: Option<String>,
    pub(super) locale: Option<String>,
    pub(super) regime: Regime,
    pub(super) region: String,
    pub(super) time_zone: String,
    pub(super) acknowledge_by: Option<Moment>,
}

impl Row {
    /// One that has just arrived.
    pub(super) fn received(
        id: DataRequestId,
        reference: String,
        customer: CustomerId,
        standing: Standing,
        asked: Asked,
    ) -> Self {
        Self {
            seq: 0,
            id,
            customer: Some(customer),
            reference,
            scope: asked.scope,
            formats: asked.formats,
            proposed: asked.proposed,
            text: asked.text,
            locale: asked.locale,
            regime: asked.regime,
            region: asked.region,
            time_zone: asked.time_zone,
            acknowledge_by: asked.acknowledge_by,
            updated_at: standing.submitted_at,
            progress: None,
            company_acted_at: None,
            seen_at: None,
            delegation: None,
            filed_role: None,
            delegate_seen_at: None,
            version: 1,
            standing,
        }
    }

    /// Which right.
    #[must_use]
    pub fn kind(&self) -> &DataRequestKind {
        &self.standing.kind
    }

    /// The calendar that its deadlines are counted in.
    #[must_use]
    pub fn calendar(&self, settings: &DataRights) -> Calendar {
        Calendar {
            regime: self.regime.clone(),
            zone: zone(Some(&self.time_zone)),
            region: self.region.clone(),
            closed: settings.holidays.clone(),
        }
    }

    /// Its version.
    #[must_use]
    pub fn etag(&self) -> Etag {
        format!("{}-{}", self.seq, self.version)
            .parse()
            .expect("digits and a dash are an etag")
    }

    /// Whether the company did something since the customer last looked.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.company_acted_at > self.seen_at
    }

    /// The same of whoever made it in the customer's name.
    #[must_use]
    pub fn is_unread_by_delegate(&self) -> bool {
        self.company_acted_at > self.delegate_seen_at
    }
}

const COLUMNS: &str = "seq, id, customer_id, reference, kind, scope, formats, proposed, text, locale, state, status_reason, \
    status_note, regime, region, time_zone, submitted_at, updated_at, confirmed_at, closed_at, acknowledge_by, acknowledged_at, \
    due_at, original_due_at, extension, clock_state, clock_since, clock_reason, expires_at, runs_at, progress_done, \
    progress_total, outcome, company_acted_at, seen_at, delegation_seq, filed_role, \
    delegate_seen_at, version, \
    EXISTS (SELECT 1 FROM data_request_work AS w WHERE w.request_seq = data_requests.seq AND w.kind = 'erasure' AND w.attempts > 0) \
    AS has_begun";

fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        seq: row.get("seq")?,
        id: id(row, "id")?,
        customer: row.get("customer_id")?,
        reference: row.get("reference")?,
        scope: json(row, "scope")?,
        formats: json(row, "formats")?,
        proposed: json(row, "proposed")?,
        text: row.get("text")?,
        locale: row.get("locale")?,
        regime: row.get::<_, String>("regime")?.into(),
        region: row.get("region")?,
        time_zone: row.get("time_zone")?,
        acknowledge_by: row.get("acknowledge_by")?,
        updated_at: row.get("updated_at")?,
        progress: progress(row)?,
        company_acted_at: row.get("company_acted_at")?,
        seen_at: row.get("seen_at")?,
        delegation: row.get("delegation_seq")?,
        filed_role: row.get("filed_role")?,
        delegate_seen_at: row.get("delegate_seen_at")?,
        version: row.get("version")?,
        standing: standing(row)?,
    })
}

fn standing(row: &SqlRow<'_>) -> rusqlite::Result<Standing> {
    let text = |column| row.get::<_, Option<String>>(column);
    Ok(Standing {
        kind: row.get::<_, String>("kind")?.into(),
        state: row.get::<_, String>("state")?.into(),
        submitted_at: row.get("submitted_at")?,
        confirmed_at: row.get("confirmed_at")?,
        has_begun: row.get("has_begun")?,
        closed_at: row.get("closed_at")?,
        acknowledged_at: row.get("acknowledged_at")?,
        due_at: row.get("due_at")?,
        original_due_at: row.get("original_due_at")?,
        extension: optional_json(row, "extension")?,
        clock: row.get::<_, String>("clock_state")?.into(),
        clock_since: row.get("clock_since")?,
        clock_reason: text("clock_reason")?.map(Into::into),
        expires_at: row.get("expires_at")?,
        runs_at: row.get("runs_at")?,
        status_reason: text("status_reason")?.map(Into::into),
        status_note: text("status_note")?,
        outcome: optional_json(row, "outcome")?,
    })
}

fn progress(row: &SqlRow<'_>) -> rusqlite::Result<Option<(u64, u64)>> {
    let (done, total): (Option<u64>, Option<u64>) =
        (row.get("progress_done")?, row.get("progress_total")?);
    Ok(done.zip(total))
}

fn id(row: &SqlRow<'_>, column: &str) -> rusqlite::Result<DataRequestId> {
    let raw: String = row.get(column)?;
    DataRequestId::try_from(raw).map_err(|error| unreadable(Box::new(error)))
}

/// A column of JSON.
pub(super) fn json<T: DeserializeOwned>(row: &SqlRow<'_>, column: &str) -> rusqlite::Result<T> {
    let raw: String = row.get(column)?;
    serde_json::from_str(&raw).map_err(|error| unreadable(Box::new(error)))
}

fn optional_json<T: DeserializeOwned>(
    row: &SqlRow<'_>,
    column: &str,
) -> rusqlite::Result<Option<T>> {
    let raw: Option<String> = row.get(column)?;
    raw.map(|raw| serde_json::from_str(&raw).map_err(|error| unreadable(Box::new(error))))
        .transpose()
}

fn unreadable(error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error)
}

/// A request as JSON for the database.
pub(super) fn written<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("the contract's types are texts, numbers and lists")
}

/// The request of this id, whoever's.
///
/// # Errors
/// When the database refuses.
pub fn any(db: &Connection, id: &DataRequestId) -> Result<Option<Row>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM data_requests WHERE id = ?1 OR reference = ?1");
    Ok(db
        .prepare_cached(&sql)?
        .query_row([id.as_str()], read)
        .optional()?)
}

/// The request at this place.
pub(crate) fn at(db: &Connection, seq: Seq) -> Result<Option<Row>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM data_requests WHERE seq = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([seq], read).optional()?)
}

/// The request of this customer.
///
/// # Errors
/// When the database refuses.
pub fn of(
    db: &Connection,
    customer: &CustomerId,
    id: &DataRequestId,
) -> Result<Option<Row>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM data_requests WHERE id = ?1 AND customer_id = ?2");
    Ok(db
        .prepare_cached(&sql)?
        .query_row(params![id.as_str(), customer], read)
        .optional()?)
}

/// The one that its tracking token names.
///
/// # Errors
/// When the database refuses.
pub fn tracked(db: &Connection, hash: &[u8]) -> Result<Option<Row>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM data_requests WHERE tracking_hash = ?1");
    Ok(db
        .prepare_cached(&sql)?
        .query_row([hash], read)
        .optional()?)
}

/// Writes a new request.
///
/// # Errors
/// When the database refuses; one of the same kind that runs is a constraint.
pub fn insert(db: &Connection, row: &Row, tracking_hash: Option<&[u8]>) -> Result<Seq, StoreError> {
    let standing = &row.standing;
    db.prepare_cached(
        "INSERT INTO data_requests (id, customer_id, reference, kind, scope, formats, proposed, text, locale, state, regime, region,
                                    time_zone, submitted_at, updated_at, acknowledge_by, due_at, original_due_at, clock_state,
                                    clock_since, tracking_hash, seen_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15, ?16, ?16, ?17, ?14, ?18, ?14)",
    )?
    .execute(params![
        row.id.as_str(),
        row.customer,
        row.reference,
        standing.kind.as_str(),
        written(&row.scope),
        written(&row.formats),
        written(&row.proposed),
        row.text,
        row.locale,
        standing.state.as_str(),
        row.regime.as_str(),
        row.region,
        row.time_zone,
        standing.submitted_at,
        row.acknowledge_by,
        standing.due_at,
        standing.clock.as_str(),
        tracking_hash,
    ])?;
    Ok(db.last_insert_rowid())
}

/// Writes how a request stands.
///
/// # Errors
/// When the database refuses.
pub(super) fn save(
    db: &Connection,
    seq: Seq,
    standing: &Standing,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE data_requests
            SET state = ?2, status_reason = ?3, status_note = ?4, updated_at = ?5, confirmed_at = ?6, closed_at = ?7,
                acknowledged_at = ?8, due_at = ?9, extension = ?10, clock_state = ?11, clock_since = ?12, clock_reason = ?13,
                expires_at = ?14, runs_at = ?15, outcome = ?16, version = version + 1,
                progress_done = CASE WHEN ?7 IS NULL THEN progress_done END,
                progress_total = CASE WHEN ?7 IS NULL THEN progress_total END
          WHERE seq = ?1",
    )?
    .execute(params![
        seq,
        standing.state.as_str(),
        standing.status_reason.as_ref().map(|reason| reason.as_str()),
        standing.status_note,
        now,
        standing.confirmed_at,
        standing.closed_at,
        standing.acknowledged_at,
        standing.due_at,
        standing.extension.as_ref().map(written),
        standing.clock.as_str(),
        standing.clock_since,
        standing.clock_reason.as_ref().map(|reason| reason.as_str()),
        standing.expires_at,
        standing.runs_at,
        standing.outcome.as_ref().map(written),
    ])?;
    Ok(())
}

/// Another version, because something beside its state changed.
///
/// # Errors
/// When the database refuses.
pub(super) fn touch(db: &Connection, seq: Seq, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE data_requests SET version = version + 1, updated_at = ?2 WHERE seq = ?1",
    )?
    .execute(params![seq, now])?;
    Ok(())
}

/// The company did something that the customer sees.
///
/// # Errors
/// When the database refuses.
pub(super) fn company_acted(db: &Connection, seq: Seq, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE data_requests SET company_acted_at = ?2 WHERE seq = ?1")?
        .execute(params![seq, now])?;
    Ok(())
}

/// The customer looked.
///
/// # Errors
/// When the database refuses.
pub fn mark_seen(
    db: &Connection,
    customer: &CustomerId,
    id: &DataRequestId,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE data_requests SET seen_at = ?3 WHERE id = ?1 AND customer_id = ?2")?
        .execute(params![id.as_str(), customer, now])?;
    Ok(())
}

/// It was made under a delegation. Letters about it are in the customer's own language.
///
/// # Errors
/// When the database refuses.
pub(super) fn filed(
    tx: &Connection,
    seq: Seq,
    delegation: i64,
    role: &str,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE data_requests SET delegation_seq = ?2, filed_role = ?3, delegate_seen_at = ?4, seen_at = NULL,
                locale = coalesce((SELECT locale FROM customers WHERE id = customer_id), locale) WHERE seq = ?1",
    )?
    .execute(params![seq, delegation, role, now])?;
    Ok(())
}

/// Whoever made it in the customer's name looked.
///
/// # Errors
/// When the database refuses.
pub(crate) fn mark_seen_by_delegate(
    db: &Connection,
    id: &DataRequestId,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE data_requests SET delegate_seen_at = ?2 WHERE id = ?1")?
        .execute(params![id.as_str(), now])?;
    Ok(())
}
