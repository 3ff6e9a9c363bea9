//! Writes that happen once.

use crate::http::{ApiError, CurrentCustomer, Fingerprint, Outcome, SessionId, once};
use crate::store::customers::{self, NewCustomer};
use crate::testing::TestApi;
use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use http_body_util::BodyExt;
use portal_contract::IdempotencyKey;
use rusqlite::Transaction;
use serde_json::{Value, json};

const KEY: &str = "0197f3c2-0000-7000-8000-000000000001";

struct Bench {
    api: TestApi,
    customer: CurrentCustomer,
}

impl Bench {
    async fn new() -> Self {
        // A session that lasts longer than any key.
        let api = TestApi::with(|config| config.session.absolute_hours = 30 * 24);
        let id = api.customer("maya@example.com", "Maya").await;
        // The first session of a fresh database has the id 1.
        api.sign_in("maya@example.com").await;
        let customer = CurrentCustomer {
            id,
            auth_time: api.state.clock.now(),
            session_id: SessionId(1),
            locale: None,
            record_locale: None,
            time_zone: None,
            display_name: "Maya".into(),
            scopes: Vec::new(),
        };
        Self { api, customer }
    }

    /// A write that adds one row, and says how many there are.
    async fn write(&self, body: &str) -> (StatusCode, Value, bool) {
        self.write_with(body, |tx| {
            let now = crate::store::time::Moment::from_millis(0);
            customers::insert(
                tx,
                &NewCustomer {
                    display_name: "row".into(),
                    ..NewCustomer::default()
                },
                now,
            )?;
            let rows: i64 = tx.query_row(
                "SELECT count(*) FROM customers WHERE display_name = 'row'",
                [],
                |row| row.get(0),
            )?;
            Ok(Outcome::json(StatusCode::CREATED, &json!({ "rows": rows })))
        })
        .await
    }

    async fn write_with(
        &self,
        body: &str,
        work: impl FnOnce(&Transaction<'_>) -> Result<Outcome, ApiError> + Send + 'static,
    ) -> (StatusCode, Value, bool) {
        let fingerprint = Fingerprint::of(&Method::POST, "/v1/rows", body.as_bytes());
        let key: IdempotencyKey = KEY.parse().unwrap();
        let response = once(&self.api.state, &self.customer, key, fingerprint, work)
            .await
            .into_response();
        let replayed = response.headers().contains_key("idempotency-replayed");
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (
            status,
            serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            replayed,
        )
    }
}

#[tokio::test]
async fn a_repetition_gives_the_first_answer() {
    let bench = Bench::new().await;
    assert_eq!(
        bench.write("a").await,
        (StatusCode::CREATED, json!({ "rows": 1 }), false)
    );
    assert_eq!(
        bench.write("a").await,
        (StatusCode::CREATED, json!({ "rows": 1 }), true)
    );
}

#[tokio::test]
async fn a_key_serves_one_request() {
    let bench = Bench::new().await;
    bench.write("a").await;
    let (status, problem, _) = bench.write("b").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        problem["type"],
        "urn:customer-portal:problem:idempotency-key-reused"
    );
}

#[tokio::test]
async fn a_key_is_good_for_a_day() {
    let bench = Bench::new().await;
    bench.write("a").await;
    bench.api.state.clock.advance(24 * 3600 - 1);
    assert!(bench.write("a").await.2);
    bench.api.state.clock.advance(1);
    assert_eq!(
        bench.write("a").await,
        (StatusCode::CREATED, json!({ "rows": 2 }), false)
    );
}

#[tokio::test]
async fn two_customers_may_have_the_same_key() {
    let mut bench = Bench::new().await;
    bench.write("a").await;
    bench.customer.id = bench.api.customer("jonas@example.com", "Jonas").await;
    assert!(!bench.write("a").await.2);
}

#[tokio::test]
async fn a_refusal_undoes_its_work_and_leaves_the_key_free() {
    let bench = Bench::new().await;
    let (status, ..) = bench
        .write_with("a", |tx| {
            tx.execute("UPDATE customers SET display_name = 'row'", [])?;
            Err(ApiError::not_found())
        })
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(
        bench.write("corrected").await,
        (StatusCode::CREATED, json!({ "rows": 1 }), false)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_make_one_row() {
    let bench = std::sync::Arc::new(Bench::new().await);
    let writes = (0..50).map(|_| {
        let bench = bench.clone();
        tokio::spawn(async move { bench.write("a").await })
    });
    let mut created = 0;
    for write in writes.collect::<Vec<_>>() {
        match write.await.unwrap() {
            (StatusCode::CREATED, answer, replayed) => {
                assert_eq!(answer, json!({ "rows": 1 }));
                created += usize::from(!replayed);
            }
            (status, problem, _) => {
                assert_eq!(status, StatusCode::CONFLICT, "{problem}");
                assert_eq!(
                    problem["type"],
                    "urn:customer-portal:problem:idempotency-in-progress"
                );
            }
        }
    }
    assert_eq!(created, 1);
    assert_eq!(
        bench.write("a").await,
        (StatusCode::CREATED, json!({ "rows": 1 }), true)
    );
}
