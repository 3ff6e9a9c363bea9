//! What reaches the customer, in a sentence.

use super::acts::{is_idle, paused_until};
use super::screen::{Screen, alone, by};
use crate::i18n::{date, list, t, text};
use portal_contract::preference_catalog::PreferenceCatalog;
use portal_contract::preferences::{ChannelChoice, LockedReason, Preferences};
use portal_markup::{Child, View, memo, view};

/// The sentence, which follows every change.
pub fn lead(screen: Screen) -> View {
    let document = screen.document;
    let words = memo(move || {
        screen
            .catalogue
            .with_value(|catalogue| document.with(|document| words(catalogue, document)))
    });
    let is_quiet = memo(move || {
        document
            .with(|it| !is_idle(it) && it.quiet_hours.enabled && !it.quiet_hours.windows.is_empty())
    });
    let quiet = move || {
        is_quiet
            .get()
            .then(|| view! { " " <a href="#quiet">{text::PREFERENCES_LEAD_QUIET}</a> })
    };
    view! {
        <p class="lead">
            {move || words.get()}
            {quiet}
        </p>
    }
    .alone()
}

fn words(catalogue: &PreferenceCatalog, document: &Preferences) -> String {
    if document.global_opt_out {
        return t(text::PREFERENCES_LEAD_OFF);
    }
    if let Some(until) = paused_until(document) {
        return t(text::preferences_said_paused(date(until)));
    }
    let comes = |channels: &portal_contract::preferences::TopicChoices| {
        channels.iter().any(|(_, choice)| arrives(choice))
    };
    let count = document.topics.iter().filter(|(_, it)| comes(it)).count();
    if count == 0 {
        return t(text::PREFERENCES_LEAD_NONE);
    }
    let channels: Vec<String> = catalogue
        .channels
        .iter()
        .filter(|channel| {
            let here = |(_, topic): &(_, portal_contract::preferences::TopicChoices)| {
                topic.get(channel).is_some_and(arrives)
            };
            document.topics.iter().any(here)
        })
        .map(|channel| alone(by(channel)))
        .collect();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a catalogue has few topics"
    )]
    let count = count as u32;
    t(text::preferences_lead(count, list(&channels)))
}

/// Whether it is on and nothing but the customer's own times holds it up.
fn arrives(choice: &ChannelChoice) -> bool {
    let is_stopped = choice.locked && choice.locked_reason != Some(LockedReason::Required);
    choice.enabled && !is_stopped
}
