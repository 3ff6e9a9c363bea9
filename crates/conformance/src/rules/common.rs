//! Reading what is offered, signed in and signed out.

use crate::http::{Call, Who};
use crate::kit::{Kit, items, text};
use crate::operations::{Operation, operations};
use crate::rule::{Outcome, Stop, finding, skip, unless};
use crate::{ids, sample};
use portal_contract::capabilities::Profile;
use portal_contract::endpoints;

/// How many of a customer's things are tried until one has what is asked for.
const TRIED: usize = 60;

/// The operations of a profile that the API has, which need somebody signed in.
pub(super) fn offered<'a>(
    kit: &'a Kit,
    profile: &'a Profile,
) -> impl Iterator<Item = &'static Operation> + 'a {
    let all = operations().iter();
    all.filter(move |operation| {
        operation.profile == *profile && operation.signed_in && kit.offers(operation)
    })
}

/// The path with what its query cannot do without.
pub(super) async fn with_query(
    kit: &Kit,
    operation: &Operation,
    path: String,
) -> Result<String, Stop> {
    if operation.path == endpoints::PREFERENCE_REACH {
        let (topic, channel) = a_topic(kit).await?;
        return Ok(format!("{path}?topic={topic}&channel={channel}"));
    }
    let pairs = operation.required_query.iter().map(|(name, schema)| {
        let value = sample::of(schema);
        format!(
            "{name}={}",
            value.as_str().map_or(value.to_string(), str::to_owned)
        )
    });
    let query = pairs.collect::<Vec<_>>().join("&");
    Ok(if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    })
}

/// The first topic of the catalogue, and the first channel on which it can come.
async fn a_topic(kit: &Kit) -> Result<(String, String), Stop> {
    let catalogue = kit
        .read_once(&Who::A, endpoints::PREFERENCE_CATALOG)
        .await?;
    let topic = items(catalogue.json(), "/groups")
        .flat_map(|group| items(group, "/topics"))
        .next();
    let topic = topic.ok_or_else(|| skip("the catalogue has no topic"))?;
    let channel = items(topic, "/channels")
        .next()
        .map_or("", |channel| text(channel, "channel"));
    Ok((text(topic, "id").to_owned(), channel.to_owned()))
}

/// `….answers`
pub(super) async fn answers(kit: &Kit, profile: Profile) -> Outcome {
    let (mut findings, mut read, mut nothing) = (Vec::new(), 0, Vec::new());
    for operation in offered(kit, &profile).filter(|operation| operation.is_safe()) {
        let mut seen = false;
        for way in ids::of(kit, &Who::A, operation).await?.iter().take(TRIED) {
            let path = with_query(kit, operation, operation.at(way)).await?;
            let answer = kit.send(Who::A, Call::get(&path)).await?;
            if answer.is_success() {
                seen = true;
            } else if answer.status != 404 || way.is_empty() {
                findings.push(finding(
                    format!("{} answered {}", operation.title(), answer.outcome()),
                    &[&answer],
                ));
                seen = true;
            }
            if seen {
                break;
            }
        }
        read += usize::from(seen);
        if !seen {
            nothing.push(operation.path.as_str());
        }
    }
    let mut words = format!("{read} operations read");
    if !nothing.is_empty() {
        words += &format!("; A has nothing to read at {}", nothing.join(", "));
    }
    unless(findings, words)
}

/// What the operation takes as its body, at its smallest.
pub(super) fn with_body(operation: &Operation, path: &str) -> Call {
    let call = Call::new(&operation.method, path);
    match &operation.body {
        Some((media_type, _)) if media_type == "*/*" => call
            .bytes("application/octet-stream", b"conformance")
            .header(
                "content-disposition",
                "attachment; filename*=UTF-8''conformance.txt",
            ),
        Some((media_type, schema)) => call.json(media_type, &sample::of(schema)),
        None => call,
    }
}

/// `….signed-out`
pub(super) async fn signed_out(kit: &Kit, profile: Profile) -> Outcome {
    let (mut findings, mut asked) = (Vec::new(), 0);
    for operation in offered(kit, &profile) {
        let path = with_query(kit, operation, operation.at_nobodys()).await?;
        let answer = kit.send(Who::Nobody, with_body(operation, &path)).await?;
        asked += 1;
        if !answer.is_problem("unauthenticated") {
            findings.push(finding(
                format!(
                    "without anybody signed in, {} answered {}",
                    operation.title(),
                    answer.outcome()
                ),
                &[&answer],
            ));
        }
    }
    unless(findings, format!("{asked} operations refuse nobody"))
}
