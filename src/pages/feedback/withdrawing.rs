//! Taking back what was said: asked once, with what it means, because it cannot be undone.

use super::entry::{Desk, SAID};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::{focus, task};
use crate::forms::Write;
use crate::i18n::{t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, Dialog, Tone};
use portal_client::ApiError;
use portal_contract::feedback::Feedback;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The question, while it is asked.
pub fn dialog(desk: Desk, entry: Signal<Feedback>) -> View {
    let close = Callback::new(move |()| desk.withdrawing.set(false));
    view! {
        <Dialog
            id="withdraw"
            open=desk.withdrawing
            title=t(text::FEEDBACK_WITHDRAW_TITLE)
            close_label=t(text::CLOSE)
            on_close=close
        >
            {question(desk, entry, close)}
        </Dialog>
    }
    .alone()
}

fn question(desk: Desk, entry: Signal<Feedback>, close: Callback<()>) -> View {
    let api = use_api();
    let announcer = use_announcer();
    // One intent: pressed again after a lost answer it is the same.
    let key = api.client().new_key();
    let write = Write::new(move |()| {
        let (client, key) = (api.client(), key.clone());
        let id = entry.with_untracked(|entry| entry.id.clone());
        client.withdraw_feedback(&id, &key)
    });
    let over = move || {
        desk.read.refetch();
        close.run(());
        // The button that opened the dialog goes.
        task::run(async {
            task::pause(0).await;
            focus::id(SAID);
        });
    };
    write.on_done(move |_| {
        announcer.show(text::FEEDBACK_WITHDRAWN_DONE);
        over();
    });
    write.on_failed(move |error| {
        // It was taken back elsewhere.
        if matches!(error, ApiError::InvalidState { .. } | ApiError::NotFound) {
            over();
        }
    });
    view! {
        <div class="dialog__body">
            <p>{text::FEEDBACK_WITHDRAW_BODY}</p>
            <FailedLine submission=write.submission() except_fields=false />
        </div>
        <div class="dialog__actions">
            <Button tone=Tone::Quiet on_press=close>
                {text::FEEDBACK_WITHDRAW_LEAVE}
            </Button>
            <Button tone=Tone::Primary pending=write.pending() on_press=Callback::new(move |()| write.send(()))>
                {text::FEEDBACK_WITHDRAW}
            </Button>
        </div>
    }
}
