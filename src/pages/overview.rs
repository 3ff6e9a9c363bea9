//! What waits for the customer, what waits for the company, what last happened: one glance, one next step.

mod data_requests;
mod months;
mod notices;
mod year;

pub use months::card as months_card;
pub use notices::{on_overview as told, page as all_notices};
pub use year::card as year_card;

use crate::api::{Read, use_api};
use crate::browser::{clock, focus, task};
use crate::i18n::{Text, date_time, t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::routes::{Area, Link, Route, use_areas};
use crate::session::use_session;
use crate::ui::{Icon, IconName, Notice, NoticeKind};
use crate::widgets::{PageHead, Standings, contact_link, interaction_row, places, row_bones};
use portal_contract::filter::InteractionFilter;
use portal_contract::interaction::{InteractionSummary, Standing};
use portal_contract::overview::Overview;
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// The parts of the screen that arrive after it: what draws each.
#[derive(Clone, Copy)]
pub struct Doors {
    /// The notices, in the place of what stands there until then.
    pub told: fn(ViewFn) -> View,
    /// The chart of the months.
    pub months: fn() -> View,
    /// The year.
    pub year: fn() -> View,
}

/// What those parts show.
#[derive(Clone, Copy)]
struct Shown {
    overview: Signal<Overview>,
    again: Read<Overview>,
}

/// The screen.
pub fn page() -> View {
    let read = use_api().read(|client| client.overview());
    use_live().on_any_of(
        &[
            "interaction",
            "feedback_request",
            "feedback",
            "notice",
            "data_request",
            "preferences",
        ],
        move || read.refetch(),
    );
    let name = use_session()
        .customer()
        .map_or_else(String::new, |customer| customer.display_name);
    view! {
        <div class="page">
            <PageHead title=t(text::OVERVIEW_TITLE) heading=t(text::overview_greeting(name))>{contact_link()}</PageHead>
            <Loaded from=read failed=text::OVERVIEW_FAILED skeleton=bones let:overview>
                {move || shown(Shown { overview, again: read })}
            </Loaded>
        </div>
    }
    .alone()
}

/// A history that has begun stays begun, so that what is shown changes in place when it is read again.
fn shown(shown: Shown) -> View {
    let overview = shown.overview;
    provide_context(shown);
    let areas = use_areas();
    let is_new = memo(move || {
        let has_history = !areas.lack(Area::Interactions);
        has_history && overview.with(|it| it.recent.is_empty() && it.activity.is_empty())
    });
    if is_new.get() {
        nothing_yet(overview)
    } else {
        cards(overview)
    }
}

/// What the company tells by itself: its words at once, and what can be done about it when that part is there.
fn place_of_notices(overview: Signal<Overview>) -> View {
    let doors: Doors = expect_context();
    let is_any = memo(move || overview.with(|it| it.notices_count > 0));
    let outline = move || overview.with(notices::outline);
    // With the last of them goes the heading that has the focus.
    let was_any = StoredValue::new(false);
    effect(move || {
        let goes = was_any.get_value() && !is_any.get();
        was_any.set_value(is_any.get());
        if goes {
            task::run(async {
                task::pause(0).await;
                if focus::is_lost() {
                    focus::id("main");
                }
            });
        }
    });
    (move || is_any.get().then(|| (doors.told)(ViewFn::from(outline)))).alone()
}

fn nothing_yet(overview: Signal<Overview>) -> View {
    view! {
        {place_of_notices(overview)}
        <Notice kind=NoticeKind::Empty icon=IconName::Interactions title=t(text::INTERACTIONS_EMPTY_TITLE)>
            <p>{text::OVERVIEW_RECENT_EMPTY}</p>
            {contact_link()}
        </Notice>
    }
    .alone()
}

fn cards(overview: Signal<Overview>) -> View {
    let areas = use_areas();
    let has_history = memo(move || !areas.lack(Area::Interactions));
    let feedback = move || (!areas.lack(Area::Feedback)).then(|| overview.with(feedback));
    let data = move || (!areas.lack(Area::DataRights)).then(|| overview.with(data_requests::card));
    let quiet = memo(move || overview.with(|it| it.notices_count == 0));
    view! {
        {move || has_history.get().then(|| view! { <p class="lead">{move || overview.with(lead)}</p> })}
        <div class="cards">
            {place_of_notices(overview)} {feedback} {move || has_history.get().then(|| standing(overview))} {data}
            {move || has_history.get().then(|| history(overview))}
        </div>
        {move || (!has_history.get()).then(places)}
        {move || (has_history.get() && quiet.get()).then(way_to_notices)}
    }
    .alone()
}

/// What waits for whom.
fn standing(overview: Signal<Overview>) -> View {
    let you = move || {
        overview.with(|it| {
            waiting(
                Standing::WaitingForCustomer,
                &it.waiting_for_customer,
                it.waiting_for_customer_count,
            )
        })
    };
    let us = move || {
        overview.with(|it| {
            waiting(
                Standing::WaitingForCompany,
                &it.waiting_for_company,
                it.waiting_for_company_count,
            )
        })
    };
    view! {
        {you}
        {us}
    }
    .alone()
}

/// What last happened, and what it came to.
fn history(overview: Signal<Overview>) -> View {
    let doors: Doors = expect_context();
    let recent = move || overview.with(|it| rows(&it.recent, Standings::Shown));
    view! {
        <section class="card" data-span="full" aria-labelledby="recent">
            <div class="card__head">
                <h2 id="recent">{text::OVERVIEW_RECENT_TITLE}</h2>
                <Link to=Route::interactions()>{text::OVERVIEW_ALL}</Link>
            </div>
            {recent}
        </section>
        <section class="card" data-span="full" aria-labelledby="months">
            <div class="card__head">
                <h2 id="months">{text::OVERVIEW_CHART_TITLE}</h2>
            </div>
            {(doors.months)()}
        </section>
        {(doors.year)()}
    }
    .alone()
}

/// What was put aside can be found where nothing is told at the moment; otherwise the heading of the notices leads there.
fn way_to_notices() -> View {
    view! {
        <p class="section">
            <Link to=Route::Notices>{text::NOTICES_ALL}</Link>
        </p>
    }
    .alone()
}

/// How things stand, in a sentence or two.
fn lead(overview: &Overview) -> String {
    let (you, us) = (
        overview.waiting_for_customer_count,
        overview.waiting_for_company_count,
    );
    let mut sentences: Vec<Text> = Vec::new();
    if you > 0 {
        sentences.push(text::overview_lead_you(you));
    }
    if us > 0 {
        sentences.push(text::overview_lead_us(us));
        sentences.extend(next_promise(&overview.waiting_for_company).map(text::overview_lead_due));
    }
    if sentences.is_empty() {
        sentences.push(text::OVERVIEW_LEAD_NONE);
    }
    sentences.into_iter().map(t).collect::<Vec<_>>().join(" ")
}

/// What the company asks, and that something came of what was said: a line each, and the way there.
fn feedback(overview: &Overview) -> Option<View> {
    let asked = overview.feedback_requests.len();
    let way = match overview.feedback_requests.first() {
        Some(only) if asked == 1 => Route::FeedbackRequest(only.id.clone()),
        Some(_) | None => Route::Feedback,
    };
    let news = overview.feedback_unread_count;
    let line = |words: Text, way: Route, act: Text| {
        view! {
            <div class="banner" data-tone="info" data-shape="inline">
                <Icon name=IconName::Feedback />
                <p>{words}</p>
                <a class="button" data-size="small" href=way.href()>
                    {act}
                </a>
            </div>
        }
    };
    let named = overview.feedback_requests.first();
    let named = named
        .filter(|_| asked == 1)
        .and_then(|only| only.label.clone());
    let asked = (asked > 0).then(|| {
        let words = match named {
            Some(name) => text::overview_feedback_asked_about(name),
            None => text::overview_feedback_asked(asked),
        };
        line(words, way, text::INTERACTION_FEEDBACK_TELL)
    });
    let news = (news > 0).then(|| {
        let words = text::overview_feedback_new(news);
        line(words, Route::Feedback, text::INTERACTION_FEEDBACK_SEE)
    });
    let is_any = asked.is_some() || news.is_some();
    is_any.then(|| {
        view! {
            <div class="stack" data-span="full">
                {asked}
                {news}
            </div>
        }
    })
}

/// The nearest promise that can still be kept. The list has the nearest first.
fn next_promise(waiting: &[InteractionSummary]) -> Option<String> {
    let now = clock::now();
    let promise = |item: &InteractionSummary| match item.first_response_at {
        None => item.first_response_by.clone().or(item.expected_by.clone()),
        Some(_) => item.expected_by.clone(),
    };
    waiting
        .iter()
        .filter_map(promise)
        .find(|by| clock::parse(by) > now)
        .map(|by| date_time(&by))
}

/// What waits for one of the two. Only what asks something of the customer is raised.
fn waiting(standing: Standing, items: &[InteractionSummary], count: u64) -> View {
    let (id, title, empty) = match standing {
        Standing::WaitingForCustomer => (
            "waiting-you",
            text::OVERVIEW_YOU_TITLE,
            text::OVERVIEW_YOU_EMPTY,
        ),
        Standing::WaitingForCompany | Standing::Done => (
            "waiting-us",
            text::OVERVIEW_US_TITLE,
            text::OVERVIEW_US_EMPTY,
        ),
    };
    let raised = (standing == Standing::WaitingForCustomer && count > 0).then_some("");
    let number = (count > 0)
        .then(|| view! { <span class="card__count">" " {crate::i18n::number(count)}</span> });
    let all = (count > items.len() as u64).then(|| {
        let filter = InteractionFilter {
            statuses: standing.statuses().to_vec(),
            ..InteractionFilter::default()
        };
        view! { <Link to=Route::Interactions(filter)>{text::overview_see_all(count)}</Link> }
    });
    let body = if items.is_empty() {
        view! { <p class="card__empty">{empty}</p> }.alone()
    } else {
        rows(items, Standings::Said)
    };
    view! {
        <section class="card" data-raised=raised aria-labelledby=id>
            <div class="card__head">
                <h2 id=id>{title} {number}</h2>
                {all}
            </div>
            {body}
        </section>
    }
    .alone()
}

fn rows(items: &[InteractionSummary], standings: Standings) -> View {
    let now = clock::now();
    let row = |item| view! { <li>{interaction_row(item, now, standings)}</li> };
    view! { <ul class="rows">{items.iter().map(row).collect_view()}</ul> }.alone()
}

fn bones() -> View {
    let card = |raised: bool, span: Option<&'static str>, body: View| {
        view! {
            <div class="card" data-raised=raised.then_some("") data-span=span>
                <div class="card__head">
                    <span class="bone"></span>
                </div>
                {body}
            </div>
        }
    };
    let block = view! { <span class="bone" data-size="block"></span> }.alone();
    view! {
        <div class="skeleton" aria-hidden="true">
            <p class="lead">
                <span class="bone" data-size="full"></span>
                <span class="bone" data-size="full"></span>
            </p>
            <div class="cards">
                {card(true, None, row_bones(2))} {card(false, None, row_bones(2))} {card(false, Some("full"), row_bones(5))}
                {card(false, Some("full"), block)}
            </div>
        </div>
    }
    .alone()
}
