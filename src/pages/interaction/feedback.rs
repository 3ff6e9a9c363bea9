//! How it went: asked, answered, or said unasked.

use crate::i18n::{Text, date, text};
use crate::routes::{Area, Route, use_areas};
use portal_contract::Timestamp;
use portal_contract::interaction::{FeedbackState, Interaction, InteractionFeedback};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// What leads to the feedback about it.
pub fn feedback(about: Signal<Interaction>) -> View {
    let areas = use_areas();
    let stands = memo(move || {
        let is_offered = !areas.lack(Area::Feedback);
        is_offered.then(|| about.with(|about| (about.id.clone(), about.feedback.clone())))
    });
    let shown = move || {
        let (id, feedback) = stands.get()?;
        let unasked = Route::NewFeedback(None, Some(id));
        Some(card(&feedback, unasked))
    };
    shown.alone()
}

fn card(feedback: &InteractionFeedback, unasked: Route) -> View {
    let stands = stands(feedback).map(|(words, way, act)| {
        view! {
            <p>{words}</p>
            <p>
                <a class="button" href=way.href()>
                    {act}
                </a>
            </p>
        }
    });
    view! {
        <section class="section stack" aria-labelledby="how">
            <h2 id="how">{text::INTERACTION_FEEDBACK}</h2>
            {stands}
            <p>
                <a href=unasked.href()>{text::INTERACTION_FEEDBACK_SAY}</a>
            </p>
        </section>
    }
    .alone()
}

/// Where a request for it stands, and what can be done about that.
fn stands(feedback: &InteractionFeedback) -> Option<(Text, Route, Text)> {
    let InteractionFeedback {
        state,
        expires_at,
        request_id,
        feedback_id,
    } = feedback;
    match state {
        FeedbackState::Requested | FeedbackState::Declined => {
            let until: &Timestamp = expires_at.as_ref()?;
            let words = text::interaction_feedback_asked(date(until));
            let way = Route::FeedbackRequest(request_id.clone()?);
            Some((words, way, text::INTERACTION_FEEDBACK_TELL))
        }
        FeedbackState::Given => {
            let way = Route::FeedbackEntry(feedback_id.clone()?);
            let words = text::INTERACTION_FEEDBACK_GIVEN;
            Some((words, way, text::INTERACTION_FEEDBACK_SEE))
        }
        FeedbackState::NotRequested | FeedbackState::Expired | FeedbackState::Other(_) => None,
    }
}
