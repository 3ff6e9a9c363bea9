mod code;
mod email;

use crate::api::Api;
use crate::i18n::use_i18n;
use code::SignInCode;
use email::EmailStep;
use portal_client::ApiError;
use portal_contract::session::{Challenge, Session, StartEmailSignIn};
use portal_markup::prelude::*;
use portal_markup::{Child, view};

/// Where signing in stands.
#[derive(Clone, PartialEq)]
enum Step {
    /// Asking for the address; `spent` when the last code can no longer be tried.
    Email { spent: bool },
    /// Asking for the code that went there.
    Code { email: String, challenge: Challenge },
}

/// Signing in with a one-time code, on a page of its own or in a dialog over what the customer was doing.
#[component]
pub fn SignInForm(
    /// Told when it worked.
    #[prop(into)]
    on_done: Callback<Session>,
) -> impl IntoView {
    let step = RwSignal::new(Step::Email { spent: false });
    let email = RwSignal::new(String::new());
    let sent = Callback::new(move |(address, challenge): (String, Challenge)| {
        email.set(address.clone());
        step.set(Step::Code {
            email: address,
            challenge,
        });
    });
    let back = Callback::new(move |spent| step.set(Step::Email { spent }));
    let shown = move || {
        match step.get() {
        Step::Email { spent } => view! { <EmailStep address=email spent=spent on_sent=sent /> }.alone(),
        Step::Code { email, challenge } => {
            view! { <SignInCode email=email challenge=challenge on_resent=sent on_back=back on_done=on_done /> }.alone()
        }
    }
    };
    shown.alone()
}

/// Has a code sent to an address, in the language in use; gives the address back with what the code answers.
async fn send_code(api: Api, email: String) -> Result<(String, Challenge), ApiError> {
    let request = StartEmailSignIn {
        email,
        locale: Some(use_i18n().locale().tag),
    };
    let challenge = api.client().start_email_sign_in(&request).await?;
    Ok((request.email, challenge))
}
