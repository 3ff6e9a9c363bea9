//! Moments as the demonstration tells them.
//!
//! `-19d 09:12` is nineteen days ago at 9:12 on the customer's clock, `-3h` and `-20m` are counted from now. Spans (`8h`,
//! `3d`, `20m`) are counted from the beginning of an interaction.

use crate::store::time::Moment;
use jiff::ToSpan;
use jiff::civil::Time;
use jiff::tz::TimeZone;

/// When everything is told from.
pub(super) struct Teller {
    pub(super) now: Moment,
    pub(super) zone: TimeZone,
}

impl Teller {
    /// The moment that `text` tells; never later than now.
    pub(super) fn moment(&self, text: &str) -> Result<Moment, String> {
        let wrong =
            || format!("{text:?} is no moment; expected \"-19d 09:12\", \"-3h\" or \"-20m\"");
        let past = text.strip_prefix('-').ok_or_else(wrong)?;
        let moment = match past.split_once("d ") {
            Some((days, clock)) => {
                let days: i64 = days.parse().map_err(|_| wrong())?;
                let clock = Time::strptime("%H:%M", clock).map_err(|_| wrong())?;
                let day = self
                    .now
                    .day_in(&self.zone)
                    .checked_sub(days.days())
                    .map_err(|_| wrong())?;
                let zoned = self
                    .zone
                    .to_ambiguous_zoned(day.to_datetime(clock))
                    .compatible();
                Moment::from_millis(zoned.map_err(|_| wrong())?.timestamp().as_millisecond())
            }
            None => self.now.plus_seconds(-span(past).ok_or_else(wrong)?),
        };
        Ok(moment.min(self.now))
    }
}

/// Seconds of `8h`, `3d`, `20m`.
pub(super) fn span(text: &str) -> Option<i64> {
    let unit = match text.chars().last()? {
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return None,
    };
    let count: i64 = text[..text.len() - 1].parse().ok()?;
    (count >= 0).then(|| count * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_from_now_on_the_customers_clock() {
        let teller = Teller {
            now: Moment::from_timestamp(&"2026-07-10T12:00:00Z".parse().unwrap()).unwrap(),
            zone: TimeZone::get("Europe/Lisbon").unwrap(),
        };
        let tell = |text| teller.moment(text).map(|m| m.to_timestamp().to_string());
        assert_eq!(tell("-2d 09:12").as_deref(), Ok("2026-07-08T08:12:00Z"));
        assert_eq!(tell("-3h").as_deref(), Ok("2026-07-10T09:00:00Z"));
        assert_eq!(tell("-0d 23:00").as_deref(), Ok("2026-07-10T12:00:00Z"));
        assert!(tell("yesterday").is_err() && tell("-2d 25:00").is_err());
    }
}
