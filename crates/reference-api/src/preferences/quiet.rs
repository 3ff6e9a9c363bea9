//! The customer's quiet hours as the wire and the settings carry them, and as a schedule to compute with.

use super::quiet_hours::{Schedule, Window};
use super::settings::Settings;
use jiff::civil::{self, Time};
use jiff::tz::TimeZone;
use portal_contract::interaction::Channel;
use portal_contract::preferences::{QuietWindow, Weekday};

/// The schedule of the windows, on the clock of the zone that they mean or else of `usual`; `None` when quiet hours do not hold.
#[must_use]
pub fn schedule(settings: &Settings, usual: &TimeZone) -> Option<Schedule> {
    if !settings.quiet_enabled() {
        return None;
    }
    let zone = settings
        .quiet_zone()
        .and_then(|name| TimeZone::get(&name).ok())
        .unwrap_or_else(|| usual.clone());
    let windows = settings.quiet_windows();
    Some(Schedule::new(
        zone,
        windows.iter().filter_map(window).collect(),
    ))
}

/// Whether quiet hours hold for this channel.
#[must_use]
pub fn hold_for(settings: &Settings, channel: &Channel) -> bool {
    let channels = settings.quiet_channels();
    channels.is_empty() || channels.contains(channel)
}

fn window(window: &QuietWindow) -> Option<Window> {
    Some(Window {
        days: window.days.iter().filter_map(weekday).collect(),
        start: time(&window.start)?,
        end: time(&window.end)?,
    })
}

/// A time of day as the contract writes it: `HH:MM`, from 00:00 to 23:59.
pub(super) fn time(text: &str) -> Option<Time> {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let shaped = text.len() == 5 && [0, 1, 3, 4].into_iter().all(is_digit);
    Time::strptime("%H:%M", text).ok().filter(|_| shaped)
}

/// A day to compute with; `None` for one that this version does not know.
pub(super) fn weekday(day: &Weekday) -> Option<civil::Weekday> {
    match day {
        Weekday::Monday => Some(civil::Weekday::Monday),
        Weekday::Tuesday => Some(civil::Weekday::Tuesday),
        Weekday::Wednesday => Some(civil::Weekday::Wednesday),
        Weekday::Thursday => Some(civil::Weekday::Thursday),
        Weekday::Friday => Some(civil::Weekday::Friday),
        Weekday::Saturday => Some(civil::Weekday::Saturday),
        Weekday::Sunday => Some(civil::Weekday::Sunday),
        Weekday::Other(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_two_digits_a_colon_and_two_digits() {
        assert!(time("00:00").is_some() && time("23:59").is_some());
        for bad in [
            "", "7:00", "07:0", "24:00", "07.00", " 7:00", "07:00:00", "ab:cd", "０7:",
        ] {
            assert!(time(bad).is_none(), "{bad}");
        }
    }
}
