//! What feedback is called, and how it stands.

use crate::i18n::{Text, t, text};
use crate::routes::{Link, Route};
use crate::ui::{Icon, IconName};
use crate::widgets::plain_words;
use portal_contract::feedback::{FeedbackAbout, FeedbackKind, FeedbackStatus};
use portal_markup::{Child, View, view};

/// The word for a sort of feedback; one that this version does not know is told as the company names it.
pub fn kind_word(kind: &FeedbackKind) -> String {
    t(match kind {
        FeedbackKind::Answer => text::FEEDBACK_KIND_ANSWER,
        FeedbackKind::Compliment => text::FEEDBACK_KIND_COMPLIMENT,
        FeedbackKind::Complaint => text::FEEDBACK_KIND_COMPLAINT,
        FeedbackKind::Idea => text::FEEDBACK_KIND_IDEA,
        FeedbackKind::Remark => text::FEEDBACK_KIND_REMARK,
        FeedbackKind::Other(kind) => return plain_words(kind),
    })
}

/// How far the company has come: what it is called, its drawing, and how loudly it speaks.
fn status_word(status: &FeedbackStatus) -> (String, IconName, &'static str) {
    let (word, icon, name) = match status {
        FeedbackStatus::Received => (text::FEEDBACK_RECEIVED, IconName::Clock, "us"),
        FeedbackStatus::Read => (text::FEEDBACK_READ, IconName::Check, "us"),
        FeedbackStatus::Planned => (text::FEEDBACK_PLANNED, IconName::Calendar, "us"),
        FeedbackStatus::Done => (text::FEEDBACK_DONE, IconName::Check, "done"),
        FeedbackStatus::Declined => (text::FEEDBACK_DECLINED, IconName::Close, "done"),
        FeedbackStatus::Withdrawn => (text::FEEDBACK_WITHDRAWN, IconName::Undo, "done"),
        FeedbackStatus::Other(word) => return (plain_words(word), IconName::Info, "us"),
    };
    (t(word), icon, name)
}

/// The same as a chip.
pub fn status_chip(status: &FeedbackStatus) -> View {
    let (word, icon, name) = status_word(status);
    view! {
        <span class="status" data-status=name>
            <Icon name=icon />
            {word}
        </span>
    }
    .alone()
}

/// A step of what became of it, in a sentence.
pub fn step_words(status: &FeedbackStatus) -> (Text, IconName) {
    let (_, icon, _) = status_word(status);
    let words = match status {
        FeedbackStatus::Received => text::FEEDBACK_STEP_RECEIVED,
        FeedbackStatus::Read => text::FEEDBACK_STEP_READ,
        FeedbackStatus::Planned => text::FEEDBACK_STEP_PLANNED,
        FeedbackStatus::Done => text::FEEDBACK_STEP_DONE,
        FeedbackStatus::Declined => text::FEEDBACK_STEP_DECLINED,
        FeedbackStatus::Withdrawn => text::FEEDBACK_STEP_WITHDRAWN,
        FeedbackStatus::Other(word) => text::feedback_step_other(plain_words(word)),
    };
    (words, icon)
}

/// What it is about, in a sentence; nothing where it is about anything.
pub fn about(about: &FeedbackAbout) -> Option<Text> {
    about.label.as_ref().map(|label| {
        let label = label.trim();
        if label.is_empty() {
            text::FEEDBACK_ABOUT_UNNAMED
        } else {
            text::feedback_about(label)
        }
    })
}

/// The way to the interaction that it is about.
pub fn way_to(about: &FeedbackAbout) -> Option<View> {
    let id = about.interaction_id.clone()?;
    let link = view! { <Link to=Route::Interaction(id)>{text::FEEDBACK_TO_INTERACTION}</Link> };
    Some(link.alone())
}
