//! What is another customer's answers like what does not exist, on every operation of the document that names something owned.

use super::common::{offered, with_body, with_query};
use crate::http::{Exchange, Who};
use crate::ids::{self, source};
use crate::kit::Kit;
use crate::operations::Operation;
use crate::rule::{Outcome, Stop, finding, skip, unless};
use portal_contract::capabilities::Profile;
use serde_json::Value;

/// `….isolation`
pub(super) async fn reading(kit: &Kit, profile: Profile) -> Outcome {
    judge(kit, profile, Operation::is_safe).await
}

/// `….isolation-of-writes`
pub(super) async fn writing(kit: &Kit, profile: Profile) -> Outcome {
    judge(kit, profile, |operation| !operation.is_safe()).await
}

async fn judge(kit: &Kit, profile: Profile, wanted: fn(&Operation) -> bool) -> Outcome {
    let (mut findings, mut asked, mut nothing) = (Vec::new(), 0, Vec::new());
    for operation in offered(kit, &profile)
        .filter(|operation| wanted(operation) && names_something_owned(operation))
    {
        let Some(theirs) = of_b_alone(kit, operation).await? else {
            nothing.push(operation.title());
            continue;
        };
        asked += 1;
        let nobodys = altered(operation, &theirs);
        let theirs = ask(kit, operation, &theirs).await?;
        let nobodys = ask(kit, operation, &nobodys).await?;
        if let Some(what) = difference(&theirs, &nobodys) {
            findings.push(finding(
                format!("{}: {what}", operation.title()),
                &[&theirs, &nobodys],
            ));
        }
    }
    if asked == 0 && findings.is_empty() {
        return Err(skip(
            "B has nothing that A could reach for: give B some data",
        ));
    }
    let mut words = format!("{asked} operations keep B's things from A");
    if !nothing.is_empty() {
        words += &format!("; B has nothing for {}", nothing.join(", "));
    }
    unless(findings, words)
}

fn names_something_owned(operation: &Operation) -> bool {
    let mut sources = operation
        .path_parameters
        .iter()
        .filter_map(|name| source(name));
    sources.any(|source| source.owned)
}

/// The path's ids of something that is B's and not A's: two customers can share a thing, as those who act for one another do.
async fn of_b_alone(kit: &Kit, operation: &Operation) -> Result<Option<Vec<String>>, Stop> {
    let theirs = ids::of(kit, &Who::B, operation).await?;
    let own = ids::of(kit, &Who::A, operation).await?;
    Ok(theirs.into_iter().find(|way| !own.contains(way)))
}

fn altered(operation: &Operation, way: &[String]) -> Vec<String> {
    let named = operation.path_parameters.iter().zip(way);
    named
        .map(|(name, id)| match source(name) {
            Some(source) if source.owned => ids::nowhere(id),
            _ => id.clone(),
        })
        .collect()
}

async fn ask(
    kit: &Kit,
    operation: &Operation,
    way: &[String],
) -> Result<std::sync::Arc<Exchange>, Stop> {
    let path = with_query(kit, operation, operation.at(way)).await?;
    let mut call = with_body(operation, &path);
    if operation.takes("IfMatch") {
        call = call.if_match("conformance");
    }
    kit.send(Who::A, call).await
}

/// What tells B's thing from nobody's. A fresh proof may be asked for before anything is looked up, of both alike.
fn difference(theirs: &Exchange, nobodys: &Exchange) -> Option<String> {
    if !(theirs.is_problem("not-found") || theirs.is_problem("step-up-required")) {
        return Some(format!("what is B's answers A with {}", theirs.outcome()));
    }
    if theirs.status != nobodys.status {
        return Some(format!(
            "what is B's answers {}, and what nobody has {}",
            theirs.outcome(),
            nobodys.outcome()
        ));
    }
    let same_headers = ["content-type", "cache-control"]
        .iter()
        .all(|name| theirs.header(name) == nobodys.header(name));
    (comparable(theirs) != comparable(nobodys) || !same_headers)
        .then(|| "what is B's and what nobody has answer with other bodies or headers".to_owned())
}

/// The body without what belongs to the request.
fn comparable(exchange: &Exchange) -> Value {
    let mut body = exchange.json().clone();
    if let Some(members) = body.as_object_mut() {
        members.remove("request_id");
        members.remove("instance");
    }
    body
}
