//! Preferences: opting out is easy, undone exactly, and told.

use super::{quiet_hours, rule};
use crate::http::{Call, Exchange, Who};
use crate::ids::pick;
use crate::kit::{Kit, items, text};
use crate::rule::{Outcome, Rule, Stop, broken, skip};
use portal_contract::endpoints;
use serde_json::{Value, json};
use std::sync::Arc;

const WRITES: &str = "A's preferences, put back afterwards (the history keeps the entries)";

pub(super) fn rules() -> Vec<Rule> {
    vec![
        rule!(
            "preferences.quiet-hours", Preferences,
            "Quiet hours hold what comes in them until their end, on the clock of their zone, over midnight and over both changes of the clock.",
            "Look up the start and the end of a window each by itself: skipped clock times stand for the moment of the change, of repeated ones the first begins and the second ends.",
            writes WRITES, quiet_hours::check
        ),
        rule!(
            "preferences.opt-out", Preferences,
            "Opting out needs no fresh proof and no reason: one patch switches everything off, `reach` says so at once, and the choices below stay as they were.",
            "Ask for a fresh proof for nothing that reduces contact; let `reach` be the function that your sending asks.",
            writes WRITES, opt_out
        ),
        rule!(
            "preferences.no-change", Preferences,
            "A patch that changes nothing is 200 with the same `etag` and makes no entry in the history.",
            "Compare before writing.",
            writes "nothing: a patch that repeats what stands there", no_change
        ),
        rule!(
            "preferences.undo", Preferences,
            "Each change is an entry of the history and can be undone exactly; the undoing is an entry too, and none goes.",
            "Keep each value before and after at its pointer, and put back what was before.",
            writes WRITES, undo
        ),
        rule!(
            "preferences.worked-out", Preferences,
            "What the server works out by itself (`locked`, `next`, `propagation`) is refused in a patch: `validation`.",
            "Take only the members of `PreferencesPatch`.",
            writes "nothing, where the API is right: a patch that is refused", worked_out
        ),
        rule!(
            "preferences.step-up", Preferences,
            "Adding a way of getting in touch needs a fresh proof: `step-up-required` with `max_age`, and `WWW-Authenticate` (RFC 9470).",
            "Compare `auth_time` with now before anything is written.",
            writes "nothing, where the API is right: a contact point that is refused", step_up
        ),
    ]
}

async fn preferences(kit: &Kit) -> Result<Arc<Exchange>, Stop> {
    kit.read(Who::A, endpoints::PREFERENCES).await
}

/// Changes the preferences on their present version.
pub(super) async fn change(kit: &Kit, body: &Value) -> Result<Arc<Exchange>, Stop> {
    let now = preferences(kit).await?;
    let patch = Call::patch(endpoints::PREFERENCES, body).if_match(text(now.json(), "etag"));
    kit.send(Who::A, patch).await
}

/// A topic and a channel on which it may come or not, as the customer likes: neither required nor urgent.
pub(super) async fn free_choice(kit: &Kit) -> Result<(String, String), Stop> {
    let catalogue = kit
        .read_once(&Who::A, endpoints::PREFERENCE_CATALOG)
        .await?;
    let now = preferences(kit).await?;
    let topics = items(catalogue.json(), "/groups").flat_map(|group| items(group, "/topics"));
    for topic in topics.filter(|topic| topic["urgent"] == false && topic["required"].is_null()) {
        let id = text(topic, "id");
        for channel in items(topic, "/channels").map(|channel| text(channel, "channel")) {
            let choice = &now.json()["topics"][id][channel];
            let at_once = choice["frequency"].is_null() || choice["frequency"] == "at_once";
            if choice["enabled"] == true && choice["locked"] == false && at_once {
                let reach = reach(kit, id, channel, None).await?;
                let waits = ["paused", "digest"];
                let mut reasons =
                    items(reach.json(), "/reasons").map(|reason| text(reason, "code"));
                if reach.json()["answer"] != "no" && !reasons.any(|code| waits.contains(&code)) {
                    return Ok((id.to_owned(), channel.to_owned()));
                }
            }
        }
    }
    Err(skip(
        "A has no topic on that would come as it happens and is neither required nor urgent",
    ))
}

/// "Would this reach me?"
pub(super) async fn reach(
    kit: &Kit,
    topic: &str,
    channel: &str,
    at: Option<&str>,
) -> Result<Arc<Exchange>, Stop> {
    let mut path = format!(
        "{}?topic={topic}&channel={channel}",
        endpoints::PREFERENCE_REACH
    );
    if let Some(at) = at {
        path += &format!("&at={at}");
    }
    kit.read(Who::A, &path).await
}

