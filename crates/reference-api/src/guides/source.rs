//! A guide as its file has it, before anything about it is believed.
//!
//! What is absent is read as empty where it can be, so that it is told together with all the other faults and not alone.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Something by the tag of its language.
pub type Local<T> = BTreeMap<String, T>;

/// The file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    #[serde(default)]
    pub id: String,
    pub topic: Option<String>,
    #[serde(default)]
    pub start: String,
    #[serde(default)]
    pub text: Local<Heading>,
    #[serde(default, rename = "node")]
    pub nodes: Vec<NodeSource>,
}

/// What the guide is called in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub description: String,
}

/// A question or an outcome.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeSource {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub text: Local<Words>,
    #[serde(default, rename = "answer")]
    pub answers: Vec<AnswerSource>,
    pub outcome: Option<String>,
    pub link: Option<String>,
    pub topic: Option<String>,
    pub option: Option<String>,
}

/// What a node says in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The question, or what the outcome says.
    #[serde(default)]
    pub text: String,
    /// More about it.
    pub help: Option<String>,
    /// Of an instruction: what to do.
    #[serde(default)]
    pub steps: Vec<String>,
    /// What the link says.
    pub link: Option<String>,
    /// The subject of an interaction that begins here.
    pub subject: Option<String>,
}

/// An answer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerSource {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub next: String,
    #[serde(default)]
    pub label: Local<String>,
}
