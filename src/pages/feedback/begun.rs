//! Feedback that was begun and not sent: kept in this tab for its customer alone, with the key of its intent, so that it is one
//! piece of feedback however often it is sent.

use crate::api::use_api;
use crate::forms::{Draft, Write};
use crate::i18n::{t, text};
use crate::session::use_session;
use portal_client::ApiError;
use portal_contract::feedback::{Feedback, NewFeedback};
use portal_contract::{FromJson, IdempotencyKey, Json, Place, ProblemKind, ToJson};
use portal_markup::prelude::*;
use portal_markup::{View, memo, view};

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    intent: IdempotencyKey,
    said: NewFeedback,
}

/// Where it is kept, and under which key it is sent.
#[derive(Clone, Copy)]
pub struct Begun {
    draft: StoredValue<Draft>,
    intent: StoredValue<IdempotencyKey>,
    /// Whether this browser keeps it; nothing was kept yet while absent.
    kept: RwSignal<Option<bool>>,
}

/// Where feedback about this is kept.
fn draft(about: &str) -> Draft {
    Draft::feedback(&use_session().subject(), about)
}

/// Whether something was begun about this.
pub fn is_begun(about: &str) -> bool {
    draft(about).load_as::<Kept>().is_some()
}

impl Begun {
    /// What was kept about this, or a new beginning.
    pub fn resume(about: &str) -> (Self, Option<NewFeedback>) {
        let draft = draft(about);
        let kept: Option<Kept> = draft.load_as();
        let (intent, said) = kept.map(|kept| (kept.intent, kept.said)).unzip();
        let begun = Self {
            draft: StoredValue::new(draft),
            intent: StoredValue::new(intent.unwrap_or_else(|| use_api().client().new_key())),
            kept: RwSignal::new(said.as_ref().map(|_| true)),
        };
        (begun, said)
    }

    /// Keeps it as it stands; what is empty is forgotten.
    pub fn keep(self, said: NewFeedback, is_empty: bool) {
        let state = if is_empty {
            self.forget();
            None
        } else {
            let intent = self.intent.get_value();
            let kept = Kept { intent, said };
            Some(self.draft.with_value(|draft| draft.keep(&kept)))
        };
        // Only a change is told: what is told at every letter is spoken at every letter.
        if self.kept.get_untracked() != state {
            self.kept.set(state);
        }
    }

    /// It was taken, or is not to be.
    pub fn forget(self) {
        self.draft.with_value(Draft::forget);
    }

    /// Where the draft stands, in words.
    pub fn told(self) -> View {
        draft_told(self.kept)
    }

    /// Gives it, under the key of its intent.
    pub fn giving(self) -> Write<NewFeedback, Feedback> {
        let api = use_api();
        let write = Write::new(move |new: NewFeedback| {
            let (client, intent) = (api.client(), self.intent.get_value());
            client.give_feedback(&new, &intent)
        });
        write.on_done(move |_| self.forget());
        write
    }
}

/// Whether this browser keeps a draft, in words; nothing where there is none.
pub fn draft_told(kept: RwSignal<Option<bool>>) -> View {
    let kept = memo(move || kept.get());
    let words = move || {
        let kept = kept.get()?;
        Some(t(if kept {
            text::REPLY_DRAFT_KEPT
        } else {
            text::REPLY_DRAFT_NOT_KEPT
        }))
    };
    view! {
        <span class="composer__draft" role="status">
            {words}
        </span>
    }
}

/// Whether an earlier version of it was taken, whose answer was lost.
pub fn came_before(error: &ApiError) -> bool {
    matches!(error, ApiError::Duplicate { .. })
        || matches!(error, ApiError::Refused { kind, .. } if *kind == ProblemKind::IdempotencyKeyReused)
}

impl ToJson for Kept {
    fn to_json(&self) -> Json {
        Json::Object(vec![
            ("intent".to_owned(), self.intent.to_json()),
            ("said".to_owned(), self.said.to_json()),
        ])
    }
}

impl FromJson for Kept {
    fn read(place: &Place) -> Self {
        Self {
            intent: place.field("intent"),
            said: place.field("said"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::feedback::{AnswerValue, FeedbackKind};

    #[test]
    fn what_is_kept_comes_back() {
        let answers = [("nps", AnswerValue::Number(7))];
        let answers = answers
            .into_iter()
            .map(|(id, value)| (id.parse().unwrap(), value));
        let kept = Kept {
            intent: "0f8fad5b".parse().unwrap(),
            said: NewFeedback {
                request_id: "frq_1".parse().ok(),
                answers: Some(answers.collect()),
                kind: Some(FeedbackKind::Idea),
                about: None,
                text: Some("كتبت نصف الفكرة".into()),
                contact_allowed: true,
            },
        };
        assert_eq!(Kept::from_json(&kept.to_json()), Ok(kept));
    }
}
