//! Changing what was said, for as long as the server takes it. That the company read it meanwhile is not in the way; that it was
//! changed in another tab is shown, and the customer decides.

use super::answers::told;
use super::contact_choice;
use super::entry::{CHANGE, Desk, SAID};
use super::survey::{Answers, Survey, first_id};
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::browser::{focus, task};
use crate::forms::Write;
use crate::i18n::{t, text, use_i18n};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use portal_client::{ApiError, Change, FeedbackChanges};
use portal_contract::feedback::{AnswerValue, Feedback, Question, QuestionKind};
use portal_contract::{FieldError, FromJson, QuestionId};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};

/// The id under which words said unasked are a question like any other.
const TEXT: &str = "text";

/// What of it the customer says.
#[derive(Clone, PartialEq)]
struct Said {
    answers: Answers,
    contact: bool,
}

/// What saving came to: nothing is left to do, or it was changed elsewhere first, and so it stands now.
type Conflict = Option<Box<Feedback>>;

/// The form.
pub fn form(desk: Desk, entry: Signal<Feedback>) -> View {
    let seen = RwSignal::new(entry.get_untracked());
    let before = said(&seen.get_untracked());
    let survey = Survey::new(seen.with_untracked(questions), before.answers);
    let contact = RwSignal::new(before.contact);
    let conflict = RwSignal::new(false);
    let save = saving(desk, seen, survey, conflict);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(answers) = survey.read() {
            let contact = contact.get_untracked();
            save.send(Said { answers, contact });
        }
    };
    let take = Callback::new(move |()| {
        let theirs = seen.with_untracked(said);
        survey.take(theirs.answers);
        contact.set(theirs.contact);
        conflict.set(false);
    });
    // The button that was pressed is gone.
    effect(move || {
        focus::id(&first_id(0));
    });
    let pending = save.pending();
    let word = move || {
        t(if pending.get() {
            text::SAVING
        } else {
            text::SAVE
        })
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            {survey.summary()}
            <div role="status">{move || conflict.get().then(|| seen.with(|seen| differs(seen, take)))}</div>
            {survey.view()}
            {contact_choice(contact)}
            <FailedLine submission=save.submission() except_fields=true />
            <div class="form__actions">
                <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                    {word}
                </Button>
                <Button tone=Tone::Quiet on_press=Callback::new(move |()| back(desk))>
                    {t(text::CANCEL)}
                </Button>
            </div>
        </form>
    }
    .alone()
}

/// Puts the form away.
fn back(desk: Desk) {
    desk.changing.set(false);
    task::run(async {
        task::pause(0).await;
        if !focus::id(CHANGE) {
            focus::id(SAID);
        }
    });
}

/// That it was changed elsewhere, and what it says there.
fn differs(theirs: &Feedback, take: Callback<()>) -> View {
    let said = said(theirs);
    let told = |question: &Question| Some(told(question, said.answers.get(&question.id)?));
    let lines: Vec<String> = questions(theirs).iter().filter_map(told).collect();
    view! {
        <div class="banner" data-tone="warn" data-shape="inline">
            <Icon name=IconName::Alert />
            <p>
                {t(text::FEEDBACK_CONFLICT)}
                " "
                <strong>
                    <bdi>{lines.join(" · ")}</bdi>
                </strong>
            </p>
            <Button on_press=take>{t(text::CONTACT_POINT_TAKE_THEIRS)}</Button>
        </div>
    }
    .alone()
}

/// The questions of it; words said unasked are the answer to one.
fn questions(entry: &Feedback) -> Vec<Question> {
    if entry.request_id.is_some() {
        return entry.questions.clone();
    }
    vec![Question {
        id: text_id(),
        kind: QuestionKind::Words,
        text: t(text::UNASKED_TEXT),
        lang: use_i18n().locale().tag,
        low_label: None,
        high_label: None,
        options: Vec::new(),
        multiple: false,
        required: true,
        max_length: None,
        shown_if: None,
    }]
}

fn text_id() -> QuestionId {
    TEXT.parse().expect("the name is an id")
}

fn said(entry: &Feedback) -> Said {
    let mut answers = entry.answers.clone();
    if let Some(words) = &entry.text {
        answers.insert(text_id(), AnswerValue::Text(words.clone()));
    }
    Said {
        answers,
        contact: entry.contact_allowed,
    }
}

fn saving(
    desk: Desk,
    seen: RwSignal<Feedback>,
    survey: Survey,
    conflict: RwSignal<bool>,
) -> Write<Said, Conflict> {
    let api = use_api();
    let announcer = use_announcer();
    let save = Write::new(move |mine: Said| {
        let (client, seen) = (api.client(), seen.get_untracked());
        async move { saved(&client, seen, mine).await }
    });
    save.on_done(move |theirs: Conflict| {
        desk.read.refetch();
        match theirs {
            None => {
                announcer.show(text::FEEDBACK_CHANGED);
                back(desk);
            }
            Some(now) => {
                seen.set(*now);
                conflict.set(true);
            }
        }
    });
    save.on_failed(move |error| match error {
        ApiError::Validation(errors) => {
            let at_question = |error: &FieldError| match error.pointer.strip_prefix("/text") {
                Some(_) => FieldError {
                    pointer: ["/answers/", TEXT].concat(),
                    ..error.clone()
                },
                None => error.clone(),
            };
            survey.refuse(&errors.iter().map(at_question).collect::<Vec<_>>());
        }
        // The time is over: how it stands now says so. The words stay in the form.
        ApiError::InvalidState { .. } => desk.read.refetch(),
        _ => {}
    });
    save
}

/// Saves what differs from what was seen. What the company did meanwhile is passed over; what was said elsewhere is told.
async fn saved(client: &PortalClient, seen: Feedback, mine: Said) -> Result<Conflict, ApiError> {
    let mut base = seen;
    for _ in 0..3 {
        let changes = changes(&base, &mine);
        if changes == FeedbackChanges::default() {
            return Ok(None);
        }
        let key = client.new_key();
        let current = match client
            .change_feedback(&base.id, &changes, &base.etag, &key)
            .await
        {
            Ok(_) => return Ok(None),
            Err(ApiError::PreconditionFailed {
                current: Some(current),
            }) => current,
            Err(error) => return Err(error),
        };
        let Ok(now) = Feedback::from_json(&current) else {
            return Err(ApiError::PreconditionFailed { current: None });
        };
        if said(&now) != said(&base) && said(&now) != mine {
            return Ok(Some(Box::new(now)));
        }
        base = now;
    }
    Err(ApiError::PreconditionFailed { current: None })
}

fn changes(before: &Feedback, mine: &Said) -> FeedbackChanges {
    let was = said(before);
    let mut changes = FeedbackChanges {
        contact_allowed: (mine.contact != was.contact).then_some(mine.contact),
        ..FeedbackChanges::default()
    };
    let ids = was.answers.keys().chain(mine.answers.keys());
    for id in ids {
        let (now, then) = (mine.answers.get(id), was.answers.get(id));
        match now {
            _ if now == then => {}
            Some(AnswerValue::Text(words)) if *id == text_id() && before.request_id.is_none() => {
                changes.text = Change::Set(words.clone());
            }
            now => {
                changes.answers.insert(id.clone(), now.cloned());
            }
        }
    }
    changes
}
