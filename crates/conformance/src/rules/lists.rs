//! Pages and cursors.

use super::common::offered;
use crate::http::{Call, Exchange, Who};
use crate::ids;
use crate::kit::{Kit, items, text};
use crate::operations::Operation;
use crate::rule::{Finding, Outcome, Stop, finding, skip, unless};
use portal_contract::capabilities::Profile;
use portal_contract::page::MAX_LIMIT;
use serde_json::Value;
use std::sync::Arc;

/// How many pages of one item are turned.
const TURNED: usize = 4;

fn lists<'a>(kit: &'a Kit, profile: &'a Profile) -> impl Iterator<Item = &'static Operation> + 'a {
    offered(kit, profile).filter(|operation| operation.takes("Cursor") && operation.takes("Limit"))
}

/// `….pages`
pub(super) async fn pages(kit: &Kit, profile: Profile) -> Outcome {
    let (mut findings, mut read) = (Vec::new(), 0);
    for operation in lists(kit, &profile) {
        let Some(way) = ids::of(kit, &Who::A, operation).await?.into_iter().next() else {
            continue;
        };
        let path = operation.at(&way);
        let whole = kit
            .send(Who::A, Call::get(&format!("{path}?limit=1000")))
            .await?;
        if !whole.is_success() {
            continue;
        }
        read += 1;
        let all: Vec<&Value> = items(whole.json(), "/items").collect();
        if all.len() as u64 > MAX_LIMIT {
            findings.push(finding(
                format!("{} gave {} items", operation.title(), all.len()),
                &[&whole],
            ));
        }
        turn(kit, operation, &path, &all, &mut findings).await?;
    }
    if read == 0 {
        return Err(skip("A has no list to read"));
    }
    unless(findings, format!("{read} lists give the same in pages"))
}

async fn turn(
    kit: &Kit,
    operation: &Operation,
    path: &str,
    all: &[&Value],
    findings: &mut Vec<Finding>,
) -> Result<(), Stop> {
    let mut cursor = String::new();
    for expected in all.iter().take(TURNED) {
        let page = kit
            .send(Who::A, Call::get(&format!("{path}?limit=1{cursor}")))
            .await?;
        let come: Vec<&Value> = items(page.json(), "/items").collect();
        let same = come.len() == 1 && mark(come[0]) == mark(expected);
        let next = text(page.json(), "next_cursor");
        if !same || (page.json()["has_more"] == true) == next.is_empty() {
            findings.push(finding(
                format!("{}: pages of one item do not follow the list, or `next_cursor` and `has_more` disagree", operation.title()),
                &[&page],
            ));
            return Ok(());
        }
        if next.is_empty() {
            return Ok(());
        }
        cursor = format!("&cursor={next}");
    }
    Ok(())
}

/// What an item is known by.
fn mark(item: &Value) -> &str {
    ["id", "purpose_id", "key"]
        .iter()
        .map(|name| text(item, name))
        .find(|text| !text.is_empty())
        .unwrap_or("")
}

/// `….cursors`
pub(super) async fn cursors(kit: &Kit, profile: Profile) -> Outcome {
    let (mut findings, mut judged, mut foreign) = (Vec::new(), 0, 0);
    for operation in lists(kit, &profile) {
        let Some(way) = ids::of(kit, &Who::A, operation).await?.into_iter().next() else {
            continue;
        };
        let path = operation.at(&way);
        let unread = kit
            .send(Who::A, Call::get(&format!("{path}?cursor=conformance")))
            .await?;
        judged += 1;
        refused(operation, "that nobody gave", &unread, &mut findings);
        // The other customer asks for a list of their own with a cursor of A's: with A's ids they would find nothing anyway.
        let first = kit
            .send(Who::A, Call::get(&format!("{path}?limit=1")))
            .await?;
        let cursor = text(first.json(), "next_cursor");
        let theirs = ids::of(kit, &Who::B, operation).await?.into_iter().next();
        if let (false, Some(theirs)) = (cursor.is_empty(), theirs) {
            let path = operation.at(&theirs);
            let answer = kit
                .send(
                    Who::B,
                    Call::get(&format!("{path}?limit=1&cursor={cursor}")),
                )
                .await?;
            foreign += 1;
            refused(operation, "of another customer", &answer, &mut findings);
        }
    }
    if judged == 0 {
        return Err(skip("A has no list to read"));
    }
    unless(
        findings,
        format!(
            "{judged} lists refuse a cursor that nobody gave, {foreign} one of another customer"
        ),
    )
}

fn refused(
    operation: &Operation,
    which: &str,
    answer: &Arc<Exchange>,
    findings: &mut Vec<Finding>,
) {
    let named = items(answer.json(), "/errors").any(|error| error["pointer"] == "?cursor");
    if !(answer.is_problem("validation") && named) {
        findings.push(finding(
            format!(
                "{} answered a cursor {which} with {}",
                operation.title(),
                answer.outcome()
            ),
            &[answer],
        ));
    }
}
