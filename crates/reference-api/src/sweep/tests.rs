use super::*;
use crate::http::fixture::{Matter, Scene};

const DAY_SECONDS: i64 = 24 * 60 * 60;

async fn count(scene: &Scene, table: &'static str) -> i64 {
    let store = &scene.api.state.store;
    let counted = store.read(move |db| {
        Ok(
            db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })?,
        )
    });
    counted.await.unwrap()
}

/// A customer who has left something in every table.
async fn lived_in() -> Scene {
    let scene = Scene::new().await;
    let id = scene.matter(Matter::default()).await;
    scene.reply(&id, "hello").await;
    scene
}

const TABLES: [&str; 5] = [
    "sessions",
    "challenges",
    "quota_uses",
    "idempotency_records",
    "events",
];

#[tokio::test]
async fn what_is_still_good_stays() {
    let scene = lived_in().await;
    once(&scene.api.state).await.unwrap();
    for table in TABLES {
        assert!(count(&scene, table).await > 0, "{table}");
    }
    assert_eq!(scene.get("/v1/me").await.status, 200);
}

#[tokio::test]
async fn everything_that_has_run_out_goes() {
    let scene = lived_in().await;
    scene.api.state.clock.advance(8 * DAY_SECONDS + 1);
    once(&scene.api.state).await.unwrap();
    for table in TABLES {
        assert_eq!(count(&scene, table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn changes_stay_a_day_longer_than_a_place_among_them_is_good() {
    let scene = lived_in().await;
    scene.api.state.clock.advance(8 * DAY_SECONDS);
    once(&scene.api.state).await.unwrap();
    assert_eq!(count(&scene, "events").await, 2);
}

#[tokio::test]
async fn more_than_one_transaction_takes_goes_in_several() {
    let scene = Scene::new().await;
    scene
        .sql(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2500)
             INSERT INTO events (id, customer_id, kind, resource, resource_id, occurred_at)
             SELECT 'evt_' || n, c.id, 'interaction.updated', 'interaction', 'int_1', 0 FROM n, customers AS c",
        )
        .await;
    once(&scene.api.state).await.unwrap();
    assert_eq!(count(&scene, "events").await, 0);
}

#[tokio::test(start_paused = true)]
async fn it_is_done_again_and_again_until_the_server_goes_down() {
    let scene = lived_in().await;
    let state = scene.api.state.clone();
    let sweeping = tokio::spawn(run(state.clone()));
    state.clock.advance(9 * DAY_SECONDS);
    while count(&scene, "events").await > 0 {
        tokio::time::sleep(EVERY).await;
    }
    state.shutdown.begin();
    sweeping.await.unwrap();
}
