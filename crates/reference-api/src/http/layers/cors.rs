//! Which other origins may call the API from a browser: none, unless the configuration names some.

use crate::config::Config;
use axum::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_MATCH, RETRY_AFTER,
};
use axum::http::{HeaderName, HeaderValue, Method};
use portal_contract::endpoints::{
    CSRF_HEADER, IDEMPOTENCY_HEADER, REPLAYED_HEADER, REQUEST_ID_HEADER,
};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

pub(super) fn of(config: &Config) -> Option<CorsLayer> {
    let origins: Vec<HeaderValue> = config
        .allowed_origins
        .iter()
        .filter_map(|origin| HeaderValue::from_str(origin).ok())
        .collect();
    if origins.is_empty() {
        return None;
    }
    let sent = [CSRF_HEADER, IDEMPOTENCY_HEADER, REQUEST_ID_HEADER].map(HeaderName::from_static);
    let read = [REPLAYED_HEADER, REQUEST_ID_HEADER].map(HeaderName::from_static);
    Some(
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(origins))
            .allow_credentials(true)
            .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
            .allow_headers(
                [ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_MATCH]
                    .into_iter()
                    .chain(sent)
                    .collect::<Vec<_>>(),
            )
            .expose_headers(
                [CONTENT_DISPOSITION, ETAG, RETRY_AFTER]
                    .into_iter()
                    .chain(read)
                    .collect::<Vec<_>>(),
            )
            .max_age(Duration::from_secs(600)),
    )
}
