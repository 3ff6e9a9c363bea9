//! The words of a notice, in the company's languages.

use crate::consents::Local;
use portal_contract::{GuideId, NoticeAnswerId};
use serde::{Deserialize, Serialize};

/// What stands in a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its words by language; one at least.
    pub texts: Local<Words>,
    /// Where there is more.
    pub link: Option<Link>,
    /// The answers to its question.
    pub answers: Vec<Answer>,
}

/// The words in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// It in a few words.
    pub title: String,
    /// It in a few sentences.
    pub text: String,
    /// What stands on the link.
    pub link: Option<String>,
    /// What stands on the answers, by their ids.
    #[serde(default)]
    pub answers: std::collections::BTreeMap<String, String>,
}

/// Where there is more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link {
    /// At an `https` address.
    Url(String),
    /// In a guide.
    Guide(GuideId),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Its id.
    pub id: NoticeAnswerId,
    /// Whether the matter goes on with it; it is good so otherwise.
    pub goes_on: bool,
}
