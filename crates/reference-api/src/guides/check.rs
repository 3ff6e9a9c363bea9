//! Checking a guide: every fault at once, and the guide itself where there is none.

mod outcome;
mod words;

use super::fault::{Fault, Reason};
use super::graph::{Findings, Shape, look};
use super::guide::{Answer, Ending, Guide, Node};
use super::source::{NodeSource, Source};
use crate::company_file;
use portal_contract::guide::MAX_TRAIL_STEPS;
use portal_contract::{ContactOptionId, GuideVersion, TopicId};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::str::FromStr;

/// The most nodes of a guide: its document travels as a whole.
pub const MAX_NODES: usize = 2_000;
/// The most answers of a question: more are a list to search, and not a question.
pub const MAX_ANSWERS: usize = 12;
/// How many nodes of a loop a message names.
const SHOWN_OF_A_LOOP: usize = 8;

/// What a guide may name that is not its own. What is not known here is not checked.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The ids of the company's topics.
    pub topics: Option<BTreeSet<TopicId>>,
    /// The ids of its ways to get in touch.
    pub options: Option<BTreeSet<ContactOptionId>>,
}

/// The faults of a file, as they are found.
pub(super) struct Found<'a> {
    file: &'a str,
    faults: Vec<Fault>,
}

impl Found<'_> {
    /// A fault of the guide as a whole.
    pub(super) fn of_guide(&mut self, reason: Reason) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            node: None,
            reason,
        });
    }

    /// A fault of this node.
    pub(super) fn of_node(&mut self, node: &str, reason: Reason) {
        self.faults.push(Fault {
            file: self.file.to_owned(),
            node: Some(node.to_owned()),
            reason,
        });
    }
}

/// Reads the text of a guide; `file` names it where something is wrong.
///
/// # Errors
/// With every fault.
pub fn parse(file: &str, text: &str, names: &Names) -> Result<Guide, Vec<Fault>> {
    let mut found = Found {
        file,
        faults: Vec::new(),
    };
    match toml::from_str::<Source>(text) {
        Err(error) => found.of_guide(Reason::Form(error.to_string().trim_end().to_owned())),
        Ok(source) => {
            let guide = check(&source, version(text), names, &mut found);
            if let (Some(guide), true) = (guide, found.faults.is_empty()) {
                return Ok(guide);
            }
            in_the_order_of_the_file(&source, &mut found.faults);
        }
    }
    Err(found.faults)
}

/// What is about the guide as a whole, then node by node, so that an author goes through the file once.
fn in_the_order_of_the_file(source: &Source, faults: &mut [Fault]) {
    let mut places = HashMap::new();
    for (at, node) in source.nodes.iter().enumerate() {
        places.entry(node.id.as_str()).or_insert(at);
    }
    faults.sort_by_key(|fault| fault.node.as_deref().map(|node| places.get(node).copied()));
}

/// The version of this text: what it says, as one value.
fn version(text: &str) -> GuideVersion {
    let mut hex = String::with_capacity(24);
    for byte in &Sha256::digest(text.as_bytes())[..12] {
        let _ = write!(hex, "{byte:02x}");
    }
    hex.parse().expect("hexadecimal digits are an id")
}

/// An id stands in addresses as it is.
pub(super) fn id<T: FromStr>(text: &str) -> Result<T, Reason> {
    company_file::id(text).map_err(|_| Reason::NoId(text.to_owned()))
}

/// The guide, unless a part of it cannot be made; what is found may forbid to use it all the same.
fn check(
    source: &Source,
    version: GuideVersion,
    names: &Names,
    found: &mut Found<'_>,
) -> Option<Guide> {
    let guide_id = id(&source.id).map_err(|reason| found.of_guide(reason)).ok();
    if let Some(topic) = &source.topic {
        outcome::topic(topic, names, &mut |reason| found.of_guide(reason));
    }
    words::of_guide(source, found);
    if source.nodes.len() > MAX_NODES {
        found.of_guide(Reason::TooMany {
            what: "nodes",
            found: source.nodes.len(),
            most: MAX_NODES,
        });
    }
    let places = places(&source.nodes, found);
    let nodes: Vec<_> = source
        .nodes
        .iter()
        .map(|node| node_of(node, source, names, found))
        .collect();
    let findings = shape(source, &places, found)?;
    let nodes: Option<Vec<Node>> = nodes.into_iter().collect();
    let mut nodes = nodes?;
    for (node, ahead) in nodes.iter_mut().zip(&findings.ahead) {
        node.questions_ahead = *ahead;
    }
    let start = *places.get(source.start.as_str())?;
    Some(Guide {
        id: guide_id?,
        version,
        topic: source.topic.as_deref().and_then(|topic| topic.parse().ok()),
        text: source.text.clone(),
        start,
        places: source
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(at, node)| Some((node.id.parse().ok()?, at)))
            .collect(),
        nodes,
    })
}

