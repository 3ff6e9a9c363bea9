//! What runs in the background: copies that are made, erasures whose time has come, and requests that run out.
//!
//! Work is a row. Whoever takes it has it for a while (a lease) and renews that while it lasts; the row goes in the transaction that ends
//! the work. So work that is interrupted, by whatever, is found again and goes on; and it ends once. One server works on a database: it
//! takes over the leases of the one before it when it starts.

mod tasks;
#[cfg(test)]
mod tests;

use super::rows::{self, Row, Seq};
use super::standing::{Standing, Step};
use super::transition::{Desk, TransitionError, transition};
use super::{artifacts, timeline};
use crate::http::{AppState, Change};
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::data_request::{DataRequestKind as Kind, DataRequestState as State};
use portal_contract::data_request_event::DataRequestActor as Actor;
use portal_contract::{ArtifactId, DataRequestId};
use rusqlite::{Connection, OptionalExtension, params};
use std::time::Duration;

/// How long work is had without being renewed.
const LEASE: Duration = Duration::from_secs(60);

/// How often it is renewed.
const RENEWED_EVERY: Duration = Duration::from_secs(20);

/// How long nobody looks, at most, when nobody rings.
const LOOKS_EVERY: Duration = Duration::from_secs(30);

/// After so many tries in vain it is tried once an hour, and the artifact is said to have failed.
const TRIES: u32 = 5;

/// What is to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// The copy is to be made.
    Export(ArtifactId),
    /// The erasure is to run.
    Erasure,
}

/// Work that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    seq: Seq,
    /// For which request.
    pub request: DataRequestId,
    /// What is to run.
    pub task: Task,
    /// Which try it is, the first is 1.
    pub attempt: u32,
}

/// After every step of a request: what follows from it is to run, and what does not follow any more is not.
pub(super) fn follow(
    tx: &Connection,
    desk: Desk<'_>,
    row: &Row,
    standing: &Standing,
) -> Result<(), StoreError> {
    if row.standing.state == standing.state {
        return Ok(());
    }
    match (&standing.kind, &standing.state) {
        (Kind::Access | Kind::Portability, State::InProgress) => {
            let artifact = artifacts::prepare(tx, row, desk.now)?;
            enter(tx, row.seq, "export", Some(&artifact), desk.now)
        }
        (Kind::Erasure, State::Scheduled) => {
            let runs_at = standing.runs_at.unwrap_or(desk.now);
            enter(tx, row.seq, "erasure", None, runs_at)
        }
        (_, State::Ready) => Ok(()),
        // Completed by its own work: whoever ends the work takes the row away with it.
        (_, State::Completed | State::PartiallyCompleted) => Ok(()),
        _ => abandon(tx, row.seq, desk.now),
    }
}

/// Enters work.
///
/// # Errors
/// When the database refuses.
pub(super) fn enter(
    tx: &Connection,
    request: Seq,
    kind: &str,
    artifact: Option<&ArtifactId>,
    run_at: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO data_request_work (request_seq, kind, artifact_id, run_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![request, kind, artifact.map(ArtifactId::as_str), run_at])?;
    Ok(())
}

/// The request went another way: what was being made is not made.
fn abandon(tx: &Connection, request: Seq, now: Moment) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM data_request_work WHERE request_seq = ?1")?
        .execute([request])?;
    artifacts::withdraw(tx, request, now)
}

/// Ends work: in the transaction that ends what it was for. Gives whether it was still to be done: if not, another was faster or the request
/// went another way, and nothing may be written.
///
/// # Errors
/// When the database refuses.
pub fn finish(tx: &Connection, job: &Job) -> Result<bool, StoreError> {
    let gone = tx
        .prepare_cached("DELETE FROM data_request_work WHERE seq = ?1")?
        .execute([job.seq])?;
    Ok(gone > 0)
}

/// Ends all work for a request that was done another way.
///
/// # Errors
/// When the database refuses.
pub(crate) fn done(tx: &Connection, request: Seq) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM data_request_work WHERE request_seq = ?1")?
        .execute([request])?;
    Ok(())
}

/// Says how far work has come, records done and in all, and enters it into the change feed. Tell the customer's readers after the commit.
///
/// # Errors
/// When the database refuses.
pub fn progress(
    tx: &Connection,
    id: &DataRequestId,
    done: u64,
    total: u64,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE data_requests SET progress_done = ?2, progress_total = ?3, version = version + 1
          WHERE id = ?1 AND closed_at IS NULL",
    )?
    .execute(params![id.as_str(), done, total])?;
    if let Some(row) = rows::any(tx, id)? {
        let kind = portal_contract::event::EventKind::DataRequestUpdated;
        super::transition::tell(tx, &row, &kind, now)?;
    }
    Ok(())
}

/// Works until the server goes down.
pub async fn run(state: AppState) {
    if let Err(error) = take_over(&state).await {
        tracing::error!(%error, "work that an earlier server left could not be taken over; it waits for its lease to run out");
    }
    loop {
        if let Err(error) = once(&state).await {
            tracing::warn!(%error, "work on data requests could not be looked for; it is tried again");
        }
        tokio::select! {
            () = state.work.rung() => {}
            () = tokio::time::sleep(LOOKS_EVERY) => {}
            () = state.shutdown.begun() => return,
        }
    }
}

/// Does all that is due now.
///
/// # Errors
/// When the database refuses to be looked into.
pub async fn once(state: &AppState) -> Result<(), StoreError> {
    expire(state).await?;
    while let Some(job) = take(state).await? {
        perform(state, job).await?;
        if state.shutdown.has_begun() {
            break;
        }
    }
    Ok(())
}

