//! Getting in touch: every way with what it costs, when it is open and how long an answer takes; a message, or a call at a chosen
//! time.

mod beginning;
mod callback;
mod carried;
mod hours;
mod message;
mod number;
mod similar;
mod standing;
mod way;
mod words;

pub use callback::page as callback;
pub use message::page as message;

use crate::announce::use_announcer;
use crate::api::{Read, use_api};
use crate::browser::clock::{self, Ticker};
use crate::browser::network;
use crate::i18n::{t, text};
use crate::loading::{ErrorPanel, Loaded};
use crate::routes::{Route, begin_of, use_location};
use crate::ui::{IconName, Notice, NoticeKind};
use crate::widgets::{PageHead, guides};
use portal_contract::contact::ContactOptions;
use portal_contract::interaction::Topic;
use portal_contract::{ContactOptionId, TopicId};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, memo_from, view};

/// How often the clock of the screen goes on, in milliseconds.
const TICK_MS: i32 = 10_000;
/// How old an answer about waits and closures may be while somebody looks, in milliseconds.
const FRESH_MS: f64 = 180_000.0;

/// The screen.
pub fn page() -> View {
    let topic = topic_of_address();
    let options = use_api().read(move |client| {
        let topic = topic.get();
        client.contact_options(topic.as_ref())
    });
    let now = ticking(options);
    view! {
        <div class="page" data-width="reading">
            <PageHead title=t(text::CONTACT_TITLE) lede=t(text::CONTACT_LEDE) />
            <Loaded from=options failed=text::CONTACT_FAILED skeleton=bones let:options_now>
                {layout(Desk { topic, options, ways: options_now, now })}
            </Loaded>
        </div>
    }
    .alone()
}

/// What every part of the screen shares.
#[derive(Clone, Copy)]
struct Desk {
    /// The topic of the address.
    topic: Memo<Option<TopicId>>,
    options: Read<ContactOptions>,
    ways: Signal<ContactOptions>,
    /// The time, on the server's clock.
    now: ReadSignal<f64>,
}

/// The topic that the address says. While another screen takes this one's place the address is no longer ours.
fn topic_of_address() -> Memo<Option<TopicId>> {
    let location = use_location();
    let own = Route::Contact(None).href();
    memo_from(move |before: Option<&Option<TopicId>>| {
        let path = location.pathname.get();
        let read = location.search.with(|search| begin_of(search).topic);
        let before = before.filter(|_| path.trim_end_matches('/') != own);
        before.cloned().unwrap_or(read)
    })
}

/// The time as it passes. The device's clock may be wrong by hours; the server's, by which it opens and closes, is told with each
/// answer. Nobody tells of waits and closures: they are read again while somebody looks.
fn ticking(options: Read<ContactOptions>) -> ReadSignal<f64> {
    let (now, set_now) = signal(clock::now());
    let ahead = StoredValue::new(0.0);
    let read_at = StoredValue::new(clock::now());
    effect(move || {
        if let Some(Ok(answer)) = options.get() {
            ahead.set_value(clock::parse(&answer.as_of) - clock::now());
            read_at.set_value(clock::now());
            set_now.set(clock::parse(&answer.as_of));
        }
    });
    let tick = move || {
        set_now.set(clock::now() + ahead.get_value());
        if network::is_visible() && clock::now() - read_at.get_value() > FRESH_MS {
            read_at.set_value(clock::now());
            options.refetch();
        }
    };
    let ticker = StoredValue::new_local(Some(Ticker::every(TICK_MS, tick)));
    on_cleanup(move || ticker.set_value(None));
    now
}

fn layout(desk: Desk) -> View {
    let Desk { ways, .. } = desk;
    follow_topic(desk);
    let is_empty = memo(move || ways.with(|ways| ways.options.is_empty()));
    let shown = move || {
        if is_empty.get() {
            nothing()
        } else {
            list(desk)
        }
    };
    view! {
        {topics(desk)}
        {guides(desk.topic)}
        {not_anew(desk)}
        {shown}
    }
    .alone()
}

