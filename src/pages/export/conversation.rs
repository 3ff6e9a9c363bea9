//! One conversation of the export, from its first word to its last.

use super::Viewer;
use super::checking::State;
use super::files::saved_by;
use super::history::{Attached, Conversation, History};
use super::opening::Opened;
use super::timeline::subject;
use crate::browser::bytes::Content;
use crate::browser::{clock, json};
use crate::i18n::{self, Text, day_heading, day_key, t, text};
use crate::ui::{Button, Icon, IconName};
use crate::widgets::{PageHead, StatusChip, channel_icon, channel_word, fact, plain_words};
use portal_contract::interaction::{Channel, Participant, Role};
use portal_contract::{InteractionId, Json, Timestamp};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, view};
use std::ops::Range;
use std::rc::Rc;

/// So many messages are shown at a time.
const STEP: usize = 50;

/// A message as the export has it.
struct Message {
    id: String,
    author: Participant,
    channel: Channel,
    sent_at: Timestamp,
    text: String,
    lang: Option<String>,
}

/// The screen of this conversation.
pub fn conversation(viewer: Viewer, id: &InteractionId) -> View {
    let opened = untrack(|| viewer.opened());
    let found = opened.as_ref().and_then(|opened| {
        let history = opened.history.as_ref()?;
        let place = history.place_of(id)?;
        Some((opened, history, place, history.get(place)?))
    });
    let back = view! {
        <a class="page__back" href=viewer.href(None)>
            <Icon name=IconName::Back />
            {text::EXPORT_BACK}
        </a>
    };
    let Some((opened, history, place, about)) = found else {
        return view! {
            <div class="page" data-width="reading">
                {back}
                <PageHead title=t(text::EXPORT_NOWHERE) />
            </div>
        }
        .alone();
    };
    view! {
        <div class="page">
            {back}
            <PageHead title=subject(about) />
            <div class="page__columns">
                <div>
                    {thread(opened, history, place)}
                    {loose_files(opened, history, place)}
                </div>
                <aside class="page__side">{facts(about)}</aside>
            </div>
        </div>
    }
    .alone()
}

fn facts(about: &Conversation) -> View {
    let moment = |term: Text, at: &Option<Timestamp>| {
        at.as_ref()
            .map(|at| fact(term, i18n::date_time(at).alone()))
    };
    let topic = about.topic.clone().map(|topic| {
        fact(
            text::INTERACTION_TOPIC,
            view! { <bdi>{topic}</bdi> }.alone(),
        )
    });
    let standing = about.status.standing();
    view! {
        <dl class="facts">
            {fact(text::EXPORT_STATUS, view! { <StatusChip standing=standing /> }.alone())}
            {fact(text::EXPORT_REFERENCE, view! { <bdi>{about.reference.clone()}</bdi> }.alone())}
            {fact(text::INTERACTION_CHANNEL, channel_word(&about.channel).alone())}
            {topic}
            {fact(text::INTERACTION_STARTED, i18n::date_time(&about.started_at).alone())}
            {moment(text::EXPORT_ENDED, &about.ended_at)}
        </dl>
    }
    .alone()
}

fn thread(opened: &Rc<Opened>, history: &History, place: usize) -> View {
    let Some(messages) = opened.messages.clone() else {
        return view! {
            <div class="banner" data-tone="warn" data-shape="inline">
                <Icon name=IconName::Alert />
                <p>{text::EXPORT_MESSAGES_NOT_SHOWN}</p>
            </div>
        }
        .alone();
    };
    let ranges = history.messages(place).to_vec();
    if ranges.is_empty() {
        return view! { <p class="soft">{text::THREAD_EMPTY}</p> }.alone();
    }
    let count = ranges.len();
    let steps = RwSignal::new(1_usize);
    let opened = Rc::clone(opened);
    let part = move |step: usize| {
        // The day that the part before ended with needs no heading again.
        let first = step * STEP;
        let before = first
            .checked_sub(1)
            .and_then(|at| read(&messages, ranges.get(at)?));
        let day = before.map(|message| day_key(&message.sent_at));
        let part = ranges
            .iter()
            .skip(first)
            .take(STEP)
            .filter_map(|at| read(&messages, at));
        days(&opened, place, part.collect(), day.as_deref())
    };
    let more = move || {
        let shown = steps.get() * STEP;
        let more = Callback::new(move |()| steps.update(|steps| *steps += 1));
        (shown < count).then(|| {
            view! {
                <div class="more">
                    <Button on_press=more>{text::EXPORT_MORE}</Button>
                    <p role="status">{text::export_shown(i18n::number(shown), i18n::number(count))}</p>
                </div>
            }
        })
    };
    view! {
        <div class="thread">
            <For each=move || 0..steps.get() key=|step| *step let:step>
                {part(step)}
            </For>
        </div>
        {more}
    }
    .alone()
}

fn read(messages: &Content, at: &Range<usize>) -> Option<Message> {
    let text = String::from_utf8(messages.read(at.clone())).ok()?;
    message(&json::parse(&text)?)
}

