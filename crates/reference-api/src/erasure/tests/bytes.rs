use super::life;
use crate::erasure::preview::foretell;
use crate::erasure::run::{self, Run};
use crate::erasure::tally::Tally;
use crate::erasure::target::{Reach, Target};
use crate::http::fixture::Scene;
use crate::inventory::Category;
use crate::testing::TestApi;
use portal_contract::DataRequestId;
use std::path::{Path, PathBuf};

const MARK: &str = "zqxvk";

/// Every file of the database and of the folder of attachments, with how often it holds these bytes.
fn search(api: &TestApi, bytes: &[u8]) -> Vec<(PathBuf, usize)> {
    let database = api.state.store.path();
    let beside = |end: &str| PathBuf::from(format!("{}{end}", database.display()));
    let mut files = vec![
        database.to_owned(),
        beside("-wal"),
        beside("-shm"),
        beside("-journal"),
    ];
    let folder = std::fs::read_dir(api.files()).unwrap();
    files.extend(folder.map(|entry| entry.unwrap().path()));
    files
        .into_iter()
        .map(|file| {
            let count = occurrences(&file, bytes) + file.to_string_lossy().matches(MARK).count();
            (file, count)
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn occurrences(file: &Path, bytes: &[u8]) -> usize {
    let content = std::fs::read(file).map(|content| content.to_ascii_lowercase());
    content.map_or(0, |content| {
        content
            .windows(bytes.len())
            .filter(|window| *window == bytes)
            .count()
    })
}

fn request() -> DataRequestId {
    "dr_test".parse().unwrap()
}

async fn erase(scene: &Scene, target: &Target) -> Tally {
    let state = &scene.api.state;
    let run = Run::new(state, &request(), target.clone());
    run.begin().await.unwrap();
    run.rows().await.unwrap();
    run.last().await.unwrap();
    run::beyond_rows(state).await.unwrap();
    state
        .store
        .read(|db| Tally::of(db, request().as_str()))
        .await
        .unwrap()
}

async fn foretold(scene: &Scene, target: &Target) -> Tally {
    let (retention, target) = (scene.api.state.config.retention.clone(), target.clone());
    let now = scene.api.state.clock.now();
    scene
        .api
        .state
        .store
        .read(move |db| foretell(db, &retention, &target, now))
        .await
        .unwrap()
}

async fn rows(scene: &Scene) -> Vec<(&'static str, i64)> {
    let customer = scene.customer.as_str().to_owned();
    let store = &scene.api.state.store;
    store
        .read(move |db| Ok(life::rows(db, &customer)))
        .await
        .unwrap()
}

fn whole(scene: &Scene) -> Target {
    Target {
        customer: scene.customer.clone(),
        reach: Reach::Whole,
    }
}

#[tokio::test]
async fn a_life_leaves_something_in_every_table() {
    let scene = life::lead(&TestApi::new(), MARK).await;
    let empty: Vec<_> = rows(&scene)
        .await
        .into_iter()
        .filter(|(_, count)| *count == 0)
        .collect();
    assert!(empty.is_empty(), "{empty:?}");
}

#[tokio::test]
async fn not_a_byte_of_an_erased_customer_is_left() {
    let api =
        TestApi::with(|config| config.retention = crate::erasure::Retention::default().into());
    let scene = life::lead(&api, MARK).await;
    let other = life::lead(&api, "wjqph").await;
    // Samples of indexed values, as a planner's maintenance leaves them.
    api.state
        .store
        .write(|tx| Ok(tx.execute_batch("ANALYZE;")?))
        .await
        .unwrap();
    let others_rows = rows(&other).await;
    let target = whole(&scene);
    let expected = foretold(&scene, &target).await;
    assert_ne!(search(&api, MARK.as_bytes()), []);
    let owner = crate::secrets::hex(scene.customer.as_str().as_bytes());

    let tally = erase(&scene, &target).await;

    assert_eq!(tally, expected);
    for bytes in [MARK, &owner, scene.customer.as_str()] {
        assert_eq!(search(&api, bytes.as_bytes()), [], "{bytes}");
    }
    for (table, count) in rows(&scene).await {
        assert_eq!(count, 0, "{table}");
    }
    assert_eq!(rows(&other).await, others_rows);
    let health = |sql: &'static str| {
        api.state
            .store
            .read(move |db| Ok(db.query_row(sql, [], |row| row.get::<_, String>(0))?))
    };
    assert_eq!(health("PRAGMA integrity_check").await.unwrap(), "ok");
    api.state
        .store
        .write(|tx| Ok(tx.execute_batch("INSERT INTO search (search) VALUES ('integrity-check')")?))
        .await
        .unwrap();
    // A record full of marks cannot be read as one: that the other is still signed in is all that is asked.
    assert_eq!(scene.get("/v1/me").await.status, 401);
    assert_ne!(other.get("/v1/me").await.status, 401);
}

#[tokio::test]
async fn what_stays_is_what_was_foretold_and_lies_in_the_archive_alone() {
    let api = TestApi::new();
    let scene = life::lead(&api, MARK).await;
    let target = whole(&scene);
    let expected = foretold(&scene, &target).await;
    assert_eq!(
        expected
            .stays
            .get(&(Category::Messages, kept()))
            .map(|stays| stays.0),
        Some(3)
    );

    let tally = erase(&scene, &target).await;

    assert_eq!(tally, expected);
    let found: Vec<_> = search(&api, MARK.as_bytes())
        .into_iter()
        .map(|(file, _)| file)
        .collect();
    let content = api
        .files()
        .join(format!("{}-kept", scene.customer.as_str()));
    assert_eq!(found, [api.state.store.path().to_owned(), content]);
    api.state
        .store
        .write(|tx| Ok(tx.execute_batch("DELETE FROM retained_records")?))
        .await
        .unwrap();
    run::beyond_rows(&api.state).await.unwrap();
    assert_eq!(
        search(&api, MARK.as_bytes()),
        [],
        "the archive's time is over"
    );
}

fn kept() -> crate::erasure::retention::Ground {
    crate::erasure::retention::Ground::Kept("letters_about_bills".to_owned())
}
