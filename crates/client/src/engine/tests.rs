use super::*;
use crate::scripted::{Scripted, Step, json, page, problem};
use crate::transport::TransportError::{Interrupted, Offline};

const READ: &str = "/v1/overview";

fn read() -> Call<&'static str> {
    Call::new(Method::Get, READ.to_owned())
}

fn write() -> Call<&'static str> {
    Call::new(Method::Post, READ.to_owned()).body("application/json", Body::Json("{}".to_owned()))
}

fn keyed() -> Call<&'static str> {
    let mut call = write().header("idempotency-key", "k".to_owned());
    call.repeatable = true;
    call
}

fn play(transport: &Scripted, call: &Call<&'static str>) -> Result<Json, ApiError> {
    let outcome = transport.run(run(transport, call));
    outcome.map(|answer| answer.json)
}

fn ok() -> Step {
    Step::Answer(json(200, "{}"))
}

/// Everything that another try may mend.
fn passing_failures() -> Vec<Step> {
    let mut failures = vec![
        Step::Fail(Offline),
        Step::Fail(Interrupted),
        Step::Answer(page(200)),
        Step::Answer(page(404)),
        Step::Answer(json(200, r#"{"items": [{"id": "#)),
        Step::Answer(json(200, "")),
        Step::Answer(problem(429, "quota-exceeded", "")),
        Step::Answer(problem(503, "upstream-unavailable", "")),
        Step::Answer(problem(409, "idempotency-in-progress", "")),
    ];
    failures.extend([429, 500, 502, 503, 504].map(|status| Step::Answer(page(status))));
    failures.extend([429, 500, 502, 503, 504].map(|status| Step::Answer(json(status, "{}"))));
    failures
}

#[test]
fn whatever_may_pass_is_tried_again() {
    for failure in passing_failures() {
        let transport = Scripted::new([failure, ok()]);
        assert_eq!(play(&transport, &read()), Ok(Json::Object(vec![])));
        assert_eq!(transport.requests().len(), 2);
    }
}

#[test]
fn a_write_with_a_key_is_tried_again_with_the_same_key_and_the_same_words() {
    for failure in passing_failures() {
        let transport = Scripted::new([failure, ok()]);
        assert!(play(&transport, &keyed()).is_ok());
        for request in transport.requests() {
            assert_eq!(request.body, Body::Json("{}".to_owned()));
            assert!(
                request
                    .headers
                    .contains(&("idempotency-key", "k".to_owned()))
            );
        }
        assert_eq!(transport.requests().len(), 2);
    }
}

#[test]
fn a_write_without_a_key_is_never_tried_again() {
    for failure in passing_failures() {
        let transport = Scripted::new([failure]);
        assert!(play(&transport, &write()).is_err());
    }
}

#[test]
fn a_refusal_that_stands_is_not_tried_again() {
    for (kind, slug, status) in portal_contract::ProblemKind::KNOWN {
        use portal_contract::ProblemKind as Kind;
        let passes = matches!(
            kind,
            Kind::QuotaExceeded | Kind::UpstreamUnavailable | Kind::IdempotencyInProgress
        );
        if !passes {
            let transport = Scripted::new([Step::Answer(problem(status, slug, ""))]);
            assert!(play(&transport, &keyed()).is_err(), "{slug}");
        }
    }
    let blank = r#"{"type": "about:blank", "title": "t", "status": 405}"#;
    let transport = Scripted::new([Step::Answer(json(405, blank))]);
    assert!(play(&transport, &read()).is_err());
}

#[test]
fn after_three_more_tries_the_last_failure_is_told() {
    let transport = Scripted::new([
        Step::Fail(Interrupted),
        Step::Answer(page(200)),
        Step::Fail(Interrupted),
        Step::Answer(problem(503, "upstream-unavailable", "")),
    ]);
    assert_eq!(
        play(&transport, &read()),
        Err(ApiError::Unavailable {
            retry_after: None,
            request_id: Some("r-1".to_owned())
        })
    );
    assert_eq!(transport.requests().len(), 4);
}

#[test]
fn pauses_are_jittered_under_a_ceiling_that_doubles() {
    for percent in 0..100 {
        let random = f64::from(percent) / 100.0;
        let failures = (0..4).map(|_| Step::Fail(Interrupted));
        let transport = Scripted::new(failures).with_random(random);
        assert_eq!(play(&transport, &read()), Err(ApiError::Unreachable));
        let times = transport.times();
        let pauses: Vec<_> = times.windows(2).map(|w| w[1] - w[0]).collect();
        for (pause, ceiling) in pauses.iter().zip([300.0, 600.0, 1200.0]) {
            let expected = ceiling * random;
            let off = (pause.as_secs_f64() * 1000.0 - expected).abs();
            assert!(off <= 1.0, "{pause:?} for {expected}");
        }
    }
}

#[test]
fn no_ceiling_is_over_five_seconds() {
    for retry in 0..20 {
        let pause = pause_before(retry, &ApiError::Unreachable, 0.999);
        assert!(pause <= Duration::from_secs(5), "{retry}: {pause:?}");
    }
}

#[test]
fn the_server_is_left_alone_for_as_long_as_it_asked() {
    let asked = problem(503, "upstream-unavailable", "").with("retry-after", "4");
    let transport = Scripted::new([Step::Answer(asked), ok()]).with_random(0.5);
    assert!(play(&transport, &read()).is_ok());
    let pause = transport.times()[1];
    assert!(pause >= Duration::from_secs(4) && pause < Duration::from_secs(5));
}

#[test]
fn a_wait_that_nobody_would_sit_through_is_told_at_once() {
    let asked = problem(429, "quota-exceeded", "").with("retry-after", "3600");
    let transport = Scripted::new([Step::Answer(asked)]);
    assert_eq!(
        play(&transport, &read()),
        Err(ApiError::TooMany {
            retry_after: Some(Duration::from_secs(3600))
        })
    );
    assert_eq!(transport.now(), Duration::ZERO);
}

#[test]
fn a_retry_after_that_cannot_be_read_or_is_absurd_does_no_harm() {
    for odd in ["Wed, 21 Oct 2026 07:28:00 GMT", "", "-1", "soon", "1.5"] {
        let asked = page(503).with("retry-after", odd);
        let transport = Scripted::new([Step::Answer(asked), ok()]);
        assert!(play(&transport, &read()).is_ok(), "{odd}");
    }
    let asked = page(503).with("retry-after", "18446744073709551615");
    let transport = Scripted::new([Step::Answer(asked)]).with_random(0.9);
    assert!(play(&transport, &read()).is_err());
}

#[test]
fn nothing_is_sent_while_offline_or_hidden() {
    let back = Duration::from_secs(7);
    let transport = Scripted::new([Step::Fail(Offline), ok()]).away_until(back);
    assert!(play(&transport, &read()).is_ok());
    assert_eq!(transport.times(), [Duration::ZERO, back]);
}

#[test]
fn a_first_try_does_not_wait_for_the_page_to_be_seen() {
    let transport = Scripted::new([ok()]).away_until(Duration::from_secs(7));
    assert!(play(&transport, &read()).is_ok());
    assert_eq!(transport.now(), Duration::ZERO);
}

#[test]
fn a_device_that_stays_offline_is_told_so_after_fifteen_seconds() {
    let transport = Scripted::new([Step::Fail(Offline)]).away_until(Duration::from_secs(3600));
    assert_eq!(play(&transport, &read()), Err(ApiError::Offline));
    assert_eq!(transport.now(), CALL_LIMIT);
}

#[test]
fn an_answer_that_does_not_come_is_given_up_after_fifteen_seconds_and_its_request_dropped() {
    let transport = Scripted::new([Step::Silence]);
    assert_eq!(play(&transport, &read()), Err(ApiError::TimedOut));
    assert_eq!(transport.now(), CALL_LIMIT);
    assert_eq!(transport.given_up(), 1);
}

#[test]
fn fifteen_seconds_are_for_all_tries_together() {
    let slow = page(503).with("retry-after", "10");
    let transport = Scripted::new([Step::Answer(slow), Step::Silence]);
    assert_eq!(play(&transport, &read()), Err(ApiError::TimedOut));
    assert_eq!(transport.now(), CALL_LIMIT);
}

#[test]
fn a_dropped_call_drops_its_request() {
    let transport = Scripted::new([Step::Silence]);
    let call = read();
    {
        let mut future = pin!(run(&transport, &call));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(future.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(transport.given_up(), 1);
}

#[test]
fn an_answer_without_a_body_is_an_answer_where_none_is_due() {
    let empty = |status| Step::Answer(json(status, ""));
    let ended = Call::new(Method::Delete, "/v1/session".to_owned());
    assert_eq!(play(&Scripted::new([empty(204)]), &keyed()), Ok(Json::Null));
    assert_eq!(play(&Scripted::new([empty(200)]), &ended), Ok(Json::Null));
}

#[test]
fn a_page_instead_of_an_answer_is_no_answer() {
    let pages = || (0..4).map(|_| Step::Answer(page(200).with("x-request-id", "r-9")));
    let garbled = play(&Scripted::new(pages()), &read()).unwrap_err();
    assert_eq!(garbled.request_id(), Some("r-9"));
    assert_eq!(
        garbled,
        ApiError::Garbled {
            what: Garbled::NotJson,
            request_id: Some("r-9".to_owned())
        }
    );
}
