//! Mails to the person for whom somebody acts, or wants to.

use super::requests::{day, kind_named};
use super::sentences::{Words, fill, named};
use super::texts::{Language, Letter, Said};
use crate::config::Company;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::interaction::Channel;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    roles: BTreeMap<String, Said>,
    parts: BTreeMap<String, Said>,
    letters: BTreeMap<String, Words>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("delegations.toml")).expect("a test has read the words")
});

/// What the person is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelegationStep {
    /// Somebody asks; the person decides.
    Asked,
    /// An executor asks; the company decides, and the person can say no.
    AskedExecutor,
    /// It holds.
    Began,
    /// A data request was made.
    Request,
    /// An erasure was asked for, and waits for the person.
    Erasure,
    /// It is over.
    Ended,
}

impl DelegationStep {
    fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::AskedExecutor => "asked_executor",
            Self::Began => "began",
            Self::Request => "request",
            Self::Erasure => "erasure",
            Self::Ended => "ended",
        }
    }
}

/// A mail about a delegation.
#[derive(Clone, Debug)]
pub struct DelegationMail {
    /// Whom it is written for.
    pub customer: CustomerId,
    /// Where to: the person's own mailbox.
    pub to: String,
    /// BCP 47 tag of the language that it should be in.
    pub locale: Option<String>,
    /// What they are told.
    pub step: DelegationStep,
    /// Who acts; nobody once they are erased.
    pub name: Option<String>,
    /// Their address, masked.
    pub address: String,
    /// As what, as the contract calls it.
    pub role: String,
    /// The kinds of data request, as the contract calls them; of a request, its own alone.
    pub kinds: Vec<String>,
    /// What people call the categories; empty for all.
    pub covers: Vec<String>,
    /// Until when it holds.
    pub ends_at: Moment,
    /// Until when an answer is waited for.
    pub decide_by: Moment,
    /// IANA name of the zone whose days the person reads.
    pub time_zone: String,
    /// The number of the data request.
    pub reference: Option<String>,
    /// Where it can be decided; the token stands in the fragment.
    pub link: Option<String>,
}

/// The letter.
#[must_use]
pub fn compose(company: &Company, mail: &DelegationMail) -> Letter {
    let language = Language::choose(mail.locale.as_deref(), company);
    let writer = Writer {
        language,
        company,
        mail,
    };
    let words = &FILE.letters[mail.step.name()];
    Letter {
        customer: Some(mail.customer.clone()),
        channel: Channel::Email,
        to: mail.to.clone(),
        subject: writer.fill(&words.subject),
        body: writer.body(words),
        code: None,
        locale: language.tag(),
        headers: Vec::new(),
    }
}

struct Writer<'m> {
    language: Language,
    company: &'m Company,
    mail: &'m DelegationMail,
}

impl Writer<'_> {
    fn body(&self, words: &Words) -> String {
        let part = |name: &str| self.fill(&FILE.parts[name]);
        let mut parts = vec![part("greeting"), self.fill(&words.body)];
        let (before, has_end) = match self.mail.step {
            DelegationStep::Asked | DelegationStep::AskedExecutor => ("decide", true),
            DelegationStep::Erasure => ("decide", false),
            DelegationStep::Began | DelegationStep::Request => ("revoke", false),
            DelegationStep::Ended => ("", false),
        };
        if let Some(link) = &self.mail.link {
            parts.push(format!("{}\n{link}", part(before)));
        }
        parts.extend((has_end && self.mail.step == DelegationStep::Asked).then(|| part("nothing")));
        parts.push(format!("-- \n{}\n", part("footer")));
        parts.join("\n\n")
    }

    fn say<'s>(&self, said: &'s Said) -> &'s str {
        self.language.say(said)
    }

    fn fill(&self, said: &Said) -> String {
        fill(self.say(said), |name| self.place(name))
    }

    fn place(&self, name: &str) -> String {
        let mail = self.mail;
        let day = |at| day(self.language, at, &mail.time_zone);
        match name {
            "company" => self.company.name.clone(),
            "name" => self.name(),
            "address" => mail.address.clone(),
            "role" => named(self.language, &FILE.roles, &mail.role),
            "kinds" | "kind" => self.joined(
                mail.kinds
                    .iter()
                    .map(|kind| kind_named(self.language, kind)),
            ),
            "covers" if mail.covers.is_empty() => self.say(&FILE.parts["everything"]).to_owned(),
            "covers" => self.joined(mail.covers.iter().cloned()),
            "day" => day(mail.ends_at),
            "decide_by" => day(mail.decide_by),
            "reference" => mail.reference.as_deref().unwrap_or("").to_owned(),
            other => unreachable!("{other} is no place: a test has filled every one"),
        }
    }

    /// In one line, whatever stands in it.
    fn name(&self) -> String {
        let name = self.mail.name.as_deref().map(str::trim);
        match name.filter(|name| !name.is_empty()) {
            Some(name) => name.split_whitespace().collect::<Vec<_>>().join(" "),
            None => self.say(&FILE.parts["somebody"]).to_owned(),
        }
    }

    fn joined(&self, words: impl Iterator<Item = String>) -> String {
        let comma = match self.language {
            Language::Arabic => "، ",
            Language::English | Language::German => ", ",
        };
        words.collect::<Vec<_>>().join(comma)
    }
}

#[cfg(test)]
mod tests;
