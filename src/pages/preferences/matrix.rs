//! Topics by channels: a table on a wide screen, cards on a narrow one, the same elements in both.

use super::acts::is_idle;
use super::cell::cell;
use super::options::{more, open_button};
use super::screen::{Screen, by, cells_of};
use crate::browser::letters;
use crate::i18n::{Text, t, text};
use crate::ui::{Icon, IconName, SearchBox};
use crate::widgets::{channel_icon, channel_word};
use portal_client::preferences::{Cell, Edit};
use portal_contract::TopicGroupId;
use portal_contract::interaction::Channel;
use portal_contract::preference_catalog::{PreferenceTopic, TopicGroup};
use portal_contract::preferences::LockedReason;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// With more topics than this the groups begin folded, and there is a search.
const MANY_TOPICS: usize = 20;

/// The longest text that is looked for, in characters.
const LONGEST_QUERY: usize = 100;

/// The table, and over it a search where it is long.
pub fn matrix(screen: Screen) -> View {
    let (channels, groups) = screen
        .catalogue
        .with_value(|catalogue| (catalogue.channels.clone(), catalogue.groups.clone()));
    let count: usize = groups.iter().map(|group| group.topics.len()).sum();
    let is_long = count > MANY_TOPICS;
    let query = RwSignal::new(String::new());
    let idle = memo(move || screen.document.with(is_idle));
    let columns = channels.len() + 1;
    let heads: Vec<View> = channels
        .iter()
        .map(|channel| head(screen, channel))
        .collect();
    let channels = StoredValue::new(channels);
    let bodies: Vec<View> = groups
        .into_iter()
        .enumerate()
        .map(|(at, group)| {
            let frame = Frame {
                screen,
                channels,
                columns,
                query,
                open: RwSignal::new(!is_long || at == 0),
            };
            frame.group(group)
        })
        .collect();
    view! {
        {is_long.then(|| search(screen, query))}
        <table class="matrix" data-idle=move || idle.get().then_some("")>
            <caption class="visually-hidden">{text::PREFERENCES_MATRIX_CAPTION}</caption>
            <thead>
                <tr>
                    <td class="matrix__corner">{text::PREFERENCES_MATRIX_CORNER}</td>
                    {heads}
                </tr>
            </thead>
            {bodies}
        </table>
    }
    .alone()
}

fn search(screen: Screen, query: RwSignal<String>) -> View {
    let look = Callback::new(move |words: String| query.set(letters::small(words.trim())));
    let nothing = move || {
        let has_none = screen.catalogue.with_value(|catalogue| {
            let topics = || catalogue.groups.iter().flat_map(|group| &group.topics);
            query.with(|query| !topics().any(|topic| matches(topic, query)))
        });
        has_none.then(|| t(text::PREFERENCES_FIND_NONE))
    };
    view! {
        <SearchBox
            id="find-topic"
            label=t(text::PREFERENCES_FIND)
            value=query
            max=LONGEST_QUERY
            on_pause=look
            on_submit=look
        />
        <p role="status">{nothing}</p>
    }
    .alone()
}

fn matches(topic: &PreferenceTopic, query: &str) -> bool {
    let has = |words: &str| letters::small(words).contains(query);
    has(&topic.label) || topic.description.as_deref().is_some_and(has)
}

/// A channel: its name, and everything of it at once.
fn head(screen: Screen, channel: &Channel) -> View {
    let id = format!("all-{}", channel.as_str());
    view! {
        " "
        <th scope="col">
            <button class="matrix__channel" type="button" popovertarget=id.clone()>
                <Icon name=channel_icon(channel) />
                " "
                <span>{channel_word(channel)}</span>
                " "
                <Icon name=IconName::ChevronDown />
            </button>
            <div class="menu" id=id.clone() popover="">
                <p class="menu__title">{text::preferences_channel_all(by(channel))}</p>
                {all_of(screen, channel, &id, true)}
                {all_of(screen, channel, &id, false)}
            </div>
        </th>
    }
}

fn all_of(screen: Screen, channel: &Channel, menu: &str, on: bool) -> View {
    let channel = channel.clone();
    let (word, done): (Text, Text) = if on {
        (
            text::PREFERENCES_ALL_TURN_ON,
            text::preferences_said_channel_on(by(&channel)),
        )
    } else {
        (
            text::PREFERENCES_ALL_TURN_OFF,
            text::preferences_said_channel_off(by(&channel)),
        )
    };
    let press = move |_| {
        let cells = screen
            .cells()
            .into_iter()
            .filter(|cell| cell.channel == channel);
        screen
            .document
            .submit(switch(screen, cells, on), done.clone());
    };
    view! {
        <button
            class="menu__item"
            type="button"
            popovertarget=menu.to_owned()
            popovertargetaction="hide"
            on:click=press
        >
            {word}
        </button>
    }
}

/// These cells on or off, as far as each can be switched.
pub fn switch(screen: Screen, cells: impl IntoIterator<Item = Cell>, on: bool) -> Vec<Edit> {
    let now = screen.document.now();
    let can = |cell: &Cell| {
        cell.of(&now).is_some_and(|choice| {
            let is_required = choice.locked_reason == Some(LockedReason::Required);
            !choice.locked || (!on && !is_required)
        })
    };
    let cells = cells.into_iter().filter(can);
    cells.map(|cell| Edit::Enabled(cell, on)).collect()
}

