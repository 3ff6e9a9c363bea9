use super::fixture::{DAY, MINUTE, Matter, Scene, ids};
use crate::interactions::REOPEN_DAYS;
use crate::testing::{Call, NOW};
use serde_json::{Value, json};

fn at(minutes: i64) -> Matter {
    Matter {
        started_at: NOW - minutes * MINUTE,
        updated_at: NOW - minutes * MINUTE,
        ..Matter::default()
    }
}

#[tokio::test]
async fn paging_while_others_are_added_has_no_gap_and_no_repeat() {
    let scene = Scene::new().await;
    // Every three share a moment, so that the order within one matters too.
    let expected: Vec<String> = scene.matters((0..60).map(|n| at(n / 3)).collect()).await;
    for sort in ["newest", "oldest"] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = scene
                .json(&format!(
                    "/v1/interactions?limit=7&sort={sort}&cursor={cursor}"
                ))
                .await;
            seen.extend(ids(&page));
            assert_eq!(
                page["has_more"],
                Value::Bool(!page["next_cursor"].is_null())
            );
            let Some(next) = page["next_cursor"].as_str() else {
                break;
            };
            cursor = next.to_owned();
            // One that is newer than all, one that is older than all.
            scene
                .matters(vec![
                    Matter {
                        updated_at: NOW + MINUTE,
                        ..at(0)
                    },
                    at(9000),
                ])
                .await;
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), seen.len(), "{sort}: an item came twice");
        assert!(
            expected.iter().all(|id| seen.contains(id)),
            "{sort}: an item is missing"
        );
    }
}

#[tokio::test]
async fn the_list_is_in_order_whichever_index_it_walks() {
    let scene = Scene::new().await;
    let mut matters: Vec<Matter> = (0..2_100)
        .map(|n| Matter {
            status: "closed",
            ..at(n)
        })
        .collect();
    matters
        .iter_mut()
        .step_by(500)
        .for_each(|matter| matter.status = "waiting_on_customer");
    let all = scene.matters(matters).await;
    assert_eq!(scene.ids("/v1/interactions?limit=100").await, all[..100]);
    let few: Vec<_> = all.iter().step_by(500).cloned().collect();
    assert_eq!(
        scene
            .ids("/v1/interactions?status=waiting_on_customer&status=open")
            .await,
        few
    );
    let many = scene
        .ids("/v1/interactions?status=closed&status=waiting_on_customer&limit=3")
        .await;
    assert_eq!(many, all[..3]);
}

#[tokio::test]
async fn filters_widen_within_a_kind_and_narrow_between_kinds() {
    let scene = Scene::new().await;
    let matter = |channel, status, topic, direction, minutes| Matter {
        channel,
        status,
        topic,
        direction,
        ..at(minutes)
    };
    let all = scene
        .matters(vec![
            matter("email", "open", Some("billing"), "inbound", 1),
            matter("phone", "open", Some("outage"), "inbound", 2),
            matter("email", "closed", Some("billing"), "outbound", 3),
            matter("carrier_pigeon", "escalated_to_moon", None, "sideways", 4),
        ])
        .await;
    for (query, expected) in [
        ("channel=email", vec![0, 2]),
        ("channel=email&channel=phone&status=open", vec![0, 1]),
        ("topic=billing&direction=outbound", vec![2]),
        (
            "channel=carrier_pigeon&status=escalated_to_moon&direction=sideways",
            vec![3],
        ),
        ("topic=unheard_of", vec![]),
        (
            "status=open&status=escalated_to_moon&sort=oldest",
            vec![3, 1, 0],
        ),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|n: usize| all[n].clone())
            .collect();
        assert_eq!(
            scene.ids(&format!("/v1/interactions?{query}")).await,
            expected,
            "{query}"
        );
    }
    let odd = &scene.json("/v1/interactions?channel=carrier_pigeon").await["items"][0];
    assert_eq!(
        (&odd["status"], &odd["direction"]),
        (&json!("escalated_to_moon"), &json!("sideways"))
    );
}

