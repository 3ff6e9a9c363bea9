//! A guide that was checked: every answer names a node that is there, and every node leads to an outcome.

use super::source::{Heading, Local, Words};
use portal_contract::guide::GuideOutcomeKind;
use portal_contract::{
    ContactOptionId, GuideAnswerId, GuideId, GuideNodeId, GuideVersion, TopicId,
};
use std::collections::HashMap;

/// A guide.
#[derive(Clone, Debug)]
pub struct Guide {
    /// Its stable name.
    pub id: GuideId,
    /// Its content, as one value.
    pub version: GuideVersion,
    /// What it is about.
    pub topic: Option<TopicId>,
    /// What it is called, by language.
    pub(super) text: Local<Heading>,
    /// Which of the nodes it begins with.
    pub(super) start: usize,
    /// Where each node stands among the nodes.
    pub(super) places: HashMap<GuideNodeId, usize>,
    /// Its nodes, in the order of the file.
    pub nodes: Vec<Node>,
}

/// A question or an outcome.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name within the guide.
    pub id: GuideNodeId,
    /// What it says, by language.
    pub(super) text: Local<Words>,
    /// The answers of a question.
    pub answers: Vec<Answer>,
    /// What an outcome comes to.
    pub ending: Option<Ending>,
    /// The most questions that can come after it; none where one can come again.
    pub questions_ahead: Option<u64>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its name within the question.
    pub id: GuideAnswerId,
    /// The node that it leads to.
    pub next: GuideNodeId,
    /// What it says, by language.
    pub(super) label: Local<String>,
}

/// What an outcome comes to.
#[derive(Clone, Debug)]
pub struct Ending {
    /// What it is.
    pub kind: GuideOutcomeKind,
    /// Where to go.
    pub link: Option<String>,
    /// What an interaction is about that begins here, where it is not the guide's topic.
    pub topic: Option<TopicId>,
    /// The way to get in touch that suits it.
    pub option: Option<ContactOptionId>,
}

impl Guide {
    /// The node of this name.
    #[must_use]
    pub fn node(&self, id: &GuideNodeId) -> Option<&Node> {
        self.places.get(id).map(|place| &self.nodes[*place])
    }

    /// The node that it begins with.
    #[must_use]
    pub fn start(&self) -> &Node {
        &self.nodes[self.start]
    }

    /// The topics that it names.
    pub fn topics(&self) -> impl Iterator<Item = &TopicId> {
        let of_nodes = self
            .nodes
            .iter()
            .filter_map(|node| node.ending.as_ref()?.topic.as_ref());
        self.topic.iter().chain(of_nodes)
    }

    /// The most questions that it asks; none where one can come again.
    #[must_use]
    pub fn questions(&self) -> Option<u64> {
        let start = self.start();
        let asks = u64::from(!start.answers.is_empty());
        Some(start.questions_ahead? + asks)
    }
}

impl Node {
    /// The answer of this name.
    #[must_use]
    pub fn answer(&self, id: &GuideAnswerId) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.id == *id)
    }
}
