//! "This isn't me": asked once, because it cannot be taken back here.

use super::saving::Desk;
use super::visit::{Said, Visit};
use crate::api::{Api, use_api};
use crate::forms::Write;
use crate::i18n::{t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, Dialog, Tone};
use portal_client::ApiError;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The question, while it is `asking`.
pub fn dialog(desk: Desk, asking: RwSignal<bool>) -> View {
    let api = use_api();
    let visit = desk.visit;
    let disown = Write::new(move |()| disown(api, visit));
    disown.on_done(move |()| {
        asking.set(false);
        visit.said.set(Some(Said::Disowned));
    });
    let close = Callback::new(move |()| asking.set(false));
    view! {
        <Dialog
            id="not-me"
            open=asking
            title=t(text::FOOTER_NOT_ME_TITLE)
            close_label=t(text::CLOSE)
            on_close=close
        >
            <div class="dialog__body">
                <p>{text::footer_not_me_body(desk.address())}</p>
                <FailedLine submission=disown.submission() except_fields=false />
                <div class="form__actions cluster">
                    <Button tone=Tone::Quiet on_press=close>
                        {text::CANCEL}
                    </Button>
                    " "
                    <Button
                        tone=Tone::Primary
                        pending=disown.pending()
                        on_press=Callback::new(move |()| disown.send(()))
                    >
                        {text::FOOTER_NOT_ME_DO}
                    </Button>
                </div>
            </div>
        </Dialog>
    }
    .alone()
}

async fn disown(api: Api, visit: Visit) -> Result<(), ApiError> {
    match visit.bearing(&api.client())?.disown_link().await {
        Err(ApiError::Unauthenticated) => {
            visit.renew(&api.client()).await?;
            visit.bearing(&api.client())?.disown_link().await
        }
        answer => answer,
    }
}
