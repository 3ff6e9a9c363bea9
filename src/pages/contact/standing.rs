//! Whether a way is open at a moment. The server says when it opens and closes; the clock on the wall goes on meanwhile.

use crate::browser::clock;
use crate::i18n::{
    Text, date_time, duration, hour_in, is_elsewhere, own_zone, text, time_in, zone_name,
};
use portal_contract::Timestamp;
use portal_contract::contact::{ContactOption, ContactOptionKind};

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// Within this span of its end "open until" becomes "closes in".
const SOON: f64 = 30.0 * MINUTE;
/// Within this span of its beginning "opens on Monday" becomes "opens in".
const NEAR: f64 = 12.0 * HOUR;

/// Whether a way is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Whenever one likes.
    Always,
    /// It is, until a moment.
    OpenUntil(Timestamp),
    /// It is not, and will be from a moment on.
    OpensAt(Timestamp),
    /// It is not, by its hours or against them, until a moment.
    ClosedUntil(Timestamp),
    /// It is not, and nobody knows for how long.
    ClosedForNow,
    /// It is not, and it is not said when it will be.
    Closed,
}

/// How it stands at a moment (milliseconds since 1970).
#[must_use]
pub fn standing(option: &ContactOption, now: f64) -> Standing {
    if let Some(closure) = &option.closure {
        match &closure.until {
            None => return Standing::ClosedForNow,
            Some(until) if now < clock::parse(until) => {
                return Standing::ClosedUntil(until.clone());
            }
            Some(_) => {}
        }
    }
    let Some(hours) = option.hours.as_ref().filter(|_| !takes_at_any_time(option)) else {
        return if option.open_now || option.closure.is_some() {
            Standing::Always
        } else {
            Standing::Closed
        };
    };
    let next = hours
        .spans
        .iter()
        .find(|span| now < clock::parse(&span.ends_at));
    match next {
        None => Standing::Closed,
        Some(span) if now < clock::parse(&span.starts_at) => {
            Standing::OpensAt(span.starts_at.clone())
        }
        // As far as can be seen: around the clock.
        Some(span) if clock::parse(&span.ends_at) - now > 7.0 * DAY => Standing::Always,
        Some(span) => Standing::OpenUntil(span.ends_at.clone()),
    }
}

/// Whether it takes things in at any time: its hours then say when they are answered.
#[must_use]
pub fn takes_at_any_time(option: &ContactOption) -> bool {
    matches!(
        option.kind,
        ContactOptionKind::Message
            | ContactOptionKind::Callback
            | ContactOptionKind::Email
            | ContactOptionKind::Post
    )
}

impl Standing {
    /// Whether somebody is there.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Always | Self::OpenUntil(_))
    }

    /// It in a few words, and whether it ends so soon that it is to be noticed.
    #[must_use]
    pub fn words(&self, now: f64) -> (Text, bool) {
        let left = |at: &Timestamp| clock::parse(at) - now;
        match self {
            Self::Always => (text::CONTACT_ALWAYS, false),
            Self::OpenUntil(at) if left(at) <= SOON => {
                (text::contact_closes(duration(left(at))), true)
            }
            Self::OpenUntil(at) => (text::contact_open_until(moment(at, now)), false),
            Self::OpensAt(at) if left(at) < NEAR => {
                (text::contact_opens_in(duration(left(at))), false)
            }
            Self::OpensAt(at) => (text::contact_opens(moment(at, now)), false),
            Self::ClosedUntil(at) => (text::contact_closed_until(moment(at, now)), false),
            Self::ClosedForNow => (text::CONTACT_CLOSED_FOR_NOW, false),
            Self::Closed => (text::CONTACT_CLOSED, false),
        }
    }

    /// The moment at which it changes, on the company's clock, where that shows something else than the customer's.
    #[must_use]
    pub fn elsewhere(&self, zone: &str, now: f64) -> Option<Text> {
        let (Self::OpenUntil(at) | Self::OpensAt(at) | Self::ClosedUntil(at)) = self else {
            return None;
        };
        let ms = clock::parse(at);
        if !is_elsewhere(ms, zone) {
            return None;
        }
        let name = zone_name(ms, zone)?;
        Some(text::contact_their_time(moment_in(at, now, zone), name))
    }
}

/// A moment to come: its time, with the day of the week where that is another one, and with the date where it is far.
fn moment(at: &Timestamp, now: f64) -> String {
    moment_in(at, now, &own_zone())
}

