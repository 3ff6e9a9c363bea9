use super::code_request;
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::clock;
use crate::forms::{ErrorSummary, Field, FieldView, InputKind, Write};
use crate::i18n::{Text, t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Tone};
use leptos::prelude::*;
use portal_client::ApiError;
use portal_contract::session::{Challenge, ConfirmChallenge, Session};
use portal_markup::{Child, memo, view};

/// How many digits a code has.
const DIGITS: usize = 6;

/// The id of the sentence that says where the code went: the field has the focus by then, and is described by it.
const SENT: &str = "code-sent";

/// Six digits, however they were typed or pasted: spaces, dashes and the digits of other scripts are in order.
fn parse(raw: &str) -> Result<String, Text> {
    let mut digits = String::new();
    for character in raw
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '\u{200e}' | '\u{200f}'))
    {
        digits.push(ascii_digit(character).ok_or(text::SIGN_IN_CODE_INVALID)?);
    }
    match digits.len() {
        0 => Err(text::SIGN_IN_CODE_REQUIRED),
        DIGITS => Ok(digits),
        _ => Err(text::SIGN_IN_CODE_INVALID),
    }
}

/// The digit that a Latin, Arabic-Indic, Persian or full-width digit stands for.
fn ascii_digit(character: char) -> Option<char> {
    let zero = ['0', '\u{660}', '\u{6f0}', '\u{ff10}'];
    let value = zero.iter().find_map(|zero| {
        u32::from(character)
            .checked_sub(u32::from(*zero))
            .filter(|v| *v < 10)
    })?;
    char::from_digit(value, 10)
}

/// Asks for the code.
#[component]
pub fn CodeStep(
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
    let field = Field::new("code", parse);
    let attempts = RwSignal::new(0);
    let id = challenge.id.clone();
    let confirm = Write::new(move |code: String| {
        let request = ConfirmChallenge {
            challenge_id: id.clone(),
            code,
        };
        async move { api.client().confirm_email(&request).await }
    });
    confirm.on_done(move |session| on_done.run(session));
    confirm.on_failed(move |error| match error {
        ApiError::VerificationFailed {
            attempts_left: Some(0),
        }
        | ApiError::LinkExpired => on_back.run(true),
        ApiError::VerificationFailed { attempts_left } => {
            field
                .say(attempts_left.map_or(text::SIGN_IN_CODE_WRONG, text::sign_in_code_wrong_left));
            attempts.update(|n| *n += 1);
        }
        _ => {}
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match field.check() {
            Some(code) => confirm.send(code),
            None => attempts.update(|n| *n += 1),
        }
    };
    let pending = confirm.pending();
    let word = move || {
        t(if pending.get() {
            text::SIGN_IN_CHECKING
        } else {
            text::SIGN_IN_CONFIRM
        })
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <p id=SENT>{t(text::sign_in_code_sent(email.clone()))}</p>
            <ErrorSummary fields=vec![(field.id(), field.problem())] attempts=attempts />
            <FailedLine submission=confirm.submission() except_fields=true />
            <FieldView field=field kind=InputKind::Code label=text::SIGN_IN_CODE_LABEL hint=Some(text::SIGN_IN_CODE_HINT) about=SENT />
            <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                {word}
            </Button>
            <Resend email=email challenge=challenge on_resent=on_resent />
            <p>
                <Button kind=ButtonKind::Inline on_press=Callback::new(move |()| on_back.run(false))>
                    {t(text::SIGN_IN_OTHER_ADDRESS)}
                </Button>
            </p>
        </form>
    }
}

/// Another code, after a wait that is counted down.
#[component]
fn Resend(
    email: String,
    challenge: Challenge,
    on_resent: Callback<(String, Challenge)>,
) -> impl IntoView {
    let after = clock::parse(&challenge.resend_after);
    let now = now_by_the_second();
    let left = memo(move || ((after - now.get()) / 1000.0).ceil().max(0.0) as u64);
    let email = StoredValue::new(email);
    let resend = code_request();
    let announcer = use_announcer();
    resend.on_done(move |sent| {
        on_resent.run(sent);
        announcer.show(text::SIGN_IN_RESENT);
    });
    let act = move || {
        let seconds = left.get();
        if seconds > 0 {
            return view! { <span class="soft number">{t(text::sign_in_resend_in(seconds))}</span> }.alone();
        }
        view! {
            <Button kind=ButtonKind::Inline pending=resend.pending() on_press=Callback::new(move |()| resend.send(email.get_value()))>
                {t(text::SIGN_IN_RESEND)}
            </Button>
        }
        .alone()
    };
    view! {
        <p>{t(text::SIGN_IN_NOTHING_ARRIVED)} " " {act}</p>
        <FailedLine submission=resend.submission() except_fields=false />
    }
}

/// The time, a second at a time, for as long as the view around it stands.
fn now_by_the_second() -> ReadSignal<f64> {
    let (now, set_now) = signal(clock::now());
    let ticker = StoredValue::new_local(Some(clock::Ticker::every(1000, move || {
        set_now.set(clock::now())
    })));
    on_cleanup(move || ticker.set_value(None));
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_was_typed() {
        for good in [
            "123456",
            " 123 456 ",
            "123-456",
            "١٢٣٤٥٦",
            "۱۲۳۴۵۶",
            "１２３４５６",
        ] {
            assert_eq!(parse(good).ok().as_deref(), Some("123456"), "{good}");
        }
        for bad in ["", "12345", "1234567", "12345a"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
