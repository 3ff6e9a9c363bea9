//! Rights about one field, and what stands at what is held while a right is in force.

use super::{act, advance, everything, made, of};
use crate::attributes::{NewAttribute, add};
use crate::http::fixture::{Matter, Scene};
use crate::inventory::Category;
use crate::inventory::words::Tongue;
use crate::store::time::Moment;
use crate::testing::NOW;
use portal_contract::me::Origin;
use serde_json::{Value, json};

/// A customer of whom something was inferred, and about whom something was told.
async fn known() -> Scene {
    let scene = Scene::new().await;
    let customer = scene.customer.clone();
    let attribute = |key: &str, origin| NewAttribute {
        key: key.parse().unwrap(),
        position: 0,
        plain: (key.to_owned(), "a value".to_owned()),
        texts: crate::consents::Local::default(),
        origin,
        purpose: None,
        collected_at: Moment::from_millis(NOW),
        editable: false,
    };
    let (leaving, supplier) = (
        attribute("leaving", Origin::Inferred),
        attribute("supplier", Origin::ThirdParty),
    );
    scene
        .api
        .state
        .store
        .write(move |tx| {
            add(tx, &customer, &leaving)?;
            add(tx, &customer, &supplier)
        })
        .await
        .unwrap();
    scene
}

fn field(name: &str) -> Value {
    json!({ "kind": "field", "categories": [], "interaction_ids": [], "field": name })
}

fn categories(names: &[&str]) -> Value {
    json!({ "kind": "categories", "categories": names, "interaction_ids": [] })
}

/// Which attributes are used.
async fn used(scene: &Scene) -> Vec<String> {
    let me = scene.json("/v1/me").await;
    let all = me["attributes"].as_array().unwrap().iter();
    all.filter(|one| one["in_use"] == true)
        .map(|one| one["key"].as_str().unwrap().to_owned())
        .collect()
}

/// What stands at a category.
async fn flags(scene: &Scene, category: &str) -> Value {
    let held = scene.json("/v1/data-inventory").await;
    let all = held["items"].as_array().unwrap().clone();
    let found = all.into_iter().find(|one| one["id"] == category).unwrap();
    found["in_force"].clone()
}

/// What stands at a record.
async fn flags_of(scene: &Scene, category: &str, (member, value): (&str, &str)) -> Value {
    let path = format!("/v1/data-inventory/{category}/records");
    let records = scene.json(&path).await;
    let all = records["items"].as_array().unwrap().clone();
    let found = all.into_iter().find(|one| one[member] == value);
    found.unwrap()["in_force"].clone()
}

#[tokio::test]
async fn a_restricted_or_objected_to_field_is_not_used_until_that_is_lifted() {
    for kind in ["restriction", "objection"] {
        for (key, other) in [("leaving", "supplier"), ("supplier", "leaving")] {
            let scene = known().await;
            assert_eq!(used(&scene).await, ["leaving", "supplier"]);
            let scope = field(&format!("attributes/{key}"));
            let request = made(&scene, &of(kind, &scope)).await;
            assert_eq!(request["outcome"]["in_force"], true);
            assert_eq!(used(&scene).await, [other]);
            act(&scene, &request, "lift").await;
            assert_eq!(used(&scene).await, ["leaving", "supplier"]);
        }
    }
}

#[tokio::test]
async fn a_conclusion_is_not_used_while_a_person_looks_at_it() {
    let scene = known().await;
    // As an inventory of an earlier version wrote it.
    let scope = field("attributes.leaving");
    let request = made(&scene, &of("automated_decision_review", &scope)).await;
    assert_eq!(request["scope"]["field"], "attributes/leaving");
    advance(&scene, &request).await;
    assert_eq!(used(&scene).await, ["supplier"]);
    advance(&scene, &request).await;
    assert_eq!(used(&scene).await, ["leaving", "supplier"]);
}

