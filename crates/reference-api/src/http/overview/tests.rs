use crate::http::interactions::fixture::{DAY, MINUTE, Matter, Scene};
use crate::testing::NOW;
use serde_json::{Value, json};

fn waiting(status: &'static str, minutes: i64) -> Matter {
    Matter {
        status,
        updated_at: NOW - minutes * MINUTE,
        ..Matter::default()
    }
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn what_waits_longest_for_the_customer_comes_first() {
    let scene = Scene::new().await;
    let mine = scene
        .matters((1..=7).map(|n| waiting("waiting_on_customer", n)).collect())
        .await;
    scene.matter(waiting("closed", 99)).await;
    let overview = scene.json("/v1/overview").await;
    let longest: Vec<&str> = mine.iter().rev().take(5).map(String::as_str).collect();
    assert_eq!(ids(&overview["waiting_for_customer"]), longest);
    assert_eq!(overview["waiting_for_customer_count"], 7);
    assert_eq!(overview["waiting_for_company_count"], 0);
    let newest: Vec<&str> = mine.iter().take(5).map(String::as_str).collect();
    assert_eq!(ids(&overview["recent"]), newest);
}

#[tokio::test]
async fn the_nearest_promise_of_the_company_comes_first() {
    let scene = Scene::new().await;
    let all = scene
        .matters(vec![
            waiting("open", 1),
            waiting("in_progress", 2),
            waiting("escalated_to_moon", 3),
            waiting("open", 4),
        ])
        .await;
    scene
        .sql(
            "UPDATE interactions SET expected_by = 3000 WHERE seq = 1;
             UPDATE interactions SET first_response_by = 1000, first_response_at = 900, expected_by = 4000 WHERE seq = 2;
             UPDATE interactions SET first_response_by = 2000, expected_by = 9000 WHERE seq = 3;",
        )
        .await;
    let overview = scene.json("/v1/overview").await;
    let expected: Vec<&str> = [2, 0, 1, 3].map(|n: usize| all[n].as_str()).to_vec();
    assert_eq!(ids(&overview["waiting_for_company"]), expected);
    assert_eq!(overview["waiting_for_company_count"], 4);
}

#[tokio::test]
async fn months_begin_in_the_customers_zone() {
    let scene = Scene::new().await;
    scene
        .sql("UPDATE customers SET time_zone = 'Pacific/Auckland'")
        .await;
    let moment = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    let started = |text: &str, channel| Matter {
        started_at: moment(text),
        channel,
        ..Matter::default()
    };
    scene
        .matters(vec![
            started("2026-02-28T10:59:59Z", "email"),
            started("2026-02-28T11:00:00Z", "email"),
            started("2026-03-01T00:00:00Z", "phone"),
            started("2025-03-31T11:00:00Z", "email"),
            started("2025-03-31T10:59:59Z", "email"),
            Matter {
                started_at: NOW - 800 * DAY,
                ..Matter::default()
            },
        ])
        .await;
    let activity = &scene.json("/v1/overview").await["activity"];
    assert_eq!(
        *activity,
        json!([
            { "month": "2025-04", "channel": "email", "count": 1 },
            { "month": "2026-02", "channel": "email", "count": 1 },
            { "month": "2026-03", "channel": "email", "count": 1 },
            { "month": "2026-03", "channel": "phone", "count": 1 },
        ])
    );
}

#[tokio::test]
async fn a_customer_without_history_has_an_empty_overview() {
    let scene = Scene::new().await;
    let overview = scene.json("/v1/overview").await;
    assert_eq!(
        overview,
        json!({
            "waiting_for_customer": [], "waiting_for_customer_count": 0,
            "waiting_for_company": [], "waiting_for_company_count": 0,
            "recent": [], "activity": [], "notices": [], "notices_count": 0, "year": null,
            "feedback_requests": [], "feedback_unread_count": 0, "data_requests": [], "data_requests_count": 0,
        })
    );
}
