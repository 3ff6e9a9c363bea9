//! A sample of a topic's mail, so that its links can be tried: sent when it would reach the customer, and not otherwise. What would
//! come later (a digest, after quiet hours) comes now, so that nobody who tries it has to wait.

use super::pages;
use crate::http::extract::media_type;
use crate::http::{ApiError, ApiResult, AppState, Body};
use crate::links;
use crate::mail::{TopicMail, compose_topic};
use crate::preferences::answer::reach;
use crate::preferences::catalogue::Topic;
use crate::preferences::{Surroundings, store as preferences};
use crate::store::StoreError;
use crate::store::customers::{self, CustomerId};
use axum::extract::{FromRequest, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use portal_contract::interaction::Channel;
use portal_contract::reach::{Reach, ReachAnswer};
use portal_contract::{ContactPointId, PreferenceTopicId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub(super) struct Sample {
    /// The address of somebody who can sign in.
    customer: String,
    topic: PreferenceTopicId,
}

#[derive(Serialize)]
pub(super) struct Sent {
    /// Whether a mail went out.
    sent: bool,
    /// Why, or why not.
    reach: Reach,
}

/// Asked by a program in JSON, or by a person with the form of `/dev`.
pub(super) async fn send(State(state): State<AppState>, request: Request) -> ApiResult<Response> {
    let base = base(&state, request.headers());
    if media_type(request.headers()) != "application/x-www-form-urlencoded" {
        let body = Body::<Sample>::from_request(request, &state).await?;
        let sent = attempt(&state, body.value, base).await?;
        return Ok(Json(sent).into_response());
    }
    let Form(wanted) = Form::<Sample>::from_request(request, &state)
        .await
        .map_err(|_| ApiError::malformed("send customer and topic"))?;
    let sent = attempt(&state, wanted, base).await?;
    let reasons: Vec<String> = sent
        .reach
        .reasons
        .iter()
        .map(|reason| reason.code.as_str().to_owned())
        .collect();
    Ok(pages::sample(sent.sent, &reasons).into_response())
}

async fn attempt(state: &AppState, wanted: Sample, base: String) -> ApiResult<Sent> {
    let Sample { customer, topic } = wanted;
    let work = state.clone();
    let (sent, letter) = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            let topic = work.config.catalogue.topic(topic.as_str());
            let owner = customers::by_address(tx, &customer)?;
            let (Some(topic), Some(owner)) = (topic, owner) else {
                return Err(ApiError::not_found());
            };
            let reach = ask(tx, &work, &owner, topic)?;
            let point = reach.contact_point_id.clone();
            let mail = match (&reach.answer, point) {
                (ReachAnswer::Yes | ReachAnswer::Later, Some(point)) => {
                    mail(tx, &work, &owner, topic, &point, &base)?
                }
                _ => None,
            };
            let sent = Sent {
                sent: mail.is_some(),
                reach,
            };
            Ok((sent, mail))
        })
        .await?;
    if let Some(mail) = letter {
        state
            .mailer
            .send(compose_topic(&state.config.company, &mail));
    }
    Ok(sent)
}

fn ask(
    db: &Connection,
    state: &AppState,
    customer: &CustomerId,
    topic: &Topic,
) -> Result<Reach, StoreError> {
    let now = state.clock.now();
    let stored = preferences::load(db, customer)?;
    let around = Surroundings::read(db, &state.config, customer, now)?;
    let catalogue = &state.config.catalogue;
    Ok(reach(
        catalogue,
        &stored.settings,
        &around,
        topic,
        &Channel::Email,
        now,
    ))
}

/// The mail to this contact point; none when it is gone.
fn mail(
    tx: &Connection,
    state: &AppState,
    customer: &CustomerId,
    topic: &Topic,
    point: &ContactPointId,
    base: &str,
) -> Result<Option<TopicMail>, StoreError> {
    let found: Option<(String, Option<String>)> = tx
        .prepare_cached(
            "SELECT p.value, c.locale FROM contact_points AS p JOIN customers AS c ON c.id = p.customer_id
              WHERE p.id = ?1 AND p.customer_id = ?2",
        )?
        .query_row(params![point.as_str(), customer], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((to, locale)) = found else {
        return Ok(None);
    };
    let is_optional = !topic.required.contains(&Channel::Email);
    let links = is_optional
        .then(|| {
            let now = state.clock.now();
            let topics = [topic.id.clone()];
            let binding = links::bind(tx, customer, point, &topics, now)?;
            Ok::<_, StoreError>(links::issue(&state.secrets, base, binding, now))
        })
        .transpose()?;
    Ok(Some(TopicMail {
        to,
        topic: topic.text.get(locale.as_deref()).label.clone(),
        locale,
        links,
    }))
}

/// Where customers reach the portal: as the configuration says, or as this request came.
fn base(state: &AppState, headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|value| value.to_str().ok());
    state
        .config
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{}", host.unwrap_or("localhost")))
}