/// Where each node stands in the file. Of two that have one id, the first.
fn places<'a>(nodes: &'a [NodeSource], found: &mut Found<'_>) -> HashMap<&'a str, usize> {
    let mut places = HashMap::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        if places.contains_key(node.id.as_str()) {
            found.of_node(&node.id, Reason::SameNode);
        } else {
            places.insert(node.id.as_str(), at);
        }
    }
    places
}

fn node_of(
    node: &NodeSource,
    source: &Source,
    names: &Names,
    found: &mut Found<'_>,
) -> Option<Node> {
    let node_id = id(&node.id)
        .map_err(|reason| found.of_node(&node.id, reason))
        .ok();
    words::of_node(node, source, found);
    let answers = answers_of(node, found);
    let ending = match (node.answers.is_empty(), &node.outcome) {
        (true, None) => {
            found.of_node(&node.id, Reason::DeadEnd);
            None
        }
        (false, Some(_)) => {
            found.of_node(&node.id, Reason::QuestionAndOutcome);
            None
        }
        (false, None) => {
            outcome::not_at_a_question(node, found);
            None
        }
        (true, Some(kind)) => outcome::check(kind, node, names, found),
    };
    Some(Node {
        id: node_id?,
        text: node.text.clone(),
        answers: answers?,
        ending: ending.map(|kind| Ending {
            kind,
            link: node.link.clone(),
            topic: node.topic.as_deref().and_then(|topic| topic.parse().ok()),
            option: node
                .option
                .as_deref()
                .and_then(|option| option.parse().ok()),
        }),
        questions_ahead: None,
    })
}

fn answers_of(node: &NodeSource, found: &mut Found<'_>) -> Option<Vec<Answer>> {
    if node.answers.len() > MAX_ANSWERS {
        found.of_node(
            &node.id,
            Reason::TooMany {
                what: "answers",
                found: node.answers.len(),
                most: MAX_ANSWERS,
            },
        );
    }
    let mut known = HashSet::new();
    let mut answers = Vec::with_capacity(node.answers.len());
    for answer in &node.answers {
        let answer_id = id(&answer.id)
            .map_err(|reason| found.of_node(&node.id, reason))
            .ok();
        if !known.insert(&answer.id) {
            found.of_node(&node.id, Reason::SameAnswer(answer.id.clone()));
        }
        if let (Some(id), Ok(next)) = (answer_id, answer.next.parse()) {
            answers.push(Answer {
                id,
                next,
                label: answer.label.clone(),
            });
        }
    }
    Some(answers)
}

/// What the shape of the guide comes to; nothing where it has no nodes.
fn shape(
    source: &Source,
    places: &HashMap<&str, usize>,
    found: &mut Found<'_>,
) -> Option<Findings> {
    let start = places.get(source.start.as_str()).copied();
    match (source.start.is_empty(), start) {
        (true, _) => found.of_guide(Reason::NoStart),
        (false, None) => found.of_guide(Reason::StartMissing(source.start.clone())),
        (false, Some(_)) => {}
    }
    let (leads, open) = leads(source, places, found);
    let findings = look(&Shape {
        leads: &leads,
        open: &open,
        start,
    });
    tell(source, &findings, found);
    if let Some(start) = start {
        let asks = u64::from(!leads[start].is_empty());
        let questions = findings.ahead[start].map_or(0, |ahead| ahead + asks);
        if questions > MAX_TRAIL_STEPS as u64 {
            found.of_guide(Reason::TooMany {
                what: "questions in a row",
                found: usize::try_from(questions).unwrap_or(usize::MAX),
                most: MAX_TRAIL_STEPS,
            });
        }
    }
    (!source.nodes.is_empty()).then_some(findings)
}

fn leads(
    source: &Source,
    places: &HashMap<&str, usize>,
    found: &mut Found<'_>,
) -> (Vec<Vec<usize>>, Vec<bool>) {
    let mut open = vec![false; source.nodes.len()];
    let leads = source.nodes.iter().zip(&mut open).map(|(node, open)| {
        let next = node.answers.iter().filter_map(|answer| {
            let place = places.get(answer.next.as_str()).copied();
            if place.is_none() {
                *open = true;
                found.of_node(
                    &node.id,
                    Reason::NextMissing {
                        answer: answer.id.clone(),
                        next: answer.next.clone(),
                    },
                );
            }
            place
        });
        next.collect()
    });
    (leads.collect(), open)
}

fn tell(source: &Source, findings: &Findings, found: &mut Found<'_>) {
    let name = |node: &usize| source.nodes[*node].id.as_str();
    for way in &findings.loops {
        let shown: Vec<&str> = way.iter().take(SHOWN_OF_A_LOOP).map(name).collect();
        let mut shown = shown.join(" → ");
        if way.len() > SHOWN_OF_A_LOOP {
            let _ = write!(shown, " → … ({} nodes)", way.len());
        } else {
            let _ = write!(shown, " → {}", name(&way[0]));
        }
        found.of_node(name(&way[0]), Reason::Loop(shown));
    }
    for node in &findings.out_of_reach {
        found.of_node(name(node), Reason::OutOfReach);
    }
}

#[cfg(test)]
mod tests;
