use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::later::{Teller, later};
use crate::config::use_config;
use crate::forms::Write;
use crate::i18n::{Text, t, text};
use crate::loading::{FailedLine, Loaded};
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Dialog, Tone};
use crate::widgets::code_step::{CodeIds, CodeStep, send_code_word, spent_banner};
use crate::widgets::company_sign_in::{Asking, CompanyLink, Ways, proven_here, was_proven, ways};
use crate::widgets::elsewhere::Elsewhere;
use crate::widgets::item_bones::item_bones;
use portal_client::ApiError;
use portal_contract::session::{Challenge, ConfirmChallenge};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};
use std::future::Future;

const IDS: CodeIds = CodeIds {
    field: "proof-code",
    sent: "proof-code-sent",
};

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

    /// Asks for the proof; whether it was given.
    async fn ask(self) -> bool {
        let (teller, proven) = later();
        self.waiting.update_value(|waiting| waiting.push(teller));
        self.open.set(true);
        proven.await.is_some()
    }

    fn end(self, proven: bool) {
        self.open.set(false);
        let waiting = self.waiting.try_update_value(std::mem::take);
        for teller in waiting.unwrap_or_default() {
            if proven {
                teller.tell(());
            }
        }
    }
}

/// Where the proof stands.
#[derive(Clone, PartialEq)]
enum Step {
    /// A code is to be sent; `spent` when the one before can no longer be tried.
    Send { spent: bool },
    /// A code was sent.
    Code(Challenge),
}

/// Asks for the proof, over whatever the customer was doing, which stands as it was afterwards.
#[component]
pub fn StepUpDialog(
    /// What asks for it.
    of: StepUp,
    /// Why, in a sentence.
    why: Text,
) -> impl IntoView {
    view! {
        <Dialog
            id="step-up"
            open=of.open
            title=t(text::STEP_UP_TITLE)
            close_label=t(text::CLOSE)
            on_close=Callback::new(move |()| of.end(false))
        >
            <div class="dialog__body">
                {asked(of, why.clone())}
            </div>
        </Dialog>
    }
}

/// What is asked for, or where it can be given.
fn asked(of: StepUp, why: Text) -> View {
    if !of.may_prove {
        return view! { <Elsewhere why=text::ELSEWHERE_WHY /> }.alone();
    }
    let ways = ways();
    view! {
        <Loaded from=ways failed=text::FAILURE_PART skeleton=|| item_bones(1) let:ways>
            {untrack(|| by_the_ways(of, why.clone(), ways.get()))}
        </Loaded>
    }
    .alone()
}

/// By a code in place, or at the company's own sign-in, which leads back here; the other beside it where there are both.
fn by_the_ways(of: StepUp, why: Text, ways: Ways) -> View {
    let by_code = RwSignal::new(!(ways.company.is_some() && ways.company_first));
    let shown = move || {
        let Ways {
            company,
            by_code: codes,
            ..
        } = ways.clone();
        if by_code.get() {
            let company = company.map(|at| company_proof(at, false));
            view! {
                <p>{why.clone()}</p>
                {steps(of)}
                {company}
            }
            .alone()
        } else {
            let other = codes.then(|| view! {
                <Button kind=ButtonKind::Inline on_press=Callback::new(move |()| by_code.set(true))>
                    {text::STEP_UP_COMPANY_OR}
                </Button>
            });
            view! {
                <p>{text::step_up_company_why(use_config().name.clone())}</p>
                {company.map(|at| company_proof(at, true))}
                <p>{other}</p>
            }
            .alone()
        }
    };
    shown.alone()
}

fn company_proof(at: String, is_primary: bool) -> View {
    view! {
        <p>
            <CompanyLink at=at next=proven_here() asking=Asking::Proof is_primary=is_primary>
                {text::step_up_company_act(use_config().name.clone())}
            </CompanyLink>
        </p>
    }
    .alone()
}

fn steps(of: StepUp) -> View {
    let api = use_api();
    let step = RwSignal::new(Step::Send { spent: false });
    let send = Write::new(move |()| api.client().start_step_up());
    let announcer = use_announcer();
    send.on_done(move |challenge| {
        if step.with_untracked(|step| matches!(step, Step::Code(_))) {
            announcer.show(text::SIGN_IN_RESENT);
        }
        step.set(Step::Code(challenge));
    });
    // Whoever pressed for the act has asked for this already.
    send.send(());
    let shown = move || match step.get() {
        Step::Send { spent } => first(send, spent),
        Step::Code(challenge) => code(of, step, send, challenge),
    };
    shown.alone()
}

fn first(send: Write<(), Challenge>, spent: bool) -> View {
    let pending = send.pending();
    let word = send_code_word(pending);
    view! {
        {spent.then(spent_banner)}
        <FailedLine submission=send.submission() except_fields=false />
        <Button tone=Tone::Primary pending=pending on_press=Callback::new(move |()| send.send(()))>
            {word}
        </Button>
    }
    .alone()
}

fn code(
    of: StepUp,
    step: RwSignal<Step>,
    send: Write<(), Challenge>,
    challenge: Challenge,
) -> View {
    let api = use_api();
    let Challenge {
        id, resend_after, ..
    } = challenge;
    let confirm = Write::new(move |code: String| {
        let request = ConfirmChallenge {
            challenge_id: id.clone(),
            code,
        };
        async move { api.client().confirm_step_up(&request).await.map(|_| ()) }
    });
    confirm.on_done(move |()| of.end(true));
    view! {
        <CodeStep
            ids=IDS
            sent=text::STEP_UP_SENT
            nothing_arrived=text::SIGN_IN_NOTHING_ARRIVED
            act=text::STEP_UP_CONFIRM
            confirm=confirm.press()
            resend=send.press()
            resend_after=resend_after
            on_spent=Callback::new(move |()| step.set(Step::Send { spent: true }))
        />
    }
    .alone()
}
