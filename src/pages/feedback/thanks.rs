//! After something was said: that it arrived, and what happens next.

use crate::i18n::{Text, date_time, t, text};
use crate::routes::{Link, Route};
use crate::ui::{Icon, IconName};
use crate::widgets::PageHead;
use portal_contract::feedback::{Feedback, FeedbackAction};
use portal_markup::{Child, View, view};

/// The thanks, in the place of the form. Its heading takes the focus.
pub fn thanks(given: &Feedback) -> View {
    let allows = |action| given.allowed_actions.contains(&action);
    let next = [
        Some((IconName::Reply, text::THANKS_READ)),
        given
            .contact_allowed
            .then_some((IconName::Phone, text::THANKS_CONTACT)),
        allows(FeedbackAction::Edit).then(|| {
            let until = date_time(&given.editable_until);
            (IconName::Clock, text::thanks_edit(until))
        }),
        allows(FeedbackAction::Withdraw).then_some((IconName::Undo, text::THANKS_WITHDRAW)),
    ];
    let interaction = given.about.interaction_id.clone().map(|id| {
        view! {
            <Link to=Route::Interaction(id) class="button">
                {text::THANKS_BACK}
            </Link>
        }
    });
    view! {
        <PageHead title=t(text::THANKS_TITLE) lede=t(text::THANKS_ARRIVED) />
        <section class="stack" aria-labelledby="next">
            <h2 id="next">{text::THANKS_NEXT}</h2>
            <ol>{next.into_iter().flatten().map(line).collect::<Vec<_>>()}</ol>
            <p class="cluster">
                <a class="button" data-tone="primary" href=Route::FeedbackEntry(given.id.clone()).href()>
                    {text::SURVEY_SEE_ANSWER}
                </a>
                {interaction}
            </p>
        </section>
    }
}

fn line((icon, words): (IconName, Text)) -> View {
    view! {
        <li class="reason">
            <Icon name=icon />
            <span>{words}</span>
        </li>
    }
    .alone()
}
