//! Reading notices as a company writes them, and saying what is wrong with one: which file, which part of it, why.

use super::content::{Answer, Content, Link, Words};
use crate::company_file::{self, FileError, Wrong, wrong};
use crate::consents::Local;
use crate::store::time::Moment;
use portal_contract::notice::{NoticeKind, NoticeSeverity};
use portal_contract::{GuideId, NoticeAnswerId, NoticeId, PreferenceTopicId, TopicId};
use serde::Deserialize;

/// The longest title and text, in characters: a notice is read at one glance.
const LONGEST_TITLE: usize = 120;
const LONGEST_TEXT: usize = 2_000;

/// A notice to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// The company's own name for it.
    pub key: String,
    /// What sort of thing it is.
    pub kind: NoticeKind,
    /// How much it matters.
    pub severity: NoticeSeverity,
    /// The topic of the preference catalogue that governs it.
    pub topic: PreferenceTopicId,
    /// The topic of interactions that it is about.
    pub about_topic: Option<TopicId>,
    /// Since when it holds.
    pub since: Moment,
    /// When it is expected to be over.
    pub expected_end: Option<Moment>,
    /// Until when it is shown.
    pub until: Option<Moment>,
    /// Whom it concerns.
    pub audience: Audience,
    /// Its words.
    pub content: Content,
}

/// Whom a notice concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who is a customer when it is told.
    Everyone,
    /// Who signs in with these addresses.
    Customers(Vec<String>),
    /// Who signs in with this address, about their interaction of this reference.
    Matter {
        /// The address.
        customer: String,
        /// The number that people quote.
        reference: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    notice: Vec<RawNotice>,
}