/// What the rows of a group share.
#[derive(Clone, Copy)]
struct Frame {
    screen: Screen,
    channels: StoredValue<Vec<Channel>>,
    columns: usize,
    query: RwSignal<String>,
    open: RwSignal<bool>,
}

impl Frame {
    fn group(self, group: TopicGroup) -> View {
        let Self {
            screen,
            query,
            open,
            ..
        } = self;
        let TopicGroup {
            id, label, topics, ..
        } = group;
        let all = topics.len();
        let cells: Vec<Vec<Cell>> = topics.iter().map(cells_of).collect();
        let on = memo(move || {
            screen.document.with(|document| {
                let is_on = |cell: &Cell| cell.of(document).is_some_and(|it| it.enabled);
                cells.iter().filter(|cells| cells.iter().any(is_on)).count()
            })
        });
        let count = move || t(text::preferences_group_on(words(on.get()), words(all)));
        let is_open = memo(move || open.get() || query.with(|query| !query.is_empty()));
        let topics = StoredValue::new(topics);
        let found = memo(move || {
            query.with(|query| {
                let places = |topics: &Vec<PreferenceTopic>| {
                    let found = topics.iter().enumerate();
                    let found = found.filter(|(_, topic)| matches(topic, query));
                    found.map(|(at, _)| at).collect::<Vec<_>>()
                };
                topics.with_value(places)
            })
        });
        let rows = move || {
            let at = if is_open.get() {
                found.get()
            } else {
                Vec::new()
            };
            at.into_iter()
                .map(|at| self.topic(&topics.with_value(|topics| topics[at].clone())))
                .collect::<Vec<_>>()
        };
        let hidden = move || found.with(Vec::is_empty);
        view! {
            <tbody hidden=hidden>
                <tr class="matrix__group">
                    <th scope="rowgroup" colspan=self.columns>
                        {fold(&id, label, is_open, open)}
                        " "
                        <span class="matrix__count">{count}</span>
                    </th>
                </tr>
                {rows}
            </tbody>
        }
    }

    fn topic(self, topic: &PreferenceTopic) -> View {
        let screen = self.screen;
        let open = RwSignal::new(false);
        let choices = screen.choices(&topic.id);
        let cells: Vec<View> = self.channels.with_value(|channels| {
            channels
                .iter()
                .map(|channel| cell(screen, topic, channel, choices))
                .collect()
        });
        let id = &topic.id;
        let reason = topic.required.as_ref().map(|required| {
            view! {
                <div class="menu" id=format!("why-{id}") popover="">
                    <p class="menu__title">{required.reason.clone()}</p>
                </div>
            }
        });
        let text = topic.description.clone().map(|description| {
            view! {
                " "
                <span class="topic__text">
                    <bdi>{description}</bdi>
                </span>
            }
        });
        view! {
            <tr class="topic">
                <th scope="row">
                    <span class="topic__name">
                        <bdi>{topic.label.clone()}</bdi>
                    </span>
                    {text}
                    " "
                    {open_button(topic, choices, open)}
                    {reason}
                </th>
                {cells}
            </tr>
            {more(screen, topic, self.columns, open)}
        }
    }
}

fn fold(id: &TopicGroupId, label: String, is_open: Memo<bool>, open: RwSignal<bool>) -> View {
    let press = move |_| open.set(!is_open.get_untracked());
    view! {
        <button
            class="matrix__fold"
            type="button"
            id=format!("group-{id}")
            aria-expanded=move || is_open.get().to_string()
            on:click=press
        >
            <bdi>{label}</bdi>
            " "
            <Icon name=IconName::ChevronDown />
        </button>
    }
}

/// A count as the language writes it.
fn words(count: usize) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a catalogue has few topics"
    )]
    let count = count as u32;
    crate::i18n::number(count)
}

/// Bones of the screen while it is loading.
pub fn bones() -> View {
    let act = || {
        view! {
            <li>
                <div class="act">
                    <span class="bone icon" data-size="icon"></span>
                    <span class="act__name">
                        <span class="bone"></span>
                    </span>
                    <span class="act__text">
                        <span class="bone" data-size="full"></span>
                    </span>
                </div>
            </li>
        }
    };
    let topic = || {
        view! {
            <div class="topic">
                <p class="topic__name">
                    <span class="bone"></span>
                </p>
                <p class="topic__text">
                    <span class="bone" data-size="large"></span>
                </p>
            </div>
        }
    };
    view! {
        <div class="skeleton" aria-hidden="true">
            <p class="lead">
                <span class="bone" data-size="full"></span>
            </p>
            <ul class="acts">{[act(), act(), act()]}</ul>
            <section class="section">
                <div class="section__head">
                    <p>
                        <span class="bone"></span>
                    </p>
                </div>
                {(0..8).map(|_| topic()).collect::<Vec<_>>()}
            </section>
        </div>
    }
    .alone()
}