#[tokio::test]
async fn what_would_stop_nothing_is_refused_and_not_recorded() {
    let scene = known().await;
    let review = "automated_decision_review";
    for (kind, scope, pointer) in [
        ("restriction", field("date_of_birth"), "/scope/field"),
        ("restriction", field("display_name"), "/scope/field"),
        ("objection", field("jurisdiction"), "/scope/field"),
        (review, field("attributes/supplier"), "/scope/field"),
        (
            "restriction",
            categories(&["attachments"]),
            "/scope/categories/0",
        ),
        (
            "objection",
            categories(&["interactions", "contact_points"]),
            "/scope/categories/1",
        ),
    ] {
        let answer = scene.post("/v1/data-requests", &of(kind, &scope)).await;
        assert_eq!(answer.status, 422, "{kind} {scope}");
        let error = answer.json()["errors"][0].clone();
        assert_eq!(error["pointer"], pointer, "{kind}");
        assert_eq!(error["code"], "not_offered", "{kind}");
        let detail = error["detail"].as_str().unwrap();
        assert!(detail.contains("choose"), "{detail}");
    }
    assert_eq!(scene.json("/v1/data-requests").await["items"], json!([]));
}

#[tokio::test]
async fn a_field_is_offered_for_the_rights_that_it_can_be_about() {
    let scene = known().await;
    let options = scene.json("/v1/data-requests/options").await;
    let kinds = |name: &str| {
        let mut all = options["fields"].as_array().unwrap().iter();
        all.find(|one| one["field"] == name).unwrap()["kinds"].clone()
    };
    assert_eq!(kinds("date_of_birth"), json!(["rectification"]));
    assert_eq!(
        kinds("attributes/supplier"),
        json!(["rectification", "restriction", "objection"])
    );
    assert_eq!(
        kinds("attributes/leaving"),
        json!([
            "rectification",
            "restriction",
            "objection",
            "automated_decision_review"
        ])
    );
}

#[tokio::test]
async fn what_the_inventory_names_as_a_right_of_a_category_is_offered_for_it() {
    let scene = Scene::new().await;
    let options = scene.json("/v1/data-requests/options").await;
    let offered = options["categories"].as_array().unwrap();
    for category in Category::ALL {
        let id = category.as_str();
        let found = offered.iter().find(|one| one["id"] == id).unwrap();
        let kinds = found["kinds"].as_array().unwrap();
        for right in Tongue::of(None, &[]).category(category).rights {
            // A review is about everything, or a conclusion.
            let is_known = right == "automated_decision_review" || kinds.contains(&json!(right));
            assert!(is_known, "{id} {right}");
        }
    }
}

#[tokio::test]
async fn a_restriction_of_everything_stands_at_every_category_until_it_ends() {
    let scene = Scene::new().await;
    let request = made(&scene, &of("restriction", &everything())).await;
    assert!(request["in_force_since"].is_string());
    let flag = json!([{
        "kind": "restriction",
        "scope": "everything",
        "since": request["in_force_since"],
        "request_id": request["id"],
    }]);
    for category in Category::ALL {
        assert_eq!(flags(&scene, category.as_str()).await, flag, "{category:?}");
    }
    let ended = act(&scene, &request, "cancel").await;
    assert_eq!(ended["in_force_since"], Value::Null);
    assert_eq!(flags(&scene, "profile").await, json!([]));
}

#[tokio::test]
async fn a_right_about_one_thing_stands_at_that_and_at_its_category() {
    let scene = known().await;
    let matter = scene.matter(Matter::default()).await;
    let other = scene.matter(Matter::default()).await;
    let scope = json!({ "kind": "interactions", "categories": [], "interaction_ids": [matter] });
    let objection = made(&scene, &of("objection", &scope)).await;
    let scope = field("attributes/leaving");
    let restriction = made(&scene, &of("restriction", &scope)).await;
    let is_one = |flags: &Value, request: &Value, scope: &str| {
        assert_eq!(flags.as_array().unwrap().len(), 1, "{flags}");
        assert_eq!(flags[0]["request_id"], request["id"]);
        assert_eq!(flags[0]["scope"], scope);
    };
    let at = flags(&scene, "interactions").await;
    is_one(&at, &objection, "interactions");
    let at = flags_of(&scene, "interactions", ("id", &matter)).await;
    is_one(&at, &objection, "interactions");
    let at = flags_of(&scene, "interactions", ("id", &other)).await;
    assert_eq!(at, json!([]));
    let at = flags(&scene, "inferences").await;
    is_one(&at, &restriction, "field");
    let leaving = ("field", "attributes/leaving");
    is_one(
        &flags_of(&scene, "inferences", leaving).await,
        &restriction,
        "field",
    );
    assert_eq!(flags(&scene, "profile").await, json!([]));
    let supplier = ("field", "attributes/supplier");
    assert_eq!(flags_of(&scene, "profile", supplier).await, json!([]));
}