#[tokio::test]
async fn days_begin_and_end_in_the_customers_zone() {
    let scene = Scene::new().await;
    scene
        .sql("UPDATE customers SET time_zone = 'Europe/Berlin'")
        .await;
    let moment = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    let started = |text: &str| Matter {
        started_at: moment(text),
        ..Matter::default()
    };
    let all = scene
        .matters(vec![
            started("2026-03-01T22:59:59.999Z"),
            started("2026-03-01T23:00:00Z"),
            started("2026-03-02T22:59:59.999Z"),
            started("2026-03-02T23:00:00Z"),
        ])
        .await;
    let mut found = scene
        .ids("/v1/interactions?from=2026-03-02&to=2026-03-02")
        .await;
    found.sort();
    let mut expected = all[1..3].to_vec();
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn what_cannot_be_taken_is_named() {
    let scene = Scene::new().await;
    for (query, pointer) in [
        ("from=2026-02-30", "?from"),
        ("sort=best", "?sort"),
        ("topic=a%20b", "?topic"),
        ("limit=0", "?limit"),
        ("limit=many", "?limit"),
        ("cursor=abc", "?cursor"),
        ("from=2026-02-02&to=2026-02-01", "?to"),
    ] {
        let answer = scene.get(&format!("/v1/interactions?{query}")).await;
        assert_eq!(answer.problem(), "validation", "{query}");
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer, "{query}");
    }
    let long = scene
        .get(&format!("/v1/interactions?q={}", "x".repeat(201)))
        .await;
    assert_eq!(long.json()["errors"][0]["code"], "too_long");
}

#[tokio::test]
async fn a_cursor_is_good_for_its_customer_and_its_filter_alone() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    scene.matters((0..3).map(at).collect()).await;
    other.matters((0..3).map(at).collect()).await;
    let page = scene.json("/v1/interactions?limit=1").await;
    let cursor = page["next_cursor"].as_str().unwrap();
    assert_eq!(
        scene
            .get(&format!("/v1/interactions?cursor={cursor}"))
            .await
            .status,
        200
    );
    assert_eq!(
        other
            .get(&format!("/v1/interactions?cursor={cursor}"))
            .await
            .problem(),
        "validation"
    );
    let filtered = format!("/v1/interactions?channel=email&cursor={cursor}");
    assert_eq!(scene.get(&filtered).await.problem(), "validation");
}

