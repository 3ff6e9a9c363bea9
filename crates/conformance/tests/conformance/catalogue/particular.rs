//! What single rules are about, broken.

use crate::breaks::*;
use crate::faulty::{Asked, Front, Given};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

const PREFERENCES: &str = "/v1/preferences";
const CLICK: &str = "/v1/unsubscribe/*";
const LINK: &str = "/v1/session/link";
const EMBED: &str = "/v1/session/embed";
const REQUEST: &str = "/v1/data-requests/*";

/// All of them.
pub fn breaks() -> Vec<Break> {
    let mut all = core();
    all.extend(interactions());
    all.extend(preferences());
    all.extend(consent());
    all.extend(data_rights());
    all.extend(link());
    all.extend(embed());
    all
}

fn core() -> Vec<Break> {
    vec![
        after("core.session", |front, asked, given| {
            if asked.is("GET", "/v1/session") && front.is_nobody(asked) {
                given.edit(|body| body["scopes"] = json!(["interactions:read"]));
            }
        }),
        after("core.capabilities", |_, asked, given| {
            if asked.is("GET", "/v1/capabilities") {
                given.edit(|body| {
                    let features = body["features"].as_array_mut().unwrap();
                    features.retain(|feature| feature != "guides");
                });
            }
        }),
        before("core.csrf", |_, asked| {
            if asked.is("POST", "/v1/feedback") {
                asked.set("x-portal-csrf", "1");
            }
        }),
        after("core.sign-in-alike", |_, asked, given| {
            let nobody = asked.json()["email"]
                .as_str()
                .is_some_and(|email| email.starts_with("nobody"));
            if asked.is("POST", "/v1/session/email") && nobody {
                given.edit(|body| body["attempts_left"] = json!(0));
            }
        }),
        after("core.events", |_, asked, given| {
            if asked.is("GET", "/v1/events") && given.status == 200 {
                given.edit(|body| body["items"] = json!([]));
            }
        }),
        after("core.problems", |_, asked, given| {
            if asked.is("GET", "/v1/overview") && given.status == 401 {
                given.edit(|body| body["status"] = json!(200));
            }
        }),
        after("core.request-id", |_, asked, given| {
            if asked.is("GET", "/v1/overview") {
                given.headers.remove("x-request-id");
            }
        }),
        after("core.moments", |_, asked, given| {
            if asked.is("GET", "/v1/overview") {
                given.body = String::from_utf8(given.body.clone())
                    .unwrap()
                    .replace("Z\"", "+00:00\"")
                    .into_bytes();
            }
        }),
        after("core.ids", |_, asked, given| {
            if asked.is("GET", "/v1/events") {
                given.edit(|body| {
                    for event in body["items"].as_array_mut().into_iter().flatten() {
                        event["id"] = json!("someone@example.com");
                    }
                });
            }
        }),
    ]
}

fn interactions() -> Vec<Break> {
    vec![
        after("interactions.paging-under-inserts", |_, asked, given| {
            let second = asked.query.starts_with("limit=100&cursor=");
            if asked.is("GET", "/v1/interactions/*/messages") && second {
                given.edit(|body| drop(body["items"].as_array_mut().unwrap().remove(0)));
            }
        }),
        after("interactions.invalid-state", |_, asked, given| {
            if asked.is("POST", "/v1/interactions/*/messages") && given.is_problem("invalid-state")
            {
                given.edit(|body| body["allowed_actions"] = Value::Null);
            }
        }),
        after("interactions.files", |_, asked, given| {
            if asked.is("GET", "/v1/interactions/*/attachments/*") {
                given.headers.remove("x-content-type-options");
            }
        }),
        before("interactions.note-in-search", |_, asked| {
            if asked.is("GET", "/v1/interactions") && asked.query.starts_with("q=") {
                asked.query = String::new();
            }
        }),
        after("interactions.internal-note", |_, asked, given| {
            if asked.is("GET", "/v1/interactions/*/messages") && given.status == 200 {
                given.edit(|body| {
                    if let Some(first) = body.pointer_mut("/items/0/text") {
                        *first = json!(reference_api::demo::INTERNAL_NOTE_SENTINEL);
                    }
                });
            }
        }),
    ]
}

fn preferences() -> Vec<Break> {
    vec![
        after("preferences.quiet-hours", |_, asked, given| {
            if asked.is("GET", "/v1/preferences/reach") && given.status == 200 {
                given.edit(|body| {
                    let reasons = body["reasons"].as_array_mut().unwrap();
                    for reason in reasons
                        .iter_mut()
                        .filter(|reason| reason["code"] == "quiet_hours_hold")
                    {
                        reason["until"] = later(&reason["until"], 1);
                    }
                });
            }
        }),
        after("preferences.opt-out", |_, asked, given| {
            if asked.is("PATCH", PREFERENCES) && asked.json()["global_opt_out"] == true {
                given.refuse(401, "step-up-required");
            }
        }),
        after("preferences.no-change", |_, asked, given| {
            if asked.is("PATCH", PREFERENCES) && asked.json()["global_opt_out"] == false {
                given.edit(|body| body["etag"] = json!("another"));
            }
        }),
        after("preferences.undo", |front, asked, given| {
            if asked.is("POST", "/v1/preferences/history/*/undo") && given.status == 200 {
                front.count("undone");
            }
            let undone = front.kept.lock().unwrap().contains_key("undone");
            if asked.is("GET", "/v1/preferences/history") && asked.query == "limit=100" && undone {
                given.edit(|body| drop(body["items"].as_array_mut().unwrap().remove(0)));
            }
        }),
        before("preferences.worked-out", |_, asked| {
            if asked.is("PATCH", PREFERENCES) && !asked.json()["propagation"].is_null() {
                asked.set_json(&json!({}));
            }
        }),
        after("preferences.step-up", |_, asked, given| {
            if asked.is("POST", "/v1/contact-points") {
                given.headers.remove("www-authenticate");
            }
        }),
    ]
}

