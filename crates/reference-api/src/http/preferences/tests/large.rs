//! Sixty topics on six channels.

use super::*;
use crate::preferences::Catalogue;
use crate::testing::TestApi;
use std::path::Path;
use std::time::Instant;

async fn scene() -> Scene {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/preferences/catalogue-60.toml");
    let catalogue = Catalogue::load(&file).unwrap();
    let topics: usize = catalogue
        .groups
        .iter()
        .map(|group| group.topics.len())
        .sum();
    let cells: usize = catalogue.topics().map(|topic| topic.channels.len()).sum();
    assert_eq!((catalogue.groups.len(), topics, cells), (8, 60, 360));
    let api = TestApi::with(|config| config.catalogue = catalogue.into());
    let scene = Scene::on(&api, "maya@example.com").await;
    for kind in ["phone", "push", "messaging", "postal"] {
        reachable_by(&scene, kind).await;
    }
    scene
}

#[tokio::test]
async fn every_cell_of_a_large_catalogue_is_toggled_and_undone_by_itself() {
    let scene = scene().await;
    let before = document(&scene).await;
    let mut version = before["etag"].as_str().unwrap().to_owned();
    let started = Instant::now();
    let mut toggled = 0;
    for (topic, channels) in before["topics"].as_object().unwrap() {
        for (channel, choice) in channels.as_object().unwrap() {
            let members = json!({ "enabled": choice["enabled"] == false });
            let answer = patch_on(&scene, &version, &cell(topic, channel, members)).await;
            assert_eq!(answer.status, 200, "{topic} {channel}: {}", answer.text());
            version = answer.header("etag").trim_matches('"').to_owned();
            toggled += 1;
        }
    }
    println!("{toggled} cells, one by one: {:?}", started.elapsed());
    assert_eq!(toggled, 360);
    let flipped = document(&scene).await;
    for (topic, channels) in before["topics"].as_object().unwrap() {
        for (channel, choice) in channels.as_object().unwrap() {
            assert_ne!(
                choice["enabled"],
                flipped["topics"][topic][channel]["enabled"]
            );
        }
    }
    let mut path = format!("{HISTORY}?limit=100");
    let mut entries = Vec::new();
    loop {
        let page = scene.json(&path).await;
        entries.extend(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("{HISTORY}?limit=100&cursor={cursor}");
    }
    let oldest = |entry: &Value| entry["changes"][0]["pointer"].as_str().unwrap().to_owned();
    assert_eq!(
        entries
            .iter()
            .map(oldest)
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        360
    );
    // Each is undone by itself, whatever else was changed since: every seventh shows it.
    let some: Vec<_> = entries.into_iter().step_by(7).collect();
    for entry in &some {
        let undo = format!("{HISTORY}/{}/undo", entry["id"].as_str().unwrap());
        assert_eq!(scene.post(&undo, &json!({})).await.status, 200);
    }
    let after = document(&scene).await;
    let differs = |topic: &str, channel: &str| {
        let enabled = |document: &Value| document["topics"][topic][channel]["enabled"].clone();
        enabled(&after) != enabled(&before)
    };
    let still_flipped = before["topics"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(topic, channels)| {
            channels
                .as_object()
                .unwrap()
                .keys()
                .map(move |channel| (topic, channel))
        })
        .filter(|(topic, channel)| differs(topic, channel))
        .count();
    assert_eq!(still_flipped + some.len(), 360);
}

#[tokio::test]
async fn every_cell_at_once_is_one_change() {
    let scene = scene().await;
    let before = document(&scene).await;
    let mut topics = serde_json::Map::new();
    for (topic, channels) in before["topics"].as_object().unwrap() {
        let mut cells = serde_json::Map::new();
        for (channel, choice) in channels.as_object().unwrap() {
            let enabled = choice["enabled"] == false;
            cells.insert(channel.clone(), json!({ "enabled": enabled }));
        }
        topics.insert(topic.clone(), cells.into());
    }
    let started = Instant::now();
    patched(&scene, &json!({ "topics": topics })).await;
    println!("360 cells at once: {:?}", started.elapsed());
    let entries = history(&scene).await;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["changes"].as_array().unwrap().len(), 360);
}
