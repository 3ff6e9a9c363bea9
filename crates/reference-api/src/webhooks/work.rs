//! Delivering: one endpoint beside the other, and to each one message after the other.

use super::client::{self, Answer, Failure};
use super::endpoint::Endpoint;
use super::message::Message;
use super::outbox::{self, Vain, Waiting};
use super::signature::signatures;
use crate::http::AppState;
use crate::store::StoreError;
use crate::store::time::Moment;
use std::time::Duration;

/// How often it is looked for what waits.
const EVERY: Duration = Duration::from_secs(1);

/// After how many seconds an attempt in vain is followed by the next; the last one stays.
const PAUSES: [i64; 9] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800];

/// The longest that a receiver can put an attempt off: a day.
const LONGEST_SECONDS: i64 = 24 * 60 * 60;

/// Delivers until the server goes down.
pub async fn run(state: AppState) {
    let mut all = tokio::task::JoinSet::new();
    for endpoint in state.config.webhooks.iter().cloned() {
        all.spawn(serve(state.clone(), endpoint));
    }
    while all.join_next().await.is_some() {}
}

async fn serve(state: AppState, endpoint: Endpoint) {
    loop {
        if let Err(error) = once(&state, &endpoint).await {
            tracing::warn!(%error, endpoint = endpoint.name, "webhooks could not be looked for; it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = state.shutdown.begun() => return,
        }
    }
}

/// Sends all that waits for this endpoint and can be sent now.
pub(super) async fn once(state: &AppState, endpoint: &Endpoint) -> Result<(), StoreError> {
    while let Some(waiting) = look(state, endpoint).await? {
        attempt(state, endpoint, waiting).await?;
        if state.shutdown.has_begun() {
            break;
        }
    }
    Ok(())
}

async fn look(state: &AppState, endpoint: &Endpoint) -> Result<Option<Waiting>, StoreError> {
    let (name, now) = (endpoint.name.clone(), state.clock.now());
    state
        .store
        .read(move |db| outbox::next(db, &name, now))
        .await
}

/// What an attempt came to, in a word for the operator.
fn told(outcome: &Result<Answer, Failure>) -> String {
    match outcome {
        Ok(answer) => answer.status.to_string(),
        Err(failure) => failure.to_string(),
    }
}

async fn attempt(
    state: &AppState,
    endpoint: &Endpoint,
    waiting: Waiting,
) -> Result<(), StoreError> {
    let outcome = post(endpoint, &waiting.message).await;
    let (answer, now) = (told(&outcome), state.clock.now());
    let Waiting { message, attempts } = waiting;
    if is_taken(&outcome) {
        let name = endpoint.name.clone();
        return state
            .store
            .write(move |tx| outbox::delivered(tx, &name, &message.id, &answer, now))
            .await;
    }
    let again_at = again_at(attempts, &outcome, now);
    tracing::warn!(
        endpoint = endpoint.name,
        message = message.id,
        answer,
        attempt = attempts + 1,
        "a webhook did not arrive; it is sent again"
    );
    let (is_outage, is_gone) = (is_outage(&outcome), is_gone(&outcome));
    let theirs = endpoint.clone();
    let is_disabled = state
        .store
        .write(move |tx| {
            let vain = Vain {
                endpoint: &theirs,
                id: &message.id,
                answer: &answer,
                again_at,
                is_outage,
                is_gone,
                now,
            };
            outbox::failed(tx, &vain)
        })
        .await?;
    if is_disabled {
        tracing::error!(
            endpoint = endpoint.name,
            "nothing more is sent to this endpoint: mend it, then `reference-api webhooks send-again --endpoint {}`",
            endpoint.name
        );
    }
    Ok(())
}

fn is_taken(outcome: &Result<Answer, Failure>) -> bool {
    matches!(outcome, Ok(answer) if (200..300).contains(&answer.status))
}

/// Whether the endpoint answers nothing at all now; otherwise it refused this one message.
fn is_outage(outcome: &Result<Answer, Failure>) -> bool {
    match outcome {
        Ok(answer) => answer.status >= 500 || answer.status == 429,
        Err(_) => true,
    }
}

/// 410: it is not to be asked again.
fn is_gone(outcome: &Result<Answer, Failure>) -> bool {
    matches!(outcome, Ok(answer) if answer.status == 410)
}

/// When the next attempt is: the pause of this many attempts, a fifth shorter or longer by chance so that not all come back at once;
/// not before the receiver wants it.
fn again_at(attempts: u32, outcome: &Result<Answer, Failure>, now: Moment) -> Moment {
    let place = usize::try_from(attempts).unwrap_or(usize::MAX);
    let pause = PAUSES[place.min(PAUSES.len() - 1)];
    let chance = i64::from(crate::secrets::random()[0]);
    let pause_millis = pause * 800 + pause * 400 * chance / 255;
    let wanted = match outcome {
        Ok(answer) if matches!(answer.status, 429 | 503) => answer
            .retry_after
            .as_deref()
            .and_then(|value| retry_after(value, now)),
        _ => None,
    };
    let wanted = wanted.unwrap_or(0).clamp(0, LONGEST_SECONDS) * 1000;
    Moment::from_millis(now.millis() + pause_millis.max(wanted))
}

/// `Retry-After` in seconds: a number, or a date (RFC 9110, section 10.2.3).
fn retry_after(value: &str, now: Moment) -> Option<i64> {
    let value = value.trim();
    value.parse().ok().or_else(|| {
        let date = jiff::fmt::rfc2822::parse(value).ok()?;
        Some(date.timestamp().as_second() - now.millis() / 1000)
    })
}

/// Signs and posts. The moment of the signature is the machine's: receivers compare it with theirs.
async fn post(endpoint: &Endpoint, message: &Message) -> Result<Answer, Failure> {
    let seconds = jiff::Timestamp::now().as_second();
    let signed = signatures(&endpoint.secrets, &message.id, seconds, &message.body);
    let headers = [
        ("webhook-id", message.id.clone()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signed),
    ];
    client::post(endpoint, &headers, &message.body).await
}

/// Sends one message now and tells what came back.
///
/// # Errors
/// With what came back instead of a status from 200 to 299.
pub async fn send(endpoint: &Endpoint, message: &Message) -> Result<String, String> {
    let outcome = post(endpoint, message).await;
    let told = told(&outcome);
    if is_taken(&outcome) {
        Ok(told)
    } else {
        Err(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after: Option<&str>) -> Result<Answer, Failure> {
        Ok(Answer {
            status,
            retry_after: retry_after.map(str::to_owned),
        })
    }

    fn pause(attempts: u32, outcome: &Result<Answer, Failure>) -> i64 {
        let now = Moment::from_millis(1_790_000_000_000);
        (again_at(attempts, outcome, now).millis() - now.millis()) / 1000
    }

    #[test]
    fn pauses_grow_differ_and_end_at_a_third_of_a_day() {
        for (attempts, usual) in [(0, 5), (1, 30), (8, 28_800), (1_000, 28_800)] {
            let all: Vec<i64> = (0..64)
                .map(|_| pause(attempts, &Err(Failure::Late)))
                .collect();
            let bounds = usual * 8 / 10 - 1..=usual * 12 / 10 + 1;
            assert!(all.iter().all(|pause| bounds.contains(pause)), "{all:?}");
            assert!(attempts == 0 || all.iter().any(|pause| *pause != all[0]));
        }
    }

    #[test]
    fn a_receiver_says_when_it_wants_to_be_asked_again_for_a_day_at_most() {
        assert_eq!(pause(0, &answer(429, Some("600"))), 600);
        assert_eq!(pause(0, &answer(503, Some("99999999"))), LONGEST_SECONDS);
        let date = "Mon, 21 Sep 2026 14:23:20 GMT";
        assert_eq!(pause(0, &answer(503, Some(date))), 10 * 60);
        for ignored in [
            answer(500, Some("600")),
            answer(429, Some("soon")),
            answer(503, Some("-5")),
        ] {
            assert!(pause(0, &ignored) <= 6, "{ignored:?}");
        }
    }

    #[test]
    fn a_redirect_is_no_arrival_and_one_refused_message_no_outage() {
        assert!(is_taken(&answer(204, None)) && !is_taken(&answer(302, None)));
        assert!(is_outage(&answer(503, None)) && is_outage(&answer(429, None)));
        assert!(!is_outage(&answer(400, None)) && is_gone(&answer(410, None)));
    }
}