fn message(json: &Json) -> Option<Message> {
    Some(Message {
        id: json.field("id").ok()?,
        author: json.field("author").ok()?,
        channel: json.field("channel").ok()?,
        sent_at: json.field("sent_at").ok()?,
        text: json.field("text").ok()?,
        lang: json.field("lang").ok()?,
    })
}

fn days(opened: &Rc<Opened>, place: usize, messages: Vec<Message>, before: Option<&str>) -> View {
    let mut days: Vec<(String, Vec<Message>)> = Vec::new();
    for message in messages {
        let day = day_key(&message.sent_at);
        match days.last_mut() {
            Some((last, entries)) if *last == day => entries.push(message),
            _ => days.push((day, vec![message])),
        }
    }
    let day = |(day, messages): (String, Vec<Message>)| {
        let heading = messages
            .first()
            .map(|first| day_heading(&first.sent_at, clock::now()));
        let heading = heading
            .filter(|_| before != Some(day.as_str()))
            .map(|heading| {
                view! {
                    <h2 class="thread__day">
                        <time datetime=day>{heading}</time>
                    </h2>
                }
            });
        let letters = messages
            .into_iter()
            .map(|message| view! { <li>{letter(opened, place, message)}</li> });
        view! {
            <section>
                {heading}
                <ol class="thread__entries">{letters.collect_view()}</ol>
            </section>
        }
    };
    days.into_iter().map(day).collect_view().alone()
}

fn letter(opened: &Rc<Opened>, place: usize, message: Message) -> View {
    let heading = ["m-", &message.id].concat();
    let titled_by = heading.clone();
    let mine = message.author.role == Role::Customer;
    let author = if mine {
        t(text::THREAD_YOU)
    } else {
        message.author.display_name.clone()
    };
    let role = (!mine)
        .then(|| view! { <span class="message__role">{role_word(&message.author.role)}</span> });
    let files = files_of(opened, place, Some(&message.id));
    let body = if message.text.is_empty() {
        files
            .is_none()
            .then(|| view! { <p class="soft">{text::THREAD_EMPTY_WORDS}</p> }.alone())
    } else {
        let words =
            view! { <div class="letter__text" dir="auto" lang=message.lang>{message.text}</div> };
        Some(words.alone())
    };
    view! {
        <article class="message" data-from=if mine { "you" } else { "company" } aria-labelledby=titled_by>
            <header class="message__head">
                <h3 class="message__author" id=heading>
                    <bdi>{author}</bdi>
                </h3>
                " "
                {role}
                " "
                <time class="message__time" datetime=message.sent_at.to_string() title=i18n::date_time(&message.sent_at)>
                    {i18n::time(&message.sent_at)}
                </time>
                " "
                <span class="message__channel">
                    <Icon name=channel_icon(&message.channel) />
                    {channel_word(&message.channel)}
                </span>
            </header>
            <div class="letter">{body} {files}</div>
        </article>
    }
    .alone()
}

fn role_word(role: &Role) -> String {
    t(match role {
        Role::Customer => text::THREAD_YOU,
        Role::Agent => text::THREAD_ROLE_AGENT,
        Role::Automated => text::THREAD_ROLE_AUTOMATED,
        Role::ThirdParty => text::THREAD_ROLE_THIRD_PARTY,
        Role::Other(role) => return plain_words(role),
    })
}

/// Files that came with the conversation and with none of its messages.
fn loose_files(opened: &Rc<Opened>, history: &History, place: usize) -> Option<View> {
    let known = history
        .files(place)
        .iter()
        .any(|file| file.message.is_none());
    known.then(|| files_of(opened, place, None)).flatten()
}

fn files_of(opened: &Rc<Opened>, place: usize, message: Option<&str>) -> Option<View> {
    let all = opened.history.as_ref()?.files(place);
    let own: Vec<_> = all
        .iter()
        .filter(|file| file.message.as_deref() == message)
        .collect();
    (!own.is_empty()).then(|| {
        let items = own.into_iter().map(|file| attached(opened, file));
        view! {
            <ul class="attachments" aria-label=t(text::ATTACHMENT_LIST)>
                {items.collect_view()}
            </ul>
        }
        .alone()
    })
}

fn attached(opened: &Rc<Opened>, file: &Attached) -> View {
    let good = file.path.as_ref().filter(|path| {
        let same = opened.files.iter().find(|one| one.path == **path);
        same.is_some_and(|one| one.state == Some(State::Good))
    });
    let facts = match (&file.path, good) {
        (_, Some(_)) => i18n::bytes(file.size),
        (None, None) => t(text::EXPORT_FILE_GONE),
        (Some(_), None) => t(text::EXPORT_FILE_WRONG),
    };
    let inside = view! {
        <span class="attachment__preview">
            <Icon name=IconName::File />
        </span>
        <span>
            <bdi class="attachment__name">{file.name.clone()}</bdi>
            " "
            <span class="attachment__facts">{facts}</span>
        </span>
    }
    .alone();
    match good {
        Some(path) => saved_by(opened, path, file.name.clone(), inside),
        None => view! { <li><div class="attachment">{inside}</div></li> }.alone(),
    }
}
