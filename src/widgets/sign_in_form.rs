mod code;
mod email;

use code::CodeStep;
use email::EmailStep;
use leptos::prelude::*;
use portal_contract::session::{Challenge, Session};
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
            view! { <CodeStep email=email challenge=challenge on_resent=sent on_back=back on_done=on_done /> }.alone()
        }
    }
    };
    shown.alone()
}
