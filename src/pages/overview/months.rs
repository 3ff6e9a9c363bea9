//! Contacts by month. The chart stands below what waits, so it is drawn when its part of the program is there.

use super::Shown;
use crate::browser::clock;
use crate::i18n::{text, today};
use crate::widgets::{Activity, activity_chart};
use portal_contract::overview::Overview;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// What stands in the card.
pub fn card() -> View {
    let Shown { overview, .. } = expect_context();
    (move || overview.with(chart)).alone()
}

fn chart(overview: &Overview) -> View {
    let last_counted = || overview.activity.last().map(|count| count.month.clone());
    let last = today(clock::now())
        .map(|day| day[..7].to_owned())
        .or_else(last_counted);
    let activity = last
        .map(|last| Activity::new(&overview.activity, &last))
        .filter(|activity| !activity.series.is_empty());
    match activity {
        Some(activity) => activity_chart(&activity),
        None => view! { <p class="card__empty">{text::OVERVIEW_CHART_EMPTY}</p> },
    }
}
