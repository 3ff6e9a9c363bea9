//! Telling customers by mail how their requests stand.
//!
//! A step enters that somebody is to be told, in its own transaction and whoever takes it (see the migration); the server looks for
//! what is entered. These mails are owed by law (GDPR, article 12 (3) and (4); CCPA regulations, § 7021), so no choice of topics,
//! no pause and no opt-out stops them. They go to the verified address that signs in.

use super::rows::{self, Row, Seq};
use super::{desk, messages};
use crate::config::Config;
use crate::http::AppState;
use crate::mail::{RequestMail, RequestStep as Step, compose_request};
use crate::store::time::Moment;
use crate::store::{StoreError, customers};
use portal_contract::data_request::{DataRequestKind as Kind, DataRequestState as State};
use portal_contract::data_request_event::DataRequestEventKind as EventKind;
use rusqlite::{Connection, OptionalExtension, params};
use std::time::Duration;

/// How often it is looked for what is entered.
const EVERY: Duration = Duration::from_secs(2);

/// The most that are told in one transaction: others want to write too.
const BATCH: usize = 100;

/// Tells until the server goes down; `base` is where customers reach the portal.
pub async fn run(state: AppState, base: String) {
    loop {
        if let Err(error) = tell(&state, &base).await {
            tracing::warn!(%error, "customers could not be told how their requests stand; it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = state.shutdown.begun() => return,
        }
    }
}

/// Tells of every step that is entered. Who is taken out of the list is handed in once: a mail that is lost after that is not sent
/// again, and the portal says the same.
///
/// # Errors
/// When the database refuses.
pub async fn tell(state: &AppState, base: &str) -> Result<(), StoreError> {
    while state.store.read(is_anybody_waiting).await? {
        let (config, base) = (state.config.clone(), base.to_owned());
        let mails = state
            .store
            .write(move |tx| take(tx, &config, &base))
            .await?;
        for mail in mails {
            state
                .mailer
                .send(compose_request(&state.config.company, &mail));
        }
    }
    Ok(())
}

fn is_anybody_waiting(db: &Connection) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM data_request_letters")?
        .exists([])?)
}

/// The entry of a timeline that somebody is to be told of.
struct Told {
    request: Seq,
    kind: EventKind,
    to: Option<State>,
    note: Option<String>,
    message: Option<String>,
    artifact: Option<String>,
}

fn take(tx: &Connection, config: &Config, base: &str) -> Result<Vec<RequestMail>, StoreError> {
    let entered: Vec<Seq> = tx
        .prepare_cached(
            "DELETE FROM data_request_letters WHERE event_seq IN
                 (SELECT event_seq FROM data_request_letters ORDER BY event_seq LIMIT ?1) RETURNING event_seq",
        )?
        .query_map([BATCH], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut mails = Vec::new();
    for event in entered {
        let told = read(tx, event)?;
        if let Some(row) = rows::at(tx, told.request)? {
            mails.extend(write(tx, config, base, &row, told)?);
        }
    }
    Ok(mails)
}

fn read(db: &Connection, event: Seq) -> Result<Told, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT request_seq, kind, to_state, note, message_id, artifact_id FROM data_request_events WHERE seq = ?1",
        )?
        .query_row([event], |row| {
            Ok(Told {
                request: row.get(0)?,
                kind: row.get::<_, String>(1)?.into(),
                to: row.get::<_, Option<String>>(2)?.map(Into::into),
                note: row.get(3)?,
                message: row.get(4)?,
                artifact: row.get(5)?,
            })
        })?)
}

/// The mail; none where nobody is left to be told.
fn write(
    db: &Connection,
    config: &Config,
    base: &str,
    row: &Row,
    told: Told,
) -> Result<Option<RequestMail>, StoreError> {
    let Some(customer) = &row.customer else {
        return Ok(None);
    };
    let (Some(to), Some(step)) = (customers::login_address(db, customer)?, step(row, &told)) else {
        return Ok(None);
    };
    let at = moment(db, row, step, &told)?;
    Ok(Some(RequestMail {
        customer: customer.clone(),
        to,
        locale: row.locale.clone(),
        step,
        reference: row.reference.clone(),
        kind: row.kind().as_str().to_owned(),
        at,
        time_zone: row.time_zone.clone(),
        words: told.note,
        reason: row
            .standing
            .status_reason
            .as_ref()
            .map(|reason| reason.as_str().to_owned()),
        link: format!("{base}/data/requests/{}", row.id),
        ways: (
            Some(desk::complaint_url(&config.data_rights, &row.regime)),
            desk::appeal_url(config),
        ),
    }))
}

/// Which letter an entry of the timeline is.
fn step(row: &Row, told: &Told) -> Option<Step> {
    Some(match (&told.kind, &told.to) {
        // The mail about who acts for them says so, and more.
        (EventKind::Submitted, _) if row.filed_role.is_some() => return None,
        (EventKind::Submitted, _) if *row.kind() == Kind::Erasure => Step::Unconfirmed,
        (EventKind::Submitted, _) => Step::Received,
        (EventKind::Question, _) => Step::Question,
        (EventKind::DueChanged, _) => Step::Extended,
        (EventKind::ArtifactReady, _) => Step::Ready,
        (EventKind::StateChanged, Some(State::Scheduled)) => Step::Scheduled,
        (EventKind::StateChanged, Some(State::Denied)) => Step::Denied,
        (EventKind::StateChanged, Some(State::Completed)) => Step::Done,
        (EventKind::StateChanged, Some(State::PartiallyCompleted)) => Step::DoneInPart,
        (EventKind::StateChanged, Some(State::Expired)) => Step::Expired,
        _ => return None,
    })
}

/// The moment that the letter names.
fn moment(
    db: &Connection,
    row: &Row,
    step: Step,
    told: &Told,
) -> Result<Option<Moment>, StoreError> {
    let of = |sql: &str, id: &Option<String>| -> Result<Option<Moment>, StoreError> {
        Ok(db
            .prepare_cached(sql)?
            .query_row(params![id], |row| row.get(0))
            .optional()?
            .flatten())
    };
    match step {
        Step::Received | Step::Extended => Ok(row.standing.due_at),
        Step::Scheduled => Ok(row.standing.runs_at),
        Step::Question => of(messages::ANSWER_BY, &told.message),
        Step::Ready => of(
            "SELECT expires_at FROM data_request_artifacts WHERE id = ?1",
            &told.artifact,
        ),
        Step::Unconfirmed | Step::Done | Step::DoneInPart | Step::Denied | Step::Expired => {
            Ok(None)
        }
    }
}

/// Nobody is told of what happened in a demonstration before it began.
///
/// # Errors
/// When the database refuses.
pub(crate) fn forget_all(tx: &Connection) -> Result<(), StoreError> {
    tx.execute("DELETE FROM data_request_letters", [])?;
    Ok(())
}

#[cfg(test)]
mod tests;
