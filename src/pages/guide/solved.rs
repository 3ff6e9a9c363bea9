//! "Did this solve it?" What is answered helps the next customer; a "no" leads on at once, whether it was heard or not.

use super::contact::{Begins, ways};
use super::walk::Place;
use crate::api::use_api;
use crate::forms::{Submission, Write};
use crate::i18n::{Text, text};
use crate::ui::{Button, Icon, IconName};
use portal_contract::guide::{Guide, GuideRecord, MAX_GUIDE_WORDS, NewGuideOutcome};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The id of the field for words.
const WORDS: &str = "guide-words";

/// What was said, and how far it got.
#[derive(Clone, Copy)]
struct Answer {
    solved: RwSignal<Option<bool>>,
    words: RwSignal<String>,
    /// Whether words went along.
    has_words: RwSignal<bool>,
    tell: Write<NewGuideOutcome, GuideRecord>,
    submission: Memo<Submission>,
    /// What is said about what.
    outcome: StoredValue<NewGuideOutcome>,
}

impl Answer {
    fn new(guide: &Guide, place: &Place) -> Self {
        let api = use_api();
        // The client repeats a lost answer under the same key; and the last word about an outcome is the one that counts.
        let tell = Write::new(move |outcome: NewGuideOutcome| {
            let client = api.client();
            client.record_guide_outcome(&outcome, &client.new_key())
        });
        Self {
            solved: RwSignal::new(None),
            words: RwSignal::new(String::new()),
            has_words: RwSignal::new(false),
            submission: tell.submission(),
            tell,
            outcome: StoredValue::new(NewGuideOutcome {
                trail: place.trail(guide),
                node: place.at.clone(),
                solved: false,
                words: None,
            }),
        }
    }

    fn say(self, solved: bool) {
        self.solved.set(Some(solved));
        let words = self.words.get_untracked();
        let words = (!words.trim().is_empty()).then_some(words);
        self.has_words.set(words.is_some());
        self.tell.send(NewGuideOutcome {
            solved,
            words,
            ..self.outcome.get_value()
        });
    }

    fn is_done(self) -> bool {
        self.submission.get() == Submission::Done
    }
}

pub fn solved(guide: &Guide, place: &Place, begins: Begins) -> View {
    let answer = Answer::new(guide, place);
    let said = answer.solved;
    let lost = move || {
        let is_lost = matches!(answer.submission.get(), Submission::Failed(_));
        is_lost.then(|| line("warn", IconName::Alert, text::GUIDE_UNTOLD))
    };
    let thanks = move || {
        let is_thanked = said.get() == Some(true) || answer.has_words.get();
        let is_heard = said.get().is_some() && answer.is_done();
        (is_thanked && is_heard).then(|| line("good", IconName::Check, text::GUIDE_THANKS))
    };
    let on = move || (said.get() == Some(false)).then(|| ways(begins.clone(), text::GUIDE_SORRY));
    let has_said = memo(move || said.get().is_some());
    let more = move || has_said.get().then(|| more(answer));
    view! {
        <fieldset class="form__group guide__solved">
            <legend>{text::GUIDE_SOLVED}</legend>
            <div class="cluster">
                {choice(answer, true, text::GUIDE_SOLVED_YES)}
                {choice(answer, false, text::GUIDE_SOLVED_NO)}
            </div>
        </fieldset>
        <div role="status">{thanks} {lost} {on}</div>
        {more}
    }
    .alone()
}

fn choice(answer: Answer, solved: bool, word: Text) -> View {
    let pressed = move || (answer.solved.get() == Some(solved)).to_string();
    view! {
        <button class="button" type="button" aria-pressed=pressed on:click=move |_| answer.say(solved)>
            {word}
        </button>
    }
    .alone()
}

/// Words, for who has some.
fn more(answer: Answer) -> View {
    let send = Callback::new(move |()| {
        if let Some(solved) = answer.solved.get_untracked() {
            answer.say(solved);
        }
    });
    let change = move |event| answer.words.set(event_target_value(&event));
    view! {
        <div class="field guide__words">
            <label class="field__label" for=WORDS>
                {text::GUIDE_WORDS} " " <span class="field__optional">{text::FIELD_OPTIONAL}</span>
            </label>
            <textarea class="input" id=WORDS dir="auto" rows="2" maxlength=MAX_GUIDE_WORDS.to_string() on:input=change></textarea>
            <Button pending=answer.tell.pending() on_press=send>
                {text::GUIDE_WORDS_SEND}
            </Button>
        </div>
    }
    .alone()
}

fn line(tone: &'static str, icon: IconName, words: Text) -> View {
    view! {
        <div class="banner" data-tone=tone data-shape="inline">
            <Icon name=icon />
            <p>{words}</p>
        </div>
    }
    .alone()
}
