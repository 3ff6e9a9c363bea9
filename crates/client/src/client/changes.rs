//! What is changed of an object, as merge patches (RFC 7396): what is kept is absent, what is cleared is `null`.

use portal_contract::feedback::AnswerValue;
use portal_contract::me::Accommodation;
use portal_contract::{AttributeKey, Entries, Json, QuestionId, ToJson};

/// What a patch does to one member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is emptied.
    Clear,
    /// It becomes this.
    Set(String),
}

/// The members of [`Me`](portal_contract::me::Me) that can be changed in place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeChanges {
    /// The name that the customer wants to be called by.
    pub preferred_name: Change,
    /// Pronouns, in the customer's words.
    pub pronouns: Change,
    /// BCP 47 tag.
    pub locale: Change,
    /// IANA name.
    pub time_zone: Change,
    /// What makes contact possible, the whole list.
    pub accommodations: Option<Vec<Accommodation>>,
    /// Attributes, by key; `None` takes the value out.
    pub attributes: Entries<AttributeKey, Option<String>>,
}

impl ToJson for MeChanges {
    fn to_json(&self) -> Json {
        let mut members = changed([
            ("preferred_name", &self.preferred_name),
            ("pronouns", &self.pronouns),
            ("locale", &self.locale),
            ("time_zone", &self.time_zone),
        ]);
        if let Some(all) = &self.accommodations {
            members.push(("accommodations".to_owned(), all.to_json()));
        }
        if !self.attributes.is_empty() {
            members.push(("attributes".to_owned(), self.attributes.to_json()));
        }
        Json::Object(members)
    }
}

/// The members of a contact point that can be changed in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactPointChanges {
    /// What the customer calls it.
    pub label: Change,
    /// Whether it is the preferred one of its kind; `None` leaves that.
    pub preferred: Option<bool>,
    /// The first day on which it is used, `YYYY-MM-DD`.
    pub valid_from: Change,
    /// The last day on which it is used.
    pub valid_to: Change,
}

impl ToJson for ContactPointChanges {
    fn to_json(&self) -> Json {
        let mut members = changed([
            ("label", &self.label),
            ("valid_from", &self.valid_from),
            ("valid_to", &self.valid_to),
        ]);
        if let Some(preferred) = self.preferred {
            members.push(("preferred".to_owned(), preferred.to_json()));
        }
        Json::Object(members)
    }
}

/// What can be changed of what the customer said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedbackChanges {
    /// The answers that change, by question; `None` takes one out.
    pub answers: Entries<QuestionId, Option<AnswerValue>>,
    /// The words of what was said unasked.
    pub text: Change,
    /// Whether the company may get in touch about it; `None` leaves that.
    pub contact_allowed: Option<bool>,
}

impl ToJson for FeedbackChanges {
    fn to_json(&self) -> Json {
        let mut members = changed([("text", &self.text)]);
        if !self.answers.is_empty() {
            members.push(("answers".to_owned(), self.answers.to_json()));
        }
        if let Some(allowed) = self.contact_allowed {
            members.push(("contact_allowed".to_owned(), allowed.to_json()));
        }
        Json::Object(members)
    }
}

fn changed<const N: usize>(changes: [(&str, &Change); N]) -> Vec<(String, Json)> {
    let mut members = Vec::new();
    for (name, change) in changes {
        let value = match change {
            Change::Keep => continue,
            Change::Clear => Json::Null,
            Change::Set(text) => Json::String(text.clone()),
        };
        members.push((name.to_owned(), value));
    }
    members
}
