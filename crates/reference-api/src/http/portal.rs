//! The built portal: files as they are, and `index.html` for every address of a screen.

mod files;
mod headers;

use super::error::{not_found, wrong_method};
use crate::config::Config;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use files::{Coding, File, Target};
use std::path::PathBuf;
use std::sync::Arc;

/// A name that holds its content's digest: whoever has it never needs to ask again.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The address names the content, the file does not: a company's own may take its place without a build.
const A_WEEK: HeaderValue = HeaderValue::from_static("public, max-age=604800");
/// Kept, and asked about each time.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// Where the portal lies, and what it says with every answer.
#[derive(Clone)]
pub(super) struct Portal {
    folder: Arc<PathBuf>,
    headers: Arc<headers::Headers>,
}

impl Portal {
    /// The portal of this configuration, if it serves one.
    pub(super) fn of(config: &Config) -> Option<Self> {
        let folder = Arc::new(config.portal.clone()?);
        Some(Self {
            folder,
            headers: Arc::new(headers::Headers::of(config)),
        })
    }
}

/// Answers every request that is none of the API's.
pub(super) async fn serve(State(portal): State<Portal>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = if matches!(*request.method(), Method::GET | Method::HEAD) {
        let is_versioned = is_version(request.uri().query());
        answer(
            &portal,
            &path,
            is_versioned,
            request.method(),
            request.headers(),
        )
        .await
    } else {
        wrong_method().await.into_response()
    };
    portal.headers.add(&path, response.headers_mut());
    response
}

/// Whether an address names what the file has in it: `/icons.svg?0123abcd`.
fn is_version(query: Option<&str>) -> bool {
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    query.is_some_and(|query| query.len() == 8 && query.bytes().all(is_digit))
}

async fn answer(
    portal: &Portal,
    path: &str,
    is_versioned: bool,
    method: &Method,
    headers: &HeaderMap,
) -> Response {
    let Some(target) = Target::of(path) else {
        return missing().await;
    };
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    match files::read(&portal.folder, &target, accepted).await {
        Some(file) => present(&target, is_versioned, file, method, headers),
        None => missing().await,
    }
}

/// A missing asset is missing. `index.html` in its place would be run as a script, or kept as a picture, after a deploy.
async fn missing() -> Response {
    let mut response = not_found().await.into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn present(
    target: &Target,
    is_versioned: bool,
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
    headers.insert(
        CACHE_CONTROL,
        if target.is_hashed() {
            FOREVER
        } else if is_versioned && target.is_picture() {
            A_WEEK
        } else {
            ASK
        },
    );
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
