//! Somebody else than the customer changes their preferences.

use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult, Body};
use crate::preferences::apply::{Refused, apply};
use crate::preferences::history::Author;
use crate::store::customers;
use axum::extract::State;
use axum::http::StatusCode;
use portal_contract::interaction::{Participant, Role};
use portal_contract::preference_history::ChangeRoute;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
pub(super) struct ChangeFor {
    /// An address that the customer signs in with.
    customer: String,
    /// A person of the company; without one, a system did it by itself.
    by: Option<String>,
    /// What `PATCH /v1/preferences` takes.
    patch: Map<String, Value>,
}

/// A person or a system of the company changes a customer's preferences; open pages hear of it.
pub(super) async fn change(
    State(state): State<AppState>,
    body: Body<ChangeFor>,
) -> ApiResult<StatusCode> {
    let ChangeFor {
        customer: address,
        by,
        patch,
    } = body.value;
    let author = author(by);
    let (config, now) = (state.config.clone(), state.clock.now());
    let customer = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            let customer = customers::by_address(tx, &address)?.ok_or_else(ApiError::not_found)?;
            apply(tx, &config, &customer, &author, &patch, now)?;
            Ok(customer)
        })
        .await?;
    state.changes.tell(Change::Data(customer));
    Ok(StatusCode::NO_CONTENT)
}

fn author(by: Option<String>) -> Author {
    match by {
        None => Author::nobody(ChangeRoute::System),
        Some(display_name) => Author {
            route: ChangeRoute::Agent,
            actor: Some(Participant {
                role: Role::Agent,
                display_name,
            }),
        },
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Fields(errors) => Self::validation(errors),
            Refused::Store(error) => error.into(),
        }
    }
}
