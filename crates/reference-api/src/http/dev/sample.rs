//! A sample of a topic's mail, so that its links can be tried: sent when it would reach the customer, and not otherwise. What would
//! come later (a digest, after quiet hours) comes now, so that nobody who tries it has to wait.

use super::pages;
use crate::http::extract::media_type;
use crate::http::{ApiError, ApiResult, AppState, Body};
use crate::letters::Letters;
use crate::mail::{TopicMatter, compose_topic};
use crate::store::customers;
use axum::extract::{FromRequest, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use portal_contract::PreferenceTopicId;
use portal_contract::reach::{Reach, ReachAnswer};
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
            let letters = Letters {
                state: &work,
                base: &base,
            };
            let reach = letters.reach(tx, &owner, topic)?;
            let mail = match reach.answer {
                ReachAnswer::Yes | ReachAnswer::Later => {
                    letters.write(tx, &owner, topic, &reach, TopicMatter::Sample)?
                }
                ReachAnswer::No | ReachAnswer::Other(_) => None,
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

/// Where customers reach the portal: as the configuration says, or as this request came.
pub(super) fn base(state: &AppState, headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|value| value.to_str().ok());
    state
        .config
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{}", host.unwrap_or("localhost")))
}
