//! A copy as the work that a data request waits for.

use super::ExportError;
use super::copy::{self, About, Ground};
use super::extent::Extent;
use super::folder::{self, Draft, Whole};
use super::page::Manner;
use super::table::Format;
use super::words::Words;
use crate::data_requests::artifacts::{self, Finished};
use crate::data_requests::work::{self, Job};
use crate::data_requests::{Desk, Row, Step, TransitionError, rows, transition};
use crate::http::{AppState, Change};
use crate::mail::Language;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::zone;
use portal_contract::ArtifactId;
use portal_contract::artifact::ExportFormat;
use portal_contract::data_request::DataRequestState;
use portal_contract::data_request_event::DataRequestActor;
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::time::{Duration, Instant};

/// How long a copy can be fetched: a week.
pub const KEPT_SECONDS: i64 = 7 * 24 * 60 * 60;

/// How often it is said how far the copy has come, and looked whether it is still wanted.
const SAID_EVERY: Duration = Duration::from_millis(500);

/// After so many steps one looks at the clock.
const STEPS_BETWEEN: u64 = 256;

/// Makes the copy, or makes it again when an earlier attempt was interrupted. When the request went another way meanwhile, there is none.
///
/// # Errors
/// When the database refuses or the copy cannot be written; the same call begins anew.
pub async fn make(state: &AppState, job: &Job, artifact: &ArtifactId) -> Result<(), ExportError> {
    let (state, job, artifact) = (state.clone(), job.clone(), artifact.clone());
    tokio::task::spawn_blocking(move || match at_once(&state, &job, &artifact) {
        Err(ExportError::Stopped) => Ok(()),
        ended => ended,
    })
    .await
    .map_err(|_| StoreError::Interrupted)?
}

fn at_once(state: &AppState, job: &Job, artifact: &ArtifactId) -> Result<(), ExportError> {
    let store = &state.store;
    let (customer, about, extent) = store
        .read_blocking(|db| asked(state, db, job, artifact))?
        .ok_or(ExportError::Stopped)?;
    let (draft, file) = Draft::begin(&state.files, artifact)?;
    let mut said = Said::new(state, job, artifact, customer.clone());
    let ground = Ground {
        store,
        files: &state.files,
        beat: &mut |done, all| said.beat(done, all),
    };
    let (written, records) = copy::write(file, &about, &extent, ground)?;
    let whole = draft.keep(written)?;
    let kept = store.write_blocking(|tx| hand_over(state, tx, job, artifact, &whole, records));
    if !matches!(kept, Ok(true)) {
        folder::remove(&state.files, [whole.stored_as.as_str()])?;
    }
    if kept? {
        state.changes.tell(Change::Data(customer));
    }
    Ok(())
}

/// What is to be copied; none when nobody wants it any more.
fn asked(
    state: &AppState,
    db: &Connection,
    job: &Job,
    artifact: &ArtifactId,
) -> Result<Option<(CustomerId, About, Extent)>, StoreError> {
    let Some(row) = rows::any(db, &job.request)? else {
        return Ok(None);
    };
    if !is_wanted(db, artifact)? {
        return Ok(None);
    }
    let Some(customer) = row.customer.clone() else {
        return Ok(None);
    };
    let person: Option<(String, Option<String>, Option<String>)> = db
        .query_row(
            "SELECT display_name, locale, time_zone FROM customers WHERE id = ?1",
            [&customer],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((name, locale, time_zone)) = person else {
        return Ok(None);
    };
    let time_zone = time_zone.unwrap_or_else(|| row.time_zone.clone());
    let extent = Extent::of(db, &customer, row.kind(), &row.scope, Some(&time_zone))?;
    let language = Language::choose(
        row.locale.as_deref().or(locale.as_deref()),
        &state.config.company,
    );
    let about = About {
        request_id: row.id.as_str().to_owned(),
        reference: Some(row.reference.clone()),
        artifact_id: artifact.as_str().to_owned(),
        customer: name,
        company: state.config.company.name.clone(),
        formats: formats(&row),
        scope: row.scope,
        now: state.clock.now(),
        manner: Manner {
            words: Words::of(language),
            zone: zone(Some(&time_zone)),
        },
    };
    Ok(Some((customer, about, extent)))
}

/// None named is all of them.
fn formats(row: &Row) -> Vec<Format> {
    let wants = |format| row.formats.is_empty() || row.formats.contains(&format);
    let known = [
        (ExportFormat::Json, Format::Json),
        (ExportFormat::Csv, Format::Csv),
    ];
    known
        .into_iter()
        .filter_map(|(asked, format)| wants(asked).then_some(format))
        .collect()
}

/// A request that is called off or erased takes its unfinished artifacts with it.
fn is_wanted(db: &Connection, artifact: &ArtifactId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM data_request_artifacts
                               WHERE id = ?1 AND state IN ('preparing', 'failed'))";
    Ok(db
        .prepare_cached(sql)?
        .query_row([artifact.as_str()], |row| row.get(0))?)
}

