//! The ways as the contract shows them.

use super::hours::{Hours, Span, Times};
use super::now::{self, Now};
use super::order::{Visitor, suits};
use super::{Way, Ways, callbacks, in_language};
use crate::store::StoreError;
use crate::store::time::Moment;
use jiff::ToSpan;
use jiff::civil::Weekday as Day;
use portal_contract::TopicId;
use portal_contract::contact::{
    CallbackOffer, Closure, ContactCost, ContactOption, ContactOptions, CurrentWait, FirstAnswer,
    OpeningException, OpeningHours, OpeningSpan, OpeningTime, OpeningWindow,
};
use portal_contract::interaction::Topic;
use portal_contract::preferences::Weekday;
use rusqlite::Connection;

/// Stretches of so many days from today on are told.
const SHOWN_DAYS: i64 = 9;

/// Days unlike the others are told five weeks ahead.
const EXCEPTION_DAYS: i64 = 35;

/// Every way, in the order in which it is suggested to `visitor` about `topic`.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn options(
    db: &Connection,
    ways: &Ways,
    usual: &[String],
    visitor: &Visitor,
    topic: Option<&TopicId>,
    now: Moment,
) -> Result<ContactOptions, StoreError> {
    let states = now::all(db, now)?;
    let reader = Reader {
        visitor,
        usual,
        topic,
        now,
    };
    let mut ranked = Vec::new();
    for (place, way) in ways.all.iter().enumerate() {
        let state = states.get(way.id.as_str()).cloned().unwrap_or_default();
        let (rank, mut option) = reader.option(way, &state);
        if let (Some(booking), Some(hours)) = (&way.booking, &way.hours) {
            let open = option.closure.is_none();
            let next = if open {
                callbacks::next_free(db, way, now)?
            } else {
                None
            };
            option.callback = Some(CallbackOffer {
                minutes: u64::from(booking.minutes),
                time_zone: hours.zone_name.clone(),
                next_at: next.map(Moment::to_timestamp),
                until: booking.until(hours, now).to_timestamp(),
            });
        }
        ranked.push((rank, place, option));
    }
    ranked.sort_by_key(|(rank, place, _)| (*rank, *place));
    Ok(ContactOptions {
        topics: ways
            .topics
            .iter()
            .map(|topic| Topic {
                id: topic.id.clone(),
                label: reader.text(&topic.label).cloned().unwrap_or_default(),
            })
            .collect(),
        topic_id: topic.cloned(),
        options: ranked.into_iter().map(|(_, _, option)| option).collect(),
        as_of: now.to_timestamp(),
    })
}

struct Reader<'r> {
    visitor: &'r Visitor,
    usual: &'r [String],
    topic: Option<&'r TopicId>,
    now: Moment,
}

impl Reader<'_> {
    fn text<'t, T>(&self, texts: &'t super::Local<T>) -> Option<&'t T> {
        in_language(texts, self.visitor.language.as_deref(), self.usual)
    }

    fn option(&self, way: &Way, state: &Now) -> ([bool; 7], ContactOption) {
        let by_hours = match &way.hours {
            Some(hours) if !way.is_always_open() => hours.at(self.now),
            _ => (true, None),
        };
        let closed = state.closed.as_ref();
        let (open_now, changes_at) = match closed {
            // It opens again when the closure ends or, where it then is closed anyway, when its hours begin.
            Some(closed) => (
                false,
                closed.until.and_then(|until| self.opens_after(way, until)),
            ),
            None => by_hours,
        };
        let suits = suits(way, self.visitor, self.topic, closed.is_some(), open_now);
        let text = self.text(&way.text);
        let option = ContactOption {
            id: way.id.clone(),
            kind: way.kind.clone(),
            channel: way.channel(),
            label: text.map(|text| text.label.clone()).unwrap_or_default(),
            description: text.and_then(|text| text.description.clone()),
            address: way.address.clone(),
            open_now,
            changes_at: changes_at.map(Moment::to_timestamp),
            hours: way.hours.as_ref().map(|hours| self.hours(hours)),
            closure: closed.map(|closed| Closure {
                reason: self.text(&closed.because).cloned(),
                until: closed.until.map(Moment::to_timestamp),
            }),
            first_answer: self.first_answer(way, closed.map(|closed| closed.until)),
            wait: self.wait(way, state).filter(|_| open_now),
            cost: way.cost.as_ref().map(|cost| ContactCost {
                kind: cost.kind.clone(),
                detail: self.text(&cost.detail).cloned(),
            }),
            languages: way.languages.clone(),
            accessibility: way.accessibility.clone(),
            callback: None,
            suits_topic: suits.topic,
            reasons: suits.reasons,
        };
        (suits.rank, option)
    }

    fn opens_after(&self, way: &Way, until: Moment) -> Option<Moment> {
        match &way.hours {
            Some(hours) if !way.is_always_open() => match hours.at(until) {
                (true, _) => Some(until),
                (false, opens) => opens,
            },
            _ => Some(until),
        }
    }

    /// `closed`: until when the way is closed, where it is.
    fn first_answer(&self, way: &Way, closed: Option<Option<Moment>>) -> Option<FirstAnswer> {
        let (minutes, basis) = way.first_answer.clone()?;
        let from = match closed {
            None => Some(self.now),
            Some(until) => until,
        };
        let by = from.and_then(|from| way.answer_by(from, minutes));
        Some(FirstAnswer {
            minutes,
            basis,
            by: by.map(Moment::to_timestamp),
        })
    }

    fn wait(&self, way: &Way, state: &Now) -> Option<CurrentWait> {
        let from_file = way.wait_minutes.map(|minutes| (minutes, self.now));
        state.wait.or(from_file).map(|(minutes, at)| CurrentWait {
            minutes,
            as_of: at.to_timestamp(),
        })
    }

    fn hours(&self, hours: &Hours) -> OpeningHours {
        let today = self.now.day_in(&hours.zone);
        let days = (0..=EXCEPTION_DAYS).filter_map(|days| today.checked_add(days.days()).ok());
        let exceptions = days.filter_map(|day| {
            let exception = hours.exception(day)?;
            Some(OpeningException {
                date: day.to_string(),
                times: exception.times.iter().map(time).collect(),
                reason: self.text(&exception.because).cloned(),
            })
        });
        OpeningHours {
            time_zone: hours.zone_name.clone(),
            week: hours
                .week
                .iter()
                .map(|window| {
                    let OpeningTime { start, end } = time(&window.times);
                    OpeningWindow {
                        days: window.days.iter().map(|day| weekday(*day)).collect(),
                        start,
                        end,
                    }
                })
                .collect(),
            exceptions: exceptions.collect(),
            spans: hours
                .spans(self.now, SHOWN_DAYS)
                .into_iter()
                .map(span)
                .collect(),
        }
    }
}

fn span(span: Span) -> OpeningSpan {
    OpeningSpan {
        starts_at: span.start.to_timestamp(),
        ends_at: span.end.to_timestamp(),
    }
}

fn time(times: &Times) -> OpeningTime {
    let written = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    OpeningTime {
        start: written(times.start),
        end: written(times.end),
    }
}

fn weekday(day: Day) -> Weekday {
    match day {
        Day::Monday => Weekday::Monday,
        Day::Tuesday => Weekday::Tuesday,
        Day::Wednesday => Weekday::Wednesday,
        Day::Thursday => Weekday::Thursday,
        Day::Friday => Weekday::Friday,
        Day::Saturday => Weekday::Saturday,
        Day::Sunday => Weekday::Sunday,
    }
}
