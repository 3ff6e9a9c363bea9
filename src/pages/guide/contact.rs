//! From a guide to the company: what was answered goes along, and nobody asks again.

use super::walk::Place;
use crate::api::use_api;
use crate::forms::{About, Carried, Draft};
use crate::i18n::{Text, t, text};
use crate::routes::{Area, Begin, Route, use_areas, use_navigate};
use crate::session::use_session;
use crate::ui::{Button, Tone};
use portal_contract::contact::ContactOptionKind;
use portal_contract::guide::{Guide, GuidePrefill};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// What a conversation begins with that this guide leads to.
#[derive(Clone)]
pub struct Begins {
    about: About,
    begin: Begin,
    /// Whether the company calls: then a time is chosen, and no message written.
    is_call: bool,
}

impl Begins {
    pub fn new(guide: &Guide, place: &Place, prefill: Option<&GuidePrefill>) -> Self {
        let topic = prefill.and_then(|prefill| prefill.topic.clone());
        let begin = Begin {
            topic: topic.or_else(|| guide.topic.clone()).map(|topic| topic.id),
            option: prefill.and_then(|prefill| prefill.option_id.clone()),
            interaction: None,
        };
        let kind = prefill.and_then(|prefill| prefill.option_kind.clone());
        let subject = prefill.and_then(|prefill| prefill.subject.clone());
        let about = About {
            option_id: begin.option.clone(),
            topic_id: begin.topic.clone(),
            subject: subject.unwrap_or_else(|| guide.title.clone()),
            guide: Some(Carried {
                trail: place.trail(guide),
                told: place.told(guide),
            }),
        };
        Self {
            about,
            begin,
            is_call: kind == Some(ContactOptionKind::Callback),
        }
    }
}

/// Writing or choosing a time, with the answers; and all other ways, which take them along too.
pub fn ways(begins: Begins, sentence: Text) -> View {
    let (api, session, navigate) = (use_api(), use_session(), use_navigate());
    let areas = use_areas();
    let Begins {
        about,
        begin,
        is_call,
    } = begins;
    let everything = Route::Contact(begin.topic.clone()).href();
    let (there, word) = if is_call {
        (Route::NewCallback(begin), text::CONTACT_CHOOSE_TIME)
    } else {
        (Route::NewMessage(begin), text::GUIDE_WRITE)
    };
    let there = there.href();
    let carry = Callback::new(move |()| {
        let owner = session.customer().map_or_else(String::new, |it| it.subject);
        Draft::message(&owner).begin(about.clone(), api.client().new_key());
    });
    let write = Callback::new(move |()| {
        carry.run(());
        navigate(&there, Default::default());
    });
    let shown = move || {
        if areas.lack(Area::Contact) {
            return ().alone();
        }
        let word = t(word.clone());
        view! {
            <div class="stack guide__ways">
                <p>{sentence.clone()}</p>
                <p class="cluster">
                    <Button tone=Tone::Primary on_press=write>
                        {word}
                    </Button>
                    <a class="button" href=everything.clone() on:click=move |_| carry.run(())>
                        {text::MESSAGE_ALL_WAYS}
                    </a>
                </p>
            </div>
        }
        .alone()
    };
    shown.alone()
}