/// The last transaction: the copy is there and the request goes on, once. Gives whether it was still to be done.
fn hand_over(
    state: &AppState,
    tx: &Transaction<'_>,
    job: &Job,
    artifact: &ArtifactId,
    whole: &Whole,
    records: u64,
) -> Result<bool, StoreError> {
    if !work::finish(tx, job)? {
        return Ok(false);
    }
    let now = state.clock.now();
    work::progress(tx, &job.request, records, records, now)?;
    let made = Finished {
        stored_as: whole.stored_as.clone(),
        size_bytes: whole.size,
        sha256: whole.sha256.clone(),
        expires_at: now.plus_seconds(KEPT_SECONDS),
    };
    artifacts::ready(tx, artifact, &made, now)?;
    let row = rows::any(tx, &job.request)?
        .ok_or_else(|| StoreError::Corrupt(format!("no request {}", job.request)))?;
    // One that is made anew belongs to a request that is done.
    if row.standing.state != DataRequestState::InProgress {
        return Ok(true);
    }
    let desk = Desk {
        config: &state.config,
        secrets: &state.secrets,
        now,
    };
    match transition(
        tx,
        desk,
        &job.request,
        &DataRequestActor::System,
        &Step::MakeReady,
    ) {
        Ok(_) => Ok(true),
        Err(TransitionError::Store(error)) => Err(error),
        Err(error) => Err(StoreError::Corrupt(error.to_string())),
    }
}

/// Says how far the copy has come, from time to time.
struct Said<'a> {
    state: &'a AppState,
    job: &'a Job,
    artifact: &'a ArtifactId,
    customer: CustomerId,
    steps: u64,
    last: Instant,
}

impl<'a> Said<'a> {
    fn new(
        state: &'a AppState,
        job: &'a Job,
        artifact: &'a ArtifactId,
        customer: CustomerId,
    ) -> Self {
        Self {
            state,
            job,
            artifact,
            customer,
            steps: 0,
            last: Instant::now(),
        }
    }

    fn beat(&mut self, done: u64, all: u64) -> Result<(), ExportError> {
        self.steps += 1;
        if !self.steps.is_multiple_of(STEPS_BETWEEN) {
            return Ok(());
        }
        if self.state.shutdown.has_begun() {
            return Err(ExportError::Stopped);
        }
        if self.last.elapsed() < SAID_EVERY {
            return Ok(());
        }
        self.last = Instant::now();
        let (job, now) = (self.job, self.state.clock.now());
        let wanted = self.state.store.write_blocking(|tx| {
            let wanted = is_wanted(tx, self.artifact)?;
            if wanted {
                work::progress(tx, &job.request, done, all, now)?;
            }
            Ok(wanted)
        })?;
        if !wanted {
            return Err(ExportError::Stopped);
        }
        self.state.changes.tell(Change::Data(self.customer.clone()));
        Ok(())
    }
}
