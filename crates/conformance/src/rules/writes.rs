//! Keys: one write of each profile that does no harm, sent once, twice, and fifty times at once.

use crate::http::{Call, Exchange, Who, fresh_key};
use crate::ids::pick;
use crate::kit::{Kit, items, lists, succeeded, text};
use crate::rule::{Outcome, Stop, broken, skip};
use portal_contract::capabilities::Profile;
use portal_contract::endpoints;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many identical requests are made at once.
const PARALLEL: usize = 50;

/// A write that does no harm.
struct Write {
    call: Call,
    /// The same with another body.
    other: Call,
    /// Where the rows are that it makes.
    list: String,
    /// What takes it back.
    back: Back,
}

enum Back {
    /// Nothing does.
    Stays,
    /// A feedback entry is withdrawn.
    Withdraw,
    /// A data request is called off, or ended.
    CallOff,
    /// The opposite decision.
    Decide(Value),
}

async fn prepared(kit: &Kit, profile: &Profile) -> Result<Write, Stop> {
    match profile {
        Profile::Interactions => reply(kit).await,
        Profile::Feedback => feedback(kit).await,
        Profile::Consent => decision(kit).await,
        _ => request(kit).await,
    }
}

fn words() -> String {
    format!(
        "Conformance check {}: please pass over it.",
        &fresh_key()[..8]
    )
}

/// An interaction of A's that takes a reply.
pub(super) async fn open_interaction(kit: &Kit) -> Result<String, Stop> {
    let list = kit.read_once(&Who::A, "/v1/interactions?limit=100").await?;
    for id in pick(list.json(), "/items/*/id") {
        let interaction = kit
            .read_once(&Who::A, &format!("/v1/interactions/{id}"))
            .await?;
        if lists(&interaction.json()["allowed_actions"], "reply") {
            return Ok(id);
        }
    }
    Err(skip("A has no interaction that takes a reply"))
}

/// A reply in a thread.
pub(super) fn reply_in(interaction: &str, words: &str) -> Call {
    let path = format!("/v1/interactions/{interaction}/messages");
    Call::post(&path, &json!({ "text": words, "attachment_ids": [] }))
}

async fn reply(kit: &Kit) -> Result<Write, Stop> {
    let id = open_interaction(kit).await?;
    Ok(Write {
        call: reply_in(&id, &words()),
        other: reply_in(&id, &words()),
        list: format!("/v1/interactions/{id}/messages?limit=100"),
        back: Back::Stays,
    })
}

/// Feedback that nobody asked for.
pub(super) async fn unasked(kit: &Kit) -> Result<Call, Stop> {
    let options = kit.read_once(&Who::A, endpoints::FEEDBACK_OPTIONS).await?;
    let kind = items(options.json(), "/kinds").last().cloned();
    let kind = kind.ok_or_else(|| skip("nothing can be said unasked"))?;
    let body = json!({ "kind": kind, "text": words(), "contact_allowed": false });
    Ok(Call::post(endpoints::FEEDBACK, &body))
}

async fn feedback(kit: &Kit) -> Result<Write, Stop> {
    Ok(Write {
        call: unasked(kit).await?,
        other: unasked(kit).await?,
        list: format!("{}?limit=100", endpoints::FEEDBACK),
        back: Back::Withdraw,
    })
}

/// A purpose that A can say no to, the decision, and the one that takes it back.
pub(super) struct Decidable {
    pub(super) purpose: String,
    pub(super) no: Value,
    pub(super) yes: Value,
}

/// The first purpose whose decisions are there and back again.
pub(super) async fn decidable(kit: &Kit) -> Result<Decidable, Stop> {
    let standing = kit.read(Who::A, "/v1/consents?limit=100").await?;
    let purposes = kit.read_once(&Who::A, "/v1/purposes?limit=100").await?;
    for consent in items(standing.json(), "/items") {
        let purpose = text(consent, "purpose_id").to_owned();
        let notice = items(purposes.json(), "/items").find(|known| known["id"] == purpose.as_str());
        let version =
            notice.and_then(|known| known["notices"].as_array()?.first()?["version"].as_str());
        let (Some(version), Some((no, yes))) = (version, opposites(&consent["allowed_decisions"]))
        else {
            continue;
        };
        let said = |word: &str| json!({ "decision": word, "notice_version": version });
        return Ok(Decidable {
            purpose,
            no: said(no),
            yes: said(yes),
        });
    }
    Err(skip("A can say no to no purpose at the moment"))
}

