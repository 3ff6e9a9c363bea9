//! One mail: what of it matters for an interaction.

use crate::store::ingest::NewAttachment;
use crate::store::time::Moment;
use mail_parser::{Address, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

/// Mail was first sent in the seventies; a date before is a clock that was never set.
const FIRST_BELIEVABLE: i64 = 315_532_800_000;
/// How far a sender's clock may be ahead.
const LEEWAY_SECONDS: i64 = 24 * 60 * 60;

/// So many mails can one answer.
const MOST_REFERENCES: usize = 200;

/// Who a mail names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name, where the mail gives one.
    pub name: Option<String>,
    /// The address in lower case.
    pub address: String,
}

/// What orders mails into threads; small enough to keep for every mail of a large mailbox.
#[derive(Clone, Debug)]
pub struct Head {
    /// The `Message-ID`, or one made of the mail's content where it has none.
    pub id: String,
    /// What it answers, the eldest first.
    pub references: Vec<String>,
    /// The subject as it stands.
    pub subject: String,
    /// The subject without `Re:` and the like, in lower case.
    pub thread_name: String,
    /// Whether the subject begins with `Re:` or the like.
    pub is_reply: bool,
    /// Who wrote.
    pub from: Person,
    /// Whom it went to.
    pub to: Vec<String>,
    /// When it was sent; nothing when its date is missing or cannot be.
    pub sent_at: Option<Moment>,
    /// Whether a machine wrote it (RFC 3834).
    pub automated: bool,
}

/// What a mail says.
#[derive(Debug)]
pub struct Body {
    /// As plain text.
    pub text: String,
    /// As HTML, where it was sent so.
    pub html: Option<String>,
    /// BCP 47 tag, where the mail says so.
    pub lang: Option<String>,
    /// Files.
    pub attachments: Vec<NewAttachment>,
}

/// Reads a mail.
///
/// # Errors
/// Why it is none.
pub fn parse(raw: &[u8]) -> Result<Message<'_>, String> {
    MessageParser::default()
        .parse(raw)
        .filter(|mail| !mail.headers().is_empty())
        .ok_or_else(|| "is no mail: it has no header".to_owned())
}

/// What orders a mail. `received_at` is the moment of its separator line.
///
/// # Errors
/// Why it cannot be taken.
pub fn head(
    mail: &Message<'_>,
    raw: &[u8],
    received_at: Option<Moment>,
    now: Moment,
) -> Result<Head, String> {
    let from = mail
        .from()
        .and_then(Address::first)
        .or_else(|| mail.sender().and_then(Address::first))
        .and_then(|mailbox| {
            Some(Person {
                name: mailbox
                    .name()
                    .map(str::trim)
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned),
                address: mailbox.address()?.trim().to_lowercase(),
            })
        })
        .filter(|person| person.address.contains('@'))
        .ok_or("has no sender: `From` names no address")?;
    let subject = mail.subject().unwrap_or_default().trim().to_owned();
    Ok(Head {
        id: message_id(mail, raw),
        references: references(mail),
        thread_name: mail.thread_name().unwrap_or_default().trim().to_lowercase(),
        is_reply: without_prefixes(&subject) != subject,
        subject,
        to: recipients(mail),
        sent_at: believable(sent_at(mail), now).or(believable(received_at, now)),
        automated: is_automated(mail, &from.address),
        from,
    })
}

/// The subject without `Re:`, `Fwd:` and what other languages write for them.
pub fn without_prefixes(subject: &str) -> &str {
    const PREFIXES: [&str; 14] = [
        "re", "fw", "fwd", "aw", "wg", "sv", "vs", "tr", "rv", "antw", "odp", "rif", "رد", "回复",
    ];
    let mut rest = subject.trim();
    while let Some((prefix, behind)) = rest.split_once([':', '：']) {
        let prefix = prefix
            .trim()
            .split('[')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        if !PREFIXES.contains(&prefix.as_str()) {
            break;
        }
        rest = behind.trim_start();
    }
    rest
}

fn message_id(mail: &Message<'_>, raw: &[u8]) -> String {
    match mail.message_id().map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => id.to_owned(),
        None => {
            let hash = Sha256::digest(raw);
            let digits: String = hash[..16]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            format!("{digits}@without-message-id.invalid")
        }
    }
}

fn references(mail: &Message<'_>) -> Vec<String> {
    let named = [mail.references(), mail.in_reply_to()];
    let mut named: Vec<String> = named
        .into_iter()
        .flat_map(|header| header.as_text_list().unwrap_or_default())
        .map(|id| id.clone().into_owned())
        .collect();
    // The eldest and the latest: no thread needs more, and somebody who names fifty thousand means no thread.
    if named.len() > MOST_REFERENCES {
        named.drain(1..=named.len() - MOST_REFERENCES);
    }
    let mut known = HashSet::new();
    named.retain(|id| known.insert(id.clone()));
    named
}

