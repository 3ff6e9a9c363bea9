//! Data rights: the legal clock, fresh proofs, one running request of a kind.

use super::preferences::{asks_for_proof, stale};
use super::rule;
use super::writes::{call_off, harmless_request, rows};
use crate::http::{Call, Who};
use crate::ids::pick;
use crate::kit::{Kit, items, lists, text};
use crate::operations::named;
use crate::rule::{Finding, Outcome, Rule, Stop, broken, finding, skip, unless};
use jiff::{Timestamp, ToSpan, Zoned};
use portal_contract::endpoints;
use serde_json::{Value, json};

const REQUESTS: &str =
    "a data request of A's that needs no fresh proof (called off or ended again)";

pub(super) fn rules() -> Vec<Rule> {
    vec![
        rule!(
            "data_rights.deadlines",
            DataRights,
            "A deadline is that of the law, counted on the calendar: one month from receipt to the end of the day (GDPR, article 12(3); Regulation 1182/71), or 45 days (CCPA).",
            "Add a calendar month, not 30 days; where the month has no such day it is its last; a day that is no working day may move it on.",
            deadlines
        ),
        rule!(
            "data_rights.due-changes",
            DataRights,
            "A deadline never moves silently: `original_due_at` stays, and every other `due_at` follows from an event of the timeline.",
            "Write the event in the transaction that moves the day.",
            due_changes
        ),
        rule!(
            "data_rights.step-up", DataRights,
            "Access, portability, rectification and erasure need a fresh proof.",
            "Compare `auth_time` with now before anything is written.",
            writes "nothing, where the API is right: requests that are refused", step_up
        ),
        rule!(
            "data_rights.no-proof-for-less",
            DataRights,
            "Being left alone (restriction, objection, opting out, limiting) needs no fresh proof.",
            "Ask for one where data goes out or goes away, and nowhere else.",
            no_proof
        ),
        rule!(
            "data_rights.one-of-a-kind", DataRights,
            "A second running request of a kind is `duplicate-active-request`, with the one that runs as `existing_id`.",
            "Let the database hold one running request for each customer and kind.",
            writes REQUESTS, one_of_a_kind
        ),
        rule!(
            "data_rights.preview",
            DataRights,
            "A preview changes nothing.",
            "Compute it by the function that acts, and roll back or only read.",
            preview
        ),
        rule!(
            "data_rights.tracking",
            DataRights,
            "A tracking token that nobody has answers `not-found`, to whoever asks.",
            "Look the token up by its hash, signed in or not.",
            tracking
        ),
    ]
}

/// Every request of both customers, each with who has it.
async fn requests(kit: &Kit) -> Result<Vec<(Who, Value)>, Stop> {
    let mut all = Vec::new();
    for who in [Who::A, Who::B] {
        let page = kit
            .read(
                who.clone(),
                &format!("{}?limit=100", endpoints::DATA_REQUESTS),
            )
            .await?;
        all.extend(items(page.json(), "/items").map(|request| (who.clone(), request.clone())));
    }
    if all.is_empty() {
        return Err(skip("neither customer has a data request"));
    }
    Ok(all)
}

async fn deadlines(kit: &Kit) -> Outcome {
    let (mut findings, mut judged) = (Vec::new(), 0);
    for (who, request) in requests(kit).await? {
        let (Some(submitted), Some(due)) = (
            moment(&request, "submitted_at"),
            moment(&request, "original_due_at"),
        ) else {
            continue;
        };
        let Ok(received) = submitted.in_tz(text(&request, "time_zone")) else {
            continue;
        };
        let Some(earliest) = by_law(&request, &received) else {
            continue;
        };
        judged += 1;
        let days = due.duration_since(earliest.timestamp()).as_hours() / 24;
        // The end of the day, and a few days more where the last one is no working day (article 3(4) of Regulation 1182/71).
        if !(0..=5).contains(&days) || due < earliest.timestamp() {
            let shown = kit
                .read(who, &format!("/v1/data-requests/{}", text(&request, "id")))
                .await?;
            findings.push(finding(
                format!(
                    "received {received}, due {due}: by the calendar of `{}` it is {}",
                    text(&request, "regime"),
                    earliest.date()
                ),
                &[&shown],
            ));
        }
    }
    if judged == 0 && findings.is_empty() {
        return Err(skip(
            "no request of the two has a deadline of a law that the kit knows",
        ));
    }
    unless(findings, format!("{judged} deadlines"))
}

/// The beginning of the day on which the law wants the answer.
fn by_law(request: &Value, received: &Zoned) -> Option<Zoned> {
    let span = match text(request, "regime") {
        "gdpr" | "uk_gdpr" => 1.month(),
        "ccpa" => 45.days(),
        _ => return None,
    };
    let day = received.date().checked_add(span).ok()?;
    day.to_zoned(received.time_zone().clone()).ok()
}

fn moment(request: &Value, member: &str) -> Option<Timestamp> {
    text(request, member).parse().ok()
}