#[tokio::test]
async fn opening_an_interaction_is_having_seen_it() {
    let scene = Scene::new().await;
    let id = scene.matter(at(9)).await;
    assert_eq!(
        scene.json("/v1/interactions").await["items"][0]["unread"],
        false
    );
    scene.message(&id, "agent", "We look into it.").await;
    assert_eq!(
        scene.json("/v1/interactions").await["items"][0]["unread"],
        true
    );
    let answer = scene.get(&format!("/v1/interactions/{id}")).await;
    assert_eq!(
        answer.header("etag"),
        format!("\"{}\"", answer.json()["etag"].as_str().unwrap())
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(
        scene.json("/v1/interactions").await["items"][0]["unread"],
        false
    );
    assert_eq!(
        scene.json("/v1/interactions").await["items"][0]["message_count"],
        1
    );
}

#[tokio::test]
async fn facets_are_what_occurs_with_labels_in_the_customers_language() {
    let scene = Scene::new().await;
    scene
        .matters(vec![
            Matter {
                channel: "phone",
                topic: Some("outage"),
                ..at(50)
            },
            Matter {
                channel: "email",
                topic: Some("billing"),
                ..at(40)
            },
            Matter {
                channel: "phone",
                ..at(30)
            },
        ])
        .await;
    scene
        .sql(
            "UPDATE customers SET locale = 'de-AT';
             INSERT INTO topic_labels VALUES ('billing', 'de', 'Rechnung'), ('billing', 'en', 'Billing'),
                                             ('outage', 'de', 'Störung'), ('outage', 'de-AT', 'Ausfall');",
        )
        .await;
    let facets = scene.json("/v1/interactions/facets").await;
    assert_eq!(facets["channels"], json!(["phone", "email"]));
    let topics =
        json!([{ "id": "outage", "label": "Ausfall" }, { "id": "billing", "label": "Rechnung" }]);
    assert_eq!(facets["topics"], topics);
    assert_eq!(facets["earliest"], "2026-03-04T04:16:07Z");
    let nobody = Scene::on(&scene.api, "new@example.com").await;
    let facets = nobody.json("/v1/interactions/facets").await;
    assert_eq!(
        facets,
        json!({ "channels": [], "topics": [], "earliest": null })
    );
}

#[tokio::test]
async fn closing_and_reopening_go_round_and_are_refused_out_of_turn() {
    let scene = Scene::new().await;
    let id = scene.matter(at(9)).await;
    let (close, reopen) = (
        format!("/v1/interactions/{id}/close"),
        format!("/v1/interactions/{id}/reopen"),
    );
    let refused = scene.post(&reopen, &json!({})).await;
    assert_eq!(refused.problem(), "invalid-state");
    assert_eq!(
        refused.json()["allowed_actions"],
        json!(["reply", "attach", "close", "request_callback"])
    );
    let mut etags = Vec::new();
    for _ in 0..2 {
        let closed = scene.post(&close, &json!({})).await.json();
        assert_eq!(
            (&closed["status"], &closed["allowed_actions"]),
            (&json!("closed"), &json!(["reopen"]))
        );
        assert_eq!(closed["ended_at"], "2026-03-04T05:06:07Z");
        assert_eq!(
            scene.post(&close, &json!({})).await.problem(),
            "invalid-state"
        );
        let opened = scene.post(&reopen, &json!({})).await.json();
        assert_eq!(
            (&opened["status"], &opened["ended_at"]),
            (&json!("open"), &Value::Null)
        );
        etags.extend([closed["etag"].clone(), opened["etag"].clone()]);
    }
    let distinct: std::collections::HashSet<_> = etags.iter().map(Value::to_string).collect();
    assert_eq!(distinct.len(), 4, "{etags:?}");
    scene.post(&close, &json!({})).await;
    scene
        .sql("UPDATE sessions SET ends_at = ends_at * 2, last_seen_at = last_seen_at * 2")
        .await;
    scene
        .api
        .state
        .clock
        .advance((REOPEN_DAYS + 1) * DAY / 1000);
    let late = scene.post(&reopen, &json!({})).await;
    assert_eq!(
        (late.problem().as_str(), &late.json()["allowed_actions"]),
        ("invalid-state", &json!([]))
    );
}

#[tokio::test]
async fn an_act_that_is_sent_again_is_one_act() {
    let scene = Scene::new().await;
    let id = scene.matter(at(9)).await;
    let key = super::fixture::key();
    let close = Call::new(
        axum::http::Method::POST,
        &format!("/v1/interactions/{id}/close"),
    )
    .key(&key);
    let first = scene.send(close.clone()).await;
    assert_eq!(first.status, 200, "{}", first.text());
    scene
        .post(&format!("/v1/interactions/{id}/reopen"), &json!({}))
        .await;
    let again = scene.send(close).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.bytes, first.bytes);
    assert_eq!(
        scene.json(&format!("/v1/interactions/{id}")).await["status"],
        "open"
    );
}

#[tokio::test]
async fn related_interactions_are_the_customers_own() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let mine = scene.matters(vec![at(1), at(2)]).await;
    other.matter(at(3)).await;
    scene
        .sql("INSERT INTO related_interactions VALUES (1, 2), (1, 3)")
        .await;
    for (one, two) in [(0, 1), (1, 0)] {
        let related = &scene.json(&format!("/v1/interactions/{}", mine[one])).await["related"];
        assert_eq!(related.as_array().unwrap().len(), 1);
        assert_eq!(related[0]["id"], mine[two].as_str());
    }
}
