//! A question and its answers. Each answer is one press.

use super::walk::{Place, after};
use crate::routes::{Route, use_navigate};
use leptos::ev::MouseEvent;
use portal_contract::GuideNodeId;
use portal_contract::guide::{Guide, GuideAnswer, GuideNode};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The id of what stands below the question.
const HELP: &str = "guide-help";

/// The question that was answered last, in this visit.
pub type Answered = StoredValue<Option<GuideNodeId>>;

pub fn question(
    guide: &Guide,
    place: &Place,
    node: &GuideNode,
    heading: View,
    answered: Answered,
) -> View {
    let answers = node.answers.iter();
    let answers: Vec<View> = answers
        .map(|answer| {
            let to = Route::Guide(guide.id.clone(), after(place, answer));
            button(answer, to, place.at.clone(), answered)
        })
        .collect();
    let described = node.help.as_ref().map(|_| HELP);
    let help = node.help.clone();
    let help = help.map(|help| view! { <p class="field__hint" id=HELP dir="auto">{help}</p> });
    view! {
        <fieldset class="form__group" aria-describedby=described lang=guide.lang.clone()>
            <legend>{heading}</legend>
            {help}
            <ul class="acts" data-kind="answers">
                {answers}
            </ul>
        </fieldset>
    }
    .alone()
}

fn button(answer: &GuideAnswer, to: Route, at: GuideNodeId, answered: Answered) -> View {
    let navigate = use_navigate();
    let to = to.href();
    let press = move |event: MouseEvent| {
        let before = answered.get_value();
        answered.set_value(Some(at.clone()));
        // The second click of a double click lands on the next question and is no answer to it. The one after that was pressed on
        // this question, however quickly.
        let slipped = event.detail() > 1 && before.is_some_and(|before| before != at);
        if !slipped {
            navigate(&to, Default::default());
        }
    };
    let label = answer.label.clone();
    view! {
        <li>
            <button class="act" type="button" on:click=press>
                <span class="act__name" dir="auto">
                    {label}
                </span>
            </button>
        </li>
    }
    .alone()
}
