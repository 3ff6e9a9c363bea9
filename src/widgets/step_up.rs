use crate::announce::use_announcer;
use crate::browser::later::{Teller, later};
use crate::i18n::{Text, t, text};
use crate::session::use_session;
use crate::ui::Dialog;
use crate::widgets::company_sign_in::was_proven;
use portal_client::ApiError;
use portal_markup::prelude::*;
use portal_markup::{View, view};
use std::future::Future;

/// A fresh proof of who is there (RFC 9470), asked for when the server wants one for an act, and the act goes on by itself.
///
/// A screen makes one, shows its [`StepUpDialog`], and sends its acts [`through`](Self::through) it.
#[derive(Clone, Copy)]
pub struct StepUp {
    may_prove: bool,
    open: RwSignal<bool>,
    waiting: StoredValue<Vec<Teller<()>>, LocalStorage>,
}

impl StepUp {
    /// One that asks for nothing yet.
    #[must_use]
    pub fn new() -> Self {
        if was_proven() {
            use_announcer().show(text::STEP_UP_PROVEN);
        }
        Self {
            may_prove: use_session().may_prove(),
            open: RwSignal::new(false),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// Acts; where the server asks for a fresh proof, asks the customer for it and acts once more. `act` has to carry the same
    /// idempotency key both times.
    ///
    /// # Errors
    /// Those of the act; [`ApiError::StepUpRequired`] when the customer put the proof off.
    pub async fn through<T, F>(self, act: impl Fn() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        match act().await {
            // A frame's session is not even asked for a proof: what it is told then is the way to a page of its own.
            Err(error @ (ApiError::StepUpRequired { .. } | ApiError::NotAllowed { .. })) => {
                let is_proof = matches!(error, ApiError::StepUpRequired { .. });
                if (is_proof || !self.may_prove) && self.ask().await {
                    act().await
                } else {
                    Err(error)
                }
            }
            answer => answer,
        }
    }

    /// Whether it can be given here; in a frame on another page it cannot.
    #[must_use]
    pub fn may_prove(self) -> bool {
        self.may_prove
    }

    /// Asks for the proof; whether it was given.
    async fn ask(self) -> bool {
        let (teller, proven) = later();
        self.waiting.update_value(|waiting| waiting.push(teller));
        self.open.set(true);
        proven.await.is_some()
    }

    /// Closes the dialog; what waits for the proof goes on, or is told that it was put off.
    pub fn end(self, proven: bool) {
        self.open.set(false);
        let waiting = self.waiting.try_update_value(std::mem::take);
        for teller in waiting.unwrap_or_default() {
            if proven {
                teller.tell(());
            }
        }
    }
}

/// What draws the proof: it comes when one is asked for.
#[derive(Clone, Copy)]
pub struct Proving(pub fn() -> View);

/// What is to be proven, for whoever draws it.
#[derive(Clone, Copy)]
pub struct Proof {
    /// What asks for it.
    pub of: StepUp,
    /// Why, in a sentence.
    pub why: StoredValue<Text>,
}

/// Asks for the proof, over whatever the customer was doing, which stands as it was afterwards.
#[component]
pub fn StepUpDialog(
    /// What asks for it.
    of: StepUp,
    /// Why, in a sentence.
    why: Text,
) -> impl IntoView {
    let Proving(proving) = expect_context();
    let why = StoredValue::new(why);
    view! {
        <Dialog
            id="step-up"
            open=of.open
            title=t(text::STEP_UP_TITLE)
            close_label=t(text::CLOSE)
            on_close=Callback::new(move |()| of.end(false))
        >
            <div class="dialog__body">
                {drawn(Proof { of, why }, proving)}
            </div>
        </Dialog>
    }
}

fn drawn(proof: Proof, proving: fn() -> View) -> View {
    provide_context(proof);
    proving()
}
