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

use crate::api::use_api;
use crate::i18n::{Text, t, text};
use crate::live::use_live;
use crate::routes::{Area, Route, use_areas};
use crate::ui::{Icon, IconName};
use crate::widgets::{PageHead, item_bones, tabs};
use portal_contract::feedback::FeedbackKind;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

pub use entry::page as entry;
pub use improvements::page as improvements;
pub use request::page as request;
pub use unasked::page as unasked;

/// Draws when the company may ask. That is one of the preferences, which this screen borrows.
#[derive(Clone, Copy)]
pub struct Asking(pub fn() -> View);

/// The screen.
pub fn page() -> View {
    let requests = use_api().read(|client| client.feedback_requests(None));
    // While the customer wants not to be asked nothing is asked.
    use_live().on_any_of(&["feedback_request", "preferences"], move || {
        requests.refetch()
    });
    let areas = use_areas();
    let is_asking = memo(move || !areas.lack(Area::Preferences));
    view! {
        <div class="page" data-width="reading">
            {nav()}
            <PageHead title=t(text::FEEDBACK_TITLE) lede=t(text::FEEDBACK_LEDE) />
            {asked::section(requests)}
            {say()}
            {ledger::section()}
            {move || is_asking.get().then(asking)}
        </div>
    }
    .alone()
}

/// When the company may ask.
fn asking() -> View {
    let Asking(when) = expect_context();
    view! {
        <section class="section" aria-labelledby="when">
            <div class="section__head">
                <h2 id="when">{text::FEEDBACK_WHEN}</h2>
            </div>
            {when()}
        </section>
    }
    .alone()
}

/// The screens of this place, side by side above the heading; first in each of them.
fn nav() -> View {
    tabs(
        text::NAV_FEEDBACK,
        vec![
            (Route::Feedback, text::FEEDBACK_NAV_YOURS),
            (Route::Improvements, text::IMPROVEMENTS_TITLE),
        ],
    )
}

/// The ways to say something unasked.
fn say() -> View {
    let act = |kind: FeedbackKind, icon: IconName, name: Text, about: Text| {
        view! {
            <li>
                <a class="act" href=Route::NewFeedback(Some(kind), None).href()>
                    <Icon name=icon />
                    <span class="act__name">{name}</span>
                    " "
                    <span class="act__text">{about}</span>
                </a>
            </li>
        }
    };
    view! {
        <section class="section" aria-labelledby="say">
            <div class="section__head">
                <h2 id="say">{text::FEEDBACK_SAY}</h2>
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
            <span>{text::SURVEY_CONTACT}</span>
            <p class="field__hint" id="contact-hint">
                {text::SURVEY_CONTACT_HINT}
            </p>
        </label>
    }
    .alone()
}

/// Bones of a list, or of an entry.
fn bones() -> View {
    item_bones(2)
}
