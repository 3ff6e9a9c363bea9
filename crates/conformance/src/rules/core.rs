//! Core: capabilities, the session, events, and what holds everywhere.

use super::{record, rule};
use crate::http::{Call, Exchange, Who};
use crate::ids;
use crate::kit::{Kit, items, lists, text};
use crate::operations::operations;
use crate::rule::{Outcome, Rule, Stop, broken, finding, skip, unless};
use portal_client::{Since, paths};
use portal_contract::capabilities::Feature;
use portal_contract::{Cursor, endpoints};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the event feed is asked to wait.
const WAIT: u64 = 20;

pub(super) fn rules() -> Vec<Rule> {
    vec![
        rule!(
            "core.session",
            Core,
            "`GET /v1/session` always answers 200; that nobody is signed in is `anonymous`, with nothing about anybody, and `subject` tells customers apart.",
            "Answer 200 to everybody, and let `subject` be a keyed hash of the customer.",
            session
        ),
        rule!(
            "core.capabilities",
            Core,
            "The capabilities are public, and what they do not announce answers 404.",
            "Route only what is configured, or announce it.",
            capabilities
        ),
        rule!(
            "core.csrf", Core,
            "A write with the session's cookie is refused, 403, without `X-Portal-CSRF`, from another origin, and as a form can send it.",
            "Check all three in one place, before anything else of a write; the refusal has no effect.",
            writes "nothing, where the API is right: forged writes", csrf
        ),
        rule!(
            "core.sign-in-alike", Core,
            "Asking for a code answers alike for an address that is known and for one that nobody has.",
            "Make a challenge for every well-formed address, and do the same work for it.",
            writes "two codes are asked for; one is sent to the known address", sign_in
        ),
        rule!(
            "core.events", Core,
            "The event feed waits for a change, tells of the customer's own acts, and tells each once.",
            "Hold the request until there is a change or `wait` is over, and give a cursor just behind the last one.",
            writes "a name that A goes by, put back afterwards", events
        ),
        rule!(
            "core.problems", Core,
            "Every refusal is a problem document (RFC 9457) whose `status` is the answer's and whose type has that status.",
            "Answer every refusal by one function, also those of the framework and of the gateway.",
            looks record::problems
        ),
        rule!(
            "core.request-id", Core,
            "Every answer carries `X-Request-Id`, and every problem document the same as `request_id`.",
            "Give it in the outermost layer.",
            looks record::request_ids
        ),
        rule!(
            "core.moments", Core,
            "Moments are RFC 3339 in UTC and end in `Z`.",
            "Convert where answers are written.",
            looks record::moments
        ),
        rule!(
            "core.ids", Core,
            "Ids, etags and cursors are opaque texts that stand in an address as they are: `A-Z a-z 0-9 - _ . ~`.",
            "Encode what your systems call things; never send an address, a name or a customer number as an id.",
            looks record::ids
        ),
    ]
}

async fn session(kit: &Kit) -> Outcome {
    let nobody = kit.send(Who::Nobody, Call::get(endpoints::SESSION)).await?;
    let said = nobody.json();
    let tells = !said["customer"].is_null()
        || !said["subject"].is_null()
        || items(said, "/scopes").next().is_some();
    if nobody.status != 200 || said["state"] != "anonymous" || tells {
        return Err(broken(
            "the session of nobody is not 200, `anonymous` and empty",
            &[&nobody],
        ));
    }
    let a = kit.read(Who::A, endpoints::SESSION).await?;
    let again = kit.read(Who::A, endpoints::SESSION).await?;
    let b = kit.read(Who::B, endpoints::SESSION).await?;
    let mark = |exchange: &Exchange| text(exchange.json(), "subject").to_owned();
    if mark(&a).is_empty() || mark(&a) != mark(&again) || mark(&a) == mark(&b) {
        return Err(broken(
            "`subject` does not tell the two customers apart, or changes",
            &[&a, &b],
        ));
    }
    Ok("nobody is anonymous, and each customer has a mark".to_owned())
}

async fn capabilities(kit: &Kit) -> Outcome {
    let said = &kit.capabilities;
    let (mut findings, mut asked) = (Vec::new(), 0);
    for operation in operations()
        .iter()
        .filter(|operation| !kit.offers(operation))
    {
        // What several profiles share is there for each of them.
        if kit.given.read_only && !operation.is_safe() {
            continue;
        }
        let call = super::common::with_body(operation, &operation.at_nobodys());
        let answer = kit.send(Who::A, call).await?;
        asked += 1;
        if answer.status != 404 {
            findings.push(finding(
                format!(
                    "{} is not announced, and answered {}",
                    operation.title(),
                    answer.outcome()
                ),
                &[&answer],
            ));
        }
    }
    if text(said, "contract_version").split('.').next()
        != portal_contract::CONTRACT_VERSION.split('.').next()
    {
        findings.push(finding(
            "`contract_version` is another than this kit judges",
            &[],
        ));
    }
    let callbacks = kit.has_feature(&Feature::Callback) && !kit.has_feature(&Feature::Contact);
    if callbacks {
        findings.push(finding(
            "`callback` is announced without `contact`, which offers the ways",
            &[],
        ));
    }
    unless(
        findings,
        format!("public; {asked} operations that are not announced are not there"),
    )
}