async fn opt_out(kit: &Kit) -> Outcome {
    let before = preferences(kit).await?;
    if before.json()["global_opt_out"] == true {
        return Err(skip("A has everything off already"));
    }
    let (topic, channel) = free_choice(kit).await?;
    let out = change(kit, &json!({ "global_opt_out": true })).await?;
    if !out.is_success() {
        // A refusal that had its effect all the same is taken back too.
        change(kit, &json!({ "global_opt_out": false })).await?;
        return Err(broken(
            format!("switching everything off answered {}", out.outcome()),
            &[&out],
        ));
    }
    let reached = reach(kit, &topic, &channel, None).await;
    change(kit, &json!({ "global_opt_out": false })).await?;
    let reached = reached?;
    if reached.json()["answer"] != "no" {
        return Err(broken(
            "with everything off a message would still come",
            &[&out, &reached],
        ));
    }
    let enabled = |answer: &Exchange| answer.json()["topics"][&topic][&channel]["enabled"].clone();
    if enabled(&out) != enabled(&before) {
        return Err(broken(
            "switching everything off changed the choices below it",
            &[&before, &out],
        ));
    }
    Ok("at once, and the choices stay".to_owned())
}

async fn history(kit: &Kit) -> Result<Vec<String>, Stop> {
    let page = kit
        .read(
            Who::A,
            &format!("{}?limit=100", endpoints::PREFERENCE_HISTORY),
        )
        .await?;
    Ok(pick(page.json(), "/items/*/id"))
}

async fn no_change(kit: &Kit) -> Outcome {
    let before = preferences(kit).await?;
    let entries = history(kit).await?;
    let same = change(
        kit,
        &json!({ "global_opt_out": before.json()["global_opt_out"] }),
    )
    .await?;
    if !same.is_success() || same.json()["etag"] != before.json()["etag"] {
        return Err(broken(
            "a patch that changes nothing is refused or makes a new version",
            &[&before, &same],
        ));
    }
    if history(kit).await? != entries {
        return Err(broken(
            "a patch that changes nothing is an entry in the history",
            &[&same],
        ));
    }
    Ok("the same version, no entry".to_owned())
}

async fn undo(kit: &Kit) -> Outcome {
    let before = preferences(kit).await?;
    let entries = history(kit).await?;
    let changed = change(
        kit,
        &json!({ "survey_snooze_until": "2099-06-01T00:00:00Z" }),
    )
    .await?;
    if !changed.is_success() {
        return Err(skip(format!(
            "a change that it needs answered {}",
            changed.outcome()
        )));
    }
    let after = history(kit).await?;
    let entry = after.iter().find(|id| !entries.contains(id));
    let Some(entry) = entry else {
        return Err(broken("a change is no entry of the history", &[&changed]));
    };
    let undone = kit
        .send(
            Who::A,
            Call::post(&format!("/v1/preferences/history/{entry}/undo"), &json!({})),
        )
        .await?;
    let now = preferences(kit).await?;
    if !undone.is_success()
        || now.json()["survey_snooze_until"] != before.json()["survey_snooze_until"]
    {
        return Err(broken(
            format!(
                "undoing answered {} and did not put back what was",
                undone.outcome()
            ),
            &[&undone, &now],
        ));
    }
    let last = history(kit).await?;
    if last.len() < 100 && (last.len() != entries.len() + 2 || !last.contains(entry)) {
        return Err(broken(
            "the history does not keep the change and its undoing",
            &[&undone],
        ));
    }
    Ok("exactly, with an entry of its own".to_owned())
}

async fn worked_out(kit: &Kit) -> Outcome {
    let answer = change(kit, &json!({ "propagation": { "state": "applied" } })).await?;
    if answer.is_problem("validation") {
        return Ok("refused".to_owned());
    }
    Err(broken(
        format!("a patch of `propagation` answered {}", answer.outcome()),
        &[&answer],
    ))
}

/// A customer whose proof is older than five minutes, by the server's own clock.
pub(super) async fn stale(kit: &Kit) -> Result<Who, Stop> {
    for who in [Who::B, Who::A] {
        let session = kit.read(who.clone(), endpoints::SESSION).await?;
        let proven: Option<jiff::Timestamp> = text(session.json(), "auth_time").parse().ok();
        let now = jiff::fmt::rfc2822::parse(session.header("date")).map(|now| now.timestamp());
        let now = now.unwrap_or_else(|_| jiff::Timestamp::now());
        if proven.is_some_and(|proven| now.duration_since(proven).as_secs() > 300) {
            return Ok(who);
        }
    }
    Err(skip(
        "both customers proved who they are less than five minutes ago: sign B in, wait five minutes, then judge",
    ))
}

/// Whether a refusal asks for a fresh proof as RFC 9470 has it.
pub(super) fn asks_for_proof(answer: &Arc<Exchange>) -> Outcome {
    if !answer.is_problem("step-up-required") {
        return Err(broken(
            format!("without a fresh proof it answered {}", answer.outcome()),
            &[answer],
        ));
    }
    let challenge = answer.header("www-authenticate");
    if !answer.json()["max_age"].is_u64() || !challenge.contains("insufficient_user_authentication")
    {
        return Err(broken(
            "the refusal does not say how fresh the proof must be (`max_age`, `WWW-Authenticate`)",
            &[answer],
        ));
    }
    Ok("a fresh proof is asked for".to_owned())
}

async fn step_up(kit: &Kit) -> Outcome {
    let who = stale(kit).await?;
    let body = json!({ "kind": "email", "value": "conformance@example.com" });
    let answer = kit
        .send(who, Call::post(endpoints::CONTACT_POINTS, &body))
        .await?;
    asks_for_proof(&answer)
}
