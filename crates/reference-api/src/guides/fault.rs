//! What can be wrong with a guide, each with its file, its node, and what to do about it.

use std::fmt;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In which file.
    pub file: String,
    /// At which node; absent where it is about the guide as a whole.
    pub node: Option<String>,
    /// What is wrong.
    pub reason: Reason,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, node, reason } = self;
        match node {
            Some(node) => write!(f, "{file}, node {node:?}: {reason}"),
            None => write!(f, "{file}: {reason}"),
        }
    }
}

/// Every fault that was found, in the order of files and nodes; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl std::error::Error for Faults {}

impl Faults {
    /// How many there are, then a line each.
    #[must_use]
    pub fn told(&self) -> String {
        match self.0.len() {
            1 => format!("1 fault\n{self}"),
            many => format!("{many} faults\n{self}"),
        }
    }
}

/// A line a fault.
impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

/// Why a guide cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The file or the folder cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The file has not the form of a guide.
    #[error("is not a guide: {0}")]
    Form(String),
    /// The folder holds no guide.
    #[error("the folder holds no guide; a guide is a file whose name ends in .toml")]
    NoGuide,
    /// A name that is no id.
    #[error("{0:?} is no id: an id is 1 to 64 of a-z, 0-9, \"_\" and \"-\"")]
    NoId(String),
    /// Another file has the same guide.
    #[error("the guide {id:?} stands in {other} too; every guide has an id of its own")]
    SameGuide {
        /// Its id.
        id: String,
        /// The file that came first.
        other: String,
    },
    /// Another node has the same id.
    #[error("stands twice; every node has an id of its own")]
    SameNode,
    /// Another answer of the question has the same id.
    #[error("the answer {0:?} stands twice; every answer of a question has an id of its own")]
    SameAnswer(String),
    /// Another answer of the question says the same.
    #[error("two answers say {label:?} in {language:?}; nobody could tell them apart")]
    SameLabel {
        /// What they say.
        label: String,
        /// In which language.
        language: String,
    },
    /// No start is named, or there is no such node.
    #[error("\"start\" is missing; it names the node that the guide begins with")]
    NoStart,
    /// The start is not there.
    #[error("\"start\" names the node {0:?}, which is missing")]
    StartMissing(String),
    /// An answer leads to a node that is not there.
    #[error("the answer {answer:?} leads to the node {next:?}, which is missing")]
    NextMissing {
        /// Which answer.
        answer: String,
        /// Where it leads.
        next: String,
    },
    /// A node with neither answers nor an outcome.
    #[error("has neither answers nor an outcome: a dead end")]
    DeadEnd,
    /// A node with both.
    #[error("has answers and an outcome; a node is a question or an outcome")]
    QuestionAndOutcome,
    /// A loop that no answer leads out of.
    #[error("is in a loop without a way out: {0}; let one answer lead out of it")]
    Loop(String),
    /// Nothing leads there.
    #[error("is out of reach: no answer leads there from the start")]
    OutOfReach,
    /// The guide is in no language.
    #[error("is in no language; write [text.en] with \"title\" and \"description\"")]
    NoLanguage,
    /// A tag that names no language.
    #[error("{0:?} is no tag of a language, such as en or pt-BR")]
    NoTag(String),
    /// A language of the guide lacks something.
    #[error("{what} is missing in {language:?}")]
    Untranslated {
        /// What ("the text", "the answer \"yes\"").
        what: String,
        /// In which language.
        language: String,
    },
    /// Something is in a language that the guide as a whole is not in.
    #[error("{what} is in {language:?}, in which the guide has no [text.{language}]")]
    StrayLanguage {
        /// What.
        what: String,
        /// In which language.
        language: String,
    },
    /// There is a text, and it is empty.
    #[error("{what} in {language:?} is empty")]
    Empty {
        /// What.
        what: String,
        /// In which language.
        language: String,
    },
    /// A text that is too long.
    #[error("{what} in {language:?} has {found} characters; {most} are the most")]
    TooLong {
        /// What.
        what: String,
        /// In which language.
        language: String,
        /// How many characters it has.
        found: usize,
        /// How many it may have.
        most: usize,
    },
    /// Too many of something.
    #[error("has {found} {what}; {most} are the most")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// An outcome of no kind that there is.
    #[error("{0:?} is no outcome: answer, instruction, link or interaction")]
    UnknownOutcome(String),
    /// Something that the outcome of this kind needs.
    #[error("an outcome {kind:?} has {needs}")]
    OutcomeNeeds {
        /// Which kind.
        kind: &'static str,
        /// What it has to have.
        needs: &'static str,
    },
    /// Something that only outcomes can have, at a question; or steps without an instruction.
    #[error("{0}")]
    Misplaced(&'static str),
    /// An address that is none.
    #[error("{0:?} is neither an https address nor the path of a screen, such as \"/preferences\"")]
    NoAddress(String),
    /// A topic that the company does not have.
    #[error("the topic {0:?} is none of the company's topics")]
    UnknownTopic(String),
    /// A way to get in touch that the company does not have.
    #[error("the option {0:?} is none of the company's ways to get in touch (\"company.contact\")")]
    UnknownOption(String),
}
