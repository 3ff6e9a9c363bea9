//! What happens next, while the customer has written and nobody has answered yet.

use crate::browser::clock;
use crate::i18n::{date_time, t, text};
use crate::ui::{Icon, IconName};
use portal_contract::interaction::{Direction, Interaction, Standing};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The part; nothing where somebody has answered, or nobody is to.
pub fn next_step(about: Signal<Interaction>) -> View {
    let by = memo(move || about.with(waited_for));
    let shown = move || {
        by.get().map(|by| {
            let sentence = by.map_or(text::INTERACTION_NEXT_OPEN, text::interaction_next_by);
            view! {
                <section class="banner" data-tone="info" data-shape="inline" aria-label=t(text::INTERACTION_NEXT_TITLE)>
                    <Icon name=IconName::Clock />
                    <p>{sentence} " " {text::INTERACTION_NEXT_YOU}</p>
                </section>
            }
        })
    };
    shown.alone()
}

/// Until when a first answer was promised, where one is still waited for; within, nothing where no moment was named or it has
/// passed.
fn waited_for(about: &Interaction) -> Option<Option<String>> {
    let waits = about.direction == Direction::Inbound
        && about.first_response_at.is_none()
        && about.status.standing() == Standing::WaitingForCompany
        && about.callback.is_none();
    let by = about.first_response_by.as_ref();
    let by = by.filter(|by| clock::parse(by) > clock::now());
    waits.then(|| by.map(date_time))
}
