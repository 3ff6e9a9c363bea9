use super::start;
use crate::testing::TestApi;
use std::time::{Duration, Instant};

const ADDRESSES: usize = 500;

async fn timed(api: &TestApi, address: &str) -> (usize, Duration) {
    // What the request before has left to do in the background is not this one's time.
    api.state.mailer.flushed().await;
    let began = Instant::now();
    let answer = start(api, address).await;
    (answer.bytes.len(), began.elapsed())
}

/// The times that half of all lie between.
fn middle(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort();
    (times[times.len() / 4], times[times.len() * 3 / 4])
}

#[tokio::test]
async fn five_hundred_known_and_unknown_addresses_take_the_same_bytes_and_overlapping_times() {
    let api = TestApi::with(|config| config.sign_in.codes_per_network = 10_000);
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for n in 0..ADDRESSES {
        api.customer(&format!("known.{n:03}@example.com"), "Known")
            .await;
    }
    for n in 0..ADDRESSES {
        let (known_bytes, known_time) = timed(&api, &format!("known.{n:03}@example.com")).await;
        let (unknown_bytes, unknown_time) =
            timed(&api, &format!("absent.{n:03}@example.com")).await;
        assert_eq!(known_bytes, unknown_bytes);
        known.push(known_time);
        unknown.push(unknown_time);
    }
    let (known, unknown) = (middle(known), middle(unknown));
    println!("known {known:?}, unknown {unknown:?}");
    assert!(
        known.0 <= unknown.1 && unknown.0 <= known.1,
        "known {known:?}, unknown {unknown:?}"
    );
}
