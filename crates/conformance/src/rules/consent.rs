//! Consent: decisions are added and never changed, and saying no is easy.

use super::preferences::stale;
use super::rule;
use super::writes::{Decidable, decidable};
use crate::http::{Call, Who};
use crate::kit::{Kit, items, lists, text};
use crate::rule::{Outcome, Rule, Stop, broken, finding, skip, unless};
use serde_json::{Value, json};

const WRITES: &str =
    "a decision of A's about a purpose, and the opposite one (both stay as records)";

pub(super) fn rules() -> Vec<Rule> {
    vec![
        rule!(
            "consent.append-only", Consent,
            "A decision is added to the records and changes none of them.",
            "Insert, and never update: how a purpose stands follows from its latest record.",
            writes WRITES, append_only
        ),
        rule!(
            "consent.receipts",
            Consent,
            "The receipt of a decision has the same bytes whenever it is asked for.",
            "Make it with the decision and keep it.",
            receipts
        ),
        rule!(
            "consent.objections", Consent,
            "What rests on consent is granted and withdrawn, a legitimate interest or a public task is objected to, and about nothing else anything is decided.",
            "Let `allowed_decisions` follow from the ground, and refuse every other decision.",
            writes "nothing, where the API is right: a decision that the ground does not allow", objections
        ),
        rule!(
            "consent.notice-version", Consent,
            "A grant on a version of the notice that does not hold is refused.",
            "Compare the version with the current one: who agreed saw something else.",
            writes "nothing, where the API is right: a grant on a version that never was", notice_version
        ),
        rule!(
            "consent.no-proof-for-no", Consent,
            "Saying no asks for no fresh proof.",
            "Ask for a fresh proof for no decision (GDPR, article 7(3)).",
            writes "a decision of B's that says no, and the opposite one (both stay as records)", no_proof
        ),
    ]
}

async fn records(kit: &Kit, purpose: &str) -> Result<Vec<Value>, Stop> {
    let page = kit
        .read(Who::A, &format!("/v1/consents/{purpose}/records?limit=100"))
        .await?;
    Ok(items(page.json(), "/items").cloned().collect())
}

fn decide(purpose: &str, decision: &Value) -> Call {
    Call::post(&format!("/v1/consents/{purpose}/decisions"), decision)
}

async fn append_only(kit: &Kit) -> Outcome {
    let Decidable { purpose, no, yes } = decidable(kit).await?;
    // One decision first, so that there is a record which the other could change.
    kit.write(Who::A, decide(&purpose, &no)).await?;
    let before = records(kit, &purpose).await?;
    let said = kit.write(Who::A, decide(&purpose, &yes)).await?;
    let after = records(kit, &purpose).await?;
    let kept = before.iter().all(|record| after.contains(record));
    if before.len() < 99 && (after.len() != before.len() + 1 || !kept) {
        return Err(broken(
            "a decision did not leave every record as it was and add one",
            &[&said],
        ));
    }
    Ok(format!(
        "{} records as they were, and one more",
        before.len()
    ))
}

async fn receipts(kit: &Kit) -> Outcome {
    let standing = kit.read(Who::A, "/v1/consents?limit=100").await?;
    let decided = items(standing.json(), "/items").find(|consent| !consent["record_id"].is_null());
    let decided = decided.ok_or_else(|| skip("A has decided about nothing"))?;
    let path = format!(
        "/v1/consents/{}/records/{}/receipt",
        text(decided, "purpose_id"),
        text(decided, "record_id")
    );
    let first = kit.read(Who::A, &path).await?;
    let again = kit.read(Who::A, &path).await?;
    if first.body != again.body {
        return Err(broken(
            "the receipt has other bytes the second time",
            &[&first, &again],
        ));
    }
    if !first
        .header("content-disposition")
        .starts_with("attachment")
    {
        return Err(broken(
            "the receipt is no download (`Content-Disposition: attachment`)",
            &[&first],
        ));
    }
    Ok("the same bytes".to_owned())
}

