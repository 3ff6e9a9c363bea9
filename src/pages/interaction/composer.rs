use super::{Context, Shown};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::forms::{Draft, Write};
use crate::i18n::text;
use crate::session::use_session;
use crate::widgets::{Parts, SendFile, Writing, came_before, writing_form};
use portal_client::ApiError;
use portal_contract::message::{Message, NewMessage};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};
use std::rc::Rc;

/// Where the customer answers. What is typed is kept in this tab until it is sent, through a reload and through signing in again.
pub fn page() -> View {
    let Shown { context, .. } = expect_context();
    let subject = use_session().subject();
    let draft = Draft::reply(&subject, &context.id.get_value());
    let writing = Writing::resume(draft, to_thread(context));
    let send = sending(context, writing);
    let submit = move || writing.read(false).map(|it| send.send(it)).is_some();
    let parts = Parts {
        class: "composer",
        name: text::REPLY_TITLE,
        label: text::REPLY_TITLE,
        label_seen: false,
        act: text::REPLY_SEND,
        acting: text::REPLY_SENDING,
        is_optional: false,
        told: |_| None,
    };
    let head = view! { <h2>{text::REPLY_TITLE}</h2> }.alone();
    let none = ().alone();
    writing_form(
        writing,
        parts,
        Vec::new(),
        send.submission(),
        Rc::new(submit),
        head,
        none,
    )
}

/// Files of an answer go to its thread.
fn to_thread(context: Context) -> SendFile {
    let api = use_api();
    Rc::new(move |file, progress, key| {
        let (client, id) = (api.client(), context.id.get_value());
        Box::pin(client.attach(&id, file, Some(progress), &key))
    })
}

/// Sends the reply; what comes back stands in the thread at once.
fn sending(context: Context, writing: Writing) -> Write<NewMessage, Message> {
    let api = use_api();
    let announcer = use_announcer();
    let send = Write::new(move |message: NewMessage| {
        let (client, id, intent) = (api.client(), context.id.get_value(), writing.intent());
        client.reply(&id, &message, &intent)
    });
    send.on_done(move |message| {
        writing.renew();
        context.thread.add(message);
        context.about.refetch();
        announcer.show(text::REPLY_SENT);
    });
    send.on_failed(move |error| {
        // What came before stands in the thread as soon as that is read again.
        if came_before(&error) {
            writing.mean_anew();
            context.thread.refresh();
        }
        match error {
            ApiError::Validation(errors) => {
                writing.refuse_words(&errors.iter().collect::<Vec<_>>())
            }
            // Closed meanwhile, perhaps in another tab: show how it stands. The words are kept.
            ApiError::InvalidState { .. } => context.about.refetch(),
            _ => {}
        }
    });
    send
}