async fn csrf(kit: &Kit) -> Outcome {
    if !kit.given.a.is_cookie() {
        return Err(skip(
            "customer A is no cookie: a header of its own is never sent by a browser",
        ));
    }
    let (mut findings, mut asked) = (Vec::new(), 0);
    for operation in operations() {
        let is_write = operation.signed_in && !operation.is_safe() && kit.offers(operation);
        if !is_write {
            continue;
        }
        let ids: Vec<String> = operation
            .path_parameters
            .iter()
            .map(|name| format!("{name}_0"))
            .collect();
        let call = super::common::with_body(operation, &operation.at(&ids));
        let forged = [
            (
                "without `X-Portal-CSRF`",
                call.clone().without("x-portal-csrf"),
            ),
            (
                "from another origin",
                call.clone()
                    .header("origin", "https://attacker.example")
                    .header("sec-fetch-site", "cross-site"),
            ),
            ("as a form sends it", call.bytes("text/plain", b"{}")),
        ];
        for (how, call) in forged {
            let answer = kit.send(Who::A, call).await?;
            asked += 1;
            let is_form = how.starts_with("as") && answer.status == 415;
            if answer.status != 403 && !is_form {
                findings.push(finding(
                    format!("{} {how} answered {}", operation.title(), answer.outcome()),
                    &[&answer],
                ));
            }
        }
    }
    findings.truncate(12);
    unless(findings, format!("{asked} forged writes are refused"))
}

async fn sign_in(kit: &Kit) -> Outcome {
    if !lists(&kit.capabilities["auth"]["modes"], "email_code") {
        return Err(skip("codes by email are not how customers sign in here"));
    }
    let Some(known) = &kit.given.known_address else {
        return Err(skip(
            "no address was given that a customer signs in with (--known-address)",
        ));
    };
    let ask = |email: String| Call::post(endpoints::SESSION_EMAIL, &json!({ "email": email }));
    let unknown = kit
        .send(
            Who::Nobody,
            ask(format!(
                "nobody-{}@example.com",
                &crate::http::fresh_key()[..8]
            )),
        )
        .await?;
    let known = kit.send(Who::Nobody, ask(known.clone())).await?;
    if known.is_problem("quota-exceeded") || unknown.is_problem("quota-exceeded") {
        return Err(skip("too many codes were asked for; try again later"));
    }
    let shape = |exchange: &Arc<Exchange>| {
        let members = exchange
            .json()
            .as_object()
            .map(|members| members.keys().cloned().collect::<Vec<_>>());
        (
            exchange.status,
            members,
            exchange.json()["attempts_left"].clone(),
            text(exchange.json(), "id").len(),
        )
    };
    if shape(&known) != shape(&unknown) || !exchange_is_accepted(&known) {
        return Err(broken(
            "the answers tell a known address from an unknown one",
            &[&known, &unknown],
        ));
    }
    Ok("alike".to_owned())
}

fn exchange_is_accepted(exchange: &Exchange) -> bool {
    exchange.status == 202
}

async fn events(kit: &Kit) -> Outcome {
    let me = kit.read(Who::A, endpoints::ME).await?;
    let name = ["preferred_name", "pronouns"]
        .into_iter()
        .find(|name| lists(&me.json()["editable"], name));
    let name = name.ok_or_else(|| skip("nothing of A's record can be changed in place"))?;
    let now = kit.read(Who::A, &paths::events(Since::Ago(0), 0)).await?;
    if items(now.json(), "/items").next().is_some() {
        return Err(broken(
            "without a cursor the feed tells of what was before",
            &[&now],
        ));
    }
    let place = place(&now)?;
    let began = Instant::now();
    let quiet = kit
        .read(Who::A, &paths::events(Since::Place(&place), 1))
        .await?;
    if items(quiet.json(), "/items").next().is_none()
        && began.elapsed() < Duration::from_millis(700)
    {
        return Err(broken("the feed does not wait", &[&quiet]));
    }
    let waiting = paths::events(Since::Place(&place), WAIT);
    let change = change(
        kit,
        name,
        json!("Conformance check"),
        text(me.json(), "etag"),
    );
    let (told, changed) = tokio::join!(kit.read(Who::A, &waiting), change);
    let (told, changed) = (told?, changed?);
    let back = kit
        .send(
            Who::A,
            patch(name, me.json()[name].clone(), text(changed.json(), "etag")),
        )
        .await?;
    let tells = |exchange: &Exchange| {
        items(exchange.json(), "/items")
            .any(|event| event["resource"] == "me" || event["type"] == "me.updated")
    };
    if !tells(&told) {
        return Err(broken(
            "a change of A's own record is not told while the feed waits",
            &[&told, &changed],
        ));
    }
    once(kit, &told, &back).await
}

/// What was told is not told again: behind it there is only what came later.
async fn once(kit: &Kit, told: &Arc<Exchange>, back: &Arc<Exchange>) -> Outcome {
    let place = place(told)?;
    let later = kit
        .read(
            Who::A,
            &paths::events(Since::Place(&place), u64::from(back.is_success())),
        )
        .await?;
    let ids = |exchange: &Exchange| ids::pick(exchange.json(), "/items/*/event_id");
    let before = ids(told);
    if ids(&later).iter().any(|id| before.contains(id)) {
        return Err(broken(
            "the feed told the same event twice",
            &[told, &later],
        ));
    }
    Ok("waits, tells, and tells once".to_owned())
}

fn place(exchange: &Exchange) -> Result<Cursor, Stop> {
    text(exchange.json(), "next_cursor")
        .parse()
        .map_err(|_| skip("the feed gave no cursor that can be sent back"))
}

async fn change(kit: &Kit, name: &str, value: Value, etag: &str) -> Result<Arc<Exchange>, Stop> {
    // The feed is asked first, so that this comes while it waits, or just before: it is told either way.
    tokio::task::yield_now().await;
    kit.write(Who::A, patch(name, value, etag)).await
}

fn patch(name: &str, value: Value, etag: &str) -> Call {
    let body: serde_json::Map<String, Value> = [(name.to_owned(), value)].into_iter().collect();
    Call::patch(endpoints::ME, &body.into()).if_match(etag)
}
