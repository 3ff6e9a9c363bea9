//! What is sent to a contact point comes back, or arrives again.

use crate::contact_points::{acts::Scene, owner, set_deliverability};
use crate::http::state::{AppState, Change};
use crate::http::{ApiError, ApiResult, Body};
use crate::preferences::history::Author;
use axum::extract::State;
use axum::http::StatusCode;
use portal_contract::ContactPointId;
use portal_contract::contact_point::{DeliverabilityReason, DeliverabilityState};
use portal_contract::preference_history::ChangeRoute;
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Arrives {
    contact_point_id: ContactPointId,
    /// `ok`, `bouncing` or `blocked`.
    state: DeliverabilityState,
    reason: Option<DeliverabilityReason>,
}

/// The company's systems note whether what is sent there arrives; open pages hear of it.
pub(super) async fn note(
    State(state): State<AppState>,
    body: Body<Arrives>,
) -> ApiResult<StatusCode> {
    let Arrives {
        contact_point_id: id,
        state: arrives,
        reason,
    } = body.value;
    let (catalogue, now) = (state.config.catalogue.clone(), state.clock.now());
    let customer = state
        .store
        .transact::<_, ApiError, _>(move |tx| {
            let customer = owner(tx, &id)?.ok_or_else(ApiError::not_found)?;
            let scene = Scene {
                customer: customer.clone(),
                session: None,
                locale: None,
                time_zone: None,
                author: Author::nobody(ChangeRoute::System),
                catalogue,
                now,
            };
            set_deliverability(tx, &scene, &id, &arrives, reason.as_ref())?;
            Ok(customer)
        })
        .await?;
    state.changes.tell(Change::Data(customer));
    Ok(StatusCode::NO_CONTENT)
}
