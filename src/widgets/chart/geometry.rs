//! Where the bars stand. In whole numbers: shares of the width in hundredths of a per cent, heights in pixels; so that no
//! formatter of fractions is downloaded for a dozen bars.

use portal_contract::interaction::Channel;
use portal_contract::overview::ActivityCount;

/// The line on which the bars stand, in pixels from the top.
pub const FOOT: u64 = 176;

/// The height of the highest bar.
const HIGHEST: u64 = 144;

/// The whole width.
const WHOLE: u64 = 10_000;

/// So many series have a fill of their own; with more, the last fill stands for all the rest.
const FILLS: usize = 6;

/// One channel, or several that are shown together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The channel; nothing for several.
    pub channel: Option<Channel>,
    /// How many in each month.
    pub counts: Vec<u64>,
}

impl Series {
    /// How many in all.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// Contacts of the last twelve months by channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The months, `2026-11`, the oldest first.
    pub months: Vec<String>,
    /// The channels that occur, the busiest first.
    pub series: Vec<Series>,
}

/// One piece of a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Whose, by place in [`Activity::shown`].
    pub series: usize,
    /// Its left edge.
    pub x: u64,
    /// Its width.
    pub width: u64,
    /// Its upper edge.
    pub y: u64,
    /// Its height.
    pub height: u64,
}

/// One month's bar as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Where its labels are centred.
    pub middle: u64,
    /// The upper edge of the whole bar.
    pub top: u64,
    /// How many in all.
    pub total: u64,
}

/// Everything that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// The bars.
    pub bars: Vec<Bar>,
    /// The columns that they make up, in the order of the months.
    pub columns: Vec<Column>,
}

impl Activity {
    /// Arranges the counts over the twelve months that end with `last` (`2026-11`).
    #[must_use]
    pub fn new(counts: &[ActivityCount], last: &str) -> Self {
        let months = twelve_months(last);
        let mut series: Vec<Series> = Vec::new();
        for count in counts {
            let Some(at) = months.iter().position(|month| *month == count.month) else {
                continue;
            };
            let known = series
                .iter()
                .position(|series| series.channel.as_ref() == Some(&count.channel));
            let index = known.unwrap_or_else(|| {
                series.push(Series {
                    channel: Some(count.channel.clone()),
                    counts: vec![0; months.len()],
                });
                series.len() - 1
            });
            series[index].counts[at] += count.count;
        }
        series.sort_by_key(|series| std::cmp::Reverse(series.total()));
        Self { months, series }
    }

    /// The series as they are drawn: where there are more than fills, the least busy ones together.
    #[must_use]
    pub fn shown(&self) -> Vec<Series> {
        if self.series.len() <= FILLS {
            return self.series.clone();
        }
        let (own, rest) = self.series.split_at(FILLS - 1);
        let sum = |at| rest.iter().map(|series| series.counts[at]).sum();
        let rest = Series {
            channel: None,
            counts: (0..self.months.len()).map(sum).collect(),
        };
        own.iter().cloned().chain([rest]).collect()
    }

    fn total(&self, month: usize) -> u64 {
        self.series.iter().map(|series| series.counts[month]).sum()
    }

    /// The most contacts of a month, and which month; nothing where there are none.
    #[must_use]
    pub fn busiest(&self) -> Option<(u64, usize)> {
        let totals = (0..self.months.len()).map(|at| (self.total(at), at));
        totals
            .max_by_key(|(total, at)| (*total, std::cmp::Reverse(*at)))
            .filter(|(total, _)| *total > 0)
    }

    /// Where everything stands; mirrored where reading runs from right to left.
    #[must_use]
    pub fn plot(&self, rtl: bool) -> Plot {
        let shown = self.shown();
        let highest = self.busiest().map_or(1, |(total, _)| total);
        let mut plot = Plot {
            bars: Vec::new(),
            columns: Vec::new(),
        };
        for month in 0..self.months.len() {
            let (start, width) = place(month, self.months.len(), rtl);
            let mut below = 0;
            for (series, counts) in shown
                .iter()
                .enumerate()
                .filter(|(_, series)| series.counts[month] > 0)
            {
                let bottom = FOOT - height(below, highest);
                below += counts.counts[month];
                let y = FOOT - height(below, highest);
                plot.bars.push(Bar {
                    series,
                    x: start,
                    width,
                    y,
                    height: bottom - y,
                });
            }
            plot.columns.push(Column {
                middle: start + width / 2,
                top: FOOT - height(below, highest),
                total: below,
            });
        }
        plot
    }
}

/// From the foot to the upper edge of `count`. Heights are differences of these, so that rounding never moves a top.
fn height(count: u64, highest: u64) -> u64 {
    (count * HIGHEST).div_ceil(highest)
}

