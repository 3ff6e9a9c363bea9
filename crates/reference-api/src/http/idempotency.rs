//! Writes that happen once, however often they are sent.
//!
//! The record of the first answer and the effect are one transaction: either both are there or neither. A refusal leaves no
//! record, so that a corrected form can use its key again.

use super::extract::{CurrentCustomer, Fingerprint};
use super::session::store;
use super::state::SessionId;
use super::writes::Writer;
use super::{ApiError, ApiResult, AppState};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, ETAG};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use portal_contract::endpoints::REPLAYED_HEADER;
use portal_contract::{Etag, IdempotencyKey};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// How long a key is good: 24 hours.
const LIFE_SECONDS: i64 = DAY_SECONDS;

/// How long the key of a data request is good: 7 days.
const LONG_LIFE_SECONDS: i64 = 7 * DAY_SECONDS;

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What a write answers with; kept to be said again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    status: StatusCode,
    etag: Option<Etag>,
    body: Vec<u8>,
    life_seconds: i64,
}

impl Outcome {
    /// An answer with a JSON body.
    #[must_use]
    pub fn json(status: StatusCode, body: &impl serde::Serialize) -> Self {
        let body =
            serde_json::to_vec(body).expect("the contract's types are texts, numbers and lists");
        Self {
            status,
            etag: None,
            body,
            life_seconds: LIFE_SECONDS,
        }
    }

    /// An answer without a body.
    #[must_use]
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            etag: None,
            body: Vec::new(),
            life_seconds: LIFE_SECONDS,
        }
    }

    /// Keeps the answer for a week: who asks for all their data is not answered twice because they come back on Monday.
    #[must_use]
    pub fn kept_for_a_week(mut self) -> Self {
        self.life_seconds = LONG_LIFE_SECONDS;
        self
    }

    /// Says the version in the header too.
    #[must_use]
    pub fn etag(mut self, etag: &Etag) -> Self {
        self.etag = Some(etag.clone());
        self
    }
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        let has_body = !self.body.is_empty();
        let mut response = (self.status, Body::from(self.body)).into_response();
        let headers = response.headers_mut();
        headers.remove(CONTENT_TYPE);
        if has_body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if let Some(etag) = &self.etag {
            headers.insert(ETAG, etag_value(etag));
        }
        response
    }
}

/// An etag as its header writes it.
pub(super) fn etag_value(etag: &Etag) -> HeaderValue {
    HeaderValue::try_from(format!("\"{etag}\"")).expect("an etag holds unreserved characters alone")
}

/// Does `work` once for this key of this customer, and gives the first answer to every repetition.
///
/// # Errors
/// What `work` refuses with; `idempotency-key-reused` when the key came with another request before;
/// `idempotency-in-progress` while the first is being worked on; `quota-exceeded` when the customer has written more than
/// people do; `unauthenticated` when the session has ended since the request began.
pub async fn once<F>(
    state: &AppState,
    customer: &CurrentCustomer,
    key: IdempotencyKey,
    fingerprint: Fingerprint,
    work: F,
) -> ApiResult<Response>
where
    F: FnOnce(&Transaction<'_>) -> ApiResult<Outcome> + Send + 'static,
{
    perform(state, customer, Some(key), fingerprint, work).await
}

/// Like [`once`], for writes whose key is optional (PATCH): without one, the work is simply done. The key is looked up before
/// `work` looks at the precondition.
///
/// # Errors
/// As [`once`].
pub async fn perform<F>(
    state: &AppState,
    customer: &CurrentCustomer,
    key: Option<IdempotencyKey>,
    fingerprint: Fingerprint,
    work: F,
) -> ApiResult<Response>
where
    F: FnOnce(&Transaction<'_>) -> ApiResult<Outcome> + Send + 'static,
{
    let (owner, now) = (customer.id.clone(), state.clock.now());
    let session = customer.session_id;
    let writer = Writer {
        customer: owner.clone(),
        by_link: session == SessionId::NONE,
    };
    let per_day = state.config.limits.writes_per_day;
    state.writes.take(writer, per_day, now)?;
    let work = move |tx: &Transaction<'_>| {
        // A body may take its time: who signed out meanwhile, or was erased, writes nothing any more.
        store::require(tx, session, now)?;
        work(tx)
    };
    let Some(key) = key else {
        return Ok(state.store.transact(work).await?.into_response());
    };
    let _turn = state.in_flight.enter(&customer.id, &key)?;
    let (outcome, replayed) = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            if let Some(first) = recall(tx, &owner, &key, fingerprint, now)? {
                return Ok((first, true));
            }
            let outcome = work(tx)?;
            remember(tx, &owner, &key, fingerprint, now, &outcome)?;
            Ok((outcome, false))
        })
        .await?;
    let mut response = outcome.into_response();
    if replayed {
        response
            .headers_mut()
            .insert(REPLAYED_HEADER, HeaderValue::from_static("true"));
    }
    Ok(response)
}

