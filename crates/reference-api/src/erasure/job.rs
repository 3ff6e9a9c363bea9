//! An erasure as the work that a data request waits for.

use super::retention::{Ground, Retention};
use super::run::{Run, beyond_rows, rows_are_gone};
use super::tally::Tally;
use super::target::Target;
use crate::config::Config;
use crate::data_requests::work::{self, Job};
use crate::data_requests::{Desk, Row, Step, TransitionError, rows, transition};
use crate::http::{AppState, Change};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use portal_contract::data_request::{DataRequestOutcome, DataRequestReason, Retained};
use portal_contract::data_request_event::DataRequestActor;
use rusqlite::Connection;

/// Runs an erasure whose time has come, or goes on with one that was interrupted. It returns when all is done.
///
/// # Errors
/// When the database refuses, or a content cannot be removed; the same call goes on where it was.
pub async fn run(state: &AppState, job: &Job) -> Result<(), StoreError> {
    let request = job.request.clone();
    let (row, rows_are_gone) = state
        .store
        .read(move |db| Ok((rows::any(db, &request)?, rows_are_gone(db, &request)?)))
        .await?;
    let row = row.ok_or_else(|| StoreError::Corrupt(format!("no request {}", job.request)))?;
    if let Some(customer) = row.customer.as_ref().filter(|_| !rows_are_gone) {
        let run = Run::new(state, &job.request, Target::of(customer, &row.scope));
        run.begin().await?;
        run.rows().await?;
        run.last().await?;
    }
    beyond_rows(state).await?;
    if let Some(customer) = close(state, job).await? {
        state.changes.tell(Change::Data(customer));
    }
    Ok(())
}

/// The last transaction: the request is completed, once.
async fn close(state: &AppState, job: &Job) -> Result<Option<CustomerId>, StoreError> {
    let (state, job) = (state.clone(), job.clone());
    let store = state.store.clone();
    store
        .write(move |tx| {
            if !work::finish(tx, &job)? {
                return Ok(None);
            }
            let now = state.clock.now();
            tx.prepare_cached("UPDATE erasures SET done_at = ?2 WHERE request_id = ?1")?
                .execute((job.request.as_str(), now))?;
            let row = rows::any(tx, &job.request)?
                .ok_or_else(|| StoreError::Corrupt(format!("no request {}", job.request)))?;
            let desk = Desk {
                config: &state.config,
                secrets: &state.secrets,
                now,
            };
            let step = end(tx, &state.config, &row)?;
            let system = DataRequestActor::System;
            match transition(tx, desk, &job.request, &system, &step) {
                Ok(after) => Ok(after.customer),
                Err(TransitionError::Store(error)) => Err(error),
                Err(error) => Err(StoreError::Corrupt(error.to_string())),
            }
        })
        .await
}

/// Done, or done as far as a law lets it be.
fn end(db: &Connection, config: &Config, row: &Row) -> Result<Step, StoreError> {
    let tally = Tally::of(db, row.id.as_str())?;
    let outcome = DataRequestOutcome {
        note: None,
        records: tally.records(),
        retained: retained(
            &tally,
            &config.retention,
            row.locale.as_deref(),
            &config.company.locales,
        ),
        in_force: None,
    };
    let is_partial = tally
        .stays
        .keys()
        .any(|(_, ground)| matches!(ground, Ground::Kept(_)));
    Ok(if is_partial {
        Step::CompletePartially {
            reason: DataRequestReason::LegalHold,
            outcome,
        }
    } else {
        Step::Complete { outcome }
    })
}

/// What stays, in words.
pub(super) fn retained(
    tally: &Tally,
    rules: &Retention,
    tag: Option<&str>,
    usual: &[String],
) -> Vec<Retained> {
    tally
        .stays
        .iter()
        .map(|((category, ground), (count, until))| {
            let said = rules.said(ground, tag, usual);
            Retained {
                category: category.id(),
                label: said.label,
                count: *count,
                lawful_basis: said.lawful_basis,
                reason: said.reason,
                until: until.map(|until| until.to_timestamp()),
            }
        })
        .collect()
}
