//! What is seen in everything that was asked: shapes, caching, problem documents, moments, ids, internal notes.

use crate::http::Exchange;
use crate::kit::{Kit, text};
use crate::rule::{Finding, Outcome, Stop, finding, skip, unless};
use crate::schema;
use portal_contract::capabilities::Profile;
use portal_contract::endpoints;
use portal_contract::problem::{MEDIA_TYPE, ProblemKind};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most findings of one rule: the rest are of the same sort.
const MOST: usize = 12;

/// Goes through everything of a profile, or through all, and keeps one finding for each operation and sort of fault.
fn each(
    kit: &Kit,
    of: Option<&Profile>,
    look: impl Fn(&Exchange) -> Vec<String>,
) -> (usize, Vec<Finding>) {
    let mut told = BTreeSet::new();
    let (mut looked, mut findings) = (0, Vec::new());
    for exchange in kit.record() {
        let Some(operation) = exchange.operation else {
            continue;
        };
        if of.is_some_and(|profile| operation.profile != *profile) {
            continue;
        }
        looked += 1;
        for what in look(&exchange) {
            if findings.len() < MOST && told.insert((operation.title(), what.clone())) {
                findings.push(finding(
                    format!("{}: {what}", operation.title()),
                    &[&exchange],
                ));
            }
        }
    }
    (looked, findings)
}

fn outcome(looked: usize, findings: Vec<Finding>) -> Outcome {
    if looked == 0 {
        return Err(skip("nothing of it was asked for"));
    }
    unless(findings, format!("{looked} answers"))
}

/// `….shapes`
pub(super) fn shapes(kit: &Kit, profile: Profile) -> Outcome {
    let (looked, findings) = each(kit, Some(&profile), schema::faults);
    outcome(looked, findings)
}

/// `….no-store`
pub(super) fn no_store(kit: &Kit, profile: Profile) -> Outcome {
    let (looked, findings) = each(kit, Some(&profile), |exchange| {
        let is_public = exchange
            .operation
            .is_some_and(|operation| operation.path == endpoints::CAPABILITIES);
        let header = exchange.header("cache-control").to_ascii_lowercase();
        if is_public || header.split(',').any(|word| word.trim() == "no-store") {
            return Vec::new();
        }
        vec!["an answer came without `Cache-Control: no-store`".to_owned()]
    });
    outcome(looked, findings)
}

/// `core.problems`
pub(super) fn problems(kit: &Kit) -> Outcome {
    let (looked, findings) = each(kit, None, |exchange| {
        if exchange.status < 400 || exchange.method == "HEAD" {
            return Vec::new();
        }
        problem(exchange).into_iter().collect()
    });
    outcome(looked, findings)
}

fn problem(exchange: &Exchange) -> Option<String> {
    let problem = exchange.json();
    if exchange.media_type() != MEDIA_TYPE {
        return Some(format!(
            "refused with `{}` and not with `{MEDIA_TYPE}`",
            exchange.media_type()
        ));
    }
    if problem["status"] != exchange.status {
        return Some(format!(
            "status {} says {} in its document",
            exchange.status, problem["status"]
        ));
    }
    let kind = ProblemKind::from_uri(text(problem, "type"));
    let is_known = !matches!(kind, ProblemKind::Other(_));
    (is_known && kind.status() != exchange.status).then(|| {
        format!(
            "`{}` comes with status {}, and not with {}",
            kind.uri(),
            exchange.status,
            kind.status()
        )
    })
}

/// `core.request-id`
pub(super) fn request_ids(kit: &Kit) -> Outcome {
    let (looked, findings) = each(kit, None, |exchange| {
        let id = exchange.header("x-request-id");
        let said = text(exchange.json(), "request_id");
        match (id, said) {
            ("", _) => vec!["an answer came without `X-Request-Id`".to_owned()],
            (id, said)
                if exchange.status >= 400
                    && said != id
                    && exchange.method != "HEAD"
                    && exchange.media_type() == MEDIA_TYPE =>
            {
                vec!["a problem's `request_id` is not that of the header".to_owned()]
            }
            _ => Vec::new(),
        }
    });
    outcome(looked, findings)
}

/// `core.moments`
pub(super) fn moments(kit: &Kit) -> Outcome {
    let (looked, findings) = each(kit, None, |exchange| {
        let mut wrong = Vec::new();
        walk("", exchange.json(), &mut |name, value| {
            if is_moment(value) && !value.ends_with('Z') {
                wrong.push(format!("`{name}` is a moment that is not in UTC"));
            }
        });
        wrong
    });
    outcome(looked, findings)
}

/// `2026-03-04T05:06…`
fn is_moment(text: &str) -> bool {
    let shape = |at: usize, c: char| text.as_bytes().get(at) == Some(&(c as u8));
    let begins = text.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
    begins && shape(4, '-') && shape(7, '-') && shape(10, 'T') && shape(13, ':')
}

/// `core.ids`
pub(super) fn ids(kit: &Kit) -> Outcome {
    let (looked, findings) = each(kit, None, |exchange| {
        let mut wrong = Vec::new();
        walk("", exchange.json(), &mut |name, value| {
            let is_id = name == "id"
                || name == "etag"
                || (name.ends_with("_id") && name != "pii_principal_id")
                || name.ends_with("_cursor");
            if is_id && !is_opaque(value) {
                wrong.push(format!("`{name}` is none that stands in a path as it is"));
            }
        });
        wrong
    });
    outcome(looked, findings)
}

/// 1 to 128 unreserved characters of RFC 3986; a cursor may be longer.
fn is_opaque(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 1024
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c))
}

/// `interactions.internal-note`
pub(super) fn internal_note(kit: &Kit) -> Outcome {
    let Some(note) = kit
        .given
        .internal_note
        .as_deref()
        .filter(|note| !note.is_empty())
    else {
        return Err(skip(
            "no internal note was given: write one about A with an odd word in it, and say the word (--internal-note)",
        ));
    };
    let note = note.to_lowercase();
    let (mut looked, mut findings): (usize, Vec<Finding>) = (0, Vec::new());
    for exchange in kit.record() {
        looked += 1;
        if leaks(&exchange, &note) && findings.len() < MOST {
            findings.push(finding(
                format!("a word of the internal note came with {}", exchange.method),
                &[&exchange],
            ));
        }
    }
    unless(findings, format!("in none of {looked} answers"))
}

/// Whether the word came back though it was not sent.
fn leaks(exchange: &Arc<Exchange>, note: &str) -> bool {
    let came = String::from_utf8_lossy(&exchange.body).to_lowercase();
    came.contains(note) && !exchange.path.to_lowercase().contains(note)
}

/// Looks for the note where text is searched, counted and concluded from, so that the record holds it if anything does.
pub(super) async fn look_for_note(kit: &Kit) -> Result<(), Stop> {
    use crate::http::{Call, Who};
    let Some(note) = &kit.given.internal_note else {
        return Ok(());
    };
    let word: String = note.chars().filter(char::is_ascii_alphanumeric).collect();
    let found = kit
        .send(
            Who::A,
            Call::get(&format!("{}?q={word}", endpoints::INTERACTIONS)),
        )
        .await?;
    match found.json()["items"].as_array() {
        Some(items) if !items.is_empty() => Err(crate::rule::broken(
            "a search finds by the words of an internal note",
            &[&found],
        )),
        _ => Ok(()),
    }
}

fn walk(name: &str, value: &Value, look: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| walk(name, value, look)),
        Value::Array(items) => items.iter().for_each(|item| walk(name, item, look)),
        Value::String(text) => look(name, text),
        _ => {}
    }
}
