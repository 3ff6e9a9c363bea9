//! A fresh proof of who is there, over whatever the customer was doing.

use crate::announce::use_announcer;
use crate::api::use_api;
use crate::config::use_config;
use crate::forms::Write;
use crate::i18n::{Text, text};
use crate::loading::{FailedLine, Loaded};
use crate::ui::{Button, ButtonKind, Tone};
use crate::widgets::{
    Asking, CodeIds, CodeStep, CompanyLink, Elsewhere, Proof, StepUp, Ways, item_bones,
    proven_here, send_code_word, spent_banner, ways,
};
use portal_contract::session::{Challenge, ConfirmChallenge};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

const IDS: CodeIds = CodeIds {
    field: "proof-code",
    sent: "proof-code-sent",
};

/// Where the proof stands.
#[derive(Clone, PartialEq)]
enum Step {
    /// A code is to be sent; `spent` when the one before can no longer be tried.
    Send { spent: bool },
    /// A code was sent.
    Code(Challenge),
}

/// What is asked for, or where it can be given.
pub fn asked() -> View {
    let Proof { of, why } = expect_context();
    let why = why.get_value();
    if !of.may_prove() {
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
