//! What the company asks, of whom and when, as its file says (`company.surveys`).

mod check;
mod wire;

use crate::company_file::{self, FileError, wrong};
use crate::consents::Local;
use portal_contract::QuestionId;
use portal_contract::feedback::{AnswerValue, QuestionKind};
use portal_contract::interaction::{Channel, Direction, InteractionStatus};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;

/// The demonstration's surveys.
const DEMO: &str = include_str!("../demo/surveys.toml");

/// Everything that the file says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surveys {
    /// How many days pass between two requests to one customer.
    #[serde(default = "quiet_days")]
    pub quiet_days: u32,
    /// For how many days after a matter was settled somebody is still asked about it.
    #[serde(default = "ask_within_days")]
    pub ask_within_days: u32,
    /// For how many days what was said can be changed.
    #[serde(default = "editable_days")]
    pub editable_days: u32,
    /// The longest words of what is said unasked, in characters.
    #[serde(default = "text_characters")]
    pub text_characters: u64,
    /// Where the company is told of a complaint.
    pub notify: Option<String>,
    /// The topic of `company.catalogue` under which a mail says that feedback was answered; without it there is no such mail.
    pub answers_topic: Option<String>,
    /// What feedback can be about, besides interactions.
    #[serde(default, rename = "service")]
    pub services: Vec<Service>,
    /// The surveys; the first one whose rule fits is asked.
    #[serde(default, rename = "survey")]
    pub all: Vec<Survey>,
}

fn quiet_days() -> u32 {
    30
}

fn ask_within_days() -> u32 {
    3
}

fn editable_days() -> u32 {
    14
}

fn text_characters() -> u64 {
    4_000
}

/// A service of the company.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its stable name.
    pub id: String,
    /// What people call it.
    pub label: Local<String>,
}

/// A survey.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Its stable name, for the report.
    pub id: String,
    /// For how many days an answer is taken.
    pub expires_days: u32,
    /// About which matters it asks.
    #[serde(default)]
    pub asks: Rule,
    /// What it asks, in order.
    #[serde(default, rename = "question")]
    pub questions: Vec<QuestionSource>,
}

/// About which matters a survey asks. What is left out narrows nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// Once they stand so.
    pub after: Vec<InteractionStatus>,
    /// On which channels they began.
    pub channels: Vec<Channel>,
    /// Who began.
    pub directions: Vec<Direction>,
    /// What they are about, by the ids of the company's topics.
    pub topics: Vec<String>,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            after: vec![InteractionStatus::Resolved, InteractionStatus::Closed],
            channels: Vec::new(),
            directions: Vec::new(),
            topics: Vec::new(),
        }
    }
}

/// A question, in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionSource {
    /// Its stable name.
    pub id: QuestionId,
    /// What sort of answer it takes.
    pub kind: QuestionKind,
    /// Whether it has to be answered when it is asked.
    #[serde(default)]
    pub required: bool,
    /// Whether several options can be chosen, of a choice.
    #[serde(default)]
    pub multiple: bool,
    /// The longest answer in characters, of words.
    pub max_length: Option<u64>,
    /// What is asked.
    pub text: Local<String>,
    /// What the lowest point of a scale means.
    #[serde(default)]
    pub low: Local<String>,
    /// What the highest point means.
    #[serde(default)]
    pub high: Local<String>,
    /// What each point of a scale says, lowest first; of thumbs, up and then down.
    #[serde(default)]
    pub labels: Vec<Local<String>>,
    /// What there is to choose from.
    #[serde(default, rename = "option")]
    pub options: Vec<OptionSource>,
    /// When it is asked at all.
    pub shown_if: Option<LogicSource>,
}

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionSource {
    /// Its stable name.
    pub id: String,
    /// What it says.
    pub label: Local<String>,
}

/// When a question is asked: all of the conditions, or any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogicSource {
    /// Each of these has to hold.
    pub all: Vec<ConditionSource>,
    /// One of these has to hold.
    pub any: Vec<ConditionSource>,
}

/// A condition on the answer to an earlier question: exactly one of the comparisons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionSource {
    /// Which question.
    pub question: QuestionId,
    /// Its answer is one of these.
    #[serde(default)]
    pub one_of: Vec<Answer>,
    /// It is none of these.
    #[serde(default)]
    pub none_of: Vec<Answer>,
    /// It is not below this.
    pub at_least: Option<u64>,
    /// It is not above this.
    pub at_most: Option<u64>,
    /// Whether there is one.
    pub answered: Option<bool>,
}

/// An answer, as the file writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// A point of a scale.
    Number(u64),
    /// A choice, or a thumb.
    Text(String),
}

impl From<&Answer> for AnswerValue {
    fn from(answer: &Answer) -> Self {
        match answer {
            Answer::Number(number) => Self::Number(*number),
            Answer::Text(text) => Self::Text(text.clone()),
        }
    }
}

impl Default for Surveys {
    /// A company that asks nothing.
    fn default() -> Self {
        Self {
            quiet_days: quiet_days(),
            ask_within_days: ask_within_days(),
            editable_days: editable_days(),
            text_characters: text_characters(),
            notify: None,
            answers_topic: None,
            services: Vec::new(),
            all: Vec::new(),
        }
    }
}

impl Surveys {
    /// Reads a file.
    ///
    /// # Errors
    /// With the file, the place and what is wrong there.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        company_file::load(path, Self::parse)
    }

    /// Reads the text of a file; `file` is how errors call it.
    ///
    /// # Errors
    /// With the file, the place and what is wrong there.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        company_file::parse(file, text, |surveys| {
            check::check(&surveys)?;
            Ok(surveys)
        })
    }

    /// That the topic of its mails is one of the catalogue's.
    ///
    /// # Errors
    /// With the file, the place and what is wrong there.
    pub fn check_topic(&self, file: &str, knows: impl Fn(&str) -> bool) -> Result<(), FileError> {
        match &self.answers_topic {
            Some(topic) if !knows(topic) => {
                let problem = format!(
                    "{topic:?} does not stand in \"company.catalogue\": write a topic that does, or leave it out"
                );
                Err(FileError::of(file, wrong("answers_topic", problem)))
            }
            _ => Ok(()),
        }
    }

    /// The demonstration's.
    #[must_use]
    pub fn demo() -> Self {
        Self::parse("demo/surveys.toml", DEMO).expect("a test reads the demonstration's surveys")
    }

    /// Whether the company takes feedback at all.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        !self.all.is_empty()
    }

    /// The survey of this name.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Survey> {
        self.all.iter().find(|survey| survey.id == id)
    }

    /// The service of this name.
    #[must_use]
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }
}

impl Survey {
    /// Its questions as they are kept with a request, and the hash by which requests share them.
    #[must_use]
    pub fn version(&self) -> (String, String) {
        let questions = serde_json::to_string(&self.questions)
            .expect("questions are texts, numbers and maps with text keys");
        let digest = Sha256::digest([self.id.as_bytes(), b"\0", questions.as_bytes()].concat());
        (crate::secrets::hex(&digest), questions)
    }
}

impl Rule {
    /// Whether it is about a matter like this one.
    #[must_use]
    pub fn fits(
        &self,
        status: &InteractionStatus,
        channel: &Channel,
        direction: &Direction,
        topic: Option<&str>,
    ) -> bool {
        self.after.contains(status)
            && (self.channels.is_empty() || self.channels.contains(channel))
            && (self.directions.is_empty() || self.directions.contains(direction))
            && (self.topics.is_empty()
                || topic.is_some_and(|topic| self.topics.iter().any(|known| known == topic)))
    }
}

#[cfg(test)]
mod tests;