/// Requests that nobody confirmed or answered in time.
async fn expire(state: &AppState) -> Result<(), StoreError> {
    let (config, secrets, now) = (
        state.config.clone(),
        state.secrets.clone(),
        state.clock.now(),
    );
    let told = state
        .store
        .write(move |tx| {
            let desk = Desk {
                config: &config,
                secrets: &secrets,
                now,
            };
            let mut told = Vec::new();
            for id in rows::run_out(tx, now)? {
                match transition(tx, desk, &id, &Actor::System, &Step::Expire) {
                    Ok(row) => told.extend(row.customer),
                    Err(TransitionError::Store(error)) => return Err(error),
                    Err(error) => tracing::error!(%error, "a request that ran out did not end"),
                }
            }
            Ok(told)
        })
        .await?;
    for customer in told {
        state.changes.tell(Change::Data(customer));
    }
    Ok(())
}

/// Nobody else is at work when a server starts.
async fn take_over(state: &AppState) -> Result<(), StoreError> {
    state
        .store
        .write(|tx| {
            tx.execute("UPDATE data_request_work SET leased_until = NULL", [])?;
            Ok(())
        })
        .await
}

/// The machine's time, in milliseconds: how long work is had does not hang on a clock that a developer moves.
fn machine_millis() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

fn lease_end() -> i64 {
    machine_millis().saturating_add(i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX))
}

/// Takes the work that has been due longest.
async fn take(state: &AppState) -> Result<Option<Job>, StoreError> {
    let now = state.clock.now();
    state
        .store
        .write(move |tx| {
            let found = tx
                .prepare_cached(
                    "UPDATE data_request_work SET leased_until = ?2, attempts = attempts + 1
                      WHERE seq = (SELECT seq FROM data_request_work
                                    WHERE run_at <= ?1 AND (leased_until IS NULL OR leased_until < ?3)
                                    ORDER BY run_at, seq LIMIT 1)
                      RETURNING seq, request_seq, kind, artifact_id, attempts",
                )?
                .query_row(params![now, lease_end(), machine_millis()], |row| {
                    let taken: (Seq, Seq, String, Option<String>, u32) = (
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                    );
                    Ok(taken)
                })
                .optional()?;
            let Some((seq, request, kind, artifact, attempt)) = found else {
                return Ok(None);
            };
            let id: String = tx.query_row(
                "SELECT id FROM data_requests WHERE seq = ?1",
                [request],
                |row| row.get(0),
            )?;
            let corrupt = || StoreError::Corrupt(format!("work {seq} on a data request"));
            let task = match (kind.as_str(), artifact) {
                ("erasure", _) => Task::Erasure,
                (_, Some(artifact)) => Task::Export(artifact.parse().map_err(|_| corrupt())?),
                (_, None) => return Err(corrupt()),
            };
            Ok(Some(Job {
                seq,
                request: id.parse().map_err(|_| corrupt())?,
                task,
                attempt,
            }))
        })
        .await
}

async fn perform(state: &AppState, job: Job) -> Result<(), StoreError> {
    let (at_work, theirs) = (state.clone(), job.clone());
    // A task of its own: a panic in it is an attempt in vain, not the end of all work.
    let mut work = tokio::spawn(async move {
        match &theirs.task {
            Task::Export(artifact) => tasks::export(&at_work, &theirs, artifact).await,
            Task::Erasure => tasks::erase(&at_work, &theirs).await,
        }
    });
    let ended = loop {
        tokio::select! {
            ended = &mut work => break ended,
            () = tokio::time::sleep(RENEWED_EVERY) => renew(state, job.seq).await?,
        }
    };
    let error = match ended {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it panicked".to_owned(),
    };
    tracing::error!(request = %job.request, attempt = job.attempt, %error, "work on a data request failed");
    put_off(state, job).await
}

async fn renew(state: &AppState, seq: Seq) -> Result<(), StoreError> {
    state
        .store
        .write(move |tx| {
            tx.prepare_cached("UPDATE data_request_work SET leased_until = ?2 WHERE seq = ?1")?
                .execute(params![seq, lease_end()])?;
            Ok(())
        })
        .await
}

/// Tries again later: after 1, 2, 4, 8 minutes, then every hour.
async fn put_off(state: &AppState, job: Job) -> Result<(), StoreError> {
    let minutes = if job.attempt < TRIES {
        1 << (job.attempt - 1).min(TRIES)
    } else {
        60
    };
    let now = state.clock.now();
    let told = state
        .store
        .write(move |tx| {
            tx.prepare_cached(
                "UPDATE data_request_work SET leased_until = NULL, run_at = ?2 WHERE seq = ?1",
            )?
            .execute(params![job.seq, now.plus_seconds(minutes * 60)])?;
            if let (Task::Export(artifact), true) = (&job.task, job.attempt >= TRIES) {
                return artifacts::fail(tx, &job.request, artifact, now);
            }
            Ok(None)
        })
        .await?;
    if let Some(customer) = told {
        state.changes.tell(Change::Data(customer));
    }
    Ok(())
}

/// Enters that an artifact is made anew.
///
/// # Errors
/// When the database refuses.
pub(super) fn make_anew(
    tx: &Connection,
    row: &Row,
    actor: &Actor,
    now: Moment,
) -> Result<ArtifactId, StoreError> {
    let artifact = artifacts::prepare(tx, row, now)?;
    enter(tx, row.seq, "export", Some(&artifact), now)?;
    let about = timeline::About::artifact(&artifact);
    let kind = portal_contract::data_request_event::DataRequestEventKind::ArtifactReissued;
    timeline::note(tx, row.seq, actor, kind, &about, now)?;
    Ok(artifact)
}