/// So many hours later.
fn later(moment: &Value, hours: i64) -> Value {
    let moment: Timestamp = moment.as_str().unwrap().parse().unwrap();
    json!(moment.checked_add(hours.hours()).unwrap().to_string())
}

fn consent() -> Vec<Break> {
    vec![
        after("consent.append-only", |front, asked, given| {
            if asked.is("POST", "/v1/consents/*/decisions") && given.status.is_success() {
                front.count("decided");
            }
            let decided = front.kept.lock().unwrap().get("decided").cloned();
            if asked.is("GET", "/v1/consents/*/records") && given.status == 200 {
                given.edit(|body| {
                    for record in body["items"].as_array_mut().unwrap() {
                        record["language"] = json!(format!(
                            "x-{}",
                            decided.as_ref().and_then(Value::as_u64).unwrap_or(0)
                        ));
                    }
                });
            }
        }),
        after("consent.receipts", |front, asked, given| {
            if asked.is("GET", "/v1/consents/*/records/*/receipt") && given.status == 200 {
                let count = front.count("receipts");
                given.edit(|body| body["asked"] = json!(count));
            }
        }),
        after("consent.objections", |_, asked, given| {
            if asked.is("GET", "/v1/consents") && given.status == 200 {
                given.edit(|body| {
                    let items = body["items"].as_array_mut().unwrap().iter_mut();
                    for allowed in
                        items.map(|item| item["allowed_decisions"].as_array_mut().unwrap())
                    {
                        if allowed.contains(&json!("object")) {
                            allowed.push(json!("withdraw"));
                        }
                    }
                });
            }
        }),
        around("consent.notice-version", |front, mut asked| async move {
            let is_ours = asked.is("POST", "/v1/consents/*/decisions")
                && asked.json()["notice_version"] == "conformance-0";
            if is_ours {
                let version = notice(&front, &asked).await;
                let mut body = asked.json();
                body["notice_version"] = version;
                asked.set_json(&body);
            }
            front.forward(asked).await
        }),
        after("consent.no-proof-for-no", |front, asked, given| {
            if asked.is("POST", "/v1/consents/*/decisions") && front.is_b(asked) {
                given.refuse(401, "step-up-required");
            }
        }),
    ]
}

