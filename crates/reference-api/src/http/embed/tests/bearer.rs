//! What a frame's bearer can do, and how it ends.

use super::host::{self, HostPage};
use super::{JONAS, MAYA, Scene, bearing};
use crate::embed::Source;
use crate::http::state::Change;
use crate::testing::{Call, TestApi};
use axum::http::Method;
use portal_contract::endpoints;
use serde_json::json;

fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

fn everything() -> serde_json::Value {
    json!({ "kind": "everything", "categories": [], "interaction_ids": [] })
}

#[tokio::test]
async fn a_frame_is_told_whom_it_speaks_for() {
    let scene = Scene::new().await;
    let answer = scene.claim(&scene.claims(MAYA)).await;
    let told = answer.json();
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.cookie(), "");
    // 4 March 2026, 05:06:07: the proof was a quarter of an hour before, and the bearer is good for ten minutes.
    assert_eq!(told["expires_at"], "2026-03-04T05:16:07Z");
    let session = &told["session"];
    assert_eq!(session["mode"], "embed");
    assert_eq!(session["auth_time"], "2026-03-04T04:51:07Z");
    assert_eq!(session["expires_at"], told["expires_at"]);
    assert_eq!(session["customer"]["display_name"], "Maya Lindqvist");
    let scopes = session["scopes"].as_array().unwrap();
    for missing in ["step_up", "contact_points:write"] {
        assert!(!scopes.contains(&json!(missing)), "{missing}");
    }
    assert!(scopes.contains(&json!("preferences:write")));
    let bearer = told["bearer"].as_str().unwrap();
    assert!(
        bearer.len() == 70 && bearer.starts_with("frame_"),
        "{bearer}"
    );
    let again = scene.get(endpoints::SESSION, bearer).await;
    assert_eq!(&again.json(), session);
}

#[tokio::test]
async fn at_top_level_everything_may_be_done_and_it_is_the_same_customer() {
    let scene = Scene::new().await;
    let cookie = scene.api.sign_in("maya@example.com").await;
    let top = Call::get(endpoints::SESSION).cookie(&cookie);
    let top = scene.api.send(top).await.json();
    let scopes = top["scopes"].as_array().unwrap();
    for there in ["step_up", "contact_points:write"] {
        assert!(scopes.contains(&json!(there)), "{there}");
    }
    let framed = scene.claim(&scene.claims(MAYA)).await.json();
    assert_eq!(framed["session"]["subject"], top["subject"]);
    let other = scene.claim(&scene.claims(JONAS)).await.json();
    assert_ne!(other["session"]["subject"], top["subject"]);
}

#[tokio::test]
async fn nothing_is_kept_that_could_be_sent() {
    let scene = Scene::new().await;
    let bearer = scene.bearer(MAYA).await;
    let token = bearer.strip_prefix("frame_").unwrap().to_owned();
    let store = &scene.api.state.store;
    let kept = store.read(|db| {
        let sql = "SELECT lower(hex(token_hash)) FROM sessions";
        Ok(db.query_row(sql, [], |row| row.get::<_, String>(0))?)
    });
    assert_ne!(kept.await.unwrap(), token);
}

#[tokio::test]
async fn it_runs_out_whatever_is_done_with_it() {
    let scene = Scene::new().await;
    let bearer = scene.bearer(MAYA).await;
    for _ in 0..9 {
        scene.api.state.clock.advance(60);
        assert_eq!(scene.get(endpoints::ME, &bearer).await.status, 200);
    }
    scene.api.state.clock.advance(60);
    let over = scene.get(endpoints::ME, &bearer).await;
    assert_eq!(over.problem(), "unauthenticated");
    let session = scene.get(endpoints::SESSION, &bearer).await;
    assert_eq!(session.json()["state"], "anonymous");
    crate::sweep::once(&scene.api.state).await.unwrap();
    assert_eq!(scene.count("sessions").await, 0);
}

#[tokio::test]
async fn a_short_idle_time_of_cookies_does_not_end_it() {
    let host = HostPage::new();
    let api = TestApi::with(|config| {
        config.session.idle_minutes = 5;
        config.embed = Some(host::named(Source::File(host.file())));
    });
    host::customer(&api, MAYA, "maya@example.com", "Maya").await;
    let scene = Scene { api, host };
    let bearer = scene.bearer(MAYA).await;
    scene.api.state.clock.advance(9 * 60);
    assert_eq!(scene.get(endpoints::ME, &bearer).await.status, 200);
}

#[tokio::test]
async fn signing_out_ends_it_at_once_and_nothing_else() {
    let scene = Scene::new().await;
    let cookie = scene.api.sign_in("maya@example.com").await;
    let (one, two) = (scene.bearer(MAYA).await, scene.bearer(MAYA).await);
    let mut changes = scene.api.state.changes.listen();
    let out = Call::new(Method::DELETE, endpoints::SESSION).cookie(&cookie);
    let out = out.header("authorization", &format!("Bearer {one}"));
    let out = scene.api.send(out).await;
    assert_eq!((out.status.as_u16(), out.cookie().as_str()), (204, ""));
    let told = changes.try_recv().unwrap();
    assert!(matches!(told, Change::SessionEnded(_)), "{told:?}");
    let ended = scene.get(endpoints::ME, &one).await;
    assert_eq!(ended.problem(), "unauthenticated");
    assert_eq!(scene.get(endpoints::ME, &two).await.status, 200);
    let top = Call::get(endpoints::ME).cookie(&cookie);
    assert_eq!(scene.api.send(top).await.status, 200);
}