async fn due_changes(kit: &Kit) -> Outcome {
    let mut findings: Vec<Finding> = Vec::new();
    let all = requests(kit).await?;
    for (who, request) in &all {
        let path = format!("/v1/data-requests/{}", text(request, "id"));
        let one = kit.read(who.clone(), &path).await?;
        let timeline = kit
            .read(who.clone(), &format!("{path}/events?limit=100"))
            .await?;
        let told = items(timeline.json(), "/items").filter(|event| !event["due_at"].is_null());
        let told: Vec<&str> = told.map(|event| text(event, "due_at")).collect();
        let (due, original) = (
            text(one.json(), "due_at"),
            text(one.json(), "original_due_at"),
        );
        if due != original && told.last() != Some(&due) {
            findings.push(finding("`due_at` is another than `original_due_at`, and the last event of the timeline does not say so", &[&one, &timeline]));
        }
        let until = text(&one.json()["extension"], "until");
        if !until.is_empty() && due == original {
            findings.push(finding(
                "the request has an extension, and is due as before",
                &[&one],
            ));
        }
    }
    unless(findings, format!("{} requests", all.len()))
}

fn everything(kind: &str) -> Value {
    json!({
        "kind": kind, "formats": [], "proposed": [],
        "scope": { "kind": "everything", "categories": [], "interaction_ids": [] },
    })
}

async fn step_up(kit: &Kit) -> Outcome {
    let who = stale(kit).await?;
    let offered = &kit.capabilities["data_request_kinds"];
    let mut judged = 0;
    for kind in ["access", "portability", "erasure"]
        .into_iter()
        .filter(|kind| lists(offered, kind))
    {
        let answer = kit
            .send(
                who.clone(),
                Call::post(endpoints::DATA_REQUESTS, &everything(kind)),
            )
            .await?;
        if answer.is_success() {
            call_off(kit, text(answer.json(), "id")).await?;
        }
        asks_for_proof(&answer)?;
        judged += 1;
    }
    if judged == 0 {
        return Err(skip("none of these rights is on offer"));
    }
    Ok(format!("{judged} kinds ask for a fresh proof"))
}

async fn no_proof(kit: &Kit) -> Outcome {
    let options = kit.read(Who::A, endpoints::DATA_REQUEST_OPTIONS).await?;
    let free = [
        "restriction",
        "objection",
        "opt_out_sale_sharing",
        "limit_sensitive",
    ];
    let kinds: Vec<&Value> = items(options.json(), "/kinds")
        .filter(|kind| free.contains(&text(kind, "kind")))
        .collect();
    if kinds.is_empty() {
        return Err(skip("none of these rights is on offer"));
    }
    match kinds.iter().find(|kind| kind["step_up"] != false) {
        Some(kind) => Err(broken(
            format!("`{}` asks for a fresh proof", text(kind, "kind")),
            &[&options],
        )),
        None => Ok(format!("{} kinds", kinds.len())),
    }
}

async fn one_of_a_kind(kit: &Kit) -> Outcome {
    let body = harmless_request(kit).await?;
    let first = kit
        .write(Who::A, Call::post(endpoints::DATA_REQUESTS, &body))
        .await?;
    let id = text(first.json(), "id");
    if first.json()["closed_at"].is_string() {
        return Err(skip(
            "the kind that can be tried is done at once, and runs no time",
        ));
    }
    let second = kit
        .send(Who::A, Call::post(endpoints::DATA_REQUESTS, &body))
        .await?;
    call_off(kit, id).await?;
    if second.is_problem("duplicate-active-request") && second.json()["existing_id"] == id {
        return Ok("the second is refused, and leads to the first".to_owned());
    }
    if second.is_success() {
        call_off(kit, text(second.json(), "id")).await?;
    }
    Err(broken(
        format!(
            "a second running request of a kind answered {}",
            second.outcome()
        ),
        &[&first, &second],
    ))
}

async fn preview(kit: &Kit) -> Outcome {
    let list = format!("{}?limit=100", endpoints::DATA_REQUESTS);
    let before = rows(kit, &list).await?;
    let history = || async {
        Ok::<_, Stop>(pick(
            kit.read(Who::A, "/v1/interactions?limit=100").await?.json(),
            "/items/*/id",
        ))
    };
    let interactions = if kit.has_profile(&portal_contract::capabilities::Profile::Interactions) {
        history().await?
    } else {
        Vec::new()
    };
    let draft = json!({ "kind": "erasure", "scope": { "kind": "everything", "categories": [], "interaction_ids": [] } });
    let call = Call::post(endpoints::DATA_REQUEST_PREVIEW, &draft).without("idempotency-key");
    let answer = kit.write(Who::A, call).await?;
    let same = interactions.is_empty() || history().await? == interactions;
    if rows(kit, &list).await? != before || !same {
        return Err(broken("a preview changed something", &[&answer]));
    }
    Ok("nothing changed".to_owned())
}

async fn tracking(kit: &Kit) -> Outcome {
    let Some(operation) = named("trackDataRequest") else {
        return Err(skip("the contract has no tracking"));
    };
    let body = json!({ "tracking_token": "conformance-0000000000000000000000000000" });
    let mut answers = Vec::new();
    for who in [Who::Nobody, Who::A] {
        answers.push(
            kit.send(
                who,
                Call::post(&operation.path, &body).without("idempotency-key"),
            )
            .await?,
        );
    }
    match answers
        .iter()
        .find(|answer| !answer.is_problem("not-found"))
    {
        Some(odd) => Err(broken(
            format!("a token that nobody has answered {}", odd.outcome()),
            &[odd],
        )),
        None => Ok("not found".to_owned()),
    }
}
