//! What the customer writes to the company: words and files, with the key of its intent, kept as a draft of this tab until the
//! server took it. An answer and a new conversation are written alike.

mod uploads;

pub use uploads::SendFile;

use crate::api::{Api, Read, use_api};
use crate::browser::files::{self, Upload};
use crate::forms::{About, Draft, ErrorSummary, Kept, Submission};
use crate::i18n::{Text, t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use portal_client::ApiError;
use portal_contract::capabilities::{Capabilities, Limits};
use portal_contract::message::NewMessage;
use portal_contract::{FieldCode, FieldError, IdempotencyKey, ProblemKind};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};
use uploads::{ADD, UploadList, Uploads};

/// The id of the field for the words.
pub const WORDS: &str = "words";

/// It as it is written.
#[derive(Clone, Copy)]
pub struct Writing {
    api: Api,
    draft: StoredValue<Draft>,
    intent: StoredValue<IdempotencyKey>,
    words: RwSignal<String>,
    problem: RwSignal<Option<Text>>,
    /// How often it was refused.
    attempts: RwSignal<u32>,
    uploads: Uploads,
    /// What a new conversation is about; an answer has that already.
    about: RwSignal<Option<About>>,
    /// Whether this browser keeps the draft; nothing was kept yet while absent.
    kept: RwSignal<Option<bool>>,
    capabilities: Read<Capabilities>,
}

impl Writing {
    /// What was kept of it, or a new one, whose files travel by `send`.
    #[must_use]
    pub fn resume(draft: Draft, send: SendFile) -> Self {
        let api = use_api();
        let kept = draft.load();
        let (words, files) = kept.as_ref().map_or_else(
            || (String::new(), Vec::new()),
            |kept| (kept.text.clone(), kept.attachments.clone()),
        );
        let intent = kept.as_ref().map(|kept| kept.intent.clone());
        let intent = intent.unwrap_or_else(|| api.client().new_key());
        let writing = Self {
            api,
            draft: StoredValue::new(draft),
            intent: StoredValue::new(intent),
            words: RwSignal::new(words),
            problem: RwSignal::new(None),
            attempts: RwSignal::new(0),
            uploads: Uploads::new(send, files),
            kept: RwSignal::new(kept.as_ref().map(|_| true)),
            about: RwSignal::new(kept.and_then(|kept| kept.about)),
            capabilities: api.read(|client| client.capabilities()),
        };
        effect(move || writing.keep());
        writing
    }

    /// What a new conversation is about; what is put here is kept with the rest.
    #[must_use]
    pub fn about(self) -> RwSignal<Option<About>> {
        self.about
    }

    /// The key of the intent.
    #[must_use]
    pub fn intent(self) -> IdempotencyKey {
        self.intent.get_value()
    }

    /// How often it was refused; a form around it counts its own refusals here.
    #[must_use]
    pub fn attempts(self) -> RwSignal<u32> {
        self.attempts
    }

    /// Words and files as they stand, to go on with them elsewhere; `None` while a file is on its way, which is then said.
    #[must_use]
    pub fn so_far(self) -> Option<Kept> {
        if untrack(|| self.uploads.going()) {
            self.refuse(text::ATTACHMENT_WAITING);
            return None;
        }
        Some(Kept {
            intent: self.api.client().new_key(),
            text: self.words.get_untracked(),
            attachments: untrack(|| self.uploads.arrived()),
            about: None,
        })
    }

    fn limits(self) -> Option<Limits> {
        let capabilities = self.capabilities.get().and_then(Result::ok);
        capabilities.map(|Capabilities { limits, .. }| limits)
    }

    fn is_empty(self) -> bool {
        self.words.with(|words| words.trim().is_empty()) && self.uploads.arrived().is_empty()
    }

    /// Keeps it as it stands.
    fn keep(self) {
        let about = self.about.get();
        let kept = Kept {
            intent: self.intent.get_value(),
            text: self.words.get(),
            attachments: self.uploads.arrived(),
            about: about.clone(),
        };
        let state = if self.is_empty() && about.is_none_or(|about| about.is_empty()) {
            self.draft.with_value(Draft::forget);
            None
        } else {
            Some(self.draft.with_value(|draft| draft.keep(&kept)))
        };
        // Only a change is told: what is told at every letter is spoken at every letter.
        if self.kept.get_untracked() != state {
            self.kept.set(state);
        }
    }

