//! Mails about the steps of a data request. They say what a law wants said, and hold nothing that was asked for or found: whoever
//! reads the mailbox learns that there is a request, by when it is answered, and what the company says of more time or a refusal.

use super::sentences::{Words, fill, named};
use super::texts::{Language, Letter, Said};
use crate::config::Company;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use jiff::Zoned;
use jiff::tz::TimeZone;
use portal_contract::interaction::Channel;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    months: Vec<Said>,
    day: Said,
    minute: Said,
    kinds: BTreeMap<String, Said>,
    reasons: BTreeMap<String, Said>,
    parts: BTreeMap<String, Said>,
    letters: BTreeMap<String, Words>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("requests.toml")).expect("a test has read the words")
});

/// A step of a data request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is here.
    Received,
    /// It is here, and begins once it is confirmed.
    Unconfirmed,
    /// The company asked.
    Question,
    /// It takes longer.
    Extended,
    /// A copy can be fetched.
    Ready,
    /// It is done.
    Done,
    /// It is done in part.
    DoneInPart,
    /// It is refused.
    Denied,
    /// An erasure has its moment.
    Scheduled,
    /// Nobody confirmed or answered.
    Expired,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Unconfirmed => "unconfirmed",
            Self::Question => "question",
            Self::Extended => "extended",
            Self::Ready => "ready",
            Self::Done => "done",
            Self::DoneInPart => "done_in_part",
            Self::Denied => "denied",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
        }
    }

    /// Whether whoever did not ask for it has to know what to do.
    fn may_be_unwanted(self) -> bool {
        matches!(self, Self::Received | Self::Unconfirmed | Self::Scheduled)
    }
}

/// A mail about a step.
#[derive(Clone, Debug)]
pub struct RequestMail {
    /// Whom it is written for.
    pub customer: CustomerId,
    /// Where to.
    pub to: String,
    /// BCP 47 tag of the language that it should be in.
    pub locale: Option<String>,
    /// Which step.
    pub step: Step,
    /// The number that people quote.
    pub reference: String,
    /// Which right, as the contract calls it.
    pub kind: String,
    /// Until when, or by when, where the step has a moment.
    pub at: Option<Moment>,
    /// IANA name of the zone whose days count.
    pub time_zone: String,
    /// What the company says to it.
    pub words: Option<String>,
    /// Why, as the contract calls it.
    pub reason: Option<String>,
    /// The portal's page of the request.
    pub link: String,
    /// Where to complain, and where to appeal, about a refusal.
    pub ways: (Option<String>, Option<String>),
}

/// The letter.
#[must_use]
pub fn compose(company: &Company, mail: &RequestMail) -> Letter {
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

/// A day as people write it.
pub(super) fn day(language: Language, at: Moment, time_zone: &str) -> String {
    let at = at_home(at, time_zone);
    let month = &FILE.months[usize::from(at.month().unsigned_abs()) - 1];
    language
        .say(&FILE.day)
        .replace("{d}", &at.day().to_string())
        .replace("{month}", language.say(month))
        .replace("{year}", &at.year().to_string())
}

fn at_home(at: Moment, time_zone: &str) -> Zoned {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    jiff::Timestamp::from_millisecond(at.millis())
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_zoned(zone)
}

/// What a right is called within a sentence.
pub(super) fn kind_named(language: Language, kind: &str) -> String {
    named(language, &FILE.kinds, kind)
}

struct Writer<'m> {
    language: Language,
    company: &'m Company,
    mail: &'m RequestMail,
}

impl Writer<'_> {
    fn body(&self, words: &Words) -> String {
        let part = |name: &str| self.fill(&FILE.parts[name]);
        let mail = self.mail;
        let mut parts = vec![part("greeting"), self.fill(&words.body)];
        if matches!(mail.step, Step::Denied | Step::DoneInPart) {
            parts.extend(mail.ways.0.is_some().then(|| part("complaint")));
            parts.extend(mail.ways.1.is_some().then(|| part("appeal")));
        }
        parts.push(format!("{}\n{}", part("read"), mail.link));
        parts.extend(mail.step.may_be_unwanted().then(|| part("not_you")));
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
        let text = |text: &Option<String>| text.as_deref().unwrap_or("").to_owned();
        match name {
            "company" => self.company.name.clone(),
            "reference" => mail.reference.clone(),
            "kind" => kind_named(self.language, &mail.kind),
            "reason" => {
                let reason = mail.reason.as_deref().unwrap_or("other");
                named(self.language, &FILE.reasons, reason)
            }
            "words" => text(&mail.words).replace('\n', "\n    "),
            "complaint" => text(&mail.ways.0),
            "appeal" => text(&mail.ways.1),
            "day" => mail.at.map_or_else(String::new, |at| self.moment(at)),
            other => unreachable!("{other} is no place: a test has filled every one"),
        }
    }

    /// A day; of an erasure the minute too, because until then it can be cancelled.
    fn moment(&self, at: Moment) -> String {
        let zone = &self.mail.time_zone;
        let day = day(self.language, at, zone);
        if self.mail.step != Step::Scheduled {
            return day;
        }
        self.say(&FILE.minute)
            .replace("{day}", &day)
            .replace("{time}", &at_home(at, zone).strftime("%H:%M").to_string())
            .replace("{zone}", zone)
    }
}

#[cfg(test)]
mod tests;
