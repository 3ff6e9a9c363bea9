//! One notice: what it is, since when, about what, why it is shown, and what can be done.

use super::acts::{Act, Acts};
use crate::browser::clock;
use crate::i18n::{Text, date_time, moment_at, t, text, today};
use crate::routes::{Area, Link, Route, Way, outside, use_areas};
use crate::ui::{Icon, IconName};
use portal_contract::notice::{
    Notice, NoticeAction, NoticeAnswer, NoticeKind, NoticeLink, NoticeReason, NoticeSeverity,
};
use portal_contract::{NoticeId, Timestamp};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

const HOUR_MS: f64 = 3_600_000.0;

/// The whole of it.
pub fn item(notice: &Notice, acts: Acts) -> View {
    let heading = format!("notice-{}", notice.id);
    view! {
        <li class="item" aria-labelledby=heading.clone()>
            {words(notice, Some(heading))} {facts(notice)}
            <div class="cluster">{buttons(notice, acts)} {more(notice.link.as_ref())}</div>
        </li>
    }
    .alone()
}

/// Its title, behind which the whole of it is.
pub fn folded(notice: &Notice, acts: Acts) -> View {
    let heading = format!("notice-{}", notice.id);
    view! {
        <li class="item" aria-labelledby=heading.clone()>
            <details class="fold">
                <summary class="fold__head">
                    {title(notice, Some(heading))}
                    <Icon name=IconName::ChevronDown />
                </summary>
                <div class="fold__body">
                    {matter(notice)} {facts(notice)}
                    <div class="cluster">{buttons(notice, acts)} {more(notice.link.as_ref())}</div>
                </div>
            </details>
        </li>
    }
    .alone()
}

/// The same before it can be unfolded.
pub fn folded_outline(notice: &Notice) -> View {
    view! {
        <li class="item">
            <div class="fold__head">
                {title(notice, None)} <Icon name=IconName::ChevronDown />
            </div>
        </li>
    }
    .alone()
}

/// What it says.
pub fn words(notice: &Notice, id: Option<String>) -> View {
    view! { {title(notice, id)} {matter(notice)} }.alone()
}

fn title(notice: &Notice, id: Option<String>) -> View {
    view! {
        <div class="item__head">
            <h3 id=id lang=notice.lang.clone() dir="auto">
                {notice.title.clone()}
            </h3>
            {chip(notice)}
        </div>
    }
    .alone()
}

fn matter(notice: &Notice) -> View {
    view! {
        <p lang=notice.lang.clone() dir="auto">
            {notice.text.clone()}
        </p>
    }
    .alone()
}

/// Colour never speaks alone: the word and its drawing say what sort it is.
fn chip(notice: &Notice) -> View {
    let (icon, word) = match notice.kind {
        NoticeKind::Outage => (IconName::Alert, text::NOTICES_OUTAGE),
        NoticeKind::Delay => (IconName::Clock, text::NOTICES_DELAY),
        NoticeKind::PlannedWork => (IconName::Calendar, text::NOTICES_PLANNED_WORK),
        NoticeKind::CheckIn => (IconName::Help, text::NOTICES_CHECK_IN),
        NoticeKind::Information | NoticeKind::Other(_) => {
            (IconName::Info, text::NOTICES_INFORMATION)
        }
    };
    let tone = match notice.severity {
        NoticeSeverity::High => "you",
        NoticeSeverity::Medium => "us",
        NoticeSeverity::Low | NoticeSeverity::Other(_) => "done",
    };
    view! {
        <span class="status" data-status=tone>
            <Icon name=icon />
            " "
            {word}
        </span>
    }
    .alone()
}

/// Since when, until when, about what, and why it is shown.
fn facts(notice: &Notice) -> View {
    let mut sentences: Vec<Text> = Vec::new();
    let since = date_time(&notice.since);
    sentences.push(if clock::parse(&notice.since) > clock::now() {
        text::notices_begins(since)
    } else {
        text::notices_since(since)
    });
    sentences.extend(
        notice
            .expected_end
            .as_ref()
            .map(|at| text::notices_expected_end(date_time(at))),
    );
    sentences.extend(
        notice
            .updated_at
            .as_ref()
            .map(|at| text::notices_updated(date_time(at))),
    );
    sentences.extend(put_aside(notice));
    let sentences: Vec<String> = sentences.into_iter().map(t).collect();
    let about = notice.about.interaction.clone().map(|matter| {
        let subject = matter.subject;
        view! {
            " "
            {text::NOTICES_ABOUT}
            " "
            <Link to=Route::Interaction(matter.id)>
                <bdi>{subject}</bdi>
            </Link>
            "."
        }
    });
    let name = notice.preference_topic.label.clone();
    let why = match notice.shown_because {
        NoticeReason::Required => text::notices_why_required(name),
        NoticeReason::Urgent => text::notices_why_urgent(name),
        NoticeReason::TopicOn | NoticeReason::Other(_) => text::notices_why_on(name),
    };
    view! {
        <p class="item__note">{sentences.join(" ")} {about}</p>
        <p class="item__note">
            {why} " " <Link to=Route::Preferences>{text::NOTICES_WHY_CHANGE}</Link>
        </p>
    }
    .alone()
}

