//! What the company asks, what the customer said, and what came of it: the ledger and the screens below it.

mod answers;
mod asked;
mod begun;
mod changing;
mod entry;
mod improvements;
mod ledger;
mod question;
mod request;
mod survey;
mod thanks;
mod unasked;
mod withdrawing;
mod words;

use crate::api::{use_api, use_features};
use crate::i18n::{Text, t, text};
use crate::live::use_live;
use crate::routes::Route;
use crate::ui::{Icon, IconName};
use crate::widgets::{PageHead, item_bones, tabs};
use portal_contract::capabilities::Feature;
use portal_contract::feedback::FeedbackKind;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

pub use entry::page as entry;
pub use improvements::page as improvements;
pub use request::page as request;
pub use unasked::page as unasked;

/// Draws when the company may ask. That is one of the preferences, which this screen borrows.
#[derive(Clone, Copy)]
pub struct Asking(pub fn() -> View);

/// The screen.
pub fn page() -> View {
    let requests = use_api().read(|client| async move { client.feedback_requests(None).await });
    // While the customer wants not to be asked nothing is asked.
    use_live().on_any_of(&["feedback_request", "preferences"], move || {
        requests.refetch()
    });
    let Asking(when) = expect_context();
    view! {
        <div class="page" data-width="reading">
            {nav()}
            <PageHead title=t(text::FEEDBACK_TITLE) lede=t(text::FEEDBACK_LEDE) />
            {asked::section(requests)}
            {say()}
            {ledger::section()}
            <section class="section" aria-labelledby="when">
                <div class="section__head">
                    <h2 id="when">{t(text::FEEDBACK_WHEN)}</h2>
                </div>
                {when()}
            </section>
        </div>
    }
    .alone()
}

/// The screens of this place, side by side above the heading; first in each of them.
fn nav() -> View {
    let features = use_features();
    let shown = move || {
        let mut screens = vec![(Route::Feedback, text::FEEDBACK_NAV_YOURS)];
        if !features.lack(&Feature::Improvements) {
            screens.push((Route::Improvements, text::IMPROVEMENTS_TITLE));
        }
        untrack(|| tabs(text::NAV_FEEDBACK, screens))
    };
    shown.alone()
}

/// The ways to say something unasked.
fn say() -> View {
    let act = |kind: FeedbackKind, icon: IconName, name: Text, about: Text| {
        view! {
            <li>
                <a class="act" href=Route::NewFeedback(Some(kind), None).href()>
                    <Icon name=icon />
                    <span class="act__name">{t(name)}</span>
                    " "
                    <span class="act__text">{t(about)}</span>
                </a>
            </li>
        }
    };
    view! {
        <section class="section" aria-labelledby="say">
            <div class="section__head">
                <h2 id="say">{t(text::FEEDBACK_SAY)}</h2>
            </div>
            <ul class="acts">
                {act(
                    FeedbackKind::Compliment,
                    IconName::ThumbUp,
                    text::FEEDBACK_KIND_COMPLIMENT,
                    text::FEEDBACK_SAY_COMPLIMENT,
                )}
                {act(
                    FeedbackKind::Complaint,
                    IconName::ThumbDown,
                    text::FEEDBACK_KIND_COMPLAINT,
                    text::FEEDBACK_SAY_COMPLAINT,
                )} {act(FeedbackKind::Idea, IconName::Idea, text::FEEDBACK_KIND_IDEA, text::FEEDBACK_SAY_IDEA)}
            </ul>
        </section>
    }
    .alone()
}

/// "May we contact you about it?"
fn contact_choice(contact: RwSignal<bool>) -> View {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                aria-describedby="contact-hint"
                prop:checked=move || contact.get()
                on:change=move |event| contact.set(event_target_checked(&event))
            />
            " "
            <span>{t(text::SURVEY_CONTACT)}</span>
            <p class="field__hint" id="contact-hint">
                {t(text::SURVEY_CONTACT_HINT)}
            </p>
        </label>
    }
    .alone()
}

/// Bones of a list, or of an entry.
fn bones() -> View {
    item_bones(2)
}
