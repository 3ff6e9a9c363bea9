use super::send_code;
use crate::api::use_api;
use crate::browser::focus;
use crate::forms::{ErrorSummary, Field, FieldView, InputKind, Write};
use crate::i18n::{Text, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Tone};
use crate::widgets::{send_code_word, spent_banner};
use portal_client::ApiError;
use portal_contract::session::Challenge;
use portal_markup::prelude::*;
use portal_markup::{effect, view};

/// Something before and after an `@`, and a dot behind it. The server and the mail itself decide the rest.
fn parse(raw: &str) -> Result<String, Text> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Err(text::SIGN_IN_EMAIL_REQUIRED);
    }
    let shaped = raw.rsplit_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    if shaped && !raw.contains(char::is_whitespace) {
        Ok(raw.to_owned())
    } else {
        Err(text::SIGN_IN_EMAIL_INVALID)
    }
}

/// Asks for the address, and has a code sent there.
#[component]
pub fn EmailStep(
    /// The address that was typed before, so that going back loses nothing.
    address: RwSignal<String>,
    /// Whether the last code can no longer be tried.
    spent: bool,
    /// Told the address and what was sent.
    on_sent: Callback<(String, Challenge)>,
) -> impl IntoView {
    let field = Field::new("email", parse);
    field.raw().set(address.get_untracked());
    // Whoever comes back from the code types another address; a code that was spent says so first.
    if !spent && !address.with_untracked(String::is_empty) {
        effect(move || {
            focus::id(field.id());
        });
    }
    let attempts = RwSignal::new(0);
    let api = use_api();
    let send = Write::new(move |email| send_code(api, email));
    send.on_done(move |sent| on_sent.run(sent));
    send.on_failed(move |error| {
        if let ApiError::Validation(errors) = &error
            && let Some(first) = errors.first()
        {
            field.refuse(first);
            attempts.update(|n| *n += 1);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match field.check() {
            Some(email) => send.send(email),
            None => attempts.update(|n| *n += 1),
        }
    };
    let pending = send.pending();
    let word = send_code_word(pending);
    view! {
        <form class="form" novalidate on:submit=submit>
            {spent.then(spent_banner)}
            <ErrorSummary fields=vec![(field.id(), field.problem())] attempts=attempts />
            <FailedLine submission=send.submission() except_fields=true />
            <FieldView field=field kind=InputKind::Email label=text::SIGN_IN_EMAIL_LABEL hint=Some(text::SIGN_IN_EMAIL_HINT) />
            <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                {word}
            </Button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_has_its_shape() {
        assert_eq!(
            parse("  maya@example.com ").ok().as_deref(),
            Some("maya@example.com")
        );
        for bad in [
            "",
            "maya",
            "maya@",
            "@example.com",
            "maya@example",
            "maya@.com",
            "ma ya@example.com",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
