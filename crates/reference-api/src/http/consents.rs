//! Routes of purposes and what was decided about them.

use super::extract::{Body, CurrentCustomer};
use super::idempotency::{Outcome, once};
use super::state::Change;
use super::{ApiError, ApiResult, AppState, IdempotencyKeyHeader};
use crate::consents::{self, Refused, Ruling, Who, Wish};
use crate::http::{List, PathIds, Query};
use crate::preferences::history::Author;
use crate::store::StoreError;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use portal_contract::consent::{Consent, ConsentRecord, Decision, NewDecision, Purpose};
use portal_contract::interaction::Action;
use portal_contract::preference_history::ChangeRoute;
use portal_contract::session::Scope;
use portal_contract::{ConsentRecordId, FieldCode, Page, PurposeId, endpoints};

/// The longest language tag and name of a notice that are kept, in bytes.
const LONGEST_TAG: usize = 35;
const LONGEST_VERSION: usize = 128;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::PURPOSES, get(purposes))
        .route(endpoints::CONSENTS, get(list))
        .route(endpoints::CONSENT_DECISIONS, post(decide))
        .route(endpoints::CONSENT_RECORDS, get(records))
        .route(endpoints::CONSENT_RECEIPT, get(receipt))
}

async fn purposes(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<Purpose>>> {
    customer.require(&Scope::ConsentsRead)?;
    let config = &state.config;
    let purposes = consents::describe_purposes(
        &config.purposes,
        customer.locale.as_deref(),
        &config.company.locales,
    );
    let list = List::new(&state, &customer.id, ["purposes"]);
    Ok(Json(list.page_of_all(purposes, &query)?))
}

async fn list(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    query: Query,
) -> ApiResult<Json<Page<Consent>>> {
    customer.require(&Scope::ConsentsRead)?;
    let (config, now) = (state.config.clone(), state.clock.now());
    let id = customer.id.clone();
    let consents = state
        .store
        .read(move |db| consents::consents(db, &config.purposes, &id, now))
        .await?;
    let list = List::new(&state, &customer.id, ["consents"]);
    Ok(Json(list.page_of_all(consents, &query)?))
}

async fn decide(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    ids: PathIds,
    body: Body<NewDecision>,
) -> ApiResult<Response> {
    customer.require(&Scope::ConsentsWrite)?;
    let wish = wish(ids.get("purpose_id")?, body.value, &customer)?;
    let who = Who {
        customer: customer.id.clone(),
        mark: consents::mark(&state.secrets, &customer.id),
        author: Author::customer(ChangeRoute::Portal, &customer.display_name),
    };
    let (config, now) = (state.config.clone(), state.clock.now());
    let answer = once(&state, &customer, key, body.fingerprint, move |tx| {
        let usual = &config.company.locales;
        match consents::decide(tx, &config.purposes, usual, &who, wish, now)? {
            Ruling::Recorded(record) => Ok(Outcome::json(StatusCode::CREATED, &record)),
            Ruling::Standing(record) => Ok(Outcome::json(StatusCode::OK, &record)),
            Ruling::Refused(refused) => Err(refusal(refused)),
        }
    })
    .await?;
    state.changes.tell(Change::Data(customer.id));
    Ok(answer)
}

fn wish(purpose: PurposeId, told: NewDecision, customer: &CurrentCustomer) -> ApiResult<Wish> {
    let is_tag = |tag: &String| {
        (2..=LONGEST_TAG).contains(&tag.len())
            && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if told.language.as_ref().is_some_and(|tag| !is_tag(tag)) {
        let detail = "a BCP 47 tag, such as en-GB";
        return Err(ApiError::field(
            "/language",
            FieldCode::InvalidFormat,
            detail,
            None,
        ));
    }
    if told.notice_version.len() > LONGEST_VERSION {
        return Err(ApiError::field(
            "/notice_version",
            FieldCode::TooLong,
            "the name of a notice is not that long",
            Some(LONGEST_VERSION as u64),
        ));
    }
    Ok(Wish {
        purpose,
        decision: told.decision,
        notice_version: told.notice_version,
        language: told.language.or_else(|| customer.locale.clone()),
    })
}

fn refusal(refused: Refused) -> ApiError {
    let words = |allowed: Vec<Decision>| {
        let word = |decision: Decision| Action::from(decision.as_str());
        allowed.into_iter().map(word).collect()
    };
    match refused {
        Refused::NoSuchPurpose => ApiError::not_found(),
        Refused::NoSuchNotice => ApiError::field(
            "/notice_version",
            FieldCode::Unknown,
            "there never was such a version of the notice",
            None,
        ),
        Refused::NotDecidable(allowed) => {
            ApiError::invalid_state(words(allowed)).reason("not_decidable")
        }
        Refused::NoticeChanged(allowed) => {
            ApiError::invalid_state(words(allowed)).reason("notice_changed")
        }
    }
}

async fn records(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
    query: Query,
) -> ApiResult<Json<Page<ConsentRecord>>> {
    customer.require(&Scope::ConsentsRead)?;
    let purpose: PurposeId = ids.get("purpose_id")?;
    let limit = query.limit()?;
    if state.config.purposes.find(&purpose).is_none() {
        return Err(ApiError::not_found());
    }
    let (owner, name) = (customer.id.clone(), purpose.clone());
    let list = List::new(&state, &owner, ["consent records", name.as_str()]);
    let after = list.after(&query)?;
    let page = state
        .store
        .read(move |db| consents::records_page(db, &customer.id, &purpose, after, limit))
        .await?;
    Ok(Json(list.page(page)))
}

/// The receipt, as a file to keep: the bytes that were written with the decision.
async fn receipt(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Response> {
    customer.require(&Scope::ConsentsRead)?;
    let purpose: PurposeId = ids.get("purpose_id")?;
    let record: ConsentRecordId = ids.get("record_id")?;
    let name = format!("attachment; filename=\"receipt-{record}.json\"");
    let bytes = state
        .store
        .read(move |db| consents::receipt_of(db, &customer.id, &purpose, &record))
        .await?
        .ok_or_else(ApiError::not_found)?;
    let disposition = HeaderValue::try_from(name)
        .map_err(|_| StoreError::Corrupt("the id of a decision".to_owned()))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(test)]
mod tests;
