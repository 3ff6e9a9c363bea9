//! What was answered so far, each with the way back to it; on paper a list with ticks.

use super::walk::Place;
use crate::i18n::{t, text};
use crate::routes::Route;
use crate::ui::{Icon, IconName};
use portal_contract::guide::{Guide, GuideAnswered};
use portal_markup::{Child, View, view};

pub fn answered(guide: &Guide, place: &Place) -> Option<View> {
    let told = place.told(guide).answers;
    if told.is_empty() {
        return None;
    }
    let count = told.len();
    let one = |(at, said): (usize, GuideAnswered)| {
        let GuideAnswered { question, answer } = said;
        let href = Route::Guide(guide.id.clone(), place.way.until(at)).href();
        let label = t(text::guide_change_of(question.clone()));
        let lang = guide.lang.clone();
        view! {
            <div class="fact">
                <dt dir="auto" lang=lang.clone()>{question}</dt>
                <dd>
                    <bdi lang=lang>{answer}</bdi>
                    " "
                    <a href=href aria-label=label>
                        {text::GUIDE_CHANGE}
                    </a>
                </dd>
            </div>
        }
        .alone()
    };
    let answers: Vec<View> = told.into_iter().enumerate().map(one).collect();
    let shown = view! {
        <details class="disclosure guide__way">
            <summary>
                {text::guide_answers(count)} " " <Icon name=IconName::ChevronDown />
            </summary>
            <dl class="facts">{answers}</dl>
        </details>
    };
    Some(shown.alone())
}
