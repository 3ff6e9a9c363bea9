//! Guides: decision trees with which a customer solves a matter alone, or reaches the right way with what was answered.
//!
//! A guide is a graph of questions that every answer leads through and that ends in outcomes. The server promises that every
//! node leads to an outcome, that no answer leads nowhere, and that nothing is out of reach.

use crate::contact::ContactOptionKind;
use crate::interaction::Topic;
use crate::{
    ContactOptionId, Entries, GuideAnswerId, GuideId, GuideNodeId, GuideRecordId, GuideVersion,
    Timestamp,
};

/// The most steps that a [`GuideTrail`] holds. A guide may lead back to an earlier question, so its size bounds no way through it.
pub const MAX_TRAIL_STEPS: usize = 200;

/// The longest `words` of a [`NewGuideOutcome`], in characters.
pub const MAX_GUIDE_WORDS: usize = 2_000;

record! {
    /// A guide as a list shows it.
    pub struct GuideSummary {
        /// Its id.
        pub id: GuideId,
        /// What it helps with.
        pub title: String,
        /// A sentence about whom it is for.
        pub description: String,
        /// BCP 47 tag of the language in which it is told here.
        pub lang: String,
        /// What it is about, by the company's catalogue.
        pub topic: Option<Topic>,
        /// The most questions that it asks; absent where a question can come again.
        pub questions: Option<u64>,
    }
}

record! {
    /// `GET /v1/guides/{id}`: a guide with all its nodes, in one language.
    pub struct Guide {
        /// Its id.
        pub id: GuideId,
        /// What it says, as one value: another content is another version, in every language alike.
        pub version: GuideVersion,
        /// What it helps with.
        pub title: String,
        /// A sentence about whom it is for.
        pub description: String,
        /// BCP 47 tag of the language of all its texts.
        pub lang: String,
        /// What it is about, by the company's catalogue.
        pub topic: Option<Topic>,
        /// The node that it begins with.
        pub start: GuideNodeId,
        /// Its nodes. Each can be reached from `start`, and leads to an outcome.
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = std::collections::BTreeMap<String, GuideNode>)
        )]
        pub nodes: Entries<GuideNodeId, GuideNode>,
    }
}

record! {
    /// A question, or the outcome that an answer leads to. It has either answers or an outcome.
    pub struct GuideNode {
        /// The question, or what the outcome says.
        pub text: String,
        /// More about it: where to look, what a word means.
        pub help: Option<String>,
        /// What can be answered; none where there is an outcome.
        pub answers: Vec<GuideAnswer>,
        /// What came of it; absent where there are answers.
        pub outcome: Option<GuideOutcome>,
        /// The most questions that can still come after this one; absent where a question can come again.
        pub questions_ahead: Option<u64>,
    }
}

record! {
    /// An answer of a question.
    pub struct GuideAnswer {
        /// Its id, unique within its node.
        pub id: GuideAnswerId,
        /// What it says.
        pub label: String,
        /// The node that it leads to.
        pub next: GuideNodeId,
    }
}

open_enum! {
    /// What an outcome is.
    pub enum GuideOutcomeKind {
        /// The text itself is the answer.
        Answer = "answer",
        /// Something to do, in `steps`.
        Instruction = "instruction",
        /// A place to go to, in `link`.
        Link = "link",
        /// Something that the company has to do: an interaction begins, with `prefill` and the answers.
        Interaction = "interaction",
    }
}

record! {
    /// What a guide comes to.
    pub struct GuideOutcome {
        /// What it is. A kind that is not known is shown by its text, steps and link.
        pub kind: GuideOutcomeKind,
        /// What to do, in order.
        pub steps: Vec<String>,
        /// Where to go.
        pub link: Option<GuideLink>,
        /// What an interaction begins with, where the customer has to get in touch: always with `interaction`, and with the
        /// others where the company says how to go on when it did not help.
        pub prefill: Option<GuidePrefill>,
    }
}

record! {
    /// A place to go to.
    pub struct GuideLink {
        /// An `https:` address, or the path of a screen of the portal (`/preferences`).
        pub url: String,
        /// What the link says.
        pub label: String,
    }
}

record! {
    /// What an interaction begins with that a guide leads to.
    pub struct GuidePrefill {
        /// What it is about.
        pub topic: Option<Topic>,
        /// Its subject.
        pub subject: Option<String>,
        /// The way to get in touch that suits it.
        pub option_id: Option<ContactOptionId>,
        /// What sort of way that is: a `callback` begins by choosing a time.
        pub option_kind: Option<ContactOptionKind>,
    }
}

record! {
    /// The way that a customer took through a guide. `POST /v1/interactions` carries it, so that nobody asks again.
    pub struct GuideTrail {
        /// Through which guide.
        pub guide_id: GuideId,
        /// As it was then.
        pub version: GuideVersion,
        /// What was answered, from the start on; at most 200.
        pub steps: Vec<GuideStep>,
    }
}

record! {
    /// One answer of a way through a guide.
    pub struct GuideStep {
        /// The question.
        pub node_id: GuideNodeId,
        /// What was answered.
        pub answer_id: GuideAnswerId,
    }
}

record! {
    /// What a customer answered in a guide before an interaction began, as it stood then.
    pub struct GuideAnswers {
        /// In which guide.
        pub guide_id: GuideId,
        /// Its title.
        pub title: String,
        /// BCP 47 tag of the language of the texts.
        pub lang: String,
        /// The questions and what was answered, in order.
        pub answers: Vec<GuideAnswered>,
        /// What the guide came to; absent where the customer left it before.
        pub outcome: Option<String>,
    }
}

record! {
    /// A question and its answer, in words.
    pub struct GuideAnswered {
        /// The question.
        pub question: String,
        /// What was answered.
        pub answer: String,
    }
}

record! {
    /// `POST /v1/guides/{id}/outcomes`: "did this solve it?"
    pub struct NewGuideOutcome {
        /// The way to the outcome.
        pub trail: GuideTrail,
        /// The outcome, to which the way leads.
        pub node: GuideNodeId,
        /// Whether it solved the matter.
        pub solved: bool,
        /// What the customer adds; at most 2,000 characters.
        pub words: Option<String>,
    }
}

record! {
    /// What a customer said about an outcome, as it was taken down. Saying it again about the same outcome replaces it.
    pub struct GuideRecord {
        /// Its id.
        pub id: GuideRecordId,
        /// About which outcome.
        pub node: GuideNodeId,
        /// Whether it solved the matter.
        pub solved: bool,
        /// What the customer added.
        pub words: Option<String>,
        /// When.
        pub recorded_at: Timestamp,
    }
}