fn opposites(allowed: &Value) -> Option<(&'static str, &'static str)> {
    let pairs = [("object", "end_objection"), ("withdraw", "grant")];
    pairs.into_iter().find(|(no, _)| lists(allowed, no))
}

async fn decision(kit: &Kit) -> Result<Write, Stop> {
    let Decidable { purpose, no, yes } = decidable(kit).await?;
    let path = format!("/v1/consents/{purpose}/decisions");
    let mut other = no.clone();
    other["language"] = json!("en");
    Ok(Write {
        call: Call::post(&path, &no),
        other: Call::post(&path, &other),
        list: format!("/v1/consents/{purpose}/records?limit=100"),
        back: Back::Decide(yes),
    })
}

/// A data request of a kind that asks for no fresh proof and runs not yet, about the least that it can be about.
pub(super) async fn harmless_request(kit: &Kit) -> Result<Value, Stop> {
    let options = kit.read(Who::A, endpoints::DATA_REQUEST_OPTIONS).await?;
    let options = options.json();
    let mut kinds = items(options, "/kinds")
        .filter(|kind| kind["step_up"] == false && kind["running_id"].is_null());
    let found = kinds.find_map(|kind| Some((kind, scope(options, kind)?)));
    let (kind, scope) = found.ok_or_else(|| {
        skip(
            "no kind of data request can be made without a fresh proof, or all of them run already",
        )
    })?;
    Ok(json!({
        "kind": kind["kind"], "scope": scope, "formats": [], "proposed": [], "text": words(),
    }))
}

fn scope(options: &Value, kind: &Value) -> Option<Value> {
    let scopes = &kind["scopes"];
    let mut scope = json!({ "kind": "everything", "categories": [], "interaction_ids": [] });
    if lists(scopes, "everything") {
        return Some(scope);
    }
    let takes = |one: &&Value| lists(&one["kinds"], text(kind, "kind"));
    if lists(scopes, "categories") {
        let category = items(options, "/categories").find(takes)?;
        scope["kind"] = json!("categories");
        scope["categories"] = json!([category["id"]]);
        return Some(scope);
    }
    let field = items(options, "/fields").find(takes)?;
    scope["kind"] = json!("field");
    scope["field"] = field["field"].clone();
    Some(scope)
}

async fn request(kit: &Kit) -> Result<Write, Stop> {
    let body = harmless_request(kit).await?;
    let mut other = body.clone();
    other["text"] = json!(words());
    Ok(Write {
        call: Call::post(endpoints::DATA_REQUESTS, &body),
        other: Call::post(endpoints::DATA_REQUESTS, &other),
        list: format!("{}?limit=100", endpoints::DATA_REQUESTS),
        back: Back::CallOff,
    })
}

/// Takes back what was made, as far as that can be.
async fn take_back(kit: &Kit, write: &Write, made: &Exchange) -> Result<(), Stop> {
    let id = text(made.json(), "id");
    match &write.back {
        Back::Stays => {}
        Back::Withdraw => withdraw(kit, id).await?,
        Back::CallOff => call_off(kit, id).await?,
        Back::Decide(yes) => {
            kit.send(Who::A, Call::post(&write.call.path, yes)).await?;
        }
    }
    Ok(())
}

/// Withdraws a feedback entry.
pub(super) async fn withdraw(kit: &Kit, id: &str) -> Result<(), Stop> {
    kit.send(
        Who::A,
        Call::post(&format!("/v1/feedback/{id}/withdraw"), &json!({})),
    )
    .await?;
    Ok(())
}

/// Ends a data request in the way that it can be ended.
pub(super) async fn call_off(kit: &Kit, id: &str) -> Result<(), Stop> {
    let path = format!("/v1/data-requests/{id}");
    let request = kit.send(Who::A, Call::get(&path)).await?;
    let allowed = &request.json()["allowed_actions"];
    if let Some(act) = ["cancel", "lift"]
        .into_iter()
        .find(|act| lists(allowed, act))
    {
        kit.send(Who::A, Call::post(&format!("{path}/{act}"), &json!({})))
            .await?;
    }
    Ok(())
}

