//! A question and its answers. Each answer is one press.

use super::walk::{Place, after};
use crate::routes::{Route, use_navigate};
use leptos::ev::MouseEvent;
use portal_contract::guide::{Guide, GuideAnswer, GuideNode};
use portal_markup::{Child, View, view};

/// The id of what stands below the question.
const HELP: &str = "guide-help";

pub fn question(guide: &Guide, place: &Place, node: &GuideNode, heading: View) -> View {
    let answers = node.answers.iter();
    let answers: Vec<View> = answers
        .map(|answer| button(answer, Route::Guide(guide.id.clone(), after(place, answer))))
        .collect();
    let described = node.help.as_ref().map(|_| HELP);
    let help = node.help.clone();
    let help = help.map(|help| view! { <p class="field__hint" id=HELP dir="auto">{help}</p> });
    view! {
        <fieldset class="form__group" aria-describedby=described>
            <legend>{heading}</legend>
            {help}
            <ul class="acts" data-kind="answers">
                {answers}
            </ul>
        </fieldset>
    }
    .alone()
}

fn button(answer: &GuideAnswer, to: Route) -> View {
    let navigate = use_navigate();
    let to = to.href();
    let press = move |event: MouseEvent| {
        // The second click of a double click would answer the next question.
        if event.detail() <= 1 {
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
