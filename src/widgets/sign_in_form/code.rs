use super::send_code;
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::forms::Write;
use crate::i18n::text;
use crate::ui::{Button, ButtonKind};
use crate::widgets::code_step::{CodeIds, CodeStep};
use portal_contract::session::{Challenge, ConfirmChallenge, Session};
use portal_markup::prelude::*;
use portal_markup::view;

const IDS: CodeIds = CodeIds {
    field: "code",
    sent: "code-sent",
};

/// Asks for the code that signs in.
#[component]
pub fn SignInCode(
    /// Where it was sent.
    email: String,
    /// What it answers.
    challenge: Challenge,
    /// Told when another was sent.
    on_resent: Callback<(String, Challenge)>,
    /// Asked to go back; `true` when this code can no longer be tried.
    on_back: Callback<bool>,
    /// Told when it was right.
    on_done: Callback<Session>,
) -> impl IntoView {
    let api = use_api();
    let Challenge {
        id, resend_after, ..
    } = challenge;
    let confirm = Write::new(move |code: String| {
        let request = ConfirmChallenge {
            challenge_id: id.clone(),
            code,
        };
        api.client().confirm_email(&request)
    });
    confirm.on_done(move |session| on_done.run(session));
    let address = email.clone();
    let again = Write::new(move |()| send_code(api, address.clone()));
    let announcer = use_announcer();
    again.on_done(move |sent| {
        on_resent.run(sent);
        announcer.show(text::SIGN_IN_RESENT);
    });
    view! {
        <CodeStep
            ids=IDS
            sent=text::sign_in_code_sent(email)
            nothing_arrived=text::SIGN_IN_NOTHING_ARRIVED
            act=text::SIGN_IN_CONFIRM
            confirm=confirm.press()
            resend=again.press()
            resend_after=resend_after
            on_spent=Callback::new(move |()| on_back.run(true))
        >
            <p>
                <Button kind=ButtonKind::Inline on_press=Callback::new(move |()| on_back.run(false))>
                    {text::SIGN_IN_OTHER_ADDRESS}
                </Button>
            </p>
        </CodeStep>
    }
}
