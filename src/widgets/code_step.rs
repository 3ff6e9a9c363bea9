use crate::browser::{clock, focus};
use crate::forms::{ErrorSummary, Field, FieldView, InputKind, Press, Submission};
use crate::i18n::{Text, t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use leptos::html;
use portal_client::ApiError;
use portal_contract::Timestamp;
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// How many digits a code has.
const DIGITS: usize = 6;

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

/// The ids of a code step: more than one may stand in the page, one dialog over another.
#[derive(Clone, Copy)]
pub struct CodeIds {
    /// The input.
    pub field: &'static str,
    /// The sentence that says where the code went: the field has the focus by then, and is described by it.
    pub sent: &'static str,
}

/// What the button says that has a code sent.
pub fn send_code_word(pending: Signal<bool>) -> impl Fn() -> String + Copy {
    move || {
        t(if pending.get() {
            text::SIGN_IN_SENDING
        } else {
            text::SIGN_IN_SEND_CODE
        })
    }
}

/// That a code can no longer be tried, where another one can be asked for. The field that had the focus is gone: it comes here, and
/// an alert would be spoken a second time.
pub fn spent_banner() -> View {
    let node = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(element) = node.get() {
            focus::element(&element);
        }
    });
    view! {
        <div class="banner" data-tone="warn" data-shape="inline" tabindex="-1" node_ref=node>
            <Icon name=IconName::Alert />
            <p>{text::SIGN_IN_CODE_SPENT}</p>
        </div>
    }
    .alone()
}

/// Asks for a code that was sent, whatever it is to prove. A wrong one keeps the step, with how often it can be tried.
#[component]
pub fn CodeStep(
    /// The ids.
    ids: CodeIds,
    /// Where it was sent, in a sentence.
    sent: Text,
    /// Where else to look when nothing arrives.
    nothing_arrived: Text,
    /// What the button does once the code is right.
    act: Text,
    /// Tries the code.
    confirm: Press<String>,
    /// Has another one sent.
    resend: Press<()>,
    /// From when that is possible.
    resend_after: Timestamp,
    /// Told that the code can no longer be tried.
    on_spent: Callback<()>,
    /// Other ways out.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let field = Field::new(ids.field, parse);
    let attempts = RwSignal::new(0);
    watch_refusals(field, attempts, confirm.submission(), on_spent);
    // The step comes in the place of another, or of a wait: whoever comes here types.
    effect(move || {
        focus::id(ids.field);
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
            act.clone()
        })
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <p id=ids.sent>{sent}</p>
            <ErrorSummary fields=vec![(field.id(), field.problem())] attempts=attempts />
            <FailedLine submission=confirm.submission() except_fields=true />
            <FieldView field=field kind=InputKind::Code label=text::SIGN_IN_CODE_LABEL hint=Some(text::SIGN_IN_CODE_HINT) about=ids.sent />
            <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                {word}
            </Button>
            <p>{nothing_arrived} " " {another(resend, &resend_after)}</p>
            <FailedLine submission=resend.submission() except_fields=false />
            {children.map(|others| others())}
        </form>
    }
}

/// What is wrong with a code stands at its field.
fn watch_refusals(
    field: Field<String>,
    attempts: RwSignal<u32>,
    confirming: Memo<Submission>,
    on_spent: Callback<()>,
) {
    effect(move || match confirming.get() {
        Submission::Failed(
            ApiError::VerificationFailed {
                attempts_left: Some(0),
            }
            | ApiError::LinkExpired,
        ) => on_spent.run(()),
        Submission::Failed(ApiError::VerificationFailed { attempts_left }) => {
            field
                .say(attempts_left.map_or(text::SIGN_IN_CODE_WRONG, text::sign_in_code_wrong_left));
            attempts.update(|n| *n += 1);
        }
        Submission::Failed(_) | Submission::Idle | Submission::Pending | Submission::Done => {}
    });
}

/// Another code, after a wait that is counted down. It is counted by the second for the eye alone, outside any live region;
/// that the wait is over is said once. A wait of more than minutes names the moment.
fn another(resend: Press<()>, after: &Timestamp) -> View {
    const LONG: u64 = 5 * 60;
    let moment = after.clone();
    let after = clock::parse(after);
    let now = now_by_the_second();
    let left = memo(move || ((after - now.get()) / 1000.0).ceil().max(0.0) as u64);
    let act = move || {
        match left.get() {
        0 => view! {
            <Button kind=ButtonKind::Inline pending=resend.pending() on_press=Callback::new(move |()| resend.send(()))>
                {text::SIGN_IN_RESEND}
            </Button>
        }
        .alone(),
        LONG.. => {
            let when = crate::i18n::date_time(&moment);
            view! { <span class="soft">{text::code_resend_at(when)}</span> }.alone()
        }
        seconds => {
            view! { <span class="soft number">{text::sign_in_resend_in(seconds)}</span> }.alone()
        }
    }
    };
    act.alone()
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
