use super::promise::{Promise, judge};
use super::roles::role_word;
use crate::browser::clock;
use crate::i18n::{self, Text, t, text};
use crate::routes::{Link, Route};
use crate::ui::{Icon, IconName};
use crate::widgets::{channel_word, fact};
use portal_contract::Timestamp;
use portal_contract::effort::{Effort, Explanation, ExplanationCause};
use portal_contract::interaction::{Interaction, Participant, Role};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// What was promised and what happened, who took part, and what else belongs to it.
#[component]
pub fn Facts(
    /// The interaction.
    about: Signal<Interaction>,
) -> impl IntoView {
    (move || about.with(list)).alone()
}

fn list(about: &Interaction) -> View {
    let started = clock::parse(&about.started_at);
    let promised = |term: Text, happened: &Option<Timestamp>, by: &Option<Timestamp>| {
        let ms = |at: &Option<Timestamp>| at.as_ref().map(clock::parse);
        let promise = judge(started, ms(happened), ms(by), clock::now())?;
        Some(fact(term, promise_view(promise, by.as_ref())))
    };
    let answer = promised(
        text::INTERACTION_FIRST_ANSWER,
        &about.first_response_at,
        &about.first_response_by,
    );
    let resolution = promised(
        text::INTERACTION_RESOLUTION,
        &about.resolved_at,
        &about.expected_by,
    );
    let topic = about.topic.as_ref().map(|topic| {
        fact(
            text::INTERACTION_TOPIC,
            view! { <bdi>{topic.label.clone()}</bdi> }.alone(),
        )
    });
    view! {
        <dl class="facts">
            {fact(text::INTERACTION_CHANNEL, channel_word(&about.channel).alone())}
            {topic}
            {fact(text::INTERACTION_STARTED, i18n::date_time(&about.started_at).alone())}
            {answer}
            {resolution}
            {explained(&about.effort)}
            {handoffs(about.handoffs.len())}
            {participants(&about.participants)}
            {related(about)}
        </dl>
    }
    .alone()
}

/// Colour never speaks alone: the sentence says whether the promise was kept.
fn promise_view(promise: Promise, by: Option<&Timestamp>) -> View {
    let by = by.map_or_else(String::new, i18n::date_time);
    match promise {
        Promise::Done {
            after,
            promised,
            kept,
        } => {
            let note = promised.zip(kept).map(|(promised, kept)| {
                let sentence = if kept {
                    text::interaction_promise_kept
                } else {
                    text::interaction_promise_late
                };
                note(kept, sentence(i18n::duration(promised)))
            });
            view! { {text::interaction_took(i18n::duration(after))} " " {note} }.alone()
        }
        Promise::Due => t(text::interaction_promised_by(by)).alone(),
        Promise::Late => note(false, text::interaction_overdue(by)),
    }
}

fn note(kept: bool, sentence: Text) -> View {
    let (name, icon) = if kept {
        ("true", IconName::Check)
    } else {
        ("false", IconName::Clock)
    };
    view! {
        <span class="fact__note" data-kept=name>
            <Icon name=icon />
            {sentence}
        </span>
    }
    .alone()
}

/// How often the customer explained, and on which occasions; nothing where there is no basis to say.
fn explained(effort: &Effort) -> Option<View> {
    let times = effort.explained_times.filter(|times| *times > 0)?;
    let one = |explanation: &Explanation| {
        let at = i18n::date(&explanation.at);
        let words = match explanation.cause {
            ExplanationCause::Start => text::interaction_explained_start(at),
            ExplanationCause::Handoff => text::interaction_explained_handoff(at),
            ExplanationCause::ChannelChange => text::interaction_explained_channel(at),
            ExplanationCause::Other(_) => return None,
        };
        Some(view! { <li class="soft">{words}</li> })
    };
    // Once is nobody's trouble: when it was stands above.
    let lines: Vec<_> = effort.explanations.iter().filter_map(one).collect();
    let occasions = (times > 1 && !lines.is_empty()).then(|| view! { <ul>{lines}</ul> });
    Some(fact(
        text::INTERACTION_EXPLAINED,
        view! { {text::interaction_explained_times(times)} {occasions} }.alone(),
    ))
}

fn handoffs(count: usize) -> Option<View> {
    (count > 0).then(|| fact(text::INTERACTION_HANDOFFS, i18n::number(count).alone()))
}

fn participants(participants: &[Participant]) -> Option<View> {
    let one = |participant: &Participant| {
        let role = match participant.role {
            Role::Customer => t(text::INTERACTION_YOU),
            Role::Agent | Role::Automated | Role::ThirdParty | Role::Other(_) => {
                role_word(&participant.role)
            }
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
    (!participants.is_empty()).then(|| {
        fact(
            text::INTERACTION_PARTICIPANTS,
            view! { <ul>{items}</ul> }.alone(),
        )
    })
}

fn related(about: &Interaction) -> Option<View> {
    let items = about.related.iter().map(|other| {
        let subject = if other.subject.is_empty() {
            t(text::ROW_NO_SUBJECT)
        } else {
            other.subject.clone()
        };
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
    (!about.related.is_empty()).then(|| {
        fact(
            text::INTERACTION_RELATED,
            view! { <ul>{items}</ul> }.alone(),
        )
    })
}
