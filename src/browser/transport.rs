//! Requests by `fetch`; uploads by `XMLHttpRequest`, which alone tells how far a body has gone out.

mod upload;

use super::files::Upload;
use super::{boot, clock, json, network, page, uuid};
use gloo_net::http::Response as Answer;
use portal_client::{Body, Method, RESPONSE_HEADERS, Request, Response, Transport, TransportError};
use portal_contract::{IdempotencyKey, Json};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCredentials, RequestInit};

/// The browser's network.
pub struct BrowserTransport {
    /// The API's origin; empty for the portal's own.
    base: String,
}

impl BrowserTransport {
    /// A transport to the API at `base` (`https://api.example.com`), or to the portal's own origin when that is empty.
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    /// The whole address of a path of the API, for what the browser itself loads: a file, a picture, a frame.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        [&self.base, path].concat()
    }

    async fn fetch(&self, request: &Request<Upload>) -> Result<Response, TransportError> {
        // What boot asked for was asked in the name of the session.
        if !request.bears()
            && let Some(answer) = early(request).await
        {
            return read(answer).await;
        }
        let aborted = AbortOnDrop::new();
        let options = RequestInit::new();
        options.set_method(request.method.as_str());
        options.set_credentials(if request.bears() {
            RequestCredentials::Omit
        } else {
            self.credentials()
        });
        options.set_signal(aborted.signal().as_ref());
        match &request.body {
            Body::Json(body) => options.set_body(&body.as_str().into()),
            // An upload goes by its own way.
            Body::Empty | Body::Upload(_) => {}
        }
        let sending =
            web_sys::Request::new_with_str_and_init(&self.address(&request.path), &options)
                .map_err(|_| TransportError::Interrupted)?;
        for (name, value) in &request.headers {
            let _ = sending.headers().set(name, value);
        }
        // What the company wrote comes in the language of the page.
        let language = page::language();
        let _ = sending.headers().set("accept-language", &language);
        let answer = boot::send(&sending).ok_or(TransportError::Interrupted)?;
        let answer = JsFuture::from(answer).await.map_err(|_| why())?;
        read(answer.unchecked_into::<web_sys::Response>().into()).await
    }

    /// Cookies go to the portal's own origin, or to the API that the company configured; nowhere else.
    fn credentials(&self) -> RequestCredentials {
        if self.base.is_empty() {
            RequestCredentials::SameOrigin
        } else {
            RequestCredentials::Include
        }
    }
}

/// The answer that boot asked for already. Only a good one counts: a refusal may be of before the customer signed in.
async fn early(request: &Request<Upload>) -> Option<Answer> {
    let promise = boot::take(request.method.as_str(), &request.path)?;
    let answer: web_sys::Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    answer.ok().then(|| answer.into())
}

async fn read(answer: Answer) -> Result<Response, TransportError> {
    let headers = answer.headers();
    let headers = RESPONSE_HEADERS
        .into_iter()
        .filter_map(|name| Some((name, headers.get(name)?)))
        .collect();
    let status = answer.status();
    let text = answer.text().await.map_err(|_| why())?;
    Ok(Response {
        status,
        headers,
        text,
    })
}

/// Why nothing came: the browser itself says only that it failed.
fn why() -> TransportError {
    if network::is_online() {
        TransportError::Interrupted
    } else {
        TransportError::Offline
    }
}

/// Gives the request up when nobody waits for it any more.
struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }

    fn signal(&self) -> Option<web_sys::AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Transport for BrowserTransport {
    type Upload = Upload;

    async fn send(&self, request: &Request<Upload>) -> Result<Response, TransportError> {
        match &request.body {
            Body::Upload(file) => {
                upload::send(
                    &self.address(&request.path),
                    !self.base.is_empty(),
                    request,
                    file,
                )
                .await
            }
            Body::Empty | Body::Json(_) => self.fetch(request).await,
        }
    }

    async fn sleep(&self, duration: Duration) {
        clock::sleep(duration).await;
    }

    async fn ready(&self) {
        network::ready().await;
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }

    fn new_key(&self) -> IdempotencyKey {
        uuid::random()
    }

    fn parse(&self, text: &str) -> Option<Json> {
        json::parse(text)
    }

    fn write(&self, json: &Json) -> String {
        json::write(json)
    }
}

/// The text of one of the portal's own files, by its address; `None` when it could not be had.
pub async fn file(path: &str) -> Option<String> {
    let request = Request {
        method: Method::Get,
        path: path.to_owned(),
        headers: Vec::new(),
        body: Body::Empty,
        progress: None,
    };
    let answer = BrowserTransport::new("").fetch(&request).await.ok()?;
    (answer.status == 200).then_some(answer.text)
}
