use super::*;
use crate::http::fixture::{Matter as Written, Scene};
use crate::testing::NOW;

/// Writes open matters, the first one the newest, and gives their ids.
async fn matters(scene: &Scene, all: &[(Option<&'static str>, &str)]) -> Vec<String> {
    let written = all.iter().zip(1..).map(|((topic, subject), age)| Written {
        subject: (*subject).to_owned(),
        topic: *topic,
        updated_at: NOW - age * 1000,
        ..Written::default()
    });
    scene.matters(written.collect()).await
}

/// The places, in the order in which they were written, of what is alike.
async fn found(scene: &Scene, ids: &[String], typed: &str, topic: Option<&str>) -> Vec<usize> {
    let (customer, typed) = (scene.customer.clone(), typed.to_owned());
    let topic = topic.map(|topic| topic.parse::<TopicId>().unwrap());
    let now = Moment::from_millis(NOW);
    let store = &scene.api.state.store;
    let found = store.read(move |db| {
        let all = similar(db, &customer, &typed, topic.as_ref(), now)?;
        let id = |seq: &Seq| {
            let sql = "SELECT id FROM interactions WHERE seq = ?1";
            db.query_row(sql, [seq], |row| row.get::<_, String>(0))
        };
        Ok(all.iter().map(id).collect::<Result<Vec<_>, _>>()?)
    });
    let place = |id: &String| ids.iter().position(|own| own == id).unwrap();
    found.await.unwrap().iter().map(place).collect()
}

const NONE: [usize; 0] = [];

#[tokio::test]
async fn matters_with_the_same_words_are_alike_the_likeliest_first() {
    let scene = Scene::new().await;
    let all = [
        (None, "The bill for March is too high"),
        (None, "Router blinks red"),
        (None, "My bill for March has not come, the March bill"),
    ];
    let ids = matters(&scene, &all).await;
    assert_eq!(
        found(&scene, &ids, "March bill has not come", None).await,
        [2, 0]
    );
    assert_eq!(found(&scene, &ids, "Moving to Lisbon", None).await, NONE);
    assert_eq!(found(&scene, &ids, "", None).await, NONE);
}

#[tokio::test]
async fn a_word_that_stands_everywhere_says_little() {
    let scene = Scene::new().await;
    let all = [
        (None, "Lumenfold meter reading"),
        (None, "Lumenfold contract"),
        (None, "Lumenfold appointment"),
    ];
    let ids = matters(&scene, &all).await;
    assert_eq!(
        found(&scene, &ids, "Lumenfold meter wrong", None).await[0],
        0
    );
    assert_eq!(
        found(&scene, &ids, "Lumenfold router slow evening", None).await,
        NONE
    );
}

#[tokio::test]
async fn the_same_topic_asks_for_less_likeness_and_alone_is_enough_without_words() {
    let scene = Scene::new().await;
    let all = [
        (Some("billing"), "bill March late"),
        (None, "bill March late"),
    ];
    let ids = matters(&scene, &all).await;
    let topic = Some("billing");
    let typed = "the bill is wrong again this year";
    assert_eq!(found(&scene, &ids, typed, topic).await, [0]);
    assert_eq!(found(&scene, &ids, "", topic).await, [0]);
    assert_eq!(found(&scene, &ids, "router", topic).await, NONE);
}

#[tokio::test]
async fn endings_and_accents_do_not_matter_and_scripts_without_spaces_are_compared_by_pairs() {
    let scene = Scene::new().await;
    let all = [
        (None, "Zählerstand melden"),
        (None, "メーターの検針について"),
        (None, "فاتورة شهر مارس"),
    ];
    let ids = matters(&scene, &all).await;
    for (typed, place) in [
        ("Zählerstände", 0),
        ("zählerstand", 0),
        ("zahler", 0),
        ("検針メーター", 1),
        ("فاتورة مارس", 2),
    ] {
        assert_eq!(found(&scene, &ids, typed, None).await, [place], "{typed}");
    }
}

#[tokio::test]
async fn an_old_matter_is_found_behind_more_than_a_hundred_newer_ones() {
    let scene = Scene::new().await;
    let mut all = vec![(None, "Router blinks red"); 150];
    all.push((None, "The meter was read wrong"));
    let ids = matters(&scene, &all).await;
    assert_eq!(
        found(&scene, &ids, "meter reading wrong", None).await,
        [150]
    );
}

#[tokio::test]
async fn what_is_typed_is_no_syntax_and_nobody_elses_matters_are_alike() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let ids = matters(&scene, &[(None, "Near the meter NOT paid")]).await;
    assert_eq!(found(&scene, &ids, "NOT paid* OR (\"near", None).await, [0]);
    assert_eq!(found(&other, &ids, "meter paid", None).await, NONE);
}

#[tokio::test]
async fn what_is_settled_is_not_alike() {
    let scene = Scene::new().await;
    let settled = Written {
        subject: "The meter was read wrong".to_owned(),
        status: "resolved",
        ..Written::default()
    };
    let ids = scene.matters(vec![settled]).await;
    assert_eq!(found(&scene, &ids, "meter read wrong", None).await, NONE);
}
