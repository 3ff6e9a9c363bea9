//! Work is taken once, kept while it lasts, and found again when it is interrupted.

use super::*;
use crate::http::fixture::Scene;
use crate::store::ids;
use portal_contract::DataRequestId;

/// A request with work that is due at once.
async fn due(scene: &Scene) -> DataRequestId {
    let (customer, now) = (scene.customer.clone(), scene.api.state.clock.now());
    scene
        .api
        .state
        .store
        .write(move |tx| {
            let id: DataRequestId = ids::fresh("dr", now);
            tx.execute(
                "INSERT INTO data_requests (id, customer_id, reference, kind, scope, state, regime, time_zone, submitted_at, updated_at,
                                            clock_state, clock_since)
                 VALUES (?1, ?2, 'DR-2026-TEST22', 'erasure', '{}', 'scheduled', 'gdpr', 'Europe/Berlin', ?3, ?3, 'running', ?3)",
                params![id.as_str(), customer, now],
            )?;
            enter(tx, tx.last_insert_rowid(), "erasure", None, now)?;
            Ok(id)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn work_is_had_by_one_at_a_time() {
    let scene = Scene::new().await;
    let id = due(&scene).await;
    let state = &scene.api.state;
    let job = take(state).await.unwrap().unwrap();
    assert_eq!((&job.request, job.attempt), (&id, 1));
    assert_eq!(take(state).await.unwrap(), None);
}

#[tokio::test]
async fn what_a_server_left_is_taken_over_by_the_next() {
    let scene = Scene::new().await;
    due(&scene).await;
    let state = &scene.api.state;
    take(state).await.unwrap().unwrap();
    take_over(state).await.unwrap();
    let job = take(state).await.unwrap().unwrap();
    assert_eq!(job.attempt, 2);
}

#[tokio::test]
async fn work_is_ended_once() {
    let scene = Scene::new().await;
    due(&scene).await;
    let state = &scene.api.state;
    let job = take(state).await.unwrap().unwrap();
    let ended = state
        .store
        .write(move |tx| Ok((finish(tx, &job)?, finish(tx, &job)?)))
        .await
        .unwrap();
    assert_eq!(ended, (true, false));
}

#[tokio::test]
async fn what_failed_is_tried_again_later_and_not_at_once() {
    let scene = Scene::new().await;
    due(&scene).await;
    let state = &scene.api.state;
    let job = take(state).await.unwrap().unwrap();
    put_off(state, job).await.unwrap();
    assert_eq!(take(state).await.unwrap(), None);
    state.clock.advance(61);
    assert_eq!(take(state).await.unwrap().unwrap().attempt, 2);
}

#[tokio::test]
async fn what_is_not_due_waits() {
    let scene = Scene::new().await;
    due(&scene).await;
    let state = &scene.api.state;
    state.clock.advance(-60);
    assert_eq!(take(state).await.unwrap(), None);
}
