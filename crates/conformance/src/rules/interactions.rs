//! Interactions: what the thread shows, what it does not, and what may not be done.

use super::writes::{open_interaction, reply_in};
use super::{record, rule};
use crate::http::{Call, Who};
use crate::ids::{self, pick};
use crate::kit::{Kit, lists, text};
use crate::operations::named;
use crate::rule::{Outcome, Rule, broken, finding, skip, unless};

pub(super) fn rules() -> Vec<Rule> {
    vec![
        rule!(
            "interactions.paging-under-inserts", Interactions,
            "While somebody turns the pages of a thread, a new message neither repeats an item nor makes one be left out.",
            "Let the cursor hold the sort key and the id of the last item, never an offset.",
            writes "replies in one of A's interactions that take one (they stay)", paging
        ),
        rule!(
            "interactions.invalid-state", Interactions,
            "What is not among `allowed_actions` is refused when it comes all the same: `invalid-state`, with what is possible.",
            "Check the action again in the transaction of the effect.",
            writes "nothing, where the API is right: a reply where none is taken", invalid_state
        ),
        rule!(
            "interactions.files",
            Interactions,
            "A file comes as a download with `nosniff`; the HTML of a message comes with a policy that lets nothing run.",
            "Set `Content-Disposition: attachment`, `X-Content-Type-Options: nosniff`, and `Content-Security-Policy` with `sandbox` and `default-src 'none'`.",
            files
        ),
        rule!(
            "interactions.note-in-search",
            Interactions,
            "Search finds nothing by the words of an internal note.",
            "Index what the customer may read, and nothing else.",
            note_in_search
        ),
        rule!(
            "interactions.internal-note", Interactions,
            "What the company's people write for each other comes out nowhere: no note, and no word of one.",
            "Leave notes out where messages are selected, not where they are shown.",
            looks record::internal_note
        ),
    ]
}

async fn paging(kit: &Kit) -> Outcome {
    let id = open_interaction(kit).await?;
    let list = format!("/v1/interactions/{id}/messages");
    // Some of our own, so that there is something to turn.
    for n in 1..=3 {
        kit.write(
            Who::A,
            reply_in(&id, &format!("Conformance check, page {n}.")),
        )
        .await?;
    }
    let before = pick(
        kit.read(Who::A, &format!("{list}?limit=100")).await?.json(),
        "/items/*/id",
    );
    let first = kit.read(Who::A, &format!("{list}?limit=2")).await?;
    kit.write(
        Who::A,
        reply_in(&id, "Conformance check, between two pages."),
    )
    .await?;
    let cursor = text(first.json(), "next_cursor");
    let rest = kit
        .read(Who::A, &format!("{list}?limit=100&cursor={cursor}"))
        .await?;
    let turned: Vec<String> = [&first, &rest]
        .iter()
        .flat_map(|page| pick(page.json(), "/items/*/id"))
        .collect();
    let bound = before.len().min(turned.len());
    if before.len() < 100 && turned != before || turned[..bound] != before[..bound] {
        return Err(broken(
            "the pages do not hold what the list held before the new message, each once",
            &[&first, &rest],
        ));
    }
    Ok(format!("{} messages, each once", turned.len()))
}

async fn invalid_state(kit: &Kit) -> Outcome {
    let list = kit.read_once(&Who::A, "/v1/interactions?limit=100").await?;
    for id in pick(list.json(), "/items/*/id") {
        let interaction = kit
            .read_once(&Who::A, &format!("/v1/interactions/{id}"))
            .await?;
        if lists(&interaction.json()["allowed_actions"], "reply") {
            continue;
        }
        let answer = kit
            .send(Who::A, reply_in(&id, "Conformance check."))
            .await?;
        if answer.is_problem("invalid-state") && answer.json()["allowed_actions"].is_array() {
            return Ok("a reply is refused where none is taken".to_owned());
        }
        return Err(broken(
            format!("a reply where none is taken answered {}", answer.outcome()),
            &[&interaction, &answer],
        ));
    }
    Err(skip("every interaction of A's takes a reply"))
}

async fn files(kit: &Kit) -> Outcome {
    let (mut findings, mut seen) = (Vec::new(), Vec::new());
    if let Some(operation) = named("getAttachment")
        && let Some(way) = ids::of(kit, &Who::A, operation).await?.first()
    {
        let file = kit.send(Who::A, Call::get(&operation.at(way))).await?;
        seen.push("a file");
        let sniffed = file.header("x-content-type-options") != "nosniff";
        if file.is_success()
            && (sniffed || !file.header("content-disposition").starts_with("attachment"))
        {
            findings.push(finding("a file can be shown as a page", &[&file]));
        }
    }
    if let Some(operation) = named("getMessageDocument") {
        for way in ids::of(kit, &Who::A, operation).await?.iter().take(100) {
            let document = kit.send(Who::A, Call::get(&operation.at(way))).await?;
            if !document.is_success() {
                continue;
            }
            seen.push("an HTML message");
            let policy = document.header("content-security-policy");
            if !(policy.contains("sandbox") && policy.contains("default-src 'none'"))
                || policy.contains("allow-scripts")
            {
                findings.push(finding(
                    "an HTML message comes without a policy that stops scripts",
                    &[&document],
                ));
            }
            break;
        }
    }
    if seen.is_empty() {
        return Err(skip("A has neither a file nor an HTML message"));
    }
    unless(findings, seen.join(" and "))
}

async fn note_in_search(kit: &Kit) -> Outcome {
    if kit.given.internal_note.is_none() {
        return Err(skip("no internal note was given (--internal-note)"));
    }
    record::look_for_note(kit).await?;
    Ok("nothing found".to_owned())
}
