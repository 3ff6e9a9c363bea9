//! Checking what a node comes to.

use super::{Found, Names, id};
use crate::guides::fault::Reason;
use crate::guides::source::NodeSource;
use portal_contract::guide::GuideOutcomeKind as Kind;
use portal_contract::{ContactOptionId, TopicId};

/// The kind of the outcome, where there is such a kind.
pub(super) fn check(
    kind: &str,
    node: &NodeSource,
    names: &Names,
    found: &mut Found<'_>,
) -> Option<Kind> {
    let mut tell = |reason| found.of_node(&node.id, reason);
    let kind = Kind::from(kind);
    let has_steps = node.text.values().any(|words| !words.steps.is_empty());
    match &kind {
        Kind::Instruction if !has_steps => tell(Reason::OutcomeNeeds {
            kind: "instruction",
            needs: "\"steps\": what to do, in order",
        }),
        Kind::Link if node.link.is_none() => tell(Reason::OutcomeNeeds {
            kind: "link",
            needs: "\"link\": an https address, or the path of a screen",
        }),
        Kind::Other(unknown) => tell(Reason::UnknownOutcome(unknown.clone())),
        Kind::Answer | Kind::Instruction | Kind::Link | Kind::Interaction => {}
    }
    if has_steps && kind != Kind::Instruction {
        tell(Reason::Misplaced(
            "\"steps\" belong to an outcome \"instruction\"",
        ));
    }
    if let Some(url) = node.link.as_ref().filter(|url| !is_address(url)) {
        tell(Reason::NoAddress(url.clone()));
    }
    if let Some(name) = &node.topic {
        topic(name, names, &mut tell);
    }
    if let Some(name) = &node.option {
        option(name, names, &mut tell);
    }
    Some(kind).filter(|kind| !matches!(kind, Kind::Other(_)))
}

/// A question ends nothing.
pub(super) fn not_at_a_question(node: &NodeSource, found: &mut Found<'_>) {
    let of_an_outcome = [
        (node.link.is_some(), "\"link\" belongs to an outcome"),
        (
            node.topic.is_some(),
            "\"topic\" belongs to the guide or to an outcome",
        ),
        (node.option.is_some(), "\"option\" belongs to an outcome"),
        (
            node.text.values().any(|words| !words.steps.is_empty()),
            "\"steps\" belong to an outcome \"instruction\"",
        ),
        (
            node.text.values().any(|words| words.subject.is_some()),
            "\"subject\" belongs to an outcome",
        ),
    ];
    for (there, problem) in of_an_outcome {
        if there {
            found.of_node(&node.id, Reason::Misplaced(problem));
        }
    }
}

/// The company has this topic, as far as that is known.
pub(super) fn topic(name: &str, names: &Names, tell: &mut impl FnMut(Reason)) {
    match (id::<TopicId>(name), &names.topics) {
        (Ok(topic), Some(known)) if !known.contains(&topic) => {
            tell(Reason::UnknownTopic(name.to_owned()));
        }
        (Ok(_), _) => {}
        (Err(reason), _) => tell(reason),
    }
}

fn option(name: &str, names: &Names, tell: &mut impl FnMut(Reason)) {
    match (id::<ContactOptionId>(name), &names.options) {
        (Ok(option), Some(known)) if !known.contains(&option) => {
            tell(Reason::UnknownOption(name.to_owned()));
        }
        (Ok(_), _) => {}
        (Err(reason), _) => tell(reason),
    }
}

/// An https address with a host, or a path of the portal: nothing that runs, and nothing that leaves by two slashes.
fn is_address(url: &str) -> bool {
    let plain = url.len() <= 500
        && !url
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || c == '\\');
    let outside = url
        .strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
    plain && (outside || (url.starts_with('/') && !url.starts_with("//")))
}
