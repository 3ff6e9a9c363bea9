use crate::i18n::{t, text};
use crate::pages;
use crate::session::{Session, use_session};
use crate::ui::Dialog;
use portal_markup::prelude::*;
use portal_markup::{effect, memo, view};

/// Signing in again, over the screen on which the session ran out: what was typed there stays, with the key of its intent.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let session = use_session();
    let put_off = RwSignal::new(false);
    let expired = memo(move || matches!(session.get(), Session::Expired(_)));
    // Who put it off finds no other way in: the next thing that is refused asks again.
    effect(move || {
        expired.track();
        session.track_refusals();
        put_off.set(false);
    });
    let form = move || expired.get().then(pages::sign_in_again);
    view! {
        <Dialog
            id="sign-in-again"
            open=Signal::derive(move || expired.get() && !put_off.get())
            title=t(text::SIGN_IN_AGAIN_TITLE)
            close_label=t(text::CLOSE)
            on_close=Callback::new(move |()| put_off.set(true))
        >
            <div class="dialog__body">
                <p>{text::SIGN_IN_AGAIN_BODY}</p>
                {form}
            </div>
        </Dialog>
    }
}
