//! The links of mails to the person: what can be decided by one, once, without signing in.
//!
//! The token stands in the fragment of the address, is kept as a hash, and is good for one decision. Looking decides nothing.

use super::acts::{self, Say};
use super::rows::{self, Row, Seq};
use super::wire;
use crate::data_requests::rows::{self as requests, Row as RequestRow, Seq as RequestSeq};
use crate::data_requests::{Customer, Desk};
use crate::http::{ApiError, ApiResult, AppState};
use crate::secrets::{hex, random};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::FieldCode;
use portal_contract::data_request::{DataRequestKind, DataRequestState};
use portal_contract::delegation::{
    DelegationAction as Action, DelegationLink, DelegationSide as Side, DelegationState as State,
    LinkedRequest,
};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Gives a new link of this delegation, and of a data request under it; the token is kept nowhere.
pub(super) fn issue(
    tx: &Connection,
    delegation: Seq,
    request: Option<RequestSeq>,
    expires_at: Moment,
    now: Moment,
) -> Result<String, StoreError> {
    let token = hex(&random());
    tx.prepare_cached(
        "INSERT INTO delegation_links (token_hash, delegation_seq, request_seq, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![hash(&token), delegation, request, now, expires_at])?;
    Ok(token)
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A link that was found, and what it is about.
struct Found {
    row: Row,
    request: Option<RequestRow>,
    expires_at: Moment,
    decision: Option<String>,
}

fn find(db: &Connection, token: &str) -> ApiResult<Found> {
    let found: Option<(Seq, Option<RequestSeq>, Moment, Option<String>)> = db
        .prepare_cached(
            "SELECT delegation_seq, request_seq, expires_at, decision FROM delegation_links WHERE token_hash = ?1",
        )?
        .query_row([hash(token)], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let (seq, request, expires_at, decision) = found.ok_or_else(ApiError::not_found)?;
    let request = match request {
        Some(seq) => requests::at(db, seq)?,
        None => None,
    };
    Ok(Found {
        row: rows::at(db, seq)?.ok_or_else(ApiError::not_found)?,
        request,
        expires_at,
        decision,
    })
}

/// What a link is about. Nothing changes.
///
/// # Errors
/// `not-found` when there is none; `link-expired` when it was used or ran out.
pub(crate) fn look(db: &Connection, desk: Desk<'_>, token: &str) -> ApiResult<DelegationLink> {
    let found = find(db, token)?;
    if found.decision.is_some() || found.expires_at <= desk.now {
        return Err(ApiError::link_expired());
    }
    let actions = possible(&found, desk.now);
    shown(db, desk, found, actions)
}

/// What came of a decision, and whom to tell after the commit.
pub(crate) struct Decided {
    pub(crate) link: DelegationLink,
    pub(crate) told: Vec<CustomerId>,
}

/// Decides by a link. The same decision again is the same answer.
///
/// # Errors
/// As [`look`]; `invalid-state` when that cannot be decided any more.
pub(crate) fn decide(
    tx: &Connection,
    state: &AppState,
    token: &str,
    decision: &Action,
) -> ApiResult<Decided> {
    let desk = state.desk();
    let mut found = find(tx, token)?;
    let is_again = found.decision.as_deref() == Some(decision.as_str());
    let is_used = found.decision.is_some() && !is_again;
    if is_used || found.expires_at <= desk.now {
        return Err(ApiError::link_expired());
    }
    if !is_again {
        perform(tx, state, &found, decision)?;
        tx.prepare_cached(
            "UPDATE delegation_links SET used_at = ?2, decision = ?3 WHERE token_hash = ?1",
        )?
        .execute(params![hash(token), desk.now, decision.as_str()])?;
        found = find(tx, token)?;
    }
    let told = [&found.row.delegate, &found.row.person];
    let told = told.into_iter().flatten().cloned().collect();
    let link = shown(tx, desk, found, Vec::new())?;
    Ok(Decided { link, told })
}

fn perform(tx: &Connection, state: &AppState, found: &Found, decision: &Action) -> ApiResult<()> {
    let say = |say| acts::decide(tx, &found.row, say, state.clock.now()).map(drop);
    match decision {
        Action::Accept => say(Say::Accept),
        Action::Refuse => say(Say::Refuse),
        Action::Revoke => say(Say::Revoke),
        Action::ConfirmErasure | Action::CancelErasure => {
            // A link may be about a request of another kind, which no word about an erasure may end.
            let request = found
                .request
                .as_ref()
                .filter(|_| possible(found, state.clock.now()).contains(decision))
                .ok_or_else(|| ApiError::invalid_state(Vec::new()).reason("no_erasure"))?;
            let person = found.row.person.clone().ok_or_else(ApiError::not_found)?;
            // By a link in their own mailbox, it is the person who speaks.
            let side = Customer::of(state, &person, None);
            match decision {
                Action::ConfirmErasure => side.confirm(tx, &request.id).map(drop),
                _ => side.cancel(tx, &request.id).map(drop),
            }
        }
        Action::GiveUp | Action::MakeRequest | Action::Other(_) => Err(ApiError::field(
            "/decision",
            FieldCode::NotOffered,
            "one of allowed_actions",
            None,
        )),
    }
}

/// What can be decided by it now.
fn possible(found: &Found, now: Moment) -> Vec<Action> {
    let mut actions = Vec::new();
    if let Some(request) = &found.request
        && *request.kind() == DataRequestKind::Erasure
    {
        match request.standing.state {
            DataRequestState::AwaitingConfirmation => {
                actions.extend([Action::ConfirmErasure, Action::CancelErasure]);
            }
            DataRequestState::Scheduled if !request.standing.has_begun => {
                actions.push(Action::CancelErasure);
            }
            _ => {}
        }
    }
    match found.row.standing_for(&Side::Person, now).state {
        State::AwaitingPerson => actions.extend([Action::Accept, Action::Refuse]),
        State::AwaitingCompany => actions.push(Action::Refuse),
        State::Active => actions.push(Action::Revoke),
        _ => {}
    }
    actions
}

fn shown(
    db: &Connection,
    desk: Desk<'_>,
    found: Found,
    allowed_actions: Vec<Action>,
) -> ApiResult<DelegationLink> {
    let row = found.row;
    let language: Option<String> = db
        .prepare_cached("SELECT locale FROM customers WHERE id = ?1")?
        .query_row([&row.person], |row| row.get(0))
        .optional()?
        .flatten();
    let standing = row.standing_for(&Side::Person, desk.now);
    Ok(DelegationLink {
        name: wire::delegate_name(db, &row)?.ok_or_else(ApiError::not_found)?,
        address: wire::delegate_address(db, &row)?,
        categories: wire::covered(&row.categories, language.as_deref()),
        ends_at: row.ends_at.to_timestamp(),
        expires_at: found.expires_at.to_timestamp(),
        request: found.request.map(|request| linked(desk, request)),
        state: standing.state,
        role: row.role,
        kinds: row.kinds,
        text: row.text,
        allowed_actions,
        language,
    })
}

fn linked(desk: Desk<'_>, request: RequestRow) -> LinkedRequest {
    let waits = request.standing.state == DataRequestState::AwaitingConfirmation;
    let would_run = waits.then(|| crate::data_requests::company::after_cooling_off(desk, desk.now));
    LinkedRequest {
        runs_at: request
            .standing
            .runs_at
            .or(would_run)
            .map(Moment::to_timestamp),
        expires_at: request.standing.expires_at.map(Moment::to_timestamp),
        reference: request.reference,
        kind: request.standing.kind,
        scope: request.scope,
        state: request.standing.state,
    }
}
