//! A call as a calendar file (RFC 5545), so that it stands where the customer keeps their appointments.
//!
//! What stands in it was written by people: a line break, a comma or a quotation mark of theirs must not become one of the
//! file's.

use super::callbacks::Call;
use crate::mail::Language;
use crate::store::time::Moment;
use portal_contract::callback::CallbackState;

/// The most bytes of a line, its end not counted (RFC 5545, section 3.1).
const LINE: usize = 75;

/// How long before a call its calendar reminds, as a duration of RFC 5545.
const REMINDER: &str = "-PT10M";

/// What a calendar is told of a call.
#[derive(Clone, Copy)]
pub struct Entry<'e> {
    /// The call.
    pub call: &'e Call,
    /// The company's name.
    pub company: &'e str,
    /// Who answers for the entry: a mail address.
    pub organizer: Option<&'e str>,
    /// What it is about.
    pub subject: &'e str,
    /// The number that people quote.
    pub reference: &'e str,
    /// In which language.
    pub(crate) language: Language,
}

/// The file.
#[must_use]
pub fn file(entry: &Entry<'_>) -> String {
    let Entry { call, .. } = entry;
    let cancelled = call.state == CallbackState::Cancelled;
    let words = Words::of(entry);
    let mut file = String::new();
    let mut line = |text: &str| write(&mut file, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//customer-portal//callbacks//EN");
    line(if cancelled {
        "METHOD:CANCEL"
    } else {
        "METHOD:PUBLISH"
    });
    line("BEGIN:VEVENT");
    line(&format!("UID:{}", call.uid));
    line(&format!("SEQUENCE:{}", call.sequence));
    line(&format!("DTSTAMP:{}", utc(call.changed_at)));
    line(&format!("DTSTART:{}", utc(call.time.start)));
    line(&format!("DTEND:{}", utc(call.time.end)));
    line(if cancelled {
        "STATUS:CANCELLED"
    } else {
        "STATUS:CONFIRMED"
    });
    line(&format!("SUMMARY:{}", text(&words.summary)));
    line(&format!("DESCRIPTION:{}", text(&words.description)));
    let name = parameter(entry.company);
    match entry.organizer {
        Some(address) => line(&format!("ORGANIZER;CN=\"{name}\":mailto:{}", uri(address))),
        // The property is needed with a method; this is what calendars write where there is no address.
        None => line(&format!("ORGANIZER;CN=\"{name}\":invalid:nomail")),
    }
    if !cancelled {
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line(&format!("TRIGGER:{REMINDER}"));
        line(&format!("DESCRIPTION:{}", text(&words.summary)));
        line("END:VALARM");
    }
    line("END:VEVENT");
    line("END:VCALENDAR");
    file
}

struct Words {
    summary: String,
    description: String,
}

impl Words {
    fn of(entry: &Entry<'_>) -> Self {
        let (company, number) = (entry.company, &entry.call.number);
        let (summary, calls, reference) = match entry.language {
            Language::English => (
                format!("{company} calls you: {}", entry.subject),
                format!("We call you on {number}."),
                "Reference",
            ),
            Language::German => (
                format!("{company} ruft Sie an: {}", entry.subject),
                format!("Wir rufen Sie unter {number} an."),
                "Vorgang",
            ),
            Language::Arabic => (
                format!("{company} تتصل بك: {}", entry.subject),
                // The number reads from left to right within the sentence.
                format!("سنتصل بك على الرقم \u{2066}{number}\u{2069}."),
                "المرجع",
            ),
        };
        Self {
            summary,
            description: format!("{calls}\n{reference}: {}", entry.reference),
        }
    }
}

/// A moment of UTC: `20260304T050607Z`.
fn utc(moment: Moment) -> String {
    moment.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A value of type TEXT: what would end it, or the line, is escaped; what no calendar can hold is left out.
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let one_break = value.replace("\r\n", "\n").replace('\r', "\n");
    for character in one_break.chars() {
        match character {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// The value of a parameter, between quotes: it can hold neither those nor controls, and has no way to escape them.
fn parameter(value: &str) -> String {
    value
        .chars()
        .filter(|c| !c.is_control() && *c != '"')
        .collect()
}

/// A mail address within a URI (RFC 6068).
fn uri(address: &str) -> String {
    let mut uri = String::new();
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@+".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// Writes a line, folded between characters so that no part has more than [`LINE`] bytes.
fn write(file: &mut String, line: &str) {
    let mut length = 0;
    for character in line.chars() {
        if length + character.len_utf8() > LINE {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(character);
        length += character.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests;
