//! The week that windows make: what a picture of it shows. When a message comes only the server says.

use portal_contract::preferences::{QuietWindow, Weekday};

/// The minutes of a day.
pub const DAY: u16 = 24 * 60;

/// Stretches of a day, from minute to minute, in order and apart from each other.
pub type Spans = Vec<(u16, u16)>;

/// The place of a day in a week that begins on Monday; nothing for a day that this portal does not know.
#[must_use]
pub fn place(day: &Weekday) -> Option<usize> {
    Weekday::KNOWN.iter().position(|known| known == day)
}

/// The minute of a day that a time of the wire names: `07:30`.
#[must_use]
pub fn minute(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// How many minutes a window has; at or before its start it ends on the next day.
#[must_use]
pub fn length(window: &QuietWindow) -> Option<u16> {
    let (start, end) = (minute(&window.start)?, minute(&window.end)?);
    Some(if end <= start {
        DAY - start + end
    } else {
        end - start
    })
}

/// The quiet stretches of each day, Monday first.
#[must_use]
pub fn spans(windows: &[QuietWindow]) -> [Spans; 7] {
    let mut week: [Spans; 7] = Default::default();
    for window in windows {
        let (Some(start), Some(length)) = (minute(&window.start), length(window)) else {
            continue;
        };
        for day in window.days.iter().filter_map(place) {
            let end = start + length;
            week[day].push((start, end.min(DAY)));
            if end > DAY {
                week[(day + 1) % 7].push((0, end - DAY));
            }
        }
    }
    week.map(joined)
}

/// In order, and what touches as one.
fn joined(mut spans: Spans) -> Spans {
    spans.sort_unstable();
    let mut joined: Spans = Vec::new();
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(days: &[Weekday], start: &str, end: &str) -> QuietWindow {
        QuietWindow {
            days: days.to_vec(),
            start: start.into(),
            end: end.into(),
        }
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_begins() {
        let week = spans(&[window(&[Weekday::Sunday], "22:00", "07:00")]);
        assert_eq!(week[6], [(1320, 1440)]);
        assert_eq!(week[0], [(0, 420)]);
        assert!(week[1..6].iter().all(Vec::is_empty));
    }

    #[test]
    fn equal_times_are_a_whole_day() {
        let all = window(&[Weekday::Monday], "00:00", "00:00");
        assert_eq!(length(&all), Some(DAY));
        assert_eq!(spans(&[all])[0], [(0, DAY)]);
    }

    #[test]
    fn what_overlaps_or_touches_is_one_stretch() {
        let week = spans(&[
            window(&[Weekday::Friday], "20:00", "23:00"),
            window(&[Weekday::Friday], "12:00", "13:00"),
            window(&[Weekday::Friday], "23:00", "00:00"),
        ]);
        assert_eq!(week[4], [(720, 780), (1200, 1440)]);
    }

    #[test]
    fn what_is_no_time_is_not_drawn() {
        let week = spans(&[window(&[Weekday::Friday], "25:00", "07:00")]);
        assert!(week.iter().all(Vec::is_empty));
        assert_eq!(minute("7"), None);
    }
}
