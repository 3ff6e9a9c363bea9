//! The built portal: files as they are, and `index.html` for every address of a screen.

mod files;
mod headers;

use super::error::{not_found, wrong_method};
use crate::config::Config;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use files::{Coding, File, Target};
use portal_serving::Keeping;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the portal lies, and what it says with every answer.
#[derive(Clone)]
pub(super) struct Portal {
    folder: Arc<PathBuf>,
    /// Below which path it stands, without the slash at its end.
    base: Arc<str>,
    headers: Arc<headers::Headers>,
}

impl Portal {
    /// The portal of this configuration, if it serves one.
    pub(super) fn of(config: &Config) -> Option<Self> {
        let folder = Arc::new(config.portal.clone()?);
        Some(Self {
            folder,
            base: config.portal_base().into(),
            headers: Arc::new(headers::Headers::of(config)),
        })
    }
}

/// Answers every request that is none of the API's.
pub(super) async fn serve(State(portal): State<Portal>, request: Request) -> Response {
    // The body is of no interest, and cannot be looked at from several threads.
    let (request, _) = request.into_parts();
    let whole = request.uri.path();
    let path = whole.strip_prefix(&*portal.base);
    let path = path.filter(|path| path.is_empty() || path.starts_with('/'));
    let is_reading = matches!(request.method, Method::GET | Method::HEAD);
    let mut response = match path {
        _ if !is_reading => wrong_method().await.into_response(),
        Some(path) if !path.is_empty() => answer(&portal, path, &request).await,
        // The folder without its slash, and the root of the origin, which is nobody else's here.
        Some(_) => to_the_folder(&portal.base, request.uri.query()),
        None if whole == "/" => to_the_folder(&portal.base, request.uri.query()),
        None => missing().await,
    };
    portal
        .headers
        .add(path.unwrap_or_default(), response.headers_mut());
    response
}

fn to_the_folder(base: &str, query: Option<&str>) -> Response {
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    Redirect::permanent(&format!("{base}/{query}")).into_response()
}

async fn answer(portal: &Portal, path: &str, request: &Parts) -> Response {
    let Some(target) = Target::of(path) else {
        return missing().await;
    };
    let (method, headers) = (&request.method, &request.headers);
    let keeping = Keeping::of(target.name(), request.uri.query());
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    match files::read(&portal.folder, &target, accepted).await {
        Some(file) => present(&target, keeping, file, method, headers),
        None => missing().await,
    }
}

/// A missing asset is missing. `index.html` in its place would be run as a script, or kept as a picture, after a deploy.
async fn missing() -> Response {
    let mut response = not_found().await.into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, kept(Keeping::Never));
    response
}

fn kept(keeping: Keeping) -> HeaderValue {
    HeaderValue::from_static(keeping.header())
}

fn present(
    target: &Target,
    keeping: Keeping,
    file: File,
    method: &Method,
    asked: &HeaderMap,
) -> Response {
    let etag = file.etag();
    let known = asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|given| given.trim().trim_start_matches("W/") == etag || given.trim() == "*");
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        whole(target, &file, method)
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, kept(keeping));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        ETAG,
        HeaderValue::try_from(etag).expect("an etag is quoted hexadecimal digits"),
    );
    response
}

fn whole(target: &Target, file: &File, method: &Method) -> Response {
    use axum::body::Body;
    use axum::http::header::CONTENT_LENGTH;
    let length = file.bytes.len();
    // The answer to HEAD has the headers of GET, its length included.
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        Body::from(file.bytes.clone())
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(CONTENT_TYPE, target.media_type());
    match file.coding {
        Coding::Identity => {}
        Coding::Brotli => drop(headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"))),
        Coding::Gzip => drop(headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"))),
    }
    response
}

#[cfg(test)]
mod tests;