/// The version of the notice of the purpose that a decision is about.
async fn notice(front: &Front, asked: &Asked) -> Value {
    let read = Asked {
        method: axum::http::Method::GET,
        path: "/v1/purposes".to_owned(),
        query: "limit=100".to_owned(),
        headers: asked.headers.clone(),
        body: Vec::new(),
    };
    let purposes = front.forward(read).await.json();
    let id = asked.path.split('/').nth(3).unwrap();
    let purpose = purposes["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|purpose| purpose["id"] == id);
    purpose.unwrap()["notices"][0]["version"].clone()
}

/// Moves the deadline of a request that was not moved yet.
fn move_deadline(request: &mut Value, original_too: bool) {
    if request["due_at"].is_string() && request["due_at"] == request["original_due_at"] {
        let moved = later(&request["due_at"], 240);
        if original_too {
            request["original_due_at"] = moved.clone();
        }
        request["due_at"] = moved;
    }
}

fn data_rights() -> Vec<Break> {
    vec![
        after("data_rights.deadlines", |_, asked, given| {
            if asked.is("GET", "/v1/data-requests") && given.status == 200 {
                given.edit(|body| {
                    let items = body["items"].as_array_mut().unwrap().iter_mut();
                    items.for_each(|request| move_deadline(request, true));
                });
            }
        }),
        after("data_rights.due-changes", |_, asked, given| {
            let one = asked.is("GET", REQUEST) && given.json()["submitted_at"].is_string();
            if one {
                given.edit(|body| move_deadline(body, false));
            }
        }),
        after("data_rights.step-up", |_, asked, given| {
            if asked.is("POST", "/v1/data-requests") && given.is_problem("step-up-required") {
                given.edit(|body| body["max_age"] = Value::Null);
            }
        }),
        after("data_rights.no-proof-for-less", |_, asked, given| {
            if asked.is("GET", "/v1/data-requests/options") && given.status == 200 {
                given.edit(|body| {
                    let kinds = body["kinds"].as_array_mut().unwrap().iter_mut();
                    for kind in kinds.filter(|kind| {
                        kind["kind"] == "limit_sensitive" || kind["kind"] == "restriction"
                    }) {
                        kind["step_up"] = json!(true);
                    }
                });
            }
        }),
        after("data_rights.one-of-a-kind", |_, asked, given| {
            if asked.is("POST", "/v1/data-requests") && given.is_problem("duplicate-active-request")
            {
                given.edit(|body| body["existing_id"] = Value::Null);
            }
        }),
        after("data_rights.preview", |front, asked, given| {
            if asked.is("POST", "/v1/data-requests/preview") && given.status == 200 {
                front.count("previewed");
            }
            let previewed = front.kept.lock().unwrap().contains_key("previewed");
            if asked.is("GET", "/v1/data-requests") && previewed && front.first("listed") {
                given.edit(|body| drop(body["items"].as_array_mut().unwrap().remove(0)));
            }
        }),
        after("data_rights.tracking", |_, asked, given| {
            if asked.is("POST", "/v1/data-requests/tracking") {
                given.refuse(400, "malformed");
            }
        }),
    ]
}

/// The request as the first customer makes it.
fn as_a(front: &Front, asked: &mut Asked) {
    let cookie = front.a.clone();
    asked.headers.remove("authorization");
    asked.set("cookie", &cookie);
}

fn link() -> Vec<Break> {
    vec![
        after("link.exchange", |_, asked, given| {
            if asked.is("POST", LINK) && given.status == 200 {
                given.edit(|body| {
                    body["session"]["scopes"] = json!(["preferences:reduce", "preferences:write"])
                });
            }
        }),
        before("link.scope", |front, asked| {
            if asked.is("GET", "/v1/me") && front.is_bearer(asked) {
                as_a(front, asked);
            }
        }),
        around("link.reduces", |front, mut asked| async move {
            if asked.is("PATCH", PREFERENCES) && front.is_bearer(&asked) {
                as_a(&front, &mut asked);
                let mut read = asked.clone();
                read.method = axum::http::Method::GET;
                let etag = front.forward(read).await.json()["etag"].clone();
                asked.set("if-match", &format!("\"{}\"", etag.as_str().unwrap()));
            }
            front.forward(asked).await
        }),
        after("link.unknown-token", |_, asked, given| {
            if asked.is("POST", LINK) && given.status == 404 {
                given.refuse(403, "scope-insufficient");
            }
        }),
        around("link.looking", |front, asked| async move {
            if asked.is("GET", CLICK) && !asked.path.contains("conformance") {
                let mut click = asked.clone();
                click.method = axum::http::Method::POST;
                click.set("content-type", "application/x-www-form-urlencoded");
                click.body = b"List-Unsubscribe=One-Click".to_vec();
                front.forward(click).await;
            }
            front.forward(asked).await
        }),
        after("link.one-click", |front, asked, given| {
            if asked.is("POST", CLICK) && !front.first("clicked") {
                given.refuse(404, "not-found");
            }
        }),
    ]
}

/// A part of an assertion, read.
fn part(asked: &Asked, n: usize) -> Value {
    let body = asked.json();
    let part = body["assertion"]
        .as_str()
        .unwrap_or("")
        .split('.')
        .nth(n)
        .unwrap_or("");
    let bytes = URL_SAFE_NO_PAD.decode(part).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or(Value::Null)
}

fn embed() -> Vec<Break> {
    vec![
        after("embed.nonsense", |_, asked, given| {
            if asked.is("POST", EMBED) && part(asked, 1).is_null() {
                given.refuse(422, "validation");
            }
        }),
        after("embed.assertions", |_, asked, given| {
            let too_long = part(asked, 1)["exp"].as_i64().unwrap_or(0)
                - part(asked, 1)["iat"].as_i64().unwrap_or(0)
                > 120;
            if asked.is("POST", EMBED) && too_long {
                given.refuse(422, "validation");
            }
        }),
        after("embed.single-use", |front, asked, given| {
            if asked.is("POST", EMBED) {
                taken_again(front, asked, given);
            }
        }),
        after("embed.session", |_, asked, given| {
            if asked.is("POST", EMBED) && given.status == 200 {
                given.edit(|body| {
                    body["session"]["scopes"]
                        .as_array_mut()
                        .unwrap()
                        .push(json!("step_up"))
                });
            }
        }),
        after("embed.scope", |_, _, given| {
            let required = given.json()["required_scope"].clone();
            if required == "step_up" || required == "contact_points:write" {
                given.edit(|body| body["required_scope"] = Value::Null);
            }
        }),
    ]
}

/// An assertion that was good once is good again.
fn taken_again(front: &Front, asked: &Asked, given: &mut Given) {
    let name = asked.json()["assertion"].to_string();
    let mut kept = front.kept.lock().unwrap();
    if given.status == 200 {
        kept.insert(name, given.json());
    } else if let Some(answer) = kept.get(&name) {
        given.status = axum::http::StatusCode::OK;
        given
            .headers
            .insert("content-type", "application/json".parse().unwrap());
        given.set_json(answer);
    }
}