/// The ids of a list, as it stands now.
pub(super) async fn rows(kit: &Kit, list: &str) -> Result<BTreeSet<String>, Stop> {
    let page = kit.read(Who::A, list).await?;
    Ok(pick(page.json(), "/items/*/id").into_iter().collect())
}

/// `….key-missing`
pub(super) async fn key_missing(kit: &Kit, profile: Profile) -> Outcome {
    let write = prepared(kit, &profile).await?;
    let before = rows(kit, &write.list).await?;
    let answer = kit
        .send(Who::A, write.call.clone().without("idempotency-key"))
        .await?;
    if answer.is_success() {
        take_back(kit, &write, &answer).await?;
    }
    if !answer.is_problem("idempotency-key-missing") {
        return Err(broken(
            format!("a POST without a key answered {}", answer.outcome()),
            &[&answer],
        ));
    }
    if rows(kit, &write.list).await? != before {
        return Err(broken(
            "a POST without a key was refused and had an effect",
            &[&answer],
        ));
    }
    Ok("refused, without effect".to_owned())
}

/// `….replay`
pub(super) async fn replay(kit: &Kit, profile: Profile) -> Outcome {
    let write = prepared(kit, &profile).await?;
    let first = kit.write(Who::A, write.call.clone()).await?;
    let between = rows(kit, &write.list).await?;
    let again = kit.send(Who::A, write.call.clone()).await?;
    let after = rows(kit, &write.list).await?;
    take_back(kit, &write, &first).await?;
    let seen = [&first, &again];
    if again.status != first.status || again.json() != first.json() {
        return Err(broken(
            format!(
                "the repeated request answered {} with another answer",
                again.outcome()
            ),
            &seen,
        ));
    }
    if again.header("idempotency-replayed") != "true" {
        return Err(broken(
            "the repeated answer does not say `Idempotency-Replayed: true`",
            &seen,
        ));
    }
    if after != between {
        return Err(broken("the repeated request wrote once more", &seen));
    }
    Ok("the first answer again, and nothing written".to_owned())
}

/// `….key-reused`
pub(super) async fn key_reused(kit: &Kit, profile: Profile) -> Outcome {
    let write = prepared(kit, &profile).await?;
    let key = fresh_key();
    let first = kit.write(Who::A, write.call.clone().key(&key)).await?;
    let other = kit.send(Who::A, write.other.clone().key(&key)).await?;
    take_back(kit, &write, &first).await?;
    if other.is_problem("idempotency-key-reused") {
        return Ok("refused".to_owned());
    }
    Err(broken(
        format!(
            "another request under the same key answered {}",
            other.outcome()
        ),
        &[&first, &other],
    ))
}

/// `….one-row`
pub(super) async fn one_row(kit: &Kit, profile: Profile) -> Outcome {
    let write = prepared(kit, &profile).await?;
    let before = rows(kit, &write.list).await?;
    let answers = kit
        .together(&Who::A, vec![write.call.clone(); PARALLEL])
        .await?;
    let after = rows(kit, &write.list).await?;
    let made = answers.iter().find(|answer| answer.is_success());
    let Some(made) = made else {
        let first = answers.first().ok_or_else(|| skip("nothing was sent"))?;
        return Err(broken("of 50 identical requests none succeeded", &[first]));
    };
    take_back(kit, &write, made).await?;
    let fresh = after.difference(&before).count();
    if fresh != 1 {
        return Err(broken(
            format!("50 identical requests made {fresh} rows"),
            &[made],
        ));
    }
    match answers.iter().find(|answer| !is_the_same(answer, made)) {
        Some(odd) => Err(broken(
            format!("one of 50 identical requests answered {}", odd.outcome()),
            &[made, odd],
        )),
        None => Ok("one row".to_owned()),
    }
}

fn is_the_same(answer: &Arc<Exchange>, made: &Arc<Exchange>) -> bool {
    answer.is_problem("idempotency-in-progress")
        || (answer.status == made.status && answer.json()["id"] == made.json()["id"])
}

/// A feedback entry of A's, just given.
pub(super) async fn given_feedback(kit: &Kit) -> Result<Arc<Exchange>, Stop> {
    let call = unasked(kit).await?;
    succeeded(kit.send(Who::A, call).await?)
}