fn recall(
    tx: &Transaction<'_>,
    customer: &CustomerId,
    key: &IdempotencyKey,
    fingerprint: Fingerprint,
    now: Moment,
) -> ApiResult<Option<Outcome>> {
    let found = tx
        .prepare_cached(
            "SELECT fingerprint, status, etag, body FROM idempotency_records
             WHERE customer_id = ?1 AND key = ?2 AND expires_at > ?3",
        )?
        .query_row(params![customer, key.as_str(), now], |row| {
            let kept: (Vec<u8>, u16, Option<String>, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(kept)
        })
        .optional()?;
    let Some((kept, status, etag, body)) = found else {
        return Ok(None);
    };
    if kept != fingerprint.as_bytes() {
        return Err(ApiError::idempotency_key_reused());
    }
    let corrupt = || StoreError::Corrupt("an idempotency record".to_owned());
    Ok(Some(Outcome {
        status: StatusCode::from_u16(status).map_err(|_| corrupt())?,
        etag: etag
            .map(Etag::try_from)
            .transpose()
            .map_err(|_| corrupt())?,
        body,
        life_seconds: LIFE_SECONDS,
    }))
}

fn remember(
    tx: &Transaction<'_>,
    customer: &CustomerId,
    key: &IdempotencyKey,
    fingerprint: Fingerprint,
    now: Moment,
    outcome: &Outcome,
) -> ApiResult<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO idempotency_records
         (customer_id, key, fingerprint, status, etag, body, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        customer,
        key.as_str(),
        fingerprint.as_bytes(),
        outcome.status.as_u16(),
        outcome.etag.as_ref().map(Etag::as_str),
        outcome.body,
        now.plus_seconds(outcome.life_seconds),
    ])?;
    Ok(())
}

/// Puts another answer in the place of every kept one that is this object: what was erased since is not said again.
pub(super) fn rewrite(
    tx: &Connection,
    customer: &CustomerId,
    id: &str,
    outcome: &Outcome,
) -> ApiResult<()> {
    // The contract's objects are written with their id first.
    let beginning = format!("{{\"id\":\"{id}\"");
    tx.prepare_cached(
        "UPDATE idempotency_records SET body = ?3, etag = ?4
          WHERE customer_id = ?1 AND substr(body, 1, length(?2)) = ?2",
    )?
    .execute(params![
        customer,
        beginning.as_bytes(),
        outcome.body,
        outcome.etag.as_ref().map(Etag::as_str)
    ])?;
    Ok(())
}

/// Deletes records that have run out: see [`sweep`](crate::sweep).
pub(super) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM idempotency_records WHERE (customer_id, key) IN
                   (SELECT customer_id, key FROM idempotency_records WHERE expires_at <= ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![now, most])?)
}

/// The keys that are being worked on.
#[derive(Clone, Default)]
pub(crate) struct InFlight(Arc<Mutex<HashSet<(CustomerId, IdempotencyKey)>>>);

impl InFlight {
    /// Enters the key until the guard goes, or refuses because it is entered already.
    pub(crate) fn enter(&self, customer: &CustomerId, key: &IdempotencyKey) -> ApiResult<Turn> {
        let entry = (customer.clone(), key.clone());
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.insert(entry.clone()) {
            Ok(Turn {
                keys: self.clone(),
                entry,
            })
        } else {
            Err(ApiError::idempotency_in_progress())
        }
    }
}

/// A key that is being worked on.
pub(crate) struct Turn {
    keys: InFlight,
    entry: (CustomerId, IdempotencyKey),
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.keys
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.entry);
    }
}
