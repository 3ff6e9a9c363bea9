//! The session of a link: exchanging the link, reading the session, and "this isn't me".

use super::{Grant, grant};
use crate::contact_points::{self, masked};
use crate::http::credential::Credential;
use crate::http::extract::{Body, language};
use crate::http::session::signals;
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult};
use crate::links::{self, BEARER_SECONDS, Binding, Claim, Revoked, Use};
use crate::mail::Letter;
use crate::preferences::history::Author;
use crate::store::time::Moment;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use portal_contract::contact_point::{ContactPointKind, DeliverabilityReason, DeliverabilityState};
use portal_contract::interaction::Channel;
use portal_contract::link::{LinkSession, LinkTopic, StartLinkSession};
use portal_contract::preference_history::ChangeRoute;
use portal_contract::session::{Scope, Session, SessionMode, SessionState, Signals};

/// A link becomes a bearer. Nothing is written: a program that opens every link of a mail changes nothing.
pub(super) async fn exchange(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Body<StartLinkSession>,
) -> ApiResult<Json<LinkSession>> {
    let now = state.clock.now();
    let claim = links::open(&state.secrets, Use::Footer, &body.value.token)
        .ok_or_else(ApiError::not_found)?;
    if claim.until <= now {
        return Err(ApiError::link_expired());
    }
    let binding = state
        .store
        .read(move |db| links::find(db, &claim.binding))
        .await?
        .ok_or_else(ApiError::not_found)?;
    let (kind, value) = check_in_force(&binding)?;
    let asked = language::asked(&headers, &state.config.company.locales);
    let locale = asked.or_else(|| binding.locale.clone());
    let until = claim.until.min(now.plus_seconds(BEARER_SECONDS));
    let bearer = Claim {
        binding: binding.id,
        until,
    };
    Ok(Json(LinkSession {
        bearer: links::seal(&state.secrets, Use::Bearer, &bearer),
        session: describe(until, &headers),
        address: masked(kind, value),
        kind: kind.clone(),
        language: binding.locale.clone(),
        topics: topics(&state, &binding, locale.as_deref()),
    }))
}

/// Passes when the binding holds and its contact point is there.
pub(super) fn check_in_force(binding: &Binding) -> ApiResult<(&ContactPointKind, &String)> {
    let place = binding.place.as_ref().filter(|_| !binding.is_revoked);
    place
        .map(|(kind, value)| (kind, value))
        .ok_or_else(ApiError::link_expired)
}

/// What a link's topics are called.
pub(super) fn topics(state: &AppState, binding: &Binding, locale: Option<&str>) -> Vec<LinkTopic> {
    let label = |id: &str| {
        let topic = state.config.catalogue.topic(id)?;
        Some(topic.text.get(locale).label.clone())
    };
    binding
        .topics
        .iter()
        .map(|id| LinkTopic {
            id: id.clone(),
            label: label(id.as_str()).unwrap_or_else(|| id.to_string()),
        })
        .collect()
}

/// The session of whoever sends this bearer; nobody's when it is good for nothing any more.
pub(in crate::http) async fn session(
    state: &AppState,
    bearer: &str,
    headers: &HeaderMap,
) -> ApiResult<Session> {
    let grant = grant(state, bearer).await?;
    let in_force = grant.filter(|grant| check_in_force(&grant.binding).is_ok());
    Ok(match in_force {
        Some(grant) => describe(grant.until, headers),
        None => Session::anonymous(signals::of(headers)),
    })
}

/// Nothing of it tells who the customer is: a mail may have been passed on.
fn describe(until: Moment, headers: &HeaderMap) -> Session {
    let Signals { gpc } = signals::of(headers);
    Session {
        state: SessionState::Authenticated,
        mode: Some(SessionMode::Link),
        scopes: vec![Scope::PreferencesReduce],
        customer: None,
        subject: None,
        auth_time: None,
        expires_at: Some(until.to_timestamp()),
        signals: Signals { gpc },
    }
}

/// "This isn't me": every link to the address ends, nothing is sent there any more, and the company hears of it. Saying it again
/// is as good.
pub(super) async fn disown(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> ApiResult<StatusCode> {
    let Grant { binding, .. } = match Credential::of(&headers, &state.config) {
        Credential::Link(bearer) => grant(&state, bearer)
            .await?
            .ok_or_else(ApiError::unauthenticated)?,
        Credential::Session(..) | Credential::Nothing => return Err(ApiError::unauthenticated()),
    };
    if binding.is_revoked {
        return Ok(StatusCode::NO_CONTENT);
    }
    let (customer, now) = (binding.customer.clone(), state.clock.now());
    let scene = scene(&state, &binding, now);
    let told = binding.contact_point.clone();
    state
        .store
        .write(move |tx| {
            links::revoke_all(tx, &binding, Revoked::NotMe, now)?;
            let (blocked, reason) = (
                DeliverabilityState::Blocked,
                DeliverabilityReason::NotThisPerson,
            );
            let point = &binding.contact_point;
            contact_points::set_deliverability(tx, &scene, point, &blocked, Some(&reason))
        })
        .await?;
    tell_company(&state, told.as_str());
    state.changes.tell(Change::Data(customer));
    Ok(StatusCode::NO_CONTENT)
}

/// Nobody knows who says it: the entry of the history names the way, and no name.
fn scene(state: &AppState, binding: &Binding, now: Moment) -> contact_points::acts::Scene {
    contact_points::acts::Scene {
        customer: binding.customer.clone(),
        session: None,
        locale: binding.locale.clone(),
        time_zone: binding.time_zone.clone(),
        author: Author::nobody(ChangeRoute::Link),
        catalogue: state.config.catalogue.clone(),
        now,
    }
}

/// A mail to the company, for whoever looks after its records. It names the contact point by its id: mail is read by many.
fn tell_company(state: &AppState, contact_point: &str) {
    let Some(controller) = &state.config.purposes.controller else {
        return;
    };
    state.mailer.send(Letter {
        customer: None,
        channel: Channel::Email,
        to: controller.email.clone(),
        subject: "A contact point belongs to somebody else".to_owned(),
        body: format!(
            "Somebody who was written to at the contact point {contact_point} said: \"this isn't me\".\n\nNothing is sent there \
             any more. Please find out how it came into the customer's record.\n"
        ),
        code: None,
        locale: "en",
        headers: Vec::new(),
    });
}