    /// It was taken, or goes on elsewhere: what is written next is another intent.
    pub fn renew(self) {
        self.intent.set_value(self.api.client().new_key());
        self.about.set(None);
        self.words.set(String::new());
        self.uploads.clear();
        self.problem.set(None);
        // At once: the screen may be left before anything else runs.
        self.draft.with_value(Draft::forget);
    }

    /// Says what is wrong with the words.
    fn refuse(self, problem: Text) {
        self.problem.set(Some(problem));
        self.attempts.update(|count| *count += 1);
    }

    /// Words and files, ready to be sent; `None` when something is wrong with them, which then stands at their field. The form
    /// counts the attempt.
    #[must_use]
    pub fn read(self, may_be_empty: bool) -> Option<NewMessage> {
        match untrack(|| self.check(may_be_empty)) {
            Ok(message) => {
                self.problem.set(None);
                Some(message)
            }
            Err(problem) => {
                self.problem.set(Some(problem));
                None
            }
        }
    }

    fn check(self, may_be_empty: bool) -> Result<NewMessage, Text> {
        let text = self.words.get();
        let length = text.chars().count() as u64;
        match self.limits() {
            _ if self.uploads.going() => return Err(text::ATTACHMENT_WAITING),
            _ if self.is_empty() && !may_be_empty => return Err(text::REPLY_EMPTY),
            Some(limits) if length > limits.message_characters => {
                return Err(text::reply_too_long(length - limits.message_characters));
            }
            Some(_) | None => {}
        }
        let files = self.uploads.arrived().into_iter();
        Ok(NewMessage {
            text,
            attachment_ids: files.map(|file| file.id).collect(),
        })
    }

    /// Looks again at what was wrong, because the words were left: what was mended is wrong no longer.
    fn left(self, may_be_empty: bool) {
        if self.problem.try_with_untracked(Option::is_some) == Some(true) {
            let _ = self.read(may_be_empty);
        }
    }

    /// Shows what the server refused about the words.
    pub fn refuse_words(self, errors: &[&FieldError]) {
        let too_long = errors
            .iter()
            .find(|error| error.code == FieldCode::TooLong)
            .and_then(|error| error.limit);
        self.refuse(too_long.map_or(text::FIELD_INVALID, text::field_too_long));
    }

    /// What is written next is another message, though it looks the same: an earlier version of it was taken.
    pub fn mean_anew(self) {
        self.intent.set_value(self.api.client().new_key());
        untrack(|| self.keep());
    }
}

/// Whether the server has an earlier version of what was sent, whose answer was lost.
#[must_use]
pub fn came_before(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused { kind, .. } if *kind == ProblemKind::IdempotencyKeyReused)
}

/// What one form calls its parts.
pub struct Parts {
    /// The class of the form.
    pub class: &'static str,
    /// Its name.
    pub name: Text,
    /// The label of the words.
    pub label: Text,
    /// Whether the label is seen; where the heading says the same it is for readers alone.
    pub label_seen: bool,
    /// The word on its button.
    pub act: Text,
    /// The same while it is sent.
    pub acting: Text,
    /// Whether it may be sent without words.
    pub is_optional: bool,
    /// What a refusal means here that is told otherwise elsewhere.
    pub told: fn(&ApiError) -> Option<Text>,
}

