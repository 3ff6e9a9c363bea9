//! "Did this solve it?" What is answered helps the next customer; a "no" leads on at once, whether it was heard or not.

use super::contact::{Begins, ways};
use super::walk::Place;
use crate::api::use_api;
use crate::forms::{Submission, Write};
use crate::i18n::{Text, t, text};
use crate::ui::{Icon, IconName};
use portal_contract::guide::{Guide, GuideRecord, NewGuideOutcome};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

pub fn solved(guide: &Guide, place: &Place, begins: Begins) -> View {
    let api = use_api();
    let (trail, node) = (place.trail(guide), place.at.clone());
    let said = RwSignal::new(None);
    // The client repeats a lost answer under the same key; and the last word about an outcome is the one that counts.
    let tell = Write::new(move |solved: bool| {
        let outcome = NewGuideOutcome {
            trail: trail.clone(),
            node: node.clone(),
            solved,
            words: None,
        };
        let client = api.client();
        async move {
            client
                .record_guide_outcome(&outcome, &client.new_key())
                .await
        }
    });
    let _: Write<bool, GuideRecord> = tell;
    let press = Callback::new(move |solved: bool| {
        said.set(Some(solved));
        tell.send(solved);
    });
    let submission = tell.submission();
    let is_lost = move || matches!(submission.get(), Submission::Failed(_));
    let lost = move || is_lost().then(|| line("warn", IconName::Alert, text::GUIDE_UNTOLD));
    let thanks = move || {
        let done = said.get() == Some(true) && submission.get() == Submission::Done;
        done.then(|| line("good", IconName::Check, text::GUIDE_THANKS))
    };
    let on = move || (said.get() == Some(false)).then(|| ways(begins.clone(), text::GUIDE_SORRY));
    let choice = move |solved: bool, word: Text| {
        let pressed = move || (said.get() == Some(solved)).to_string();
        view! {
            <button class="button" type="button" aria-pressed=pressed on:click=move |_| press.run(solved)>
                {t(word)}
            </button>
        }
        .alone()
    };
    view! {
        <fieldset class="form__group guide__solved">
            <legend>{t(text::GUIDE_SOLVED)}</legend>
            <div class="cluster">
                {choice(true, text::GUIDE_SOLVED_YES)} {choice(false, text::GUIDE_SOLVED_NO)}
            </div>
        </fieldset>
        <div role="status">{thanks} {lost} {on}</div>
    }
    .alone()
}

fn line(tone: &'static str, icon: IconName, words: Text) -> View {
    view! {
        <div class="banner" data-tone=tone data-shape="inline">
            <Icon name=icon />
            <p>{t(words)}</p>
        </div>
    }
    .alone()
}
