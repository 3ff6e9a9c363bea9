//! The acts, each with the sentence that says what it does.

use super::offers::{Offer, edits, offers};
use super::saving::Desk;
use crate::browser::clock;
use crate::i18n::{Text, date, t, text};
use crate::ui::{Icon, IconName};
use portal_contract::preference_catalog::Frequency;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// How long a pause by one press lasts, in milliseconds: 30 days.
const PAUSE_MS: f64 = 30.0 * 24.0 * 3_600_000.0;

/// What is left to turn down.
pub fn acts(desk: Desk) -> View {
    let until = clock::timestamp(clock::now() + PAUSE_MS);
    let offers = memo(move || {
        let until = until.clone();
        let facts = desk.visit.facts();
        desk.document
            .with(|document| facts.map_or_else(Vec::new, |facts| offers(&facts, document, until)))
    });
    let shown = move || {
        let offers = offers.get();
        if offers.is_empty() {
            return view! { <p>{text::FOOTER_NOTHING_LEFT}</p> }.alone();
        }
        let acts = offers
            .into_iter()
            .map(|offer| view! { <li>{act(desk, offer)}</li> })
            .collect_view();
        view! {
            <ul class="acts" aria-label=t(text::FOOTER_ACTS)>
                {acts}
            </ul>
        }
        .alone()
    };
    shown.alone()
}

fn act(desk: Desk, offer: Offer) -> View {
    let (icon, name, about) = words(&offer);
    let pending = desk.save.pending();
    let press = move |_| {
        let Some(facts) = desk.visit.facts() else {
            return;
        };
        let edits = desk
            .document
            .with_untracked(|document| edits(&offer, &facts, document));
        desk.save.send((edits, done(desk, &offer)));
    };
    view! {
        <button class="act" type="button" aria-disabled=move || pending.get().then_some("true") on:click=press>
            <Icon name=icon />
            <span class="act__name">{name}</span>
            " "
            <span class="act__text">{about}</span>
        </button>
    }
    .alone()
}

fn words(offer: &Offer) -> (IconName, Text, Text) {
    match offer {
        Offer::Stop(topic) => (
            IconName::Close,
            text::footer_stop(topic.label.clone()),
            text::FOOTER_STOP_TEXT,
        ),
        Offer::Rarer(topic, frequency) => {
            let label = topic.label.clone();
            let name = match frequency {
                Frequency::Monthly => text::footer_monthly(label),
                Frequency::Weekly => text::footer_weekly(label),
                Frequency::AtOnce | Frequency::Daily | Frequency::Other(_) => {
                    text::footer_daily(label)
                }
            };
            (IconName::Calendar, name, text::FOOTER_RARER_TEXT)
        }
        Offer::Pause(until) => (
            IconName::Pause,
            text::FOOTER_PAUSE,
            text::footer_pause_text(date(until)),
        ),
        Offer::All => (IconName::Silence, text::FOOTER_ALL, text::FOOTER_ALL_TEXT),
    }
}

fn done(desk: Desk, offer: &Offer) -> Text {
    match offer {
        Offer::Stop(topic) => text::footer_done_stop(topic.label.clone(), desk.address()),
        Offer::Rarer(topic, _) => text::footer_done_rarer(topic.label.clone()),
        Offer::Pause(until) => text::footer_done_pause(date(until)),
        Offer::All => text::FOOTER_DONE_ALL,
    }
}
