//! Beginning a conversation by a message.

use super::beginning::{Beginning, screen, told, topic_field};
use super::carried::carried;
use super::similar::similar;
use crate::forms::{FieldView, InputKind};
use crate::i18n::{Text, date_time, duration, text};
use crate::routes::Route;
use crate::widgets::{Parts, writing_form};
use portal_client::ApiError;
use portal_contract::contact::{ContactOption, ContactOptionKind, ExpectationBasis};
use portal_contract::starting::NewInteraction;
use portal_markup::{Child, View, view};
use std::rc::Rc;

/// The screen.
pub fn page() -> View {
    screen(text::MESSAGE_TITLE, ContactOptionKind::Message, form)
}

fn form(beginning: Beginning) -> View {
    let send = beginning.sending(text::MESSAGE_SENT, move |error| {
        if let ApiError::Validation(errors) = error {
            let _ = beginning.refuse(errors);
        }
    });
    let submit = move || read(beginning).map(|new| send.send(new)).is_some();
    let parts = Parts {
        class: "form",
        name: text::MESSAGE_TITLE,
        label: text::MESSAGE_WORDS,
        label_seen: true,
        act: text::MESSAGE_SEND,
        acting: text::MESSAGE_SENDING,
        is_optional: false,
        told,
    };
    let expected = beginning.option.with_value(expectation);
    let lead = expected.map(|words| view! { <p class="lead">{words}</p> });
    let before = view! {
        {carried(beginning)}
        {topic_field(beginning, Route::NewMessage)}
        <FieldView field=beginning.subject kind=InputKind::Line label=text::MESSAGE_SUBJECT hint=Some(text::MESSAGE_SUBJECT_HINT) />
        {similar(beginning)}
    }
    .alone();
    let form = writing_form(
        beginning.writing,
        parts,
        beginning.problems(),
        send.submission(),
        Rc::new(submit),
        ().alone(),
        before,
    );
    view! { {lead} {form} }.alone()
}

/// When an answer is to be expected.
fn expectation(option: &ContactOption) -> Option<Text> {
    let answer = option.first_answer.as_ref()?;
    match (&answer.basis, &answer.by) {
        (ExpectationBasis::Promised, Some(by)) => Some(text::message_promised(date_time(by))),
        _ => {
            let minutes = u32::try_from(answer.minutes).ok()?;
            Some(text::message_typical(duration(
                f64::from(minutes) * 60_000.0,
            )))
        }
    }
}

/// The message; `None` when something is wrong with it, which then stands at its field.
fn read(beginning: Beginning) -> Option<NewInteraction> {
    // Both are read, so that everything that is wrong is said at once.
    let (subject, words) = (beginning.subject.check(), beginning.writing.read(false));
    let (subject, words) = (subject?, words?);
    Some(NewInteraction {
        option_id: beginning.option.with_value(|option| option.id.clone()),
        topic_id: beginning.topic.get_untracked(),
        subject: Some(subject),
        text: words.text,
        attachment_ids: words.attachment_ids,
        callback: None,
        guide: beginning.guide.get_untracked().map(|guide| guide.trail),
    })
}
