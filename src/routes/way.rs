//! The way through a guide, as an address says it: where it began, and what was answered since.
//!
//! The whole way stands in the address, so that Back, a reload and a link that somebody passes on all lead to the same question,
//! and nothing has to be kept. The ids of answers are the company's words, not the customer's.

use super::segment;
use portal_client::query;
use portal_contract::{GuideAnswerId, GuideNodeId};

/// A way through a guide.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Way {
    /// Where it began, where that is not the guide's own start: a link into the midst of it.
    pub from: Option<GuideNodeId>,
    /// What was answered, in order.
    pub answers: Vec<GuideAnswerId>,
}

impl Way {
    /// The way as far as this many answers.
    #[must_use]
    pub fn until(&self, answers: usize) -> Self {
        Self {
            from: self.from.clone(),
            answers: self.answers.iter().take(answers).cloned().collect(),
        }
    }

    /// The way with one more answer.
    #[must_use]
    pub fn and(&self, answer: GuideAnswerId) -> Self {
        let mut way = self.clone();
        way.answers.push(answer);
        way
    }

    pub(super) fn add_to(&self, address: &mut String) {
        if let Some(from) = &self.from {
            query::add(address, segment::AT, from.as_str());
        }
        for answer in &self.answers {
            query::add(address, segment::ANSWER, answer.as_str());
        }
    }
}
