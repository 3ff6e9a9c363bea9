//! What handlers take from an address.

use crate::http::{ApiError, ApiResult, AppState};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use portal_contract::ids::InvalidId;
use portal_contract::page::{DEFAULT_LIMIT, MAX_LIMIT};
use portal_contract::{FieldCode, InteractionId};

/// The ids of an address, by their names in its template. An address that holds no id names nothing: it answers as what does
/// not exist, whether it is signed for or not.
#[derive(Clone, Debug)]
pub(crate) struct PathIds(Vec<(String, String)>);

impl FromRequestParts<AppState> for PathIds {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let ids = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::not_found())?;
        Ok(Self(
            ids.iter()
                .map(|(name, id)| (name.to_owned(), id.to_owned()))
                .collect(),
        ))
    }
}

impl PathIds {
    /// The id of this name.
    ///
    /// # Errors
    /// `not-found` when the text there is no id.
    pub(crate) fn get<T: TryFrom<String, Error = InvalidId>>(&self, name: &str) -> ApiResult<T> {
        let raw = self
            .0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, id)| id.clone());
        raw.and_then(|raw| T::try_from(raw).ok())
            .ok_or_else(ApiError::not_found)
    }

    /// The id of the interaction.
    ///
    /// # Errors
    /// `not-found` when the text there is no id.
    pub(crate) fn interaction(&self) -> ApiResult<InteractionId> {
        self.get("id")
    }
}

/// The decoded pairs of an address's query.
pub(crate) struct Query(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        axum::extract::Query::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(pairs)| Self(pairs))
            .map_err(|_| ApiError::malformed("the query cannot be read"))
    }
}

impl Query {
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The last value of this name that is not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs()
            .filter(|(known, value)| *known == name && !value.is_empty())
            .last()
            .map(|(_, value)| value)
    }

    /// How many items a page is to hold, at most [`MAX_LIMIT`].
    ///
    /// # Errors
    /// `validation` with `?limit` when it is no number above 0.
    pub(crate) fn limit(&self) -> ApiResult<usize> {
        let limit = self.number("limit", DEFAULT_LIMIT)?;
        if limit == 0 {
            return Err(not_a_number("limit"));
        }
        Ok(usize::try_from(limit.min(MAX_LIMIT)).expect("a hundred is a usize"))
    }

    /// A whole number, or what stands for it when it is not given.
    ///
    /// # Errors
    /// `validation` with `?name` when it is no whole number.
    pub(crate) fn number(&self, name: &str, absent: u64) -> ApiResult<u64> {
        self.get(name).map_or(Ok(absent), |raw| {
            raw.parse().map_err(|_| not_a_number(name))
        })
    }
}

fn not_a_number(name: &str) -> ApiError {
    ApiError::field(
        &format!("?{name}"),
        FieldCode::InvalidFormat,
        "a whole number above 0",
        None,
    )
}
