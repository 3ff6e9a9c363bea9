//! The week, as a picture with its words beside it.

use super::days::{in_order, seen};
use super::week::{DAY, Spans, spans};
use crate::i18n::{clock_time, list, number, t, text, weekday};
use crate::ui::hundredths_of_a_percent;
use portal_contract::preferences::QuietHours;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// Every day with its quiet stretches; nothing while there are none.
pub fn week(hours: Memo<QuietHours>) -> View {
    let week = memo(move || {
        hours.with(|hours| {
            let holds = hours.enabled && !hours.windows.is_empty();
            holds.then(|| spans(&hours.windows))
        })
    });
    let drawn = move || week.get().map(|week| figure(&week));
    drawn.alone()
}

fn figure(week: &[Spans; 7]) -> View {
    let hour = |hour: u8| view! { <span>{number(u32::from(hour))}</span> " " };
    let days = in_order().map(|day| row(day, &week[usize::from(day)]));
    view! {
        <figure class="chart">
            <figcaption class="visually-hidden">{text::QUIET_WEEK_CAPTION}</figcaption>
            <ol class="week">
                <li aria-hidden="true">
                    <span class="week__scale">{[0, 6, 12, 18, 24].map(hour).into_iter().collect::<Vec<_>>()}</span>
                </li>
                {days.into_iter().collect::<Vec<_>>()}
            </ol>
        </figure>
    }
    .alone()
}

fn row(day: u8, spans: &Spans) -> View {
    let bar = |(start, end): &(u16, u16)| {
        view! {
            <rect class="chart__solid" x=of_the_day(*start) width=of_the_day(end - start) height="14" rx="3"></rect>
        }
        .alone()
    };
    view! {
        <li>
            <abbr title=weekday(day, "long")>{seen(day)}</abbr>
            " "
            <svg height="14" aria-hidden="true">
                <rect class="chart__ground" width="100%" height="14" rx="3"></rect>
                {spans.iter().map(bar).collect::<Vec<_>>()}
            </svg>
            " "
            <span>{words(spans)}</span>
        </li>
    }
    .alone()
}

fn of_the_day(minutes: u16) -> String {
    hundredths_of_a_percent(u64::from(minutes) * 10_000 / u64::from(DAY))
}

fn words(spans: &Spans) -> String {
    let clock = |minute: u16| clock_time(&format!("{:02}:{:02}", minute / 60, minute % 60));
    let word = |(start, end): &(u16, u16)| {
        t(match (*start, *end) {
            (0, DAY) => text::QUIET_ALL_DAY,
            (0, end) => text::quiet_until_clock(clock(end)),
            (start, DAY) => text::quiet_from_clock(clock(start)),
            (start, end) => text::quiet_between_clocks(clock(start), clock(end)),
        })
    };
    let words: Vec<String> = spans.iter().map(word).collect();
    if words.is_empty() {
        return t(text::QUIET_NONE);
    }
    list(&words)
}
