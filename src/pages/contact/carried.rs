//! What was answered in a guide before, shown before it is sent.

use super::beginning::{Beginning, to_words};
use crate::announce::use_announcer;
use crate::forms::Carried;
use crate::i18n::{Text, text};
use crate::ui::{Button, Icon, IconName, Size};
use portal_contract::guide::{GuideAnswered, GuideAnswers};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The id of the part.
pub const ID: &str = "carried";

/// The part; nothing where no guide was gone through.
pub fn carried(beginning: Beginning) -> View {
    let shown = move || beginning.guide.get().map(|guide| part(beginning, &guide));
    shown.alone()
}

fn part(beginning: Beginning, guide: &Carried) -> View {
    let announcer = use_announcer();
    let drop = Callback::new(move |()| {
        beginning.guide.set(None);
        beginning.guide_problem.set(None);
        announcer.show(text::MESSAGE_GUIDE_DROPPED);
        to_words();
    });
    let GuideAnswers { title, lang, .. } = guide.told.clone();
    let answer = |one: &GuideAnswered| {
        let GuideAnswered { question, answer } = one.clone();
        view! {
            <div class="fact">
                <dt dir="auto">{question}</dt>
                <dd dir="auto">{answer}</dd>
            </div>
        }
        .alone()
    };
    let answers: Vec<View> = guide.told.answers.iter().map(answer).collect();
    let problem = move || beginning.guide_problem.get().map(problem_line);
    view! {
        <section class="card" aria-labelledby="carried-title" id=ID tabindex="-1">
            <div class="card__head">
                <h2 id="carried-title">{text::message_guide_title(title)}</h2>
                <Button size=Size::Small on_press=drop>
                    {text::MESSAGE_GUIDE_DROP}
                </Button>
            </div>
            {problem}
            <p class="soft">{text::MESSAGE_GUIDE_LEDE}</p>
            <dl class="facts" lang=lang>
                {answers}
            </dl>
        </section>
    }
    .alone()
}

fn problem_line(problem: Text) -> View {
    view! {
        <p class="field__error">
            <Icon name=IconName::Alert />
            <span>{problem}</span>
        </p>
    }
    .alone()
}

/// The answers as words, to go on with them in another thread.
pub fn in_words(guide: &Carried) -> String {
    let line = |one: &GuideAnswered| [&one.question, " ", &one.answer].concat();
    let answers: Vec<String> = guide.told.answers.iter().map(line).collect();
    [&guide.told.title, "\n", &answers.join("\n")].concat()
}
