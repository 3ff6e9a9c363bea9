//! What was said about it, both ways. The company's question stands where it is answered.

use super::super::whose::use_whose;
use super::{Desk, section as titled};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::forms::{Draft, ErrorSummary, Field, FieldView, InputKind, Kept, Write};
use crate::i18n::{date, date_time, t, text};
use crate::live::use_live;
use crate::loading::{ErrorPanel, FailedLine, MoreButton, Pages, Paging};
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use portal_client::ApiError;
use portal_contract::data_request::{DataRequestAction, DataRequestState};
use portal_contract::data_request_event::{DataRequestMessage, NewDataRequestMessage};
use portal_contract::interaction::Role;
use portal_contract::{DataRequestMessageId, IdempotencyKey};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// The section.
pub fn section() -> View {
    let desk: Desk = expect_context();
    let id = desk.id();
    let pages = Pages::new(
        use_api(),
        |message: &DataRequestMessage| message.id.as_str(),
        move |client, cursor| {
            let id = id.clone();
            client.data_request_messages(&id, cursor.as_ref())
        },
    );
    pages.begin();
    use_live().on_any_of(&[super::RESOURCE], move || pages.begin());
    tell_news(pages);
    let may_write = desk.allows(DataRequestAction::Message);
    let form = move || may_write.get().then(|| untrack(|| writing(desk, pages)));
    let body = view! {
        <div class="stack">
            {said(pages)}
            {form}
        </div>
    };
    titled("messages", text::DATA_REQUEST_MESSAGES, body)
}

/// Says once that the company wrote, while it is looked at.
fn tell_news(pages: Pages<DataRequestMessage>) {
    let announcer = use_announcer();
    let items = pages.items();
    let known = StoredValue::new(None::<usize>);
    effect(move || {
        let from_company = |one: &&DataRequestMessage| one.author.role != Role::Customer;
        let count = items.with(|all| all.iter().filter(from_company).count());
        let is_new = known.get_value().is_some_and(|before| before < count);
        if items.with(Vec::is_empty) {
            return;
        }
        known.set_value(Some(count));
        if is_new {
            announcer.say(text::DATA_REQUEST_MESSAGE_NEW);
        }
    });
}

fn said(pages: Pages<DataRequestMessage>) -> View {
    let (items, paging) = (pages.items(), pages.paging());
    let retry = Callback::new(move |()| pages.retry());
    let is_empty = memo(move || items.with(Vec::is_empty));
    let instead = move || {
        match paging.get() {
        _ if !is_empty.get() => None,
        Paging::Failed(error) => Some(
            view! { <ErrorPanel title=text::DATA_REQUEST_MESSAGES_FAILED error=error on_retry=retry /> }
                .alone(),
        ),
        Paging::Complete => {
            Some(view! { <p class="card__empty">{text::DATA_REQUEST_MESSAGES_NONE}</p> }.alone())
        }
        Paging::Beginning | Paging::Continuing | Paging::More => Some(super::bones()),
    }
    };
    let more = move || {
        (!is_empty.get()).then(|| {
            view! {
                <MoreButton
                    paging=paging
                    label=text::DATA_REQUEST_MESSAGES_MORE
                    failed=text::DATA_REQUEST_MESSAGES_FAILED
                    on_more=Callback::new(move |()| pages.load_more())
                    on_retry=retry
                />
            }
        })
    };
    view! {
        {instead}
        <ol class="thread__entries">
            <For
                each=move || items.get()
                key=|message: &DataRequestMessage| (message.id.clone(), message.answered_at.is_some())
                children=letter
            />
        </ol>
        {more}
    }
}

fn letter(message: DataRequestMessage) -> View {
    // Who acts for another writes as somebody else.
    let own = if use_whose().is_another() {
        Role::ThirdParty
    } else {
        Role::Customer
    };
    let is_own = message.author.role == own;
    let by = if is_own {
        t(text::DATA_REQUEST_BY_YOU)
    } else {
        message.author.display_name.clone()
    };
    let asks = message.question.is_some();
    let waits = asks && message.answered_at.is_none();
    let question = asks.then(|| {
        let words = match (&message.answer_by, waits) {
            (Some(by), true) => text::data_request_question_until(date(by)),
            (_, true) => text::DATA_REQUEST_QUESTION,
            (_, false) => text::DATA_REQUEST_QUESTION_ANSWERED,
        };
        let (status, icon) = if waits {
            ("you", IconName::Reply)
        } else {
            ("done", IconName::Check)
        };
        view! {
            " "
            <span class="status" data-status=status>
                <Icon name=icon />
                {words}
            </span>
        }
    });
    let heading = ["message-", message.id.as_str()].concat();
    let titled_by = heading.clone();
    view! {
        <li>
            <article class="message" data-from=if is_own { "you" } else { "company" } aria-labelledby=titled_by>
                <header class="message__head">
                    <h3 class="message__author" id=heading>
                        <bdi>{by}</bdi>
                    </h3>
                    " "
                    <time class="message__time" datetime=message.at.to_string()>
                        {date_time(&message.at)}
                    </time>
                    {question}
                </header>
                <div class="letter">
                    <p class="letter__text" dir="auto">
                        {message.text}
                    </p>
                </div>
            </article>
        </li>
    }
    .alone()
}

