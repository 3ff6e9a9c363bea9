//! By when the law wants a request acknowledged and answered. Days are those of a zone; the last of them counts whole.
//!
//! - **GDPR** (Art. 12(3)): one month, two more where it is needed. Regulation (EEC, Euratom) No 1182/71, Art. 3: the day of receipt
//!   does not count, the period ends with the last hour of the same date of the last month, or with the last day of that month where it
//!   has no such date; a holiday, Saturday or Sunday at the end moves it to the next working day.
//! - **United Kingdom** (ICO): the same dates, with its own holidays.
//! - **CCPA** (11 CCR § 7021): confirmed within 10 business days, answered within 45 calendar days, 45 more where needed; however long
//!   verification takes, and wherever the last day falls.

mod holidays;
#[cfg(test)]
mod tests;

use crate::store::time::Moment;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use portal_contract::data_request::Regime;
use portal_contract::data_request_event::QuestionPurpose;

const ACKNOWLEDGE_BUSINESS_DAYS: u32 = 10;
const CCPA_DAYS: i64 = 45;

/// The calendar that deadlines are counted in.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Whose rules.
    pub regime: Regime,
    /// Whose days.
    pub zone: TimeZone,
    /// Whose holidays: an ISO 3166 code.
    pub region: String,
    /// Days on which the company does not work besides these.
    pub closed: Vec<Date>,
}

impl Calendar {
    /// By when it must be said that the request arrived, where the regime wants that.
    #[must_use]
    pub fn acknowledge_by(&self, received: Moment) -> Option<Moment> {
        let is_wanted = self.regime == Regime::Ccpa;
        is_wanted.then(|| {
            let mut day = self.day(received);
            let mut left = ACKNOWLEDGE_BUSINESS_DAYS;
            while left > 0 {
                day = after(day, 1.day());
                left -= u32::from(self.is_working_day(day));
            }
            self.end_of(day)
        })
    }

    /// By when it must be answered.
    #[must_use]
    pub fn due(&self, received: Moment) -> Moment {
        self.within(received, 1.month(), CCPA_DAYS.days())
    }

    /// By when it must be answered once more time was taken.
    #[must_use]
    pub fn extended(&self, received: Moment) -> Moment {
        self.within(received, 3.months(), (2 * CCPA_DAYS).days())
    }

    fn within(&self, received: Moment, months: Span, days: Span) -> Moment {
        let received = self.day(received);
        match self.regime {
            Regime::Ccpa => self.end_of(after(received, days)),
            // An unknown regime gets the strictest of those that are known.
            Regime::Gdpr | Regime::UkGdpr | Regime::Other(_) => {
                self.end_of(self.working_day_from(after(received, months)))
            }
        }
    }

    /// Whether time stands while the company waits for the answer to such a question: to be sure who asks (GDPR, Art. 12(6)), or what is
    /// meant where much is held (recital 63; Data (Use and Access) Act 2025, s. 76).
    #[must_use]
    pub fn pauses_for(&self, purpose: &QuestionPurpose) -> bool {
        match self.regime {
            Regime::Ccpa => false,
            Regime::Gdpr | Regime::UkGdpr | Regime::Other(_) => matches!(
                purpose,
                QuestionPurpose::Identity | QuestionPurpose::Clarification
            ),
        }
    }

    /// Where `due` moves when time stood between the two moments: as many days later as days passed, and off a day without work.
    #[must_use]
    pub fn resumed(&self, due: Moment, paused: Moment, resumed: Moment) -> Moment {
        let days = self
            .day(paused)
            .until(self.day(resumed))
            .map_or(0, |span| i64::from(span.get_days()));
        if days <= 0 {
            return due;
        }
        let moved = after(self.day(due), days.days());
        self.end_of(self.working_day_from(moved))
    }

    /// The last moment of the day that lies so many days after that of `from`.
    #[must_use]
    pub fn days_later(&self, from: Moment, days: u32) -> Moment {
        self.end_of(after(self.day(from), i64::from(days).days()))
    }

    fn day(&self, moment: Moment) -> Date {
        moment.day_in(&self.zone)
    }

    fn end_of(&self, day: Date) -> Moment {
        Moment::start_of_day(after(day, 1.day()), &self.zone).plus_seconds(-1)
    }

    fn working_day_from(&self, mut day: Date) -> Date {
        while !self.is_working_day(day) {
            day = after(day, 1.day());
        }
        day
    }

    fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            && !self.closed.contains(&day)
            && !holidays::is_holiday(&self.region, day)
    }
}

/// So much later; a month that has no such date ends it earlier (31 August and a month is 30 September).
fn after(day: Date, span: Span) -> Date {
    day.saturating_add(span)
}