/// The form: `head` stands first in it, the summary of what is wrong next, then `before`, then words, files and the button.
pub fn writing_form(
    writing: Writing,
    parts: Parts,
    fields: Vec<(&'static str, RwSignal<Option<Text>>)>,
    submission: Memo<Submission>,
    on_submit: Callback<()>,
    head: View,
    before: View,
) -> View {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    let bring = move |files: Vec<Upload>| {
        writing
            .uploads
            .add(files, untrack(|| writing.limits()).as_ref())
    };
    let held_over = RwSignal::new(false);
    let mut all = fields;
    all.push((WORDS, writing.problem));
    let told = move |error: &ApiError| {
        let before = came_before(error).then_some(text::WRITING_CAME_BEFORE);
        before.or_else(|| (parts.told)(error))
    };
    // What is told here is not told a second time by the line that tells everything else.
    let others = memo(move || match submission.get() {
        Submission::Failed(error) if told(&error).is_some() => Submission::Idle,
        other => other,
    });
    let trouble = move || match submission.get() {
        Submission::Failed(error) => told(&error).map(banner),
        Submission::Idle | Submission::Pending | Submission::Done => None,
    };
    let (class, name) = (parts.class, t(parts.name.clone()));
    let words = words(writing, &parts);
    view! {
        <form
            class=class
            aria-label=name
            novalidate
            data-drop=move || held_over.get().then_some("")
            on:submit=submit
            on:dragover=move |event| held_over.set(files::held_over(&event))
            on:dragleave=move |_| held_over.set(false)
            on:drop=move |event| {
                held_over.set(false);
                bring(files::dropped(&event));
            }
            on:paste=move |event| bring(files::pasted(&event))
        >
            {head}
            <ErrorSummary fields=all attempts=writing.attempts />
            {before}
            {words}
            <UploadList uploads=writing.uploads />
            <div>
                <div role="alert">{trouble}</div>
                <FailedLine submission=others except_fields=true />
            </div>
            {last_line(writing, bring, parts.act, parts.acting, submission)}
        </form>
    }
    .alone()
}

/// The field for the words.
fn words(writing: Writing, parts: &Parts) -> View {
    let class = if parts.label_seen {
        "field__label"
    } else {
        "visually-hidden"
    };
    let optional = parts.is_optional.then(|| {
        view! {
            " "
            <span class="field__optional">{text::FIELD_OPTIONAL}</span>
        }
    });
    let label = t(parts.label.clone());
    let Writing { words, problem, .. } = writing;
    let may_be_empty = parts.is_optional;
    let wrong = move |word: &'static str| problem.with(Option::is_some).then_some(word);
    view! {
        <div class="field">
            <label class=class for=WORDS>
                {label}
                {optional}
            </label>
            {move || problem.get().map(problem_line)}
            <textarea
                class="input"
                id=WORDS
                dir="auto"
                rows="5"
                aria-invalid=move || wrong("true")
                aria-describedby=move || wrong("words-error")
                prop:value=move || words.get()
                on:input=move |event| words.set(event_target_value(&event))
                on:change=move |_| writing.left(may_be_empty)
            ></textarea>
        </div>
    }
    .alone()
}

fn problem_line(problem: Text) -> View {
    view! {
        <p class="field__error" id="words-error">
            <Icon name=IconName::Alert />
            <span>{problem}</span>
        </p>
    }
    .alone()
}

fn banner(words: Text) -> View {
    view! {
        <div class="banner" data-tone="warn" data-shape="inline">
            <Icon name=IconName::Alert />
            <p>{words}</p>
        </div>
    }
    .alone()
}

/// Adding a file, where the draft stands, and the button.
fn last_line(
    writing: Writing,
    bring: impl Fn(Vec<Upload>) + 'static,
    act: Text,
    acting: Text,
    submission: Memo<Submission>,
) -> View {
    let pending = Signal::derive(move || submission.with(|it| *it == Submission::Pending));
    let word = move || {
        t(if pending.get() {
            acting.clone()
        } else {
            act.clone()
        })
    };
    let draft = move |kept| {
        t(if kept {
            text::REPLY_DRAFT_KEPT
        } else {
            text::REPLY_DRAFT_NOT_KEPT
        })
    };
    view! {
        <div class="composer__line">
            <label class="button attach">
                <Icon name=IconName::Attach />
                {text::ATTACHMENT_ADD}
                <input id=ADD type="file" multiple on:change=move |event| bring(files::from_input(&event_target(&event))) />
            </label>
            <span class="composer__draft" role="status">
                {move || writing.kept.get().map(draft)}
            </span>
            <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                {word}
            </Button>
        </div>
    }
    .alone()
}