fn recipients(mail: &Message<'_>) -> Vec<String> {
    [mail.to(), mail.cc()]
        .into_iter()
        .flatten()
        .flat_map(Address::iter)
        .filter_map(|person| person.address().map(str::to_lowercase))
        .collect()
}

fn sent_at(mail: &Message<'_>) -> Option<Moment> {
    let date = mail.date().filter(|date| date.is_valid())?;
    Some(Moment::from_millis(
        date.to_timestamp().saturating_mul(1000),
    ))
}

fn believable(moment: Option<Moment>, now: Moment) -> Option<Moment> {
    moment.filter(|moment| {
        moment.millis() >= FIRST_BELIEVABLE && *moment <= now.plus_seconds(LEEWAY_SECONDS)
    })
}

/// The moment of a separator line, `sender Sat Jan  3 01:05:34 1996`, in UTC as RFC 4155 has it.
pub fn separator_moment(separator: &str) -> Option<Moment> {
    let words: Vec<&str> = separator.split_whitespace().collect();
    let clock = words
        .iter()
        .position(|word| word.matches(':').count() == 2)?;
    let (month, day) = (words.get(clock.checked_sub(2)?)?, words.get(clock - 1)?);
    // A zone may stand between the time and the year.
    let year = words[clock + 1..]
        .iter()
        .find(|word| word.len() == 4 && word.parse::<u16>().is_ok())?;
    let text = format!("{month} {day} {} {year}", words[clock]);
    let civil = jiff::civil::DateTime::strptime("%b %d %H:%M:%S %Y", text).ok()?;
    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Moment::from_millis(zoned.timestamp().as_millisecond()))
}

fn is_automated(mail: &Message<'_>, address: &str) -> bool {
    let says = |name: &'static str| {
        mail.header(name)
            .and_then(HeaderValue::as_text)
            .map(|value| value.trim().to_lowercase())
    };
    let mailbox = address.split('@').next().unwrap_or_default();
    says("Auto-Submitted").is_some_and(|value| value != "no")
        || says("Precedence")
            .is_some_and(|value| matches!(value.as_str(), "bulk" | "auto_reply" | "list"))
        || matches!(
            mailbox,
            "noreply" | "no-reply" | "donotreply" | "do-not-reply" | "mailer-daemon"
        )
}

/// What a mail says.
pub fn body<'x>(mail: &'x Message<'x>) -> Body {
    let html: Vec<&str> = mail
        .html_bodies()
        .filter(|part| part.is_text_html())
        .filter_map(|part| part.text_contents())
        .collect();
    let text: Vec<String> = (0..mail.text_body_count())
        .filter_map(|place| mail.body_text(place))
        .map(|text| text.trim_end().replace("\r\n", "\n"))
        .collect();
    Body {
        text: text.join("\n\n"),
        html: (!html.is_empty()).then(|| html.join("\n")),
        lang: mail
            .root_part()
            .content_language()
            .as_text_list()
            .and_then(|list| list.first())
            .map(|lang| lang.trim().to_owned()),
        attachments: mail
            .attachments()
            .enumerate()
            .map(|(index, part)| attachment(index, part))
            .collect(),
    }
}

fn attachment(index: usize, part: &MessagePart<'_>) -> NewAttachment {
    if let Some(nested) = part.message() {
        let name = nested
            .subject()
            .map(str::trim)
            .filter(|name| !name.is_empty());
        return NewAttachment {
            file_name: format!("{}.eml", name.unwrap_or("message")),
            content: nested.raw_message().to_vec(),
        };
    }
    NewAttachment {
        file_name: part
            .attachment_name()
            .map_or_else(|| format!("attachment-{}", index + 1), str::to_owned),
        content: part.contents().to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reply_marks_of_many_languages_are_no_part_of_the_subject() {
        for subject in [
            "Re: Fwd: Bill",
            "AW: Bill",
            "RE[2]: Bill",
            "Bill",
            "رد: Bill",
            "回复：Bill",
        ] {
            assert_eq!(without_prefixes(subject), "Bill", "{subject}");
        }
        assert_eq!(without_prefixes("Meter: broken"), "Meter: broken");
    }

    #[test]
    fn a_separator_line_tells_when_the_mail_came() {
        let at = |line| separator_moment(line).map(|m| m.to_timestamp().to_string());
        assert_eq!(
            at("a@x Sat Jan  3 01:05:34 1996").as_deref(),
            Some("1996-01-03T01:05:34Z")
        );
        assert_eq!(
            at("a@x Sat Jan  3 01:05:34 +0000 1996").as_deref(),
            Some("1996-01-03T01:05:34Z")
        );
        assert_eq!(at("a@x"), None);
    }
}
