//! The call of an interaction: at another time, not at all, in a calendar.

use super::{require, whole};
use crate::config::Config;
use crate::contact::calendar::{self, Entry};
use crate::contact::callbacks::{self, Call};
use crate::http::PathIds;
use crate::http::attachments::disposition;
use crate::http::extract::NoBody;
use crate::http::state::Change;
use crate::http::{
    ApiError, ApiResult, AppState, Body, CurrentCustomer, IdempotencyKeyHeader, Outcome, once,
};
use crate::interactions::Beginning;
use crate::mail::Language;
use crate::store::StoreError;
use crate::store::interactions::{self, Seq, Viewer};
use crate::store::time::Moment;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use portal_contract::callback::{RequestCallback, RescheduleCallback};
use portal_contract::event::EventKind;
use portal_contract::interaction::{Action, Interaction};
use portal_contract::session::Scope;
use rusqlite::Transaction;

/// What an act does to the call.
struct Act<'a> {
    tx: &'a Transaction<'a>,
    viewer: &'a Viewer,
    seq: Seq,
    call: Call,
    now: Moment,
}

impl<'a> Act<'a> {
    /// The call of this interaction, if the customer may do this with it.
    fn on(
        tx: &'a Transaction<'a>,
        viewer: &'a Viewer,
        ids: &PathIds,
        action: &Action,
        now: Moment,
    ) -> ApiResult<Self> {
        let seq = require(tx, viewer, &ids.interaction()?)?;
        let allowed = interactions::situation(tx, seq)?.allowed_actions(now);
        let call = callbacks::of(tx, seq)?;
        match call.filter(|_| allowed.contains(action)) {
            Some(call) => Ok(Self {
                tx,
                viewer,
                seq,
                call,
                now,
            }),
            None => Err(ApiError::invalid_state(allowed)),
        }
    }

    /// The interaction as it stands now; who follows it is told.
    fn done(self, config: &Config) -> ApiResult<Outcome> {
        let Self {
            tx,
            viewer,
            seq,
            now,
            ..
        } = self;
        let kind = EventKind::InteractionUpdated;
        crate::store::events::emit(tx, &viewer.customer, seq, &kind, now)?;
        let interaction = whole(tx, config, viewer, seq, now)?;
        Ok(Outcome::json(StatusCode::OK, &interaction).etag(&interaction.etag))
    }
}

/// A call about a matter that there is already.
pub(super) async fn ask(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<RequestCallback>,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    let Body {
        value: asked,
        fingerprint,
    } = body;
    let (viewer, name) = (customer.viewer(), customer.display_name.clone());
    let (config, now) = (state.config.clone(), state.clock.now());
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let seq = require(tx, &viewer, &ids.interaction()?)?;
        let allowed = interactions::situation(tx, seq)?.allowed_actions(now);
        if !allowed.contains(&Action::RequestCallback) {
            return Err(ApiError::invalid_state(allowed));
        }
        let beginning = Beginning {
            viewer: &viewer,
            name: &name,
            config: &config,
            now,
        };
        beginning.ask_for_call(tx, seq, asked)?;
        let kind = EventKind::InteractionUpdated;
        crate::store::events::emit(tx, &viewer.customer, seq, &kind, now)?;
        let interaction = whole(tx, &config, &viewer, seq, now)?;
        Ok(Outcome::json(StatusCode::CREATED, &interaction).etag(&interaction.etag))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}

pub(super) async fn reschedule(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<RescheduleCallback>,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    let Body {
        value: to,
        fingerprint,
    } = body;
    let (viewer, now, config) = (customer.viewer(), state.clock.now(), state.config.clone());
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let act = Act::on(tx, &viewer, &ids, &Action::RescheduleCallback, now)?;
        let Some(way) = config.ways.find(&act.call.option) else {
            return Err(ApiError::invalid_state(Vec::new()).reason("closed"));
        };
        let whose = (act.seq, &viewer.customer);
        callbacks::reschedule(tx, way, whose, &act.call, &to.starts_at, now)?;
        interactions::customer_replied(tx, act.seq, now)?;
        act.done(&config)
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}

pub(super) async fn cancel(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    NoBody(fingerprint): NoBody,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    let (viewer, now, config) = (customer.viewer(), state.clock.now(), state.config.clone());
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let act = Act::on(tx, &viewer, &ids, &Action::CancelCallback, now)?;
        callbacks::cancel(tx, act.seq, now)?;
        interactions::cancel_if_nothing_else(tx, act.seq, now)?;
        act.done(&config)
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}

/// Reading it changes nothing: a calendar may well ask again.
pub(super) async fn calendar(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsRead)?;
    let (viewer, id, now) = (customer.viewer(), ids.interaction()?, state.clock.now());
    let language = Language::choose(customer.locale.as_deref(), &state.config.company);
    let found = state
        .store
        .read(move |db| {
            let Some(seq) = interactions::find(db, &viewer.customer, &id)? else {
                return Ok::<_, StoreError>(None);
            };
            let Some(call) = callbacks::of(db, seq)? else {
                return Ok(None);
            };
            Ok(Some((call, interactions::detail(db, &viewer, seq, now)?)))
        })
        .await?;
    let (call, interaction) = found.ok_or_else(ApiError::not_found)?;
    Ok(file(&state, &call, &interaction, language))
}

fn file(state: &AppState, call: &Call, interaction: &Interaction, language: Language) -> Response {
    let company = &state.config.company;
    let text = calendar::file(&Entry {
        call,
        company: &company.name,
        organizer: organizer(state).as_deref(),
        subject: &interaction.subject,
        reference: &interaction.reference,
        language,
    });
    let name = format!("{}.ics", interaction.reference);
    let name = HeaderValue::try_from(disposition::download(&name))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    let policy = HeaderValue::from_static("default-src 'none'; sandbox");
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_DISPOSITION, name),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, text).into_response()
}

/// The address that our mails come from.
fn organizer(state: &AppState) -> Option<String> {
    let from = &state.config.mail.as_ref()?.from;
    let mailbox: lettre::message::Mailbox = from.parse().ok()?;
    Some(mailbox.email.to_string())
}

#[cfg(test)]
mod tests;
