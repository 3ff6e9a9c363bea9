//! One way to reach the company: how it stands, what is to be expected, and the act that it is for.

use super::standing::{standing, takes_at_any_time};
use super::{Desk, hours, words};
use crate::announce::use_announcer;
use crate::browser::{clipboard, task};
use crate::i18n::{Text, date_time, duration, hour_in, own_zone, t, text};
use crate::routes::{Begin, Route, outside};
use crate::ui::{Button, Icon, IconName};
use crate::widgets::fact;
use leptos::html;
use portal_contract::contact::{
    ContactAddress, ContactOption, ContactOptionKind, CurrentWait, ExpectationBasis, FirstAnswer,
};
use portal_contract::{ContactOptionId, Timestamp, TopicId};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// The matter of its list item. Each part follows by itself.
pub fn way(desk: Desk, id: ContactOptionId) -> View {
    let place = move |id: &ContactOptionId| {
        desk.ways.with(|ways| {
            let at = ways.options.iter().position(|option| option.id == *id)?;
            Some((at, ways.options[at].clone()))
        })
    };
    let found = memo(move || place(&id));
    let is_first = memo(move || found.with(|found| found.as_ref().is_some_and(|(at, _)| *at == 0)));
    let option = memo(move || found.get().map(|(_, option)| option));
    let opening = memo(move || option.with(|option| option.as_ref()?.hours.clone()));
    let label = option.with_untracked(|option| {
        option
            .as_ref()
            .map_or_else(String::new, |option| option.label.clone())
    });
    let answered = option.with_untracked(|option| option.as_ref().is_some_and(takes_at_any_time));
    let title = if answered {
        text::CONTACT_ANSWERED
    } else {
        text::CONTACT_HOURS
    };
    let each = move |draw: fn(&ContactOption) -> View| {
        (move || option.with(|option| option.as_ref().map(draw))).alone()
    };
    let stands = move || {
        let now = desk.now.get();
        option.with(|option| option.as_ref().map(|option| chip(option, now)))
    };
    let reason = move || {
        let is_first = is_first.get();
        option.with(|option| option.as_ref().map(|option| placed(option, is_first)))
    };
    let both = move || {
        let now = desk.now.get();
        option.with(|option| option.as_ref().and_then(|option| their_clock(option, now)))
    };
    let acts = move || {
        let (topic, is_first) = (desk.ways.with(|ways| ways.topic_id.clone()), is_first.get());
        let draw = |option: &ContactOption| acts(option, topic, is_first);
        option.with(|option| option.as_ref().map(draw))
    };
    let node = NodeRef::<html::Details>::new();
    // The first one is seen whole; of the others, what one weighs before choosing. What somebody unfolded stays so.
    effect(move || {
        if let (Some(details), true) = (node.get(), is_first.get()) {
            details.set_open(true);
        }
    });
    view! {
        <details class="fold" node_ref=node>
            <summary class="fold__head">
                <span class="item__head">
                    {each(heading)}
                    {stands}
                </span>
                {each(gist)}
                <Icon name=IconName::ChevronDown />
            </summary>
            <div class="fold__body">
                {reason}
                {both}
                {each(expectations)}
                {acts}
                {hours::unfolded(opening, title, label)}
            </div>
        </details>
    }
    .alone()
}

/// What is seen of it while it is folded: when an answer or a call comes, and what it costs.
fn gist(option: &ContactOption) -> View {
    let labelled = |label: Text, words: String| [&t(label), ": ", &words].concat();
    let answer = option.first_answer.as_ref();
    let answer = answer.map(|answer| labelled(text::CONTACT_FIRST_ANSWER, t(within(answer))));
    // That a call can be asked for at any time is not when it comes.
    let offer = option.callback.as_ref();
    let call = offer.map(|offer| t(first_free(offer.next_at.as_ref())));
    let cost = option.cost.as_ref();
    let cost = cost.map(|cost| labelled(text::CONTACT_COST, words::cost(&cost.kind)));
    let all: Vec<String> = answer.into_iter().chain(call).chain(cost).collect();
    view! { <span class="fold__gist">{all.join(" · ")}</span> }
}

