//! The one place where a call is tried, tried again and given up. It knows JSON values, never a type of the contract,
//! so that it stands in the bundle once.

use crate::error::{ApiError, Garbled, request_id};
use crate::transport::{Body, Method, Request, Response, Transport};
use portal_contract::Json;
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// How long a customer waits for an answer, retries included.
pub const CALL_LIMIT: Duration = Duration::from_secs(15);

/// How long an upload may take, retries included: a large file on a slow line is slow, not broken.
pub const UPLOAD_LIMIT: Duration = Duration::from_secs(600);

/// How often a call is tried again after its first attempt.
pub const RETRIES: u32 = 3;

/// The ceiling of the first pause, in milliseconds; it doubles with each further one.
const FIRST_PAUSE: u32 = 300;

/// No ceiling of a pause is higher, in milliseconds.
const LONGEST_PAUSE: u32 = 5_000;

/// A request, and what may be done about its failing.
pub(crate) struct Call<U> {
    pub(crate) request: Request<U>,
    /// Whether sending it twice does no more than sending it once.
    pub(crate) repeatable: bool,
    /// When it is given up.
    pub(crate) limit: Duration,
}

/// What a call gave.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    /// The body; `null` where none was due.
    pub(crate) json: Json,
    /// What to quote to the company's engineers.
    pub(crate) request_id: Option<String>,
}

/// Sends until there is an answer, a failure that no repetition mends, or no time left.
pub(crate) async fn run<T: Transport>(
    transport: &T,
    call: &Call<T::Upload>,
) -> Result<Answer, ApiError> {
    let pausing = RefCell::new(None);
    let mut work = pin!(attempts(transport, call, &pausing));
    let mut limit = pin!(transport.sleep(call.limit));
    let outcome = poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await;
    // A call that ran out of time between two attempts says why the last one failed; that says more than the clock.
    outcome.unwrap_or_else(|| Err(pausing.take().unwrap_or(ApiError::TimedOut)))
}

async fn attempts<T: Transport>(
    transport: &T,
    call: &Call<T::Upload>,
    pausing: &RefCell<Option<ApiError>>,
) -> Result<Answer, ApiError> {
    let mut paused = Duration::ZERO;
    let mut retry = 0;
    loop {
        let error = match attempt(transport, &call.request).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let pause = pause_before(retry, &error, transport.random());
        paused += pause;
        if !call.repeatable
            || !error.worth_another_try()
            || retry == RETRIES
            || paused >= call.limit
        {
            return Err(error);
        }
        pausing.replace(Some(error));
        transport.sleep(pause).await;
        transport.ready().await;
        pausing.replace(None);
        retry += 1;
    }
}

/// Full jitter: anything from nothing to a ceiling that doubles. What the server asked for comes on top, so that all who
/// were turned away at once do not come back at once.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a fraction of at most 5,000"
)]
fn pause_before(retry: u32, error: &ApiError, random: f64) -> Duration {
    let ceiling = (FIRST_PAUSE << retry).min(LONGEST_PAUSE);
    let jitter = Duration::from_millis((f64::from(ceiling) * random) as u64);
    error
        .retry_after()
        .unwrap_or_default()
        .saturating_add(jitter)
}

async fn attempt<T: Transport>(
    transport: &T,
    request: &Request<T::Upload>,
) -> Result<Answer, ApiError> {
    let response = transport.send(request).await?;
    let json = transport.parse(&response.text);
    read(request.method, &response, json)
}

fn read(method: Method, response: &Response, json: Option<Json>) -> Result<Answer, ApiError> {
    if !(200..300).contains(&response.status) {
        return Err(ApiError::from_refusal(
            response,
            &json.unwrap_or(Json::Null),
        ));
    }
    let request_id = request_id(response, &Json::Null);
    match json {
        Some(json) => Ok(Answer { json, request_id }),
        None if response.status == 204 || method == Method::Delete => Ok(Answer {
            json: Json::Null,
            request_id,
        }),
        None => Err(ApiError::Garbled {
            what: Garbled::NotJson,
            request_id,
        }),
    }
}

impl<U> Call<U> {
    /// A call that changes nothing, or for whose repetition the contract vouches.
    pub(crate) fn new(method: Method, path: String) -> Self {
        use portal_contract::endpoints::CSRF_HEADER;
        let headers = vec![
            (
                "accept",
                "application/json, application/problem+json".to_owned(),
            ),
            (CSRF_HEADER, "1".to_owned()),
        ];
        Self {
            repeatable: matches!(method, Method::Get | Method::Delete),
            limit: CALL_LIMIT,
            request: Request {
                method,
                path,
                headers,
                body: Body::Empty,
                progress: None,
            },
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: String) -> Self {
        self.request.headers.push((name, value));
        self
    }

    pub(crate) fn body(mut self, media_type: &str, body: Body<U>) -> Self {
        self.request.body = body;
        self.header("content-type", media_type.to_owned())
    }
}

#[cfg(test)]
mod tests;