async fn objections(kit: &Kit) -> Outcome {
    let purposes = kit.read(Who::A, "/v1/purposes?limit=100").await?;
    let standing = kit.read(Who::A, "/v1/consents?limit=100").await?;
    let (mut findings, mut judged) = (Vec::new(), 0);
    for purpose in items(purposes.json(), "/items") {
        let id = text(purpose, "id");
        let consent = items(standing.json(), "/items").find(|consent| consent["purpose_id"] == id);
        let Some(consent) = consent else {
            findings.push(finding(
                format!("purpose `{id}` does not stand in the list of consents"),
                &[&purposes, &standing],
            ));
            continue;
        };
        let fitting: &[&str] = match text(purpose, "lawful_basis") {
            "consent" => &["grant", "withdraw"],
            "legitimate_interests" | "public_task" => &["object", "end_objection"],
            _ => &[],
        };
        judged += 1;
        if let Some(odd) = items(consent, "/allowed_decisions")
            .find(|word| !fitting.iter().any(|fits| *word == *fits))
        {
            findings.push(finding(
                format!(
                    "purpose `{id}` rests on {} and offers {odd}",
                    text(purpose, "lawful_basis")
                ),
                &[&purposes, &standing],
            ));
        }
        if kit.given.read_only || fitting.is_empty() {
            continue;
        }
        // The decision of the other ground: refused whatever stands.
        let other = if fitting[0] == "grant" {
            "object"
        } else {
            "withdraw"
        };
        let body = json!({ "decision": other, "notice_version": current(purpose) });
        let answer = kit.send(Who::A, decide(id, &body)).await?;
        if answer.is_success() {
            findings.push(finding(
                format!(
                    "purpose `{id}` rests on {} and took `{other}`",
                    text(purpose, "lawful_basis")
                ),
                &[&answer],
            ));
        }
    }
    unless(findings, format!("{judged} purposes"))
}

/// The version of the notice that holds.
fn current(purpose: &Value) -> &str {
    purpose["notices"]
        .as_array()
        .and_then(|notices| notices.first())
        .map_or("", |notice| text(notice, "version"))
}

async fn notice_version(kit: &Kit) -> Outcome {
    let standing = kit.read(Who::A, "/v1/consents?limit=100").await?;
    let grantable = items(standing.json(), "/items")
        .find(|consent| lists(&consent["allowed_decisions"], "grant"));
    let grantable =
        grantable.ok_or_else(|| skip("A can grant nothing that they have not granted"))?;
    let body = json!({ "decision": "grant", "notice_version": "conformance-0" });
    let answer = kit
        .send(Who::A, decide(text(grantable, "purpose_id"), &body))
        .await?;
    if answer.is_problem("invalid-state") || answer.is_problem("validation") {
        return Ok("refused".to_owned());
    }
    Err(broken(
        format!(
            "a grant on a version that never was answered {}",
            answer.outcome()
        ),
        &[&answer],
    ))
}

async fn no_proof(kit: &Kit) -> Outcome {
    let who = stale(kit).await?;
    let standing = kit.read(who.clone(), "/v1/consents?limit=100").await?;
    let purposes = kit.read_once(&Who::A, "/v1/purposes?limit=100").await?;
    for consent in items(standing.json(), "/items") {
        let purpose = text(consent, "purpose_id");
        let pairs = [("object", "end_objection"), ("withdraw", "grant")];
        let Some((no, yes)) = pairs
            .into_iter()
            .find(|(no, _)| lists(&consent["allowed_decisions"], no))
        else {
            continue;
        };
        let version = items(purposes.json(), "/items")
            .find(|known| known["id"] == purpose)
            .map_or("", current);
        let said = |word: &str| {
            decide(
                purpose,
                &json!({ "decision": word, "notice_version": version }),
            )
        };
        let answer = kit.send(who.clone(), said(no)).await?;
        if !answer.is_success() {
            return Err(broken(
                format!("saying no with an old proof answered {}", answer.outcome()),
                &[&answer],
            ));
        }
        kit.send(who, said(yes)).await?;
        return Ok("taken at once".to_owned());
    }
    Err(skip("there is nothing to say no to at the moment"))
}
