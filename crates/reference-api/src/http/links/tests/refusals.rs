//! What a link is of no use for: every operation but a few, and every customer but one.

use super::*;
use axum::http::StatusCode;

/// What a link may do, and what asks for no session at all.
const OPEN: &[(&str, &str)] = &[
    ("get", endpoints::CAPABILITIES),
    ("get", endpoints::SESSION),
    ("delete", endpoints::SESSION),
    ("post", endpoints::SESSION_EMAIL),
    ("post", endpoints::SESSION_EMAIL_CONFIRM),
    ("post", endpoints::SESSION_LINK),
    ("post", endpoints::SESSION_LINK_DISOWN),
    ("get", endpoints::PREFERENCE_CATALOG),
    ("get", endpoints::PREFERENCES),
    ("patch", endpoints::PREFERENCES),
    ("get", endpoints::UNSUBSCRIBE),
    ("head", endpoints::UNSUBSCRIBE),
    ("post", endpoints::UNSUBSCRIBE),
    ("post", endpoints::DATA_REQUEST_TRACKING),
    ("get", endpoints::DOWNLOAD),
    ("get", "/healthz"),
    ("post", endpoints::SESSION_EMBED),
    ("post", endpoints::DELEGATION_LINK),
    ("post", endpoints::DELEGATION_DECISION),
];

/// Every operation that the contract knows, but the open ones.
fn closed() -> Vec<(Method, String)> {
    let document: Value = serde_json::from_str(&portal_contract::openapi::text()).unwrap();
    let mut closed = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for name in operations.as_object().unwrap().keys() {
            let Ok(method) = Method::from_bytes(name.to_uppercase().as_bytes()) else {
                continue;
            };
            if ["parameters", "summary", "description"].contains(&name.as_str())
                || OPEN.contains(&(name.as_str(), path.as_str()))
            {
                continue;
            }
            closed.push((method, filled(path)));
        }
    }
    closed
}

fn filled(template: &str) -> String {
    let mut path = template.to_owned();
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, "x1");
    }
    path
}

#[tokio::test]
async fn every_other_operation_refuses_a_link() {
    let scene = Scene::new().await;
    let bearer = scene.bearer().await;
    let before = scene.state();
    let closed = closed();
    assert!(closed.len() > 30, "{closed:?}");
    for (method, path) in closed {
        let call = Call::new(method.clone(), &path)
            .json(&json!({}))
            .key("0197f3c2-0000-7000-8000-000000000001");
        let answer = scene.api.send(bearing(call, &bearer)).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (StatusCode::FORBIDDEN, "scope-insufficient"),
            "{method} {path}: {}",
            answer.text()
        );
    }
    assert_eq!(scene.state(), before);
}

#[tokio::test]
async fn a_link_of_one_use_is_of_no_use_for_another() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let link = scene.exchange(&mail.footer).await.json();
    let bearer = link["bearer"].as_str().unwrap();
    let one_click = mail.one_click.rsplit('/').next().unwrap();
    for token in [one_click, bearer, "", "x", "\u{e9}"] {
        assert_eq!(
            scene.exchange(token).await.problem(),
            "not-found",
            "{token}"
        );
    }
    for token in [mail.footer.as_str(), one_click, "x"] {
        let read = bearing(Call::get(PREFERENCES), token);
        assert_eq!(scene.api.send(read).await.problem(), "unauthenticated");
        let disown = bearing(
            Call::post(endpoints::SESSION_LINK_DISOWN, &json!({})),
            token,
        );
        assert_eq!(scene.api.send(disown).await.problem(), "unauthenticated");
        let session = bearing(Call::get("/v1/session"), token);
        let session = scene.api.send(session).await;
        assert_eq!(session.json()["state"], "anonymous");
    }
    for token in [mail.footer.as_str(), bearer, "x", "%ff"] {
        let path = format!("/v1/unsubscribe/{token}");
        assert_eq!(
            scene.api.send(Call::get(&path)).await.problem(),
            "not-found"
        );
    }
}

#[tokio::test]
async fn a_link_of_one_customer_changes_nothing_of_another() {
    let scene = Scene::new().await;
    scene.api.customer(JONAS, "Jonas Weber").await;
    let jonas = Scene {
        cookie: scene.api.sign_in(JONAS).await,
        api: scene.api.clone(),
    };
    let before = jonas.get(PREFERENCES).await;
    let bearer = scene.bearer().await;
    let off = json!({ "global_opt_out": true });
    let answer = scene.api.send(change(&bearer, &off)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(jonas.get(PREFERENCES).await, before);
    assert!(jonas.history().await.is_empty());
}

#[tokio::test]
async fn the_link_of_a_contact_point_that_is_gone_has_run_out() {
    let scene = Scene::new().await;
    let mail = scene.mail(MAYA, TOPIC).await;
    let bearer = scene.bearer().await;
    let remove = |tx: &rusqlite::Transaction<'_>| Ok(tx.execute("DELETE FROM contact_points", [])?);
    scene.api.state.store.write_blocking(remove).unwrap();
    let late = scene.exchange(&mail.footer).await;
    assert_eq!(late.problem(), "link-expired");
    let read = scene
        .api
        .send(bearing(Call::get(PREFERENCES), &bearer))
        .await;
    assert_eq!(read.problem(), "link-expired");
}