fn heading(option: &ContactOption) -> View {
    let label = option.label.clone();
    view! {
        <h3 class="way__name">
            <Icon name=words::icon(option) />
            <bdi>{label}</bdi>
        </h3>
    }
    .alone()
}

/// Whether it is open. The words go on with the clock.
fn chip(option: &ContactOption, now: f64) -> View {
    let standing = standing(option, now);
    let (words, soon) = standing.words(now);
    let (status, icon) = match (standing.is_open(), soon) {
        (true, false) => ("open", IconName::Check),
        (true, true) => ("you", IconName::Clock),
        (false, _) => ("done", IconName::Clock),
    };
    view! {
        <span class="status" data-status=status>
            <Icon name=icon />
            {words}
        </span>
    }
    .alone()
}

/// Why it stands where it stands, what it is, and why it is closed.
fn placed(option: &ContactOption, is_first: bool) -> View {
    let because = words::because(option, is_first).map(|because| {
        view! { <p class="item__note" data-first=is_first.then_some("")>{because}</p> }
    });
    let description = option
        .description
        .clone()
        .map(|words| view! { <p dir="auto">{words}</p> });
    let unsuited = (!option.suits_topic)
        .then(|| view! { <p class="item__note">{text::CONTACT_NOT_SUITED}</p> });
    let closed = option
        .closure
        .as_ref()
        .and_then(|closure| closure.reason.clone());
    let closed = closed.map(|reason| {
        view! {
            <div class="banner" data-tone="warn" data-shape="inline">
                <Icon name=IconName::Info />
                <p dir="auto">{reason}</p>
            </div>
        }
    });
    view! { {because} {unsuited} {description} {closed} }.alone()
}

/// The moment at which it opens or closes, on the company's clock.
fn their_clock(option: &ContactOption, now: f64) -> Option<View> {
    let zone = &option.hours.as_ref()?.time_zone;
    let words = standing(option, now).elsewhere(zone, now)?;
    Some(view! { <p class="item__note">{words}</p> }.alone())
}

/// What is to be expected: first answer, wait, cost, languages, accessibility.
fn expectations(option: &ContactOption) -> View {
    let answer = option.first_answer.as_ref().map(first_answer);
    let wait = option.wait.as_ref().map(wait);
    let cost = option.cost.as_ref().map(|cost| {
        let detail = cost
            .detail
            .clone()
            .map(|detail| view! { ", " <bdi>{detail}</bdi> });
        let kind = words::cost(&cost.kind);
        fact(text::CONTACT_COST, view! { {kind} {detail} }.alone())
    });
    let languages = (!option.languages.is_empty())
        .then(|| fact(text::CONTACT_LANGUAGES, words::languages(&option.languages)));
    let accessibility = (!option.accessibility.is_empty()).then(|| {
        let words = words::accessibility(&option.accessibility);
        fact(text::CONTACT_ACCESSIBILITY, words.alone())
    });
    view! { <dl class="way__facts">{answer} {wait} {cost} {languages} {accessibility}</dl> }.alone()
}

fn minutes(count: u64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "minutes of a wait are far below 2^53"
    )]
    let ms = count as f64 * 60_000.0;
    duration(ms)
}

fn noted(main: Text, note: Option<Text>) -> View {
    let note = note.map(|note| view! { <span class="fact__note">{note}</span> });
    view! { {main} " " {note} }.alone()
}

fn within(answer: &FirstAnswer) -> Text {
    match (answer.minutes, &answer.basis) {
        (0, _) => text::CONTACT_AT_ONCE,
        (count, ExpectationBasis::Promised) => text::contact_within_promised(minutes(count)),
        (count, ExpectationBasis::Typical | ExpectationBasis::Other(_)) => {
            text::contact_within_typical(minutes(count))
        }
    }
}

fn first_answer(answer: &FirstAnswer) -> View {
    let within = within(answer);
    let by = answer.by.as_ref().filter(|_| answer.minutes > 0);
    let by = by.map(|by| text::contact_begun_now(date_time(by)));
    fact(text::CONTACT_FIRST_ANSWER, noted(within, by))
}

fn wait(wait: &CurrentWait) -> View {
    let about = match wait.minutes {
        0 => text::CONTACT_WAIT_NONE,
        count => text::contact_wait_about(minutes(count)),
    };
    let at = hour_in(&wait.as_of, &own_zone(), false);
    fact(
        text::CONTACT_WAIT,
        noted(about, Some(text::contact_as_of(at))),
    )
}

