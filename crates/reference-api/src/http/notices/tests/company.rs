//! What the company tells, changes, ends, and gets wrong.

use super::*;

#[tokio::test]
async fn what_the_company_changes_and_ends_is_told() {
    let scene = Scene::new().await;
    scene.tell(&outage("cable")).await;
    let notice = scene.only_notice().await;
    scene.act(&notice, "dismiss", &json!({})).await;
    // The same again is no news; other words are, and who put it away is not bothered by them.
    scene.tell(&outage("cable")).await;
    scene
        .tell(&outage("cable").replace("It is so.", "It takes longer."))
        .await;
    assert!(scene.titles("current").await.is_empty());
    let page = scene.json("/v1/notices?state=put_aside").await;
    assert_eq!(page["items"][0]["text"], "It takes longer.");
    assert_ne!(page["items"][0]["updated_at"], Value::Null);
    assert_eq!(page["items"][0]["id"], notice["id"]);
    let now = Moment::from_millis(NOW);
    let end = |key: &'static str| {
        scene
            .api
            .state
            .store
            .write(move |tx| notices::end(tx, key, now))
    };
    assert_eq!(end("cable").await.unwrap().unwrap().len(), 1);
    assert!(end("cable").await.unwrap().is_none());
    assert!(end("another").await.unwrap().is_none());
    assert!(scene.titles("put_aside").await.is_empty());
    let told = [
        "notice.created",
        "notice.updated",
        "notice.updated",
        "notice.removed",
    ];
    assert_eq!(events(&scene).await, told);
    // Told anew under the same key it is there again.
    scene.tell(&outage("cable")).await;
    assert_eq!(scene.titles("put_aside").await, ["About cable"]);
}

#[tokio::test]
async fn everyone_is_who_is_here_and_whom_it_no_longer_concerns_loses_it() {
    let scene = Scene::new().await;
    let other = Scene::on(&scene.api, "jonas@example.com").await;
    let everyone = outage("storm").replace("customers = [\"maya@example.com\"]", "everyone = true");
    scene.tell(&everyone).await;
    assert_eq!(scene.titles("current").await, ["About storm"]);
    assert_eq!(other.titles("current").await, ["About storm"]);
    let (one, two) = (scene.only_notice().await, other.only_notice().await);
    assert_ne!(one["id"], two["id"], "an id is of one customer alone");
    scene.tell(&outage("storm")).await;
    assert!(other.titles("current").await.is_empty());
    assert_eq!(scene.titles("current").await, ["About storm"]);
}

#[tokio::test]
async fn what_names_nothing_that_is_here_is_refused_whole() {
    let scene = Scene::new().await;
    let faults = [
        (
            outage("a").replace("\"outages\"", "\"gossip\""),
            "the topic \"gossip\" does not stand",
        ),
        (
            outage("a").replace("maya@", "nobody@"),
            "nobody signs in with \"nobody@example.com\"",
        ),
        (
            outage("a").replace("customers", "interaction = \"LF-0\"\ncustomers"),
            "no interaction \"LF-0\"",
        ),
        (
            outage("a").replace("customers", "about_topic = \"gossip\"\ncustomers"),
            "has the topic \"gossip\"",
        ),
    ];
    for (file, expected) in faults {
        let all = notices::parse("test.toml", &file, &notices::moment).unwrap();
        let config = scene.api.state.config.clone();
        let refused = scene
            .api
            .state
            .store
            .transact::<_, notices::NotWritten, _>(move |tx| {
                let now = Moment::from_millis(NOW);
                notices::add(tx, &config.catalogue, &all[0], now)
            })
            .await
            .unwrap_err();
        assert!(refused.to_string().contains(expected), "{refused}");
    }
    assert!(scene.titles("current").await.is_empty());
}

#[tokio::test]
async fn what_nobody_has_been_shown_for_90_days_is_forgotten() {
    let scene = Scene::new().await;
    scene.tell(&outage("cable")).await;
    let forget = |days: i64| {
        let now = Moment::from_millis(NOW + days * DAY);
        scene
            .api
            .state
            .store
            .write(move |tx| notices::forget(tx, now, 10))
    };
    assert_eq!(forget(99).await.unwrap(), 0);
    assert_eq!(forget(101).await.unwrap(), 1);
    assert!(scene.titles("current").await.is_empty());
}

/// Only `Customers` is used here; the others are read by the file's own tests.
#[tokio::test]
async fn a_customer_named_twice_is_told_once() {
    let scene = Scene::new().await;
    let mut all = notices::parse("test.toml", &outage("cable"), &notices::moment).unwrap();
    let address = "maya@example.com".to_owned();
    all[0].audience = Audience::Customers(vec![address.clone(), address]);
    scene.tell_all(all).await;
    assert_eq!(scene.titles("current").await, ["About cable"]);
}
