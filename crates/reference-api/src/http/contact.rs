//! Routes of getting in touch: the ways, and when the company can call.

#[cfg(test)]
mod tests;

use super::{ApiError, ApiResult, AppState, CurrentCustomer};
use crate::contact::{Visitor, callbacks, options};
use crate::http::{PathIds, Query};
use crate::store::time::Moment;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use portal_contract::callback::{CallbackSlots, MAX_SLOT_DAYS};
use portal_contract::contact::ContactOptions;
use portal_contract::session::Scope;
use portal_contract::{ContactOptionId, FieldCode, Timestamp, TopicId, endpoints};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::CONTACT_OPTIONS, get(list))
        .route(endpoints::CALLBACK_SLOTS, get(slots))
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<ContactOptions>> {
    customer.require(&Scope::InteractionsRead)?;
    let topic = topic(&state, &query)?;
    let (config, now) = (state.config.clone(), state.clock.now());
    let ways = state
        .store
        .read(move |db| {
            let visitor = Visitor::read(db, &config, &customer.id)?;
            let usual = &config.company.locales;
            options(db, &config.ways, usual, &visitor, topic.as_ref(), now)
        })
        .await?;
    Ok(Json(ways))
}

/// The topic that is asked about; it is one of those on offer.
pub(super) fn topic(state: &AppState, query: &Query) -> ApiResult<Option<TopicId>> {
    let Some(raw) = query.get("topic") else {
        return Ok(None);
    };
    let known = raw.parse().ok();
    let known = known.filter(|id| state.config.ways.topic(id).is_some());
    known.map(Some).ok_or_else(|| {
        let detail = "one of the topics of /v1/contact-options";
        ApiError::field("?topic", FieldCode::Unknown, detail, None)
    })
}

async fn slots(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<CallbackSlots>> {
    customer.require(&Scope::InteractionsRead)?;
    let id: ContactOptionId = ids.get("option_id")?;
    let config = state.config.clone();
    let way = config.ways.find(&id).ok_or_else(ApiError::not_found)?;
    let (Some(hours), Some(booking)) = (&way.hours, &way.booking) else {
        return Err(ApiError::not_found());
    };
    let now = state.clock.now();
    let until = booking.until(hours, now);
    let (from, to) = asked(&query, now, until)?;
    let answer = CallbackSlots {
        option_id: id.clone(),
        time_zone: hours.zone_name.clone(),
        slots: Vec::new(),
        until: until.to_timestamp(),
    };
    let config = config.clone();
    let slots = state
        .store
        .read(move |db| match config.ways.find(&id) {
            Some(way) if !crate::contact::now::is_closed(db, &id, now)? => {
                callbacks::free(db, way, now, from, to)
            }
            _ => Ok(Vec::new()),
        })
        .await?;
    Ok(Json(CallbackSlots { slots, ..answer }))
}

/// From when to when slots are asked for.
fn asked(query: &Query, now: Moment, until: Moment) -> ApiResult<(Moment, Moment)> {
    let from = moment(query, "from")?.unwrap_or(now);
    let to = moment(query, "to")?.unwrap_or(until.max(from));
    let refused = |code, detail: &str, limit| Err(ApiError::field("?to", code, detail, limit));
    if to < from {
        return refused(
            FieldCode::InvalidFormat,
            "\"to\" is not before \"from\"",
            None,
        );
    }
    if from.plus_seconds(MAX_SLOT_DAYS * 24 * 60 * 60) < to {
        let limit = u64::try_from(MAX_SLOT_DAYS).ok();
        return refused(FieldCode::TooMany, "too many days at once", limit);
    }
    Ok((from, to))
}

fn moment(query: &Query, name: &str) -> ApiResult<Option<Moment>> {
    let Some(raw) = query.get(name) else {
        return Ok(None);
    };
    let told = raw.parse::<Timestamp>().ok();
    let moment = told.and_then(|told| Moment::from_timestamp(&told));
    moment.map(Some).ok_or_else(|| {
        let detail = "a UTC moment, such as 2026-03-04T05:06:07Z";
        ApiError::field(&format!("?{name}"), FieldCode::InvalidFormat, detail, None)
    })
}
