//! What was answered in a guide before the interaction began: both sides have it, and nobody asks again.

use crate::i18n::{t, text};
use portal_contract::guide::{GuideAnswered, GuideAnswers};
use portal_contract::interaction::Interaction;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The answers; nothing where no guide led here.
pub fn answers(about: Signal<Interaction>) -> View {
    let guide = memo(move || about.with(|about| about.guide.clone()));
    let shown = move || guide.get().map(part);
    shown.alone()
}

fn part(guide: GuideAnswers) -> View {
    let GuideAnswers {
        title,
        lang,
        answers,
        outcome,
        ..
    } = guide;
    let fact = |term: String, words: String| {
        view! {
            <div class="fact">
                <dt dir="auto">{term}</dt>
                <dd dir="auto">{words}</dd>
            </div>
        }
        .alone()
    };
    let answers = answers.into_iter();
    let mut facts: Vec<View> = answers
        .map(|GuideAnswered { question, answer }| fact(question, answer))
        .collect();
    facts.extend(outcome.map(|outcome| fact(t(text::GUIDE_CAME_TO), outcome)));
    view! {
        <section class="card guide__before" aria-labelledby="guide-answers">
            <div class="card__head">
                <h2 id="guide-answers">{text::guide_before(title)}</h2>
            </div>
            <dl class="facts" lang=lang>
                {facts}
            </dl>
        </section>
    }
    .alone()
}
