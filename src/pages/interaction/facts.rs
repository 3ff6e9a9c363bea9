use super::promise::{Promise, judge};
use crate::browser::clock;
use crate::i18n::{self, Text, t, text};
use crate::routes::{Link, Route};
use crate::ui::{Icon, IconName};
use crate::widgets::{channel_text, role_text};
use leptos::prelude::*;
use portal_contract::Timestamp;
use portal_contract::interaction::{Interaction, Participant, Role};

/// What was promised and what happened, who took part, and what else belongs to it.
#[component]
pub fn Facts(
    /// The interaction.
    about: Signal<Interaction>,
) -> impl IntoView {
    move || about.with(list)
}

fn list(about: &Interaction) -> AnyView {
    let started = clock::parse(&about.started_at);
    let judged = |happened: &Option<Timestamp>, by: &Option<Timestamp>| {
        let ms = |at: &Option<Timestamp>| at.as_ref().map(clock::parse);
        judge(started, ms(happened), ms(by), clock::now())
    };
    let answer = judged(&about.first_response_at, &about.first_response_by);
    let resolution = judged(&about.resolved_at, &about.expected_by);
    let topic = about.topic.as_ref().map(|topic| fact(text::FACTS_TOPIC, view! { <bdi>{topic.label.clone()}</bdi> }.into_any()));
    view! {
        <dl class="facts">
            {fact(text::FACTS_CHANNEL, t(channel_text(&about.channel)).into_any())}
            {topic}
            {fact(text::FACTS_STARTED, i18n::date_time(&about.started_at).into_any())}
            {answer.map(|promise| fact(text::FACTS_FIRST_ANSWER, promise_view(promise)))}
            {resolution.map(|promise| fact(text::FACTS_RESOLUTION, promise_view(promise)))}
            {handoffs(about.handoffs.len())}
            {participants(&about.participants)}
            {related(about)}
        </dl>
    }
    .into_any()
}

fn fact(term: Text, description: AnyView) -> AnyView {
    view! {
        <div class="fact">
            <dt>{t(term)}</dt>
            <dd>{description}</dd>
        </div>
    }
    .into_any()
}

/// Colour never speaks alone: the sentence says whether the promise was kept.
fn promise_view(promise: Promise) -> AnyView {
    match promise {
        Promise::Done { after, promised, kept } => {
            let note = promised.zip(kept).map(|(promised, kept)| {
                let sentence = if kept { text::facts_promise_kept } else { text::facts_promise_late };
                note(Some(kept), sentence(i18n::duration(promised)))
            });
            view! { {t(text::facts_after(i18n::duration(after)))} " " {note} }.into_any()
        }
        Promise::Due { by } => t(text::facts_due(i18n::date_time_at(by))).into_any(),
        Promise::Late { by } => note(Some(false), text::facts_overdue(i18n::date_time_at(by))),
    }
}

fn note(kept: Option<bool>, sentence: Text) -> AnyView {
    let (name, icon) = match kept {
        Some(true) => (Some("true"), IconName::Check),
        Some(false) => (Some("false"), IconName::Clock),
        None => (None, IconName::Info),
    };
    view! {
        <span class="fact__note" data-kept=name>
            <Icon name=icon />
            {t(sentence)}
        </span>
    }
    .into_any()
}

fn handoffs(count: usize) -> Option<AnyView> {
    (count > 0).then(|| fact(text::FACTS_HANDOFFS, t(text::facts_handoffs_count(count)).into_any()))
}

fn participants(participants: &[Participant]) -> Option<AnyView> {
    let one = |participant: &Participant| {
        let role = match participant.role {
            Role::Customer => t(text::THREAD_YOU),
            Role::Agent | Role::Automated | Role::ThirdParty | Role::Other(_) => t(role_text(&participant.role)),
        };
        view! {
            <li>
                <bdi>{participant.display_name.clone()}</bdi>
                " "
                <span class="soft">{role}</span>
            </li>
        }
    };
    let items = participants.iter().map(one).collect_view();
    (!participants.is_empty()).then(|| fact(text::FACTS_PARTICIPANTS, view! { <ul>{items}</ul> }.into_any()))
}

fn related(about: &Interaction) -> Option<AnyView> {
    let items = about.related.iter().map(|other| {
        let subject = if other.subject.is_empty() { t(text::INTERACTION_NO_SUBJECT) } else { other.subject.clone() };
        view! {
            <li>
                <Link to=Route::Interaction(other.id.clone())>
                    <bdi>{subject}</bdi>
                </Link>
                " "
                <span class="soft">{i18n::date(&other.started_at)}</span>
            </li>
        }
    });
    let items = items.collect_view();
    (!about.related.is_empty()).then(|| fact(text::FACTS_RELATED, view! { <ul>{items}</ul> }.into_any()))
}
