//! Global Privacy Control: that it was heard, and what it did.

use super::Standing;
use crate::i18n::{Text, list, text};
use crate::session::use_session;
use crate::ui::{Icon, IconName};
use portal_contract::consent::ConsentStatus;
use portal_contract::preference_history::ChangeRoute;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// What the browser asks for by itself, as long as it asks or something is off because it asked.
pub fn banner(standings: Signal<Vec<Standing>>) -> View {
    let session = use_session();
    let honoured = memo(move || standings.with(|all| honoured(all)));
    let shown = move || {
        let words = words(session.asks_for_privacy(), &honoured.get())?;
        Some(view! {
            <div class="banner" data-tone="good" data-shape="inline">
                <Icon name=IconName::Shield />
                <p>{words}</p>
            </div>
        })
    };
    shown.alone()
}

/// What is off because a browser asked.
fn honoured(standings: &[Standing]) -> Vec<String> {
    let by_signal = |it: &&Standing| {
        let consent = &it.consent;
        let is_off = matches!(
            consent.status,
            ConsentStatus::Withdrawn | ConsentStatus::Objected
        );
        is_off
            && consent.signal_honoured_since.is_some()
            && consent.route == Some(ChangeRoute::Signal)
    };
    let named = standings.iter().filter(by_signal);
    named.map(|it| it.purpose.label.clone()).collect()
}

fn words(asks: bool, honoured: &[String]) -> Option<Text> {
    match (asks, honoured) {
        (false, []) => None,
        (true, []) => Some(text::CONSENT_SIGNAL_IDLE),
        (true, names) => Some(text::consent_signal_now(list(names))),
        (false, names) => Some(text::consent_signal_before(list(names))),
    }
}
