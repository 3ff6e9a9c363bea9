//! A year in touch: what was promised and what was kept, and what contact cost. No number where there is no basis for one.

use super::Shown;
use crate::i18n::{Dir, Text, duration, number, t, text, use_i18n};
use crate::ui::{Icon, IconName, percent};
use crate::widgets::fact;
use portal_contract::effort::{Promises, YearInTouch};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The card.
pub fn card() -> View {
    let Shown { overview, .. } = expect_context();
    let shown = move || overview.with(|it| it.year.as_ref().map(year));
    shown.alone()
}

fn year(year: &YearInTouch) -> View {
    let rows = [
        (text::YEAR_FIRST_ANSWERS, &year.first_answers),
        (text::YEAR_RESOLUTIONS, &year.resolutions),
    ];
    let rows: Vec<(Text, &Promises)> = rows.into_iter().filter(|(_, it)| it.due > 0).collect();
    let due: u64 = rows.iter().map(|(_, it)| it.due).sum();
    let kept: u64 = rows.iter().map(|(_, it)| it.kept).sum();
    let verdict = if due == 0 {
        text::YEAR_UNPROMISED
    } else {
        text::year_kept(number(due), number(kept))
    };
    let picture = (due > 0).then(|| picture(&rows));
    view! {
        <section class="card" data-span="full" aria-labelledby="year">
            <div class="card__head">
                <h2 id="year">{text::YEAR_TITLE}</h2>
            </div>
            <div class="stack">
                <p>{text::year_contacts(year.contacts)} " " {verdict}</p>
                {picture}
                {cost(year)}
            </div>
        </section>
    }
    .alone()
}

/// What it took of the customer.
fn cost(year: &YearInTouch) -> View {
    let times = |count: u64| match count {
        0 => t(text::YEAR_NEVER),
        some => t(text::year_times(some)),
    };
    let median = year.median_first_answer_seconds.map(|seconds| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a year has fewer seconds than 2^53"
        )]
        let ms = seconds as f64 * 1000.0;
        fact(text::YEAR_MEDIAN, duration(ms).alone())
    });
    let again = year.explained_again.map(|count| {
        let words = match count {
            0 => t(text::YEAR_NEVER),
            some => t(text::year_contacts_of(some)),
        };
        fact(text::YEAR_AGAIN, words.alone())
    });
    view! {
        <dl class="facts">
            {median} {fact(text::YEAR_HANDOFFS, times(year.handoffs).alone())} {again}
        </dl>
    }
    .alone()
}

/// A line for each sort of promise: its whole length is what came due, what is solid in it was kept.
fn picture(rows: &[(Text, &Promises)]) -> View {
    let is_rtl = use_i18n().locale().dir == Dir::Rtl;
    let lines = rows
        .iter()
        .map(|(name, promises)| line(name.clone(), promises, is_rtl));
    view! {
        <figure class="chart">
            {lines.collect_view()}
            <details class="disclosure">
                <summary>
                    {text::YEAR_TABLE} <span class="visually-hidden">": " {text::YEAR_CAPTION}</span>
                    <Icon name=IconName::ChevronDown />
                </summary>
                {table(rows)}
            </details>
        </figure>
    }
    .alone()
}

fn line(name: Text, promises: &Promises, is_rtl: bool) -> View {
    #[expect(
        clippy::cast_precision_loss,
        reason = "promises of a year are far fewer than 2^53"
    )]
    let share = 100.0 * promises.kept as f64 / promises.due as f64;
    // Drawn from the left; where reading runs the other way it is mirrored here.
    let start = if is_rtl { 100.0 - share } else { 0.0 };
    let words = text::year_of(number(promises.kept), number(promises.due));
    view! {
        <p class="chart__said">
            <span>{name}</span>
            " "
            <span class="number">{words}</span>
        </p>
        <svg class="chart__line" height="14" aria-hidden="true">
            <rect class="chart__bar chart__ground" width="100%" height="14" rx="3"></rect>
            <rect class="chart__solid" x=percent(start) width=percent(share) height="14" rx="3"></rect>
        </svg>
    }
    .alone()
}

fn table(rows: &[(Text, &Promises)]) -> View {
    let row = |(name, promises): &(Text, &Promises)| {
        let cell = |count: u64| view! { <td data-kind="number">{number(count)}</td> };
        view! {
            <tr>
                <th scope="row">{name.clone()}</th>
                {cell(promises.due)}
                {cell(promises.kept)}
                {cell(promises.due - promises.kept.min(promises.due))}
            </tr>
        }
    };
    let head = |word: Text| view! { <th scope="col" data-kind="number">{word}</th> };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=t(text::YEAR_CAPTION)>
            <table class="table">
                <caption>{text::YEAR_CAPTION}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text::YEAR_PROMISE}</th>
                        {head(text::YEAR_DUE)}
                        {head(text::YEAR_IN_TIME)}
                        {head(text::YEAR_LATE)}
                    </tr>
                </thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .alone()
}