/// A bar fills the slot of its month from 22 to 78 per cent.
fn place(month: usize, months: usize, rtl: bool) -> (u64, u64) {
    let (month, months) = (month as u64, months as u64);
    let x = (month * 100 + 22) * WHOLE / (months * 100);
    let width = 56 * WHOLE / (months * 100);
    (if rtl { WHOLE - x - width } else { x }, width)
}

fn twelve_months(last: &str) -> Vec<String> {
    let parts = last
        .split_once('-')
        .and_then(|(year, month)| Some((year.parse::<u32>().ok()?, month.parse::<u32>().ok()?)));
    let Some((year, month)) = parts else {
        return Vec::new();
    };
    let end = year * 12 + month - 1;
    let name = |at: u32| {
        let month = at % 12 + 1;
        let zero = if month < 10 { "-0" } else { "-" };
        [&(at / 12).to_string(), zero, &month.to_string()].concat()
    };
    (end.saturating_sub(11)..=end).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(month: &str, channel: &str, count: u64) -> ActivityCount {
        ActivityCount {
            month: month.into(),
            channel: channel.into(),
            count,
        }
    }

    #[test]
    fn the_months_cross_the_year() {
        let months = twelve_months("2026-03");
        assert_eq!(months.len(), 12);
        assert_eq!(
            (months[0].as_str(), months[9].as_str(), months[11].as_str()),
            ("2025-04", "2026-01", "2026-03")
        );
        assert!(twelve_months("soon").is_empty());
    }

    #[test]
    fn the_busiest_channel_comes_first_and_what_is_older_than_a_year_is_left_out() {
        let counts = [
            count("2026-01", "email", 1),
            count("2026-02", "phone", 3),
            count("2020-01", "email", 90),
        ];
        let activity = Activity::new(&counts, "2026-03");
        let totals: Vec<_> = activity
            .series
            .iter()
            .map(|series| (series.channel.clone().unwrap(), series.total()))
            .collect();
        assert_eq!(totals, [(Channel::Phone, 3), (Channel::Email, 1)]);
        assert_eq!(activity.busiest(), Some((3, 10)));
    }

    #[test]
    fn bars_stand_on_one_line_and_the_highest_has_the_full_height() {
        let counts = [
            count("2026-03", "email", 2),
            count("2026-03", "phone", 1),
            count("2026-02", "phone", 1),
        ];
        let plot = Activity::new(&counts, "2026-03").plot(false);
        let last: Vec<_> = plot.bars.iter().filter(|bar| bar.x > 9_000).collect();
        assert_eq!(last.iter().map(|bar| bar.height).sum::<u64>(), HIGHEST);
        assert_eq!(last[0].y + last[0].height, FOOT);
        assert_eq!(last[1].y + last[1].height, last[0].y);
        assert_eq!(
            plot.columns[11],
            Column {
                middle: last[0].x + last[0].width / 2,
                top: FOOT - HIGHEST,
                total: 3
            }
        );
    }

    #[test]
    fn a_bar_for_one_is_seen_beside_a_bar_for_thousands() {
        let counts = [
            count("2026-03", "email", 9_000),
            count("2026-02", "phone", 1),
        ];
        let plot = Activity::new(&counts, "2026-03").plot(false);
        assert!(plot.bars.iter().all(|bar| bar.height > 0));
    }

    #[test]
    fn right_to_left_is_the_mirror_image() {
        let counts = [count("2026-03", "email", 2), count("2025-07", "phone", 1)];
        let activity = Activity::new(&counts, "2026-03");
        let (ltr, rtl) = (activity.plot(false), activity.plot(true));
        for (a, b) in ltr.bars.iter().zip(&rtl.bars) {
            assert_eq!(a.x + a.width, WHOLE - b.x);
        }
        assert!(rtl.columns[0].middle > rtl.columns[11].middle);
    }

    #[test]
    fn more_channels_than_fills_share_the_last_one() {
        let counts: Vec<_> = (1..=8)
            .map(|n| count("2026-03", Channel::KNOWN[n].as_str(), 10 - n as u64))
            .collect();
        let activity = Activity::new(&counts, "2026-03");
        let shown = activity.shown();
        assert_eq!((activity.series.len(), shown.len()), (8, FILLS));
        assert_eq!(
            (shown[5].channel.clone(), shown[5].total()),
            (None, 4 + 3 + 2)
        );
    }

    #[test]
    fn a_year_without_contacts_draws_nothing() {
        let activity = Activity::new(&[], "2026-03");
        assert_eq!(activity.busiest(), None);
        assert!(activity.plot(false).bars.is_empty());
    }
}