fn moment_in(at: &Timestamp, now: f64, zone: &str) -> String {
    let ms = clock::parse(at);
    let weekday = |ms: f64| {
        let day = time_in(ms, zone)?;
        Some(day.split([' ', '،', ',']).next()?.to_owned())
    };
    if ms - now < DAY && weekday(ms) == weekday(now) {
        return hour_in(at, zone, false);
    }
    let far = ms - now > 6.0 * DAY;
    let named = (!far).then(|| time_in(ms, zone)).flatten();
    named.unwrap_or_else(|| date_time(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::contact::{Closure, OpeningHours, OpeningSpan};
    use portal_contract::interaction::Channel;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("it is a moment")
    }

    fn ms(text: &str) -> f64 {
        clock::parse(&at(text))
    }

    fn option(spans: &[(&str, &str)]) -> ContactOption {
        let span = |(from, to): &(&str, &str)| OpeningSpan {
            starts_at: at(from),
            ends_at: at(to),
        };
        ContactOption {
            id: "call".parse().expect("it is an id"),
            kind: ContactOptionKind::Phone,
            channel: Channel::Phone,
            label: "Call us".into(),
            description: None,
            address: None,
            open_now: true,
            changes_at: None,
            hours: Some(OpeningHours {
                time_zone: "Europe/Berlin".into(),
                week: Vec::new(),
                exceptions: Vec::new(),
                spans: spans.iter().map(span).collect(),
            }),
            closure: None,
            first_answer: None,
            wait: None,
            cost: None,
            languages: Vec::new(),
            accessibility: Vec::new(),
            callback: None,
            suits_topic: true,
            reasons: Vec::new(),
        }
    }

    const TWO_DAYS: [(&str, &str); 2] = [
        ("2026-11-23T07:00:00Z", "2026-11-23T17:00:00Z"),
        ("2026-11-24T07:00:00Z", "2026-11-24T17:00:00Z"),
    ];

    #[test]
    fn it_opens_and_closes_on_the_minute_whatever_the_answer_said_when_it_was_read() {
        let option = option(&TWO_DAYS);
        let open = |text: &str| standing(&option, ms(text)).is_open();
        assert!(!open("2026-11-23T06:59:59Z"));
        assert!(open("2026-11-23T07:00:00Z"));
        assert!(open("2026-11-23T16:59:59Z"));
        assert!(!open("2026-11-23T17:00:00Z"));
        assert_eq!(
            standing(&option, ms("2026-11-23T20:00:00Z")),
            Standing::OpensAt(at("2026-11-24T07:00:00Z"))
        );
        assert_eq!(
            standing(&option, ms("2026-11-24T17:00:00Z")),
            Standing::Closed
        );
    }

    #[test]
    fn a_closure_goes_before_the_hours_until_it_is_over() {
        let mut option = option(&TWO_DAYS);
        option.closure = Some(Closure {
            reason: None,
            until: Some(at("2026-11-23T12:00:00Z")),
        });
        assert_eq!(
            standing(&option, ms("2026-11-23T11:59:00Z")),
            Standing::ClosedUntil(at("2026-11-23T12:00:00Z"))
        );
        assert!(standing(&option, ms("2026-11-23T12:00:00Z")).is_open());
        option.closure = Some(Closure {
            reason: None,
            until: None,
        });
        assert_eq!(
            standing(&option, ms("2026-11-24T12:00:00Z")),
            Standing::ClosedForNow
        );
    }

    #[test]
    fn what_is_open_around_the_clock_is_open_always() {
        let option = option(&[("2026-11-22T00:00:00Z", "2026-12-02T00:00:00Z")]);
        assert_eq!(
            standing(&option, ms("2026-11-23T03:00:00Z")),
            Standing::Always
        );
    }

    #[test]
    fn a_message_can_be_written_at_any_time_whenever_it_is_answered() {
        let mut option = option(&TWO_DAYS);
        option.kind = ContactOptionKind::Message;
        assert_eq!(
            standing(&option, ms("2026-11-23T03:00:00Z")),
            Standing::Always
        );
    }

    #[test]
    fn soon_is_said_in_minutes() {
        let option = option(&TWO_DAYS);
        let words = |text: &str| {
            let now = ms(text);
            standing(&option, now).words(now)
        };
        let (closes, soon) = words("2026-11-23T16:40:00Z");
        assert!(soon);
        assert_eq!(closes, text::contact_closes(duration(20.0 * MINUTE)));
        let (opens, soon) = words("2026-11-23T05:00:00Z");
        assert!(!soon);
        assert_eq!(opens, text::contact_opens_in(duration(2.0 * HOUR)));
    }
}
