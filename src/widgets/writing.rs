//! What the customer writes to the company: words and files, with the key of its intent, kept as a draft of this tab until the
//! server took it. An answer and a new conversation are written alike.

mod form;
mod uploads;

pub use form::{Parts, writing_form};
pub use uploads::SendFile;

use crate::api::{Api, Read, use_api};
use crate::forms::{About, Draft, Kept};
use crate::i18n::{Text, text};
use portal_client::ApiError;
use portal_contract::capabilities::{Capabilities, Limits};
use portal_contract::message::NewMessage;
use portal_contract::{FieldCode, FieldError, IdempotencyKey, ProblemKind};
use portal_markup::effect;
use portal_markup::prelude::*;
use uploads::Uploads;

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
    /// What was written when the problem was last judged.
    judged: StoredValue<String>,
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
            judged: StoredValue::new(String::new()),
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
            self.refuse(text::ATTACHMENT_UNDER_WAY);
            return None;
        }
        Some(Kept {
            intent: self.api.client().new_key(),
            text: self.words.get_untracked(),
            attachments: self.uploads.take_along(),
            about: None,
        })
    }

    fn limits(self) -> Option<Limits> {
        let capabilities = self.capabilities.get().and_then(Result::ok);
        capabilities.map(|Capabilities { limits, .. }| limits)
    }

    /// Whether it was sent, and goes as soon as its files have arrived.
    fn waits(self) -> bool {
        self.uploads.awaited().get()
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
    pub fn refuse(self, problem: Text) {
        self.judged.set_value(self.words.get_untracked());
        self.problem.set(Some(problem));
        self.attempts.update(|count| *count += 1);
    }

    /// Words and files, ready to be sent; `None` when something is wrong with them, which then stands at their field, and while a
    /// file is on its way.
    #[must_use]
    pub fn read(self, may_be_empty: bool) -> Option<NewMessage> {
        self.judged.set_value(self.words.get_untracked());
        match untrack(|| self.check(may_be_empty)) {
            Ok(message) => {
                self.problem.set(None);
                (!untrack(|| self.uploads.going())).then_some(message)
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
            _ if self.uploads.failed() => return Err(text::ATTACHMENT_NOT_SENT),
            _ if self.is_empty() && !self.uploads.going() && !may_be_empty => {
                return Err(text::REPLY_EMPTY);
            }
            Some(limits) if length > limits.message_characters => {
                return Err(text::reply_too_long(length - limits.message_characters));
            }
            Some(_) | None => {}
        }
        let files = self.uploads.take_along().into_iter();
        Ok(NewMessage {
            text,
            attachment_ids: files.map(|file| file.id).collect(),
        })
    }

    /// Looks again at what was wrong, because the words were left: what was mended is wrong no longer. What was judged already keeps
    /// its judgement: the summary of what is wrong takes the focus, and so leaves the words as they are.
    fn left(self, may_be_empty: bool) {
        let is_new = |words: &String| {
            let judged = self.judged.try_with_value(|judged| judged == words);
            judged == Some(false)
        };
        let wrong = self.problem.try_with_untracked(Option::is_some);
        if wrong == Some(true) && self.words.try_with_untracked(is_new) == Some(true) {
            let _ = self.read(may_be_empty);
        }
    }

    /// Shows what the server refused about the words.
    pub fn refuse_words(self, errors: &[&FieldError]) {
        // A file that waits for its message is kept for two days, and a draft for as long as its tab.
        let gone = errors.iter().filter_map(|error| {
            let number = error.pointer.strip_prefix("/attachment_ids/")?;
            number.parse().ok()
        });
        let gone: Vec<usize> = gone.collect();
        if !gone.is_empty() {
            self.uploads.lose(&gone);
            return self.refuse(text::ATTACHMENT_NOT_SENT);
        }
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
