//! Changing what was said, for as long as the server takes it. That the company read it meanwhile is not in the way; that it was
//! changed in another tab is shown, and the customer decides.

use super::answers::told;
use super::begun::draft_told;
use super::contact_choice;
use super::entry::{CHANGE, Desk, SAID};
use super::survey::{Answers, Survey, first_id};
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::browser::{focus, task};
use crate::forms::{Draft, Write};
use crate::i18n::{t, text, use_i18n};
use crate::loading::FailedLine;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use portal_client::{ApiError, Change, FeedbackChanges};
use portal_contract::feedback::{AnswerValue, Feedback, FeedbackAction, Question, QuestionKind};
use portal_contract::{FeedbackId, FieldError, FromJson, Json, Place, QuestionId, ToJson};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};

/// The id under which words said unasked are a question like any other.
const TEXT: &str = "text";

/// What of it the customer says.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    answers: Answers,
    contact: bool,
}

/// A change that was begun: kept in this tab until it is saved or given up, with what it is a change of, so that what another tab
/// saved meanwhile is not overwritten after a reload either.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    before: Said,
    mine: Said,
}

fn draft(id: &FeedbackId) -> Draft {
    Draft::feedback(&use_session().subject(), &["change.", id.as_str()].concat())
}

/// Whether a change of it was begun here, and it can still be changed.
pub fn is_begun(entry: &Feedback) -> bool {
    let may = entry.allowed_actions.contains(&FeedbackAction::Edit);
    may && draft(&entry.id).load_as::<Kept>().is_some()
}

/// What saving came to: nothing is left to do, or it was changed elsewhere first, and so it stands now.
type Conflict = Option<Box<Feedback>>;

/// The form.
pub fn form(desk: Desk, entry: Signal<Feedback>) -> View {
    let seen = RwSignal::new(entry.get_untracked());
    let stands = seen.with_untracked(said);
    let draft = StoredValue::new(seen.with_untracked(|seen| draft(&seen.id)));
    let kept: Option<Kept> = draft.with_value(Draft::load_as);
    let is_new = kept.is_none();
    let Kept { before, mine } = kept.unwrap_or_else(|| Kept {
        before: stands.clone(),
        mine: stands.clone(),
    });
    let conflict = RwSignal::new(stands != before && stands != mine);
    let survey = Survey::new(seen.with_untracked(questions), mine.answers);
    let contact = RwSignal::new(mine.contact);
    let told = keeping(draft, seen, survey, contact);
    let save = saving(desk, draft, seen, survey, conflict);
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
    // The button that was pressed is gone. What comes back after a reload takes the focus from nobody.
    effect(move || {
        if is_new {
            focus::id(&first_id(0));
        }
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
                <Button tone=Tone::Quiet on_press=Callback::new(move |()| back(desk, draft))>
                    {text::CANCEL}
                </Button>
                {told}
            </div>
        </form>
    }
    .alone()
}

/// Keeps it as it stands, and says so; what changes nothing is forgotten.
fn keeping(
    draft: StoredValue<Draft>,
    seen: RwSignal<Feedback>,
    survey: Survey,
    contact: RwSignal<bool>,
) -> View {
    let told = RwSignal::new(None);
    effect(move || {
        let before = seen.with(said);
        let (answers, contact) = (survey.every_answer(), contact.get());
        let mine = Said { answers, contact };
        let kept = (mine != before).then(|| {
            let kept = Kept { before, mine };
            draft.with_value(|draft| draft.keep(&kept))
        });
        if kept.is_none() {
            draft.with_value(Draft::forget);
        }
        told.set(kept);
    });
    draft_told(told)
}

/// Puts the form away, and with it what was kept.
fn back(desk: Desk, draft: StoredValue<Draft>) {
    draft.with_value(Draft::forget);
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
                {text::FEEDBACK_CONFLICT}
                " "
                <strong>
                    <bdi>{lines.join(" · ")}</bdi>
                </strong>
            </p>
            <Button on_press=take>{text::CONTACT_POINT_TAKE_THEIRS}</Button>
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

impl ToJson for Said {
    fn to_json(&self) -> Json {
        Json::Object(vec![
            ("answers".to_owned(), self.answers.to_json()),
            ("contact".to_owned(), self.contact.to_json()),
        ])
    }
}

impl FromJson for Said {
    fn read(place: &Place) -> Self {
        Self {
            answers: place.field("answers"),
            contact: place.field("contact"),
        }
    }
}

impl ToJson for Kept {
    fn to_json(&self) -> Json {
        Json::Object(vec![
            ("before".to_owned(), self.before.to_json()),
            ("mine".to_owned(), self.mine.to_json()),
        ])
    }
}

impl FromJson for Kept {
    fn read(place: &Place) -> Self {
        Self {
            before: place.field("before"),
            mine: place.field("mine"),
        }
    }
}

fn saving(
    desk: Desk,
    draft: StoredValue<Draft>,
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
                back(desk, draft);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_is_kept_comes_back() {
        let said = |words: &str| Said {
            answers: std::iter::once((text_id(), AnswerValue::Text(words.into()))).collect(),
            contact: true,
        };
        let kept = Kept {
            before: said("Half"),
            mine: said("Half an idea"),
        };
        assert_eq!(Kept::from_json(&kept.to_json()), Ok(kept));
    }
}
