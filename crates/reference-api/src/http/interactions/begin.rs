//! Beginning an interaction, and those that may be about the same matter already.

use super::whole;
use crate::http::Query;
use crate::http::contact::topic;
use crate::http::state::Change;
use crate::http::{
    ApiError, ApiResult, AppState, Body, CurrentCustomer, IdempotencyKeyHeader, Outcome, once,
};
use crate::interactions::Beginning;
use crate::store::{interactions, search};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use portal_contract::FieldCode;
use portal_contract::session::Scope;
use portal_contract::starting::{MAX_SUBJECT_CHARACTERS, NewInteraction, SimilarInteractions};

pub(super) async fn begin(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    body: Body<NewInteraction>,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    let Body {
        value: new,
        fingerprint,
    } = body;
    let (viewer, name) = (customer.viewer(), customer.display_name.clone());
    let (config, now) = (state.config.clone(), state.clock.now());
    let answer = once(&state, &customer, key, fingerprint, move |tx| {
        let beginning = Beginning {
            viewer: &viewer,
            name: &name,
            config: &config,
            now,
        };
        let seq = beginning.begin(tx, &new)?;
        let interaction = whole(tx, &config, &viewer, seq, now)?;
        Ok(Outcome::json(StatusCode::CREATED, &interaction).etag(&interaction.etag))
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}

pub(super) async fn similar(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<SimilarInteractions>> {
    customer.require(&Scope::InteractionsRead)?;
    let topic = topic(&state, &query)?;
    let subject = query.get("subject").unwrap_or_default().to_owned();
    if subject.chars().count() > MAX_SUBJECT_CHARACTERS {
        let limit = Some(MAX_SUBJECT_CHARACTERS as u64);
        let detail = "too many characters";
        return Err(ApiError::field(
            "?subject",
            FieldCode::TooLong,
            detail,
            limit,
        ));
    }
    let (viewer, now) = (customer.viewer(), state.clock.now());
    let items = state
        .store
        .read(move |db| {
            let found = search::similar(db, &viewer.customer, &subject, topic.as_ref(), now)?;
            interactions::summaries(db, &viewer, found)
        })
        .await?;
    Ok(Json(SimilarInteractions { items }))
}

#[cfg(test)]
mod tests;
