//! Telling the person by mail. What is to be told is entered with what happened, by whichever program; the server looks for it, gives
//! each mail its own link, and hands it in.
//!
//! These mails protect the person from whoever acts, so no choice of topics and no opt-out stops them. They go to the verified address
//! that signs in.

use super::links;
use super::rows::{self, Row, Seq};
use super::{acts, wire};
use crate::config::Config;
use crate::data_requests::rows::{self as requests, Row as RequestRow};
use crate::http::{AppState, Change};
use crate::mail::{DelegationMail, DelegationStep as Step, compose_delegation};
use crate::store::time::Moment;
use crate::store::{StoreError, customers};
use portal_contract::data_request::{DataRequestKind, DataRequestState};
use portal_contract::delegation::{DelegationEventKind as Kind, DelegationRole as Role};
use rusqlite::{Connection, OptionalExtension, params};
use std::time::Duration;

/// How often it is looked for what is entered, and for what time has ended.
const EVERY: Duration = Duration::from_secs(2);

/// The most that are told in one transaction: others want to write too.
const BATCH: usize = 100;

/// Tells until the server goes down; `base` is where customers reach the portal.
pub async fn run(state: AppState, base: String) {
    loop {
        if let Err(error) = once(&state, &base).await {
            tracing::warn!(%error, "people could not be told who acts for them; it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = state.shutdown.begun() => return,
        }
    }
}

/// Ends what time has ended, and tells of everything that is entered.
///
/// # Errors
/// When the database refuses.
pub async fn once(state: &AppState, base: &str) -> Result<(), StoreError> {
    settle(state).await?;
    while state.store.read(is_anybody_waiting).await? {
        let (config, base, now) = (state.config.clone(), base.to_owned(), state.clock.now());
        let mails = state
            .store
            .write(move |tx| take(tx, &config, &base, now))
            .await?;
        for mail in mails {
            let letter = compose_delegation(&state.config.company, &mail);
            state.mailer.send(letter);
        }
    }
    Ok(())
}

async fn settle(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let over = move |db: &Connection| acts::is_anything_over(db, now);
    while state.store.read(over).await? {
        let told = state.store.write(move |tx| acts::settle(tx, now)).await?;
        for customer in told {
            state.changes.tell(Change::Data(customer));
        }
    }
    Ok(())
}

fn is_anybody_waiting(db: &Connection) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM delegation_letters")?
        .exists([])?)
}

/// What happened, of which somebody is to be told.
struct Told {
    row: Row,
    kind: Kind,
    request: Option<RequestRow>,
}

fn take(
    tx: &Connection,
    config: &Config,
    base: &str,
    now: Moment,
) -> Result<Vec<DelegationMail>, StoreError> {
    let entered: Vec<i64> = tx
        .prepare_cached(
            "DELETE FROM delegation_letters WHERE event_seq IN
                 (SELECT event_seq FROM delegation_letters ORDER BY event_seq LIMIT ?1) RETURNING event_seq",
        )?
        .query_map([BATCH], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut mails = Vec::new();
    for event in entered {
        if let Some(told) = read(tx, event)? {
            mails.extend(write(tx, config, base, &told, now)?);
        }
    }
    Ok(mails)
}

fn read(db: &Connection, event: i64) -> Result<Option<Told>, StoreError> {
    let found: Option<(Seq, String, Option<i64>)> = db
        .prepare_cached(
            "SELECT delegation_seq, kind, request_seq FROM delegation_events WHERE seq = ?1",
        )?
        .query_row([event], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((seq, kind, request)) = found else {
        return Ok(None);
    };
    let Some(row) = rows::at(db, seq)? else {
        return Ok(None);
    };
    let request = match request {
        Some(seq) => requests::at(db, seq)?,
        None => None,
    };
    Ok(Some(Told {
        row,
        kind: kind.into(),
        request,
    }))
}

/// Which mail it is, and until when its link can be used.
fn step(told: &Told) -> Option<(Step, Option<Moment>)> {
    let row = &told.row;
    Some(match told.kind {
        Kind::Requested if row.role == Role::Executor => (Step::AskedExecutor, Some(row.decide_by)),
        Kind::Requested => (Step::Asked, Some(row.decide_by)),
        Kind::Accepted => (Step::Began, Some(row.ends_at)),
        Kind::RequestMade => {
            let request = told.request.as_ref()?;
            let waits = *request.kind() == DataRequestKind::Erasure
                && request.standing.state == DataRequestState::AwaitingConfirmation;
            match waits {
                // The erasure outlasts the delegation, and so does the word about it.
                true => (
                    Step::Erasure,
                    Some(request.standing.expires_at.unwrap_or(row.ends_at)),
                ),
                false => (Step::Request, Some(row.ends_at)),
            }
        }
        Kind::Revoked | Kind::GivenUp | Kind::Ended => (Step::Ended, None),
        _ => return None,
    })
}

/// The mail; none where nobody is there to be told, or it is too late for it.
fn write(
    tx: &Connection,
    config: &Config,
    base: &str,
    told: &Told,
    now: Moment,
) -> Result<Option<DelegationMail>, StoreError> {
    let row = &told.row;
    let (Some(person), Some((step, until))) = (&row.person, step(told)) else {
        return Ok(None);
    };
    let Some(to) = customers::login_address(tx, person)? else {
        return Ok(None);
    };
    if until.is_some_and(|until| until <= now) {
        return Ok(None);
    }
    let link = match until {
        Some(until) => {
            let request = told.request.as_ref().map(|request| request.seq);
            let token = links::issue(tx, row.seq, request, until, now)?;
            Some(format!("{base}/people#t={token}"))
        }
        None => None,
    };
    let (locale, zone): (Option<String>, Option<String>) = tx
        .prepare_cached("SELECT locale, time_zone FROM customers WHERE id = ?1")?
        .query_row(params![person], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let covers = wire::covered(&row.categories, locale.as_deref());
    let kinds = match &told.request {
        Some(request) => vec![request.kind().as_str().to_owned()],
        None => row
            .kinds
            .iter()
            .map(|kind| kind.as_str().to_owned())
            .collect(),
    };
    Ok(Some(DelegationMail {
        customer: person.clone(),
        to,
        locale,
        step,
        name: wire::delegate_name(tx, row)?,
        address: wire::delegate_address(tx, row)?,
        role: row.role.as_str().to_owned(),
        kinds,
        covers: covers.into_iter().map(|category| category.label).collect(),
        ends_at: row.ends_at,
        decide_by: row.decide_by,
        time_zone: zone.unwrap_or_else(|| config.data_rights.time_zone.clone()),
        reference: told
            .request
            .as_ref()
            .map(|request| request.reference.clone()),
        link,
    }))
}

/// Nobody is told of what happened in a demonstration before it began.
///
/// # Errors
/// When the database refuses.
pub(crate) fn forget_all(tx: &Connection) -> Result<(), StoreError> {
    tx.execute("DELETE FROM delegation_letters", [])?;
    Ok(())
}