/// How it was put aside, where it was.
fn put_aside(notice: &Notice) -> Option<Text> {
    if let Some(answered) = &notice.answered {
        let mut answers = notice.answers.iter();
        let label = answers
            .find(|answer| answer.id == answered.answer)?
            .label
            .clone();
        return Some(text::notices_was_answered(date_time(&answered.at), label));
    }
    let dismissed = notice.dismissed_at.as_ref();
    let snoozed = || {
        let until = notice.snoozed_until.as_ref()?;
        Some(text::notices_was_snoozed(date_time(until)))
    };
    dismissed
        .map(|at| text::notices_was_dismissed(date_time(at)))
        .or_else(snoozed)
}

fn buttons(notice: &Notice, acts: Acts) -> View {
    let allows = |action| notice.allowed_actions.contains(&action);
    let title = notice.title.clone();
    let press =
        |act: Act, label: String, name: Option<Text>| button(acts, &notice.id, act, label, name);
    let restore = allows(NoticeAction::Restore).then(|| {
        press(
            Act::Restore,
            t(text::NOTICES_RESTORE),
            Some(text::notices_restore_of(title.clone())),
        )
    });
    let answer = |answer: &NoticeAnswer| {
        let about = notice
            .about
            .interaction
            .as_ref()
            .map(|matter| matter.id.clone());
        let label = answer.label.clone();
        press(Act::Answer(answer.clone(), about), label, None)
    };
    let answers =
        allows(NoticeAction::Answer).then(|| notice.answers.iter().map(answer).collect_view());
    let dismiss = allows(NoticeAction::Dismiss).then(|| {
        // Beside the answers to a question "got it" would be one more of them.
        let (word, named) = if answers.is_some() {
            (
                text::NOTICES_DECLINE,
                text::notices_decline_of(title.clone()),
            )
        } else {
            (
                text::NOTICES_DISMISS,
                text::notices_dismiss_of(title.clone()),
            )
        };
        press(Act::Dismiss, t(word), Some(named))
    });
    let later = allows(NoticeAction::Snooze).then(|| later(notice, acts));
    view! { {restore} {answers} {dismiss} {later} }.alone()
}

fn button(acts: Acts, id: &NoticeId, act: Act, label: String, name: Option<Text>) -> View {
    let pending = acts.pending();
    // An answer alone does not say to what.
    let question = name.is_none().then(|| format!("notice-{id}"));
    let id = id.clone();
    view! {
        <button
            class="button"
            data-size="small"
            type="button"
            aria-label=name.map(t)
            aria-describedby=question
            aria-disabled=move || pending.get().then_some("true")
            on:click=move |_| acts.run(id.clone(), act.clone())
        >
            {label}
        </button>
    }
    .alone()
}

/// The choices of when it comes back. A popover, so that the browser closes it, on Escape too.
fn later(notice: &Notice, acts: Acts) -> View {
    let menu = format!("later-{}", notice.id);
    let choice = |(until, label): (Timestamp, Text)| {
        let (id, until) = (notice.id.clone(), until);
        view! {
            <button
                class="menu__item"
                type="button"
                popovertarget=menu.clone()
                popovertargetaction="hide"
                on:click=move |_| acts.run(id.clone(), Act::Snooze(until.clone()))
            >
                {label}
            </button>
        }
    };
    let choices = moments().into_iter().map(choice).collect_view();
    view! {
        <button
            class="button"
            data-size="small"
            type="button"
            popovertarget=menu.clone()
            aria-label=t(text::notices_later_of(notice.title.clone()))
        >
            {text::NOTICES_LATER}
            <Icon name=IconName::ChevronDown />
        </button>
        <div class="menu" id=menu.clone() popover="">
            <p class="menu__title">{text::NOTICES_LATER_TITLE}</p>
            {choices}
        </div>
    }
    .alone()
}

/// In three hours, and at eight in the morning of tomorrow and of the day in a week.
fn moments() -> Vec<(Timestamp, Text)> {
    let now = clock::now();
    let morning = |days: i64| {
        let today = today(now).and_then(|today| clock::day_number(&today))?;
        moment_at(&[&clock::day_of_number(today + days), "T08:00"].concat())
    };
    let choices = [
        (
            clock::timestamp(now + 3.0 * HOUR_MS),
            text::NOTICES_LATER_HOURS,
        ),
        (morning(1), text::NOTICES_LATER_TOMORROW),
        (morning(7), text::NOTICES_LATER_WEEK),
    ];
    let known = |(until, label): (Option<Timestamp>, Text)| Some((until?, label));
    choices.into_iter().filter_map(known).collect()
}

/// Where there is more: an address outside, or a guide.
fn more(link: Option<&NoticeLink>) -> Option<View> {
    let NoticeLink {
        label,
        url,
        guide_id,
    } = link?;
    let guide = guide_id
        .clone()
        .map(|id| Route::Guide(id, Way::default()).href());
    let href = guide.or_else(|| outside(url.as_deref()?))?;
    let leaves = guide_id.is_none();
    let areas = use_areas();
    let is_missing = move || !leaves && areas.lack(Area::Guides);
    let icon = leaves.then(|| view! { <Icon name=IconName::External /> });
    Some(
        view! {
            <a class="link-button" href=href rel=leaves.then_some("noreferrer") hidden=is_missing>
                {label.clone()}
                {icon}
            </a>
        }
        .alone(),
    )
}