/// What is written, as it is kept.
#[derive(Clone, Copy)]
struct Note {
    field: Field<String>,
    draft: StoredValue<Draft>,
    intent: StoredValue<IdempotencyKey>,
}

impl Note {
    fn resume(desk: Desk) -> Self {
        let draft = Draft::data_request(&use_session().subject(), desk.id().as_str());
        let kept = draft.load();
        let words = kept.as_ref().map_or_else(String::new, |it| it.text.clone());
        let intent = kept.map_or_else(|| use_api().client().new_key(), |it| it.intent);
        let note = Self {
            field: Field::new("note", parse),
            draft: StoredValue::new(draft),
            intent: StoredValue::new(intent),
        };
        note.field.raw().set(words);
        effect(move || note.keep(&note.field.raw().get()));
        note
    }

    fn keep(self, words: &str) {
        if words.trim().is_empty() {
            return self.draft.with_value(Draft::forget);
        }
        let kept = Kept {
            intent: self.intent.get_value(),
            text: words.to_owned(),
            attachments: Vec::new(),
            about: None,
        };
        self.draft.with_value(|draft| draft.keep(&kept));
    }

    /// It was taken; what is written next is another.
    fn renew(self) {
        self.intent.set_value(use_api().client().new_key());
        self.field.raw().set(String::new());
    }
}

fn parse(raw: &str) -> Result<String, crate::i18n::Text> {
    let words = raw.trim();
    if words.is_empty() {
        Err(text::DATA_REQUEST_MESSAGE_EMPTY)
    } else {
        Ok(words.to_owned())
    }
}

/// Where the customer writes, or answers what the company asked.
fn writing(desk: Desk, pages: Pages<DataRequestMessage>) -> View {
    let note = Note::resume(desk);
    let attempts = RwSignal::new(0);
    let send = sending(desk, pages, note, attempts);
    let question = memo(move || desk.request.with(|it| it.question_id.clone()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match note.field.check() {
            Some(words) => send.send((words, question.get_untracked())),
            None => attempts.update(|count| *count += 1),
        }
    };
    let label = move || {
        if question.get().is_some() {
            text::DATA_REQUEST_ANSWER
        } else {
            text::DATA_REQUEST_WRITE
        }
    };
    let field = move || {
        view! { <FieldView field=note.field kind=InputKind::Words label=label() hint=None /> }
    };
    let pending = send.pending();
    let word = move || {
        t(match (pending.get(), question.get().is_some()) {
            (true, _) => text::REPLY_SENDING,
            (false, true) => text::DATA_REQUEST_ANSWER_SEND,
            (false, false) => text::DATA_REQUEST_WRITE_SEND,
        })
    };
    // The next step is the answer, where one is waited for.
    let tone = desk.request.with_untracked(|it| {
        let waits = matches!(
            it.state,
            DataRequestState::AwaitingCustomer | DataRequestState::AwaitingVerification
        );
        if waits { Tone::Primary } else { Tone::Plain }
    });
    view! {
        <form class="form" data-kind="message" novalidate on:submit=submit>
            <ErrorSummary fields=vec![(note.field.id(), note.field.problem())] attempts=attempts />
            {field}
            <FailedLine submission=send.submission() except_fields=true />
            <div class="form__actions">
                <Button tone=tone kind=ButtonKind::Submit pending=pending>
                    {word}
                </Button>
            </div>
        </form>
    }
    .alone()
}

type Sent = (String, Option<DataRequestMessageId>);

fn sending(
    desk: Desk,
    pages: Pages<DataRequestMessage>,
    note: Note,
    attempts: RwSignal<u32>,
) -> Write<Sent, DataRequestMessage> {
    let api = use_api();
    let announcer = use_announcer();
    let send = Write::new(move |(text, answers): Sent| {
        let (client, id, key) = (api.client(), desk.id(), note.intent.get_value());
        let message = NewDataRequestMessage { text, answers };
        client.write_about_data_request(&id, &message, &key)
    });
    send.on_done(move |_| {
        note.renew();
        announcer.show(text::DATA_REQUEST_WRITE_SENT);
        pages.begin();
        desk.read.refetch();
    });
    send.on_failed(move |error| match error {
        ApiError::Validation(errors) => {
            if let Some(error) = errors.first() {
                note.field.refuse(error);
            }
            attempts.update(|count| *count += 1);
        }
        // Closed meanwhile: show how it stands. The words are kept.
        ApiError::InvalidState { .. } => desk.read.refetch(),
        _ => {}
    });
    send
}