/// Says once, when another topic's ways are there, in which order they stand.
fn follow_topic(desk: Desk) {
    let announcer = use_announcer();
    let shown = memo(move || desk.ways.with(|ways| ways.topic_id.clone()));
    let before = StoredValue::new(shown.get_untracked());
    effect(move || {
        let topic = shown.get();
        if before.get_value() != topic {
            before.set_value(topic.clone());
            let label = desk
                .ways
                .with_untracked(|ways| label_of(ways, topic.as_ref()));
            announcer.say(label.map_or(text::CONTACT_SORTED_ANY, text::contact_sorted));
        }
    });
}

/// What people call a topic.
fn label_of(ways: &ContactOptions, topic: Option<&TopicId>) -> Option<String> {
    let topic = topic?;
    let found = ways.topics.iter().find(|known| known.id == *topic);
    found.map(|topic| topic.label.clone())
}

/// What it is about: each choice is an address.
fn topics(desk: Desk) -> View {
    let all = memo(move || desk.ways.with(|ways| ways.topics.clone()));
    let chip = move |id: Option<TopicId>, label: String| {
        let chosen = id.clone();
        let current = move || (desk.topic.get() == chosen).then_some("true");
        view! {
            <li>
                <a class="chip" href=Route::Contact(id).href() aria-current=current noscroll="">
                    <bdi>{label}</bdi>
                </a>
            </li>
        }
    };
    let chips = move || {
        let topics = all.get().into_iter();
        let topics = topics.map(|Topic { id, label }| chip(Some(id), label));
        let any = chip(None, t(text::CONTACT_TOPIC_ANY));
        std::iter::once(any).chain(topics).collect::<Vec<View>>()
    };
    view! {
        <nav class="stack" aria-labelledby="contact-topic">
            <h2 id="contact-topic" class="topics__title">
                {text::CONTACT_TOPIC_TITLE}
            </h2>
            <ul class="chips" data-kind="choice">
                {chips}
            </ul>
        </nav>
    }
    .alone()
}

/// That what stands there could not be read anew: then it is not about the topic of the address, or old.
fn not_anew(desk: Desk) -> View {
    let retry = Callback::new(move |()| desk.options.refetch());
    let failed = move || {
        let error = desk.options.get()?.err()?;
        Some(view! { <ErrorPanel title=text::CONTACT_FAILED error=error on_retry=retry /> }.alone())
    };
    failed.alone()
}

fn nothing() -> View {
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Interactions title=t(text::CONTACT_NONE_TITLE)>
            <p>{text::CONTACT_NONE}</p>
        </Notice>
    }
    .alone()
}

/// The ways in the server's order. One that stays is not drawn anew: what is unfolded stays so, and the focus stays.
fn list(desk: Desk) -> View {
    let Desk { ways, .. } = desk;
    let ids = memo(move || {
        ways.with(|ways| {
            let ids = ways.options.iter().map(|option| option.id.clone());
            ids.collect::<Vec<ContactOptionId>>()
        })
    });
    let title = memo(move || {
        let topic = |ways: &ContactOptions| label_of(ways, ways.topic_id.as_ref());
        let label = ways.with(topic);
        label.map_or(text::CONTACT_WAYS_TITLE, text::contact_ways_topic)
    });
    let title = move || t(title.get());
    view! {
        <section class="section" aria-labelledby="contact-ways">
            <div class="section__head">
                <h2 id="contact-ways">{title}</h2>
            </div>
            <ul class="items">
                <For each=move || ids.get() key=|id: &ContactOptionId| id.clone() let:id>
                    <li class="item way">{way::way(desk, id)}</li>
                </For>
            </ul>
        </section>
    }
    .alone()
}

fn bones() -> View {
    let one = || {
        view! {
            <div class="item">
                <div class="item__head">
                    <h3><span class="bone" data-size="large"></span></h3>
                    <span class="status"><span class="bone"></span></span>
                </div>
                <p class="item__note"><span class="bone" data-size="large"></span></p>
            </div>
        }
    };
    view! {
        <div class="skeleton" aria-hidden="true">
            <p class="lead"><span class="bone" data-size="full"></span></p>
            <div class="items">{one()} {one()} {one()} {one()}</div>
        </div>
    }
    .alone()
}
