//! Taking a request back: asked once, with what it means.

use super::Desk;
use super::acts::acting;
use crate::browser::{focus, task};
use crate::i18n::{t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, Dialog, Tone};
use portal_contract::data_request::DataRequestKind;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The question, while it is asked.
pub fn dialog(desk: Desk, asking: RwSignal<bool>) -> View {
    let close = Callback::new(move |()| asking.set(false));
    view! {
        <Dialog
            id="cancel"
            open=asking
            title=t(text::DATA_REQUEST_CANCEL_TITLE)
            close_label=t(text::CLOSE)
            on_close=close
        >
            {question(desk, close)}
        </Dialog>
    }
    .alone()
}

fn question(desk: Desk, close: Callback<()>) -> View {
    let write = acting(
        desk,
        |client, id, key| Box::pin(client.cancel_data_request(&id, &key)),
        text::DATA_REQUEST_CANCELLED,
    );
    write.on_done(move |_| {
        close.run(());
        // The button that opened the dialog goes.
        task::run(async {
            task::pause(0).await;
            focus::id("next");
        });
    });
    let erases = desk
        .request
        .with_untracked(|it| it.kind == DataRequestKind::Erasure);
    let (body, act) = if erases {
        (
            text::DATA_REQUEST_CANCEL_BODY_ERASURE,
            text::DATA_REQUEST_CANCEL_ERASURE,
        )
    } else {
        (text::DATA_REQUEST_CANCEL_BODY, text::DATA_REQUEST_CANCEL)
    };
    view! {
        <div class="dialog__body">
            <p>{body}</p>
            <FailedLine submission=write.submission() except_fields=false />
        </div>
        <div class="dialog__actions">
            <Button tone=Tone::Quiet on_press=close>
                {text::DATA_REQUEST_CANCEL_LEAVE}
            </Button>
            <Button tone=Tone::Primary pending=write.pending() on_press=Callback::new(move |()| write.send(()))>
                {act}
            </Button>
        </div>
    }
}