#[tokio::test]
async fn a_cookies_token_is_no_bearer_and_a_bearers_no_cookie() {
    let scene = Scene::new().await;
    let cookie = scene.api.sign_in("maya@example.com").await;
    let bearer = scene.bearer(MAYA).await;
    let (name, value) = cookie.split_once('=').unwrap();
    let token = bearer.strip_prefix("frame_").unwrap();
    for posing in [&format!("frame_{value}"), value, token] {
        let answer = scene.get(endpoints::ME, posing).await;
        assert_eq!(answer.problem(), "unauthenticated", "{posing}");
    }
    let posing = Call::get(endpoints::ME).cookie(&format!("{name}={token}"));
    let answer = scene.api.send(posing).await;
    assert_eq!(answer.problem(), "unauthenticated");
}

#[tokio::test]
async fn a_bearer_goes_before_a_cookie() {
    let scene = Scene::new().await;
    let cookie = scene.api.sign_in("jonas@example.com").await;
    let bearer = scene.bearer(MAYA).await;
    let both = bearing(Call::get(endpoints::ME), &bearer).cookie(&cookie);
    let me = scene.api.send(both).await.json();
    assert_eq!(me["display_name"], "Maya Lindqvist");
    // One that is good for nothing does not fall back on the cookie.
    let both = bearing(Call::get(endpoints::ME), "frame_00").cookie(&cookie);
    let answer = scene.api.send(both).await;
    assert_eq!(answer.problem(), "unauthenticated");
}

#[tokio::test]
async fn what_needs_a_fresh_proof_needs_a_tab() {
    let scene = Scene::new().await;
    let mut claims = scene.claims(MAYA);
    // However fresh the proof is that the company tells of.
    claims["auth_time"] = claims["iat"].clone();
    let framed = scene.claim(&claims).await.json();
    let bearer = framed["bearer"].as_str().unwrap();
    let points = scene.get(endpoints::CONTACT_POINTS, bearer).await.json();
    let mine = points["items"][0]["id"].as_str().unwrap();
    let mine = endpoints::CONTACT_POINT.replace("{contact_point_id}", mine);
    let request = |kind: &str| {
        let everything = everything();
        let wanted = json!({ "kind": kind, "scope": everything, "formats": [], "proposed": [] });
        Call::post(endpoints::DATA_REQUESTS, &wanted)
    };
    let code = json!({ "challenge_id": "cha_1", "code": "123456" });
    let point = json!({ "kind": "email", "value": "other@example.com" });
    let writes = "contact_points:write";
    for (call, scope) in [
        (request("erasure"), "step_up"),
        (
            Call::get(&format!("{}?on_behalf=dgn_1", endpoints::DATA_REQUESTS)),
            "step_up",
        ),
        (request("access"), "step_up"),
        (
            Call::post(endpoints::SESSION_STEP_UP, &json!({})),
            "step_up",
        ),
        (
            Call::post(endpoints::SESSION_STEP_UP_CONFIRM, &code),
            "step_up",
        ),
        (Call::post(endpoints::CONTACT_POINTS, &point), writes),
        (Call::patch(&mine, &json!({ "label": "Home" })), writes),
        (Call::new(Method::DELETE, &mine), writes),
    ] {
        let call = bearing(call, bearer).key(&key()).header("if-match", "*");
        let answer = scene.api.send(call.clone()).await;
        assert_eq!(answer.status, 403, "{call:?}: {}", answer.text());
        assert_eq!(answer.problem(), "scope-insufficient", "{call:?}");
        assert_eq!(answer.json()["required_scope"], scope, "{call:?}");
        assert_eq!(answer.cookie(), "", "{call:?}");
    }
}

#[tokio::test]
async fn what_the_customer_may_read_and_say_they_may_in_a_frame() {
    let scene = Scene::new().await;
    let bearer = scene.bearer(MAYA).await;
    for path in [
        endpoints::ME,
        endpoints::OVERVIEW,
        endpoints::INTERACTIONS,
        endpoints::PREFERENCES,
        endpoints::CONSENTS,
        endpoints::CONTACT_POINTS,
        endpoints::FEEDBACK,
        endpoints::NOTICES,
        endpoints::DATA_REQUESTS,
        endpoints::DATA_INVENTORY,
        endpoints::EVENTS,
    ] {
        let answer = scene.get(path, &bearer).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }
    let off = json!({ "topics": { "tariff_offers": { "email": { "enabled": false } } } });
    let off = Call::patch(endpoints::PREFERENCES, &off).header("if-match", "*");
    let answer = scene.api.send(bearing(off, &bearer)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    // A right that needs no fresh proof at top level needs none here.
    let scope = everything();
    let restrict = json!({ "kind": "restriction", "scope": scope, "formats": [], "proposed": [] });
    let restrict = Call::post(endpoints::DATA_REQUESTS, &restrict).key(&key());
    let answer = scene.api.send(bearing(restrict, &bearer)).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

#[tokio::test]
async fn the_signal_of_the_browser_is_heeded_in_a_frame() {
    let scene = Scene::new().await;
    let bearer = scene.bearer(MAYA).await;
    let report = Call::post(endpoints::SESSION_SIGNALS, &json!({ "gpc": true }));
    let told = scene.api.send(bearing(report, &bearer)).await.json();
    assert_eq!(told["signals"]["gpc"], true);
    assert_eq!(told["mode"], "embed");
}