/// A notice as it is written, in TOML or JSON.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNotice {
    key: String,
    kind: String,
    severity: String,
    topic: String,
    about_topic: Option<String>,
    since: String,
    expected_end: Option<String>,
    until: Option<String>,
    #[serde(default)]
    everyone: bool,
    #[serde(default)]
    customers: Vec<String>,
    interaction: Option<String>,
    text: Local<Words>,
    link: Option<RawLink>,
    #[serde(default)]
    answer: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLink {
    url: Option<String>,
    guide: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAnswer {
    id: String,
    #[serde(default)]
    goes_on: bool,
}

/// How a moment is written: [`moment`] outside of demonstrations.
pub type Clockwork<'c> = &'c dyn Fn(&str) -> Result<Moment, String>;

/// A moment by RFC 3339, in any zone.
///
/// # Errors
/// With a sentence that says what would be right.
pub fn moment(text: &str) -> Result<Moment, String> {
    text.parse::<jiff::Timestamp>()
        .map(|moment| Moment::from_millis(moment.as_millisecond()))
        .map_err(|_| {
            format!("{text:?} is no moment by RFC 3339, such as 2026-03-04T05:06:07+01:00")
        })
}

/// Reads the text of a file of notices; `file` names it where something is wrong.
///
/// # Errors
/// With the first part that is wrong.
pub fn parse(file: &str, text: &str, clock: Clockwork<'_>) -> Result<Vec<NewNotice>, FileError> {
    company_file::parse(file, text, |raw: RawFile| {
        let notices: Vec<_> = raw
            .notice
            .into_iter()
            .map(|raw| notice(raw, clock))
            .collect::<Result<_, _>>()?;
        no_key_twice(&notices)?;
        Ok(notices)
    })
}

/// One notice that did not come in a file.
///
/// # Errors
/// With the first part that is wrong.
pub fn parse_one(raw: RawNotice, clock: Clockwork<'_>) -> Result<NewNotice, FileError> {
    notice(raw, clock).map_err(|wrong| FileError::of("the request", wrong))
}

fn no_key_twice(notices: &[NewNotice]) -> Result<(), Wrong> {
    let mut known = std::collections::HashSet::new();
    match notices.iter().find(|notice| !known.insert(&notice.key)) {
        Some(twice) => Err(wrong(
            format!("notice {:?}", twice.key),
            "stands twice; every key is one of its own",
        )),
        None => Ok(()),
    }
}

fn notice(raw: RawNotice, clock: Clockwork<'_>) -> Result<NewNotice, Wrong> {
    let place = format!("notice {:?}", raw.key);
    let within = |part: &str| format!("{place}, {part}");
    let told = |part: &str, text: &str| clock(text).map_err(|problem| wrong(within(part), problem));
    let optional =
        |part: &str, text: Option<&String>| text.map(|text| told(part, text)).transpose();
    let key: NoticeId = id(&raw.key).map_err(|problem| wrong(place.clone(), problem))?;
    let since = told("since", &raw.since)?;
    let expected_end = optional("expected_end", raw.expected_end.as_ref())?;
    let until = optional("until", raw.until.as_ref())?;
    for (part, moment) in [("expected_end", expected_end), ("until", until)] {
        if moment.is_some_and(|moment| moment <= since) {
            return Err(wrong(within(part), "is not after \"since\""));
        }
    }
    let kind = kind(&raw.kind).map_err(|problem| wrong(within("kind"), problem))?;
    let content = content(&place, raw.text, raw.link, raw.answer)?;
    if kind == NoticeKind::CheckIn && content.answers.is_empty() {
        return Err(wrong(
            within("answer"),
            "is missing; a check-in asks, so it has answers",
        ));
    }
    Ok(NewNotice {
        key: key.into(),
        severity: severity(&raw.severity).map_err(|problem| wrong(within("severity"), problem))?,
        topic: id(&raw.topic).map_err(|problem| wrong(within("topic"), problem))?,
        about_topic: raw
            .about_topic
            .map(|topic| id(&topic))
            .transpose()
            .map_err(|problem| wrong(within("about_topic"), problem))?,
        audience: audience(raw.everyone, raw.customers, raw.interaction)
            .map_err(|problem| wrong(within("customers"), problem))?,
        since,
        expected_end,
        until,
        kind,
        content,
    })
}

pub(super) fn id<T: TryFrom<String>>(text: &str) -> Result<T, String> {
    T::try_from(text.to_owned()).map_err(|_| {
        format!("{text:?} is no id: 1 to 128 of A-Z, a-z, 0-9, \"-\", \"_\", \".\" and \"~\"")
    })
}

/// A kind that no portal knows yet would be shown without its symbol: a slip of the pen, most likely.
fn kind(text: &str) -> Result<NoticeKind, String> {
    let kind = NoticeKind::from(text);
    known(text, NoticeKind::KNOWN, NoticeKind::as_str, &kind).map(|()| kind)
}

pub(super) fn severity(text: &str) -> Result<NoticeSeverity, String> {
    let severity = NoticeSeverity::from(text);
    known(
        text,
        NoticeSeverity::KNOWN,
        NoticeSeverity::as_str,
        &severity,
    )
    .map(|()| severity)
}

fn known<T: PartialEq>(
    text: &str,
    all: &[T],
    name: fn(&T) -> &str,
    value: &T,
) -> Result<(), String> {
    if all.contains(value) {
        return Ok(());
    }
    let names: Vec<&str> = all.iter().map(name).collect();
    Err(format!("{text:?} is none of {}", names.join(", ")))
}

fn audience(
    everyone: bool,
    mut customers: Vec<String>,
    reference: Option<String>,
) -> Result<Audience, String> {
    match (everyone, customers.len(), reference) {
        (true, 0, None) => Ok(Audience::Everyone),
        (true, ..) => Err("stands beside \"everyone\"; it is one or the other".to_owned()),
        (false, 0, _) => Err("is missing; name the addresses, or write everyone = true".to_owned()),
        (false, 1, Some(reference)) => Ok(Audience::Matter {
            customer: customers.remove(0),
            reference,
        }),
        (false, _, Some(_)) => Err("are several; an interaction is of one customer".to_owned()),
        (false, _, None) => Ok(Audience::Customers(customers)),
    }
}

/// Words, link and answers, checked against one another.
pub(super) fn content(
    place: &str,
    texts: Local<Words>,
    link: Option<RawLink>,
    answers: Vec<RawAnswer>,
) -> Result<Content, Wrong> {
    let within = |part: &str| format!("{place}, {part}");
    let link = link
        .map(read_link)
        .transpose()
        .map_err(|problem| wrong(within("link"), problem))?;
    let answers = answers
        .into_iter()
        .map(|raw| {
            let id: NoticeAnswerId = id(&raw.id)?;
            Ok(Answer {
                id,
                goes_on: raw.goes_on,
            })
        })
        .collect::<Result<Vec<_>, String>>()
        .map_err(|problem| wrong(within("answer"), problem))?;
    if let Some(twice) = answers
        .iter()
        .enumerate()
        .find(|(at, answer)| answers[..*at].iter().any(|other| other.id == answer.id))
    {
        let problem = format!("{:?} stands twice", twice.1.id.as_str());
        return Err(wrong(within("answer"), problem));
    }
    if texts.is_empty() {
        return Err(wrong(
            within("text"),
            "is in no language; write [….text.en] with title and text",
        ));
    }
    for (language, words) in &texts {
        check_words(words, link.as_ref(), &answers)
            .map_err(|problem| wrong(within(&format!("text.{language}")), problem))?;
    }
    Ok(Content {
        texts,
        link,
        answers,
    })
}

fn read_link(raw: RawLink) -> Result<Link, String> {
    match (raw.url, raw.guide) {
        (Some(url), None) if url.starts_with("https://") => Ok(Link::Url(url)),
        (Some(url), None) => Err(format!("{url:?} is no address that begins with https://")),
        (None, Some(guide)) => id::<GuideId>(&guide).map(Link::Guide),
        _ => Err("names one of \"url\" and \"guide\"".to_owned()),
    }
}

fn check_words(words: &Words, link: Option<&Link>, answers: &[Answer]) -> Result<(), String> {
    let bounded = |name: &str, text: &str, most: usize| match text.trim().chars().count() {
        0 => Err(format!("{name} is empty")),
        count if count > most => Err(format!(
            "{name} has {count} characters; {most} are the most"
        )),
        _ => Ok(()),
    };
    bounded("title", &words.title, LONGEST_TITLE)?;
    bounded("text", &words.text, LONGEST_TEXT)?;
    match (link, &words.link) {
        (Some(_), None) => return Err("link is missing: what stands on the link".to_owned()),
        (None, Some(_)) => return Err("link stands without a [….link]".to_owned()),
        (Some(_), Some(label)) => bounded("link", label, LONGEST_TITLE)?,
        (None, None) => {}
    }
    for answer in answers {
        let label = words
            .answers
            .get(answer.id.as_str())
            .map_or("", String::as_str);
        bounded(&format!("answers.{}", answer.id), label, LONGEST_TITLE)?;
    }
    let unasked = words
        .answers
        .keys()
        .find(|name| !answers.iter().any(|answer| answer.id.as_str() == *name));
    match unasked {
        Some(name) => Err(format!("answers.{name} is the label of no answer")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
