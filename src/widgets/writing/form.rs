//! The form in which it is written.

use super::uploads::{ADD, UploadList};
use super::{WORDS, Writing, came_before};
use crate::browser::files::{self, Upload};
use crate::forms::{ErrorSummary, Submission};
use crate::i18n::{Text, t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use portal_client::ApiError;
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};
use std::rc::Rc;

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

/// Sends what is written; `false` when it was not ready, and nothing was sent.
pub type Submit = Rc<dyn Fn() -> bool>;

/// Has the form sent by `submit`. What is ready but for its files goes by itself as soon as they have arrived: whoever pressed has
/// said what they want, and need not watch for the moment.
fn sending(
    writing: Writing,
    fields: Vec<RwSignal<Option<Text>>>,
    submit: Submit,
) -> impl Fn() + Clone {
    let send = move || {
        if submit() {
            return;
        }
        let refused = || fields.iter().any(|problem| problem.with(Option::is_some));
        if untrack(|| writing.uploads.going() && !refused()) {
            writing.uploads.awaited().set(true);
        } else {
            writing.attempts.update(|count| *count += 1);
        }
    };
    let again = send.clone();
    effect(move || {
        if writing.uploads.awaited().get() && !writing.uploads.going() {
            writing.uploads.awaited().set(false);
            untrack(&again);
        }
    });
    send
}

/// The form: `head` stands first in it, the summary of what is wrong next, then `before`, then words, files and the button.
pub fn writing_form(
    writing: Writing,
    parts: Parts,
    fields: Vec<(&'static str, RwSignal<Option<Text>>)>,
    submission: Memo<Submission>,
    on_submit: Submit,
    head: View,
    before: View,
) -> View {
    let bring = move |files: Vec<Upload>| {
        writing
            .uploads
            .add(files, untrack(|| writing.limits()).as_ref())
    };
    let held_over = RwSignal::new(false);
    let mut all = fields;
    all.push((WORDS, writing.problem));
    let problems = all.iter().map(|(_, problem)| *problem).collect();
    let send = sending(writing, problems, on_submit);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send();
    };
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
    let words = words(writing, &parts, submission);
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
fn words(writing: Writing, parts: &Parts, submission: Memo<Submission>) -> View {
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
                // What were typed while it is under way would be neither sent nor kept.
                readonly=move || submission.with(|it| *it == Submission::Pending)
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
    let pending =
        Signal::derive(move || writing.waits() || submission.with(|it| *it == Submission::Pending));
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
    let told = move || {
        if writing.waits() {
            return Some(t(text::ATTACHMENT_WAITING));
        }
        writing.kept.get().map(draft)
    };
    view! {
        <div class="composer__line">
            <label class="button attach">
                <Icon name=IconName::Attach />
                {text::ATTACHMENT_ADD}
                <input id=ADD type="file" multiple on:change=move |event| bring(files::from_input(&event_target(&event))) />
            </label>
            <span class="composer__draft" role="status">
                {told}
            </span>
            <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                {word}
            </Button>
        </div>
    }
    .alone()
}
