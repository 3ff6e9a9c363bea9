use super::Context;
use super::uploads::{ADD, UploadList, Uploads};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::files::{self, Upload};
use crate::forms::{Draft, ErrorSummary, Kept, Write};
use crate::i18n::{Text, t, text};
use crate::loading::FailedLine;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use leptos::prelude::*;
use portal_client::ApiError;
use portal_contract::capabilities::{Capabilities, Limits};
use portal_contract::message::{Message, NewMessage};
use portal_contract::{FieldCode, IdempotencyKey};
use portal_markup::{Child, View, effect, view};

/// The id of the field for the words.
const REPLY: &str = "reply";

/// A reply as it is written: its words, its files, and the key of its intent, all kept as a draft of this tab.
#[derive(Clone, Copy)]
struct Reply {
    draft: StoredValue<Draft>,
    intent: StoredValue<IdempotencyKey>,
    words: RwSignal<String>,
    problem: RwSignal<Option<Text>>,
    /// How often it was refused.
    attempts: RwSignal<u32>,
    uploads: Uploads,
    /// Whether this browser keeps the draft; nothing was kept yet while absent.
    kept: RwSignal<Option<bool>>,
}

impl Reply {
    /// What was kept of this reply, or a new one.
    fn resume(context: Context) -> Self {
        let subject = use_session()
            .customer()
            .map_or_else(String::new, |customer| customer.subject);
        let draft = Draft::reply(&subject, &context.id.get_value());
        let kept = draft.load();
        let (intent, words, files) = match kept.clone() {
            Some(Kept {
                intent,
                text,
                attachments,
            }) => (intent, text, attachments),
            None => (use_api().client().new_key(), String::new(), Vec::new()),
        };
        Self {
            draft: StoredValue::new(draft),
            intent: StoredValue::new(intent),
            words: RwSignal::new(words),
            problem: RwSignal::new(None),
            attempts: RwSignal::new(0),
            uploads: Uploads::new(context, files),
            kept: RwSignal::new(kept.map(|_| true)),
        }
    }

    fn is_empty(self) -> bool {
        self.words.with(|words| words.trim().is_empty()) && self.uploads.arrived().is_empty()
    }

    /// Keeps it as it stands.
    fn keep(self) {
        let kept = Kept {
            intent: self.intent.get_value(),
            text: self.words.get(),
            attachments: self.uploads.arrived(),
        };
        let state = if self.is_empty() {
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

    /// It was taken: the next reply is another intent.
    fn renew(self) {
        self.intent.set_value(use_api_key());
        self.words.set(String::new());
        self.uploads.clear();
        self.problem.set(None);
    }

    /// Says what is wrong with it.
    fn refuse(self, problem: Text) {
        self.problem.set(Some(problem));
        self.attempts.update(|count| *count += 1);
    }

    /// The message, or what is wrong with it.
    fn check(self, limits: Option<&Limits>) -> Result<NewMessage, Text> {
        let text = self.words.get_untracked();
        let length = text.chars().count() as u64;
        match limits {
            _ if untrack(|| self.uploads.going()) => return Err(text::ATTACHMENT_WAITING),
            _ if untrack(|| self.is_empty()) => return Err(text::REPLY_EMPTY),
            Some(limits) if length > limits.message_characters => {
                return Err(text::reply_too_long(length - limits.message_characters));
            }
            Some(_) | None => {}
        }
        let attachment_ids = untrack(|| self.uploads.arrived())
            .into_iter()
            .map(|file| file.id)
            .collect();
        Ok(NewMessage {
            text,
            attachment_ids,
        })
    }
}

fn use_api_key() -> IdempotencyKey {
    use_api().client().new_key()
}

/// Where the customer answers. What is typed is kept in this tab until it is sent, through a reload and through signing in again.
#[component]
pub fn Composer(context: Context) -> impl IntoView {
    let reply = Reply::resume(context);
    let api = use_api();
    let capabilities = api.read(|client| async move { client.capabilities().await });
    let limits = move || {
        capabilities
            .get()
            .and_then(Result::ok)
            .map(|Capabilities { limits, .. }| limits)
    };
    let send = sending(context, reply);
    effect(move || reply.keep());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match reply.check(untrack(limits).as_ref()) {
            Ok(message) => {
                reply.problem.set(None);
                send.send(message);
            }
            Err(problem) => reply.refuse(problem),
        }
    };
    let bring = move |files: Vec<Upload>| reply.uploads.add(files, untrack(limits).as_ref());
    let held_over = RwSignal::new(false);
    let pending = send.pending();
    let word = move || {
        t(if pending.get() {
            text::REPLY_SENDING
        } else {
            text::REPLY_SEND
        })
    };
    view! {
        <form
            class="composer"
            aria-labelledby="reply-title"
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
            <h2 id="reply-title">{t(text::REPLY_TITLE)}</h2>
            <ErrorSummary fields=vec![(REPLY, reply.problem)] attempts=reply.attempts />
            <div class="field">
                <label class="visually-hidden" for=REPLY>
                    {t(text::REPLY_TITLE)}
                </label>
                {move || reply.problem.get().map(problem_line)}
                <textarea
                    class="input"
                    id=REPLY
                    dir="auto"
                    rows="5"
                    aria-invalid=move || reply.problem.with(Option::is_some).then_some("true")
                    aria-describedby=move || reply.problem.with(Option::is_some).then_some("reply-error")
                    prop:value=move || reply.words.get()
                    on:input=move |event| reply.words.set(event_target_value(&event))
                ></textarea>
            </div>
            <UploadList uploads=reply.uploads />
            <FailedLine submission=send.submission() except_fields=true />
            <div class="composer__line">
                <label class="button attach">
                    <Icon name=IconName::Attach />
                    {t(text::ATTACHMENT_ADD)}
                    <input id=ADD type="file" multiple on:change=move |event| bring(files::from_input(&event_target(&event))) />
                </label>
                <span class="composer__draft" role="status">
                    {move || reply.kept.get().map(|kept| t(if kept { text::REPLY_DRAFT_KEPT } else { text::REPLY_DRAFT_NOT_KEPT }))}
                </span>
                <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                    {word}
                </Button>
            </div>
        </form>
    }
}

fn problem_line(problem: Text) -> View {
    view! {
        <p class="field__error" id="reply-error">
            <Icon name=IconName::Alert />
            <span>{t(problem)}</span>
        </p>
    }
    .alone()
}

/// Sends the reply; what comes back stands in the thread at once.
fn sending(context: Context, reply: Reply) -> Write<NewMessage, Message> {
    let api = use_api();
    let announcer = use_announcer();
    let send = Write::new(move |message: NewMessage| {
        let (client, id, intent) = (
            api.client(),
            context.id.get_value(),
            reply.intent.get_value(),
        );
        async move { client.reply(&id, &message, &intent).await }
    });
    let owner = Owner::current().expect("a component is drawn by an owner");
    send.on_done(move |message| {
        owner.with(|| reply.renew());
        context.thread.add(message);
        context.about.refetch();
        announcer.show(text::REPLY_SENT);
    });
    send.on_failed(move |error| match error {
        ApiError::Validation(errors) => {
            let too_long = errors
                .iter()
                .find(|error| error.code == FieldCode::TooLong)
                .and_then(|error| error.limit);
            reply.refuse(too_long.map_or(text::FIELD_INVALID, text::field_too_long));
        }
        // Closed meanwhile, perhaps in another tab: show how it stands. The words are kept.
        ApiError::InvalidState { .. } => context.about.refetch(),
        _ => {}
    });
    send
}
