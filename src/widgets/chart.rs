//! Contacts month by month, by channel: bars that carry patterns beside their colour, and a table behind them.

mod geometry;

pub use geometry::Activity;

use crate::i18n::{Dir, month, month_short, number, t, text, use_i18n};
use crate::ui::{Icon, IconName, hundredths_of_a_percent};
use crate::widgets::channel::{channel_icon, channel_word};
use geometry::{Bar, FOOT, Plot, Series};
use portal_contract::interaction::Channel;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The chart and its table.
#[must_use]
pub fn activity_chart(activity: &Activity) -> View {
    let plot = activity.plot(use_i18n().locale().dir == Dir::Rtl);
    let busiest = activity
        .busiest()
        .map(|(count, at)| text::overview_chart_label(count, month(&activity.months[at])));
    view! {
        <figure class="chart">
            <svg class="chart__plot" role="img" aria-label=busiest.map(t) height="208">
                <defs>{chart_patterns()}</defs>
                {plot.bars.iter().map(bar).collect_view()}
                {labels(activity, &plot)}
                <line class="chart__axis" x1="0" x2="100%" y1="176.5" y2="176.5"></line>
            </svg>
            <ul class="chart__key">{activity.shown().iter().enumerate().map(key).collect_view()}</ul>
            <details class="disclosure">
                <summary>
                    {text::OVERVIEW_CHART_TABLE} <span class="visually-hidden">": " {text::OVERVIEW_CHART_CAPTION}</span>
                    <Icon name=IconName::ChevronDown />
                </summary>
                {table(activity)}
            </details>
        </figure>
    }
    .alone()
}

/// How a series is filled: a class, or one of the patterns.
pub fn chart_fill(series: usize) -> (&'static str, Option<&'static str>) {
    match series {
        0 => ("chart__bar chart__solid", None),
        1 => ("chart__bar", Some("url(#bar-2)")),
        2 => ("chart__bar", Some("url(#bar-3)")),
        3 => ("chart__bar", Some("url(#bar-4)")),
        4 => ("chart__bar", Some("url(#bar-5)")),
        _ => ("chart__bar chart__ground", None),
    }
}

fn bar(bar: &Bar) -> View {
    let (class, fill) = chart_fill(bar.series);
    view! {
        <rect
            class=class
            fill=fill
            x=hundredths_of_a_percent(bar.x)
            width=hundredths_of_a_percent(bar.width)
            y=bar.y.to_string()
            height=bar.height.to_string()
        ></rect>
    }
}

/// The total over each bar and the month under it. Every second month gives way where there is little room.
fn labels(activity: &Activity, plot: &Plot) -> View {
    let label = |(at, column): (usize, &geometry::Column)| {
        let total = (column.total > 0).then(|| {
            view! {
                <text class="chart__total" x=hundredths_of_a_percent(column.middle) y=(column.top - 8).to_string()>
                    {number(column.total)}
                </text>
            }
        });
        view! {
            {total}
            <text class=(at % 2 == 1).then_some("chart__minor") x=hundredths_of_a_percent(column.middle) y=(FOOT + 22).to_string()>
                {month_short(&activity.months[at])}
            </text>
        }
    };
    plot.columns
        .iter()
        .enumerate()
        .map(label)
        .collect_view()
        .alone()
}

fn key((at, series): (usize, &Series)) -> View {
    let (class, fill) = chart_fill(at);
    let class = class
        .strip_prefix("chart__bar")
        .map(str::trim)
        .filter(|class| !class.is_empty());
    let icon = series
        .channel
        .as_ref()
        .map_or(IconName::Other, channel_icon);
    view! {
        <li>
            <svg class="chart__swatch" aria-hidden="true">
                <rect class=class fill=fill width="100%" height="100%" rx="4"></rect>
            </svg>
            <Icon name=icon />
            <span>{text::overview_chart_key(word(series.channel.as_ref()), number(series.total()))}</span>
        </li>
    }
}

fn word(channel: Option<&Channel>) -> String {
    channel.map_or_else(|| t(text::OVERVIEW_CHART_OTHERS), channel_word)
}

/// Every channel by itself, also those that the bars show together.
fn table(activity: &Activity) -> View {
    let head = |series: &Series| view! { <th scope="col" data-kind="number">{word(series.channel.as_ref())}</th> };
    let row = |(at, name): (usize, &String)| {
        let cell =
            |series: &Series| view! { <td data-kind="number">{number(series.counts[at])}</td> };
        view! {
            <tr>
                <th scope="row">{month(name)}</th>
                {activity.series.iter().map(cell).collect_view()}
            </tr>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t(text::OVERVIEW_CHART_CAPTION)>
            <table class="table">
                <caption>{text::OVERVIEW_CHART_CAPTION}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::OVERVIEW_CHART_MONTH}</th>
                        {activity.series.iter().map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{activity.months.iter().enumerate().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .alone()
}

/// One chart a page: the ids are not for a second.
pub fn chart_patterns() -> View {
    view! {
        <pattern id="bar-2" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="chart__ground" width="6" height="6"></rect>
            <path class="chart__hatch" d="M0 3h6"></path>
        </pattern>
        <pattern id="bar-3" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect class="chart__ground" width="6" height="6"></rect>
            <circle class="chart__solid" cx="3" cy="3" r="1.4"></circle>
        </pattern>
        <pattern id="bar-4" width="5" height="5" patternUnits="userSpaceOnUse">
            <rect class="chart__ground" width="5" height="5"></rect>
            <path class="chart__hatch" d="M0 2.5h5"></path>
        </pattern>
        <pattern id="bar-5" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
            <rect class="chart__ground" width="8" height="8"></rect>
            <path class="chart__hatch" d="M0 4h8M4 0v8"></path>
        </pattern>
    }
    .alone()
}