/// What it is for. The first way's act is the one that the screen suggests.
fn acts(option: &ContactOption, topic: Option<TopicId>, is_first: bool) -> View {
    let tone = is_first.then_some("primary");
    let begin = Begin {
        topic,
        option: Some(option.id.clone()),
        interaction: None,
    };
    match option.kind {
        ContactOptionKind::Message => {
            begin_by(Route::NewMessage(begin), text::CONTACT_WRITE, option, tone)
        }
        ContactOptionKind::Callback => booked(option, begin, tone),
        _ => option
            .address
            .as_ref()
            .map(|address| reached(option, address, tone))
            .alone(),
    }
}

/// A way that begins in the portal.
fn begin_by(to: Route, word: Text, option: &ContactOption, tone: Option<&'static str>) -> View {
    let icon = words::icon(option);
    view! {
        <div class="cluster">
            <a class="button" href=to.href() data-tone=tone>
                <Icon name=icon />
                {word}
            </a>
        </div>
    }
    .alone()
}

fn first_free(at: Option<&Timestamp>) -> Text {
    at.map_or(text::CONTACT_NONE_FREE, |at| {
        text::contact_first_free(date_time(at))
    })
}

/// A call of the company: when the first one can be had.
fn booked(option: &ContactOption, begin: Begin, tone: Option<&'static str>) -> View {
    let next = option
        .callback
        .as_ref()
        .and_then(|offer| offer.next_at.clone());
    let line = first_free(next.as_ref());
    let act = next.is_some().then(|| {
        begin_by(
            Route::NewCallback(begin),
            text::CONTACT_CHOOSE_TIME,
            option,
            tone,
        )
    });
    view! {
        <p>{line}</p>
        {act}
    }
    .alone()
}

/// A way that leads out of the portal: a press on a phone, something to copy elsewhere.
fn reached(option: &ContactOption, address: &ContactAddress, tone: Option<&'static str>) -> View {
    let value = address.value.clone();
    let is_number = option.kind == ContactOptionKind::Phone;
    let Some(uri) = address.uri.as_deref().and_then(outside) else {
        let lines = value.lines().map(str::to_owned);
        let lines: Vec<View> = lines
            .map(|line| view! { <bdi>{line}</bdi> <br /> }.alone())
            .collect();
        return view! { <address>{lines}</address> <div class="cluster">{copying(value)}</div> }
            .alone();
    };
    let word = match option.kind {
        ContactOptionKind::Phone => text::CONTACT_CALL,
        ContactOptionKind::Email => text::CONTACT_MAIL,
        _ => text::CONTACT_VISIT,
    };
    let icon = words::icon(option);
    // Numbers and addresses of machines run from left to right, whatever stands around them; a street runs as it is written.
    let dir = (is_number || option.kind == ContactOptionKind::Email).then_some("ltr");
    let shown = value.clone();
    // A name behind a link is of no use elsewhere.
    let is_copied = is_number || dir.is_some() || address.postal.is_some();
    let copy = is_copied.then(|| copying(value.clone()));
    view! {
        <p class="way__address">
            <bdi dir=dir>{shown}</bdi>
        </p>
        <div class="cluster">
            <a class="button" href=uri data-tone=tone rel="external">
                <Icon name=icon />
                {word}
                <span class="visually-hidden">" " <bdi>{value}</bdi></span>
            </a>
            {copy}
        </div>
    }
    .alone()
}

/// To copy it: on a desktop a number is dialled elsewhere.
fn copying(value: String) -> View {
    let announcer = use_announcer();
    let named = value.clone();
    let copy = Callback::new(move |()| {
        let value = value.clone();
        task::run(async move {
            let text = if clipboard::copy(&value).await {
                text::contact_copied(value)
            } else {
                text::CONTACT_NOT_COPIED
            };
            announcer.show(text);
        });
    });
    view! {
        <Button on_press=copy>
            {text::CONTACT_COPY}
            <span class="visually-hidden">" " <bdi>{named}</bdi></span>
        </Button>
    }
    .alone()
}
