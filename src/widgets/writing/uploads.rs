//! Files on their way to the server: each goes by itself, and each fails by itself.

use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::files::Upload;
use crate::browser::focus;
use crate::forms::Write;
use crate::i18n::{self, Text, t, text};
use crate::loading::failure;
use crate::ui::{Icon, IconButton, IconName};
use portal_client::{ApiError, NewFile, Progress};
use portal_contract::IdempotencyKey;
use portal_contract::attachment::Attachment;
use portal_contract::capabilities::Limits;
use portal_markup::prelude::*;
use portal_markup::{Child, For, Show, View, memo, view};
use std::pin::Pin;
use std::rc::Rc;

/// How a file travels, and to where: to the thread of an interaction, or to wait for one that is about to begin.
pub type SendFile = Rc<dyn Fn(NewFile<Upload>, Progress, IdempotencyKey) -> Arrival>;

/// A file under way.
pub type Arrival = Pin<Box<dyn Future<Output = Result<Attachment, ApiError>>>>;

/// The id of the field that brings files.
pub const ADD: &str = "add-file";

/// One file.
#[derive(Clone, Copy)]
struct Row {
    number: usize,
    state: RwSignal<State>,
    upload: Option<Write<(), Attachment>>,
}

/// Where one file stands.
#[derive(Clone, PartialEq)]
enum State {
    /// On its way: its name, how much has gone out, of how much.
    Going { name: String, sent: u64, size: u64 },
    /// Arrived.
    Arrived(Attachment),
    /// It did not arrive, why, and whether that is spoken here.
    Failed {
        name: String,
        why: Text,
        is_alert: bool,
    },
}

/// The files that go with what is written.
#[derive(Clone, Copy)]
pub struct Uploads {
    send: StoredValue<SendFile, LocalStorage>,
    rows: RwSignal<Vec<Row>>,
    awaited: RwSignal<bool>,
    /// The rows that went along with what was read last.
    along: StoredValue<Vec<usize>>,
    next: StoredValue<usize>,
    owner: StoredValue<Owner>,
}

impl Uploads {
    /// The files that a draft kept, which have arrived before; others travel by `send`.
    #[must_use]
    pub fn new(send: SendFile, kept: Vec<Attachment>) -> Self {
        let uploads = Self {
            send: StoredValue::new_local(send),
            rows: RwSignal::new(Vec::new()),
            awaited: RwSignal::new(false),
            along: StoredValue::new(Vec::new()),
            next: StoredValue::new(0),
            owner: StoredValue::new(Owner::current().expect("a component is drawn by an owner")),
        };
        kept.into_iter()
            .for_each(|file| uploads.add_row(RwSignal::new(State::Arrived(file)), None));
        uploads
    }

    /// The files that have arrived.
    #[must_use]
    pub fn arrived(self) -> Vec<Attachment> {
        self.rows.with(|rows| {
            rows.iter()
                .filter_map(|row| row.state.with(State::arrived))
                .collect()
        })
    }

    /// Whether one is still on its way.
    #[must_use]
    pub fn going(self) -> bool {
        self.rows.with(|rows| {
            rows.iter()
                .any(|row| row.state.with(|state| matches!(state, State::Going { .. })))
        })
    }

    /// Whether a message waits for them, and goes as soon as they have arrived.
    #[must_use]
    pub fn awaited(self) -> RwSignal<bool> {
        self.awaited
    }

    /// Whether one did not arrive, and still stands there.
    #[must_use]
    pub fn failed(self) -> bool {
        self.rows.with(|rows| {
            rows.iter().any(|row| {
                row.state
                    .with(|state| matches!(state, State::Failed { .. }))
            })
        })
    }

    /// Begins to send these files; those that the API would refuse are refused here, before a slow network carries them.
    pub fn add(self, files: Vec<Upload>, limits: Option<&Limits>) {
        for file in files {
            let count = self.rows.with_untracked(Vec::len);
            match refused(&file, count, limits) {
                Some(why) => self.add_row(
                    RwSignal::new(State::Failed {
                        name: file.name,
                        why,
                        is_alert: true,
                    }),
                    None,
                ),
                None => self.owner.get_value().with(|| self.begin(file)),
            }
        }
    }

    /// The files that have arrived, to go along with their message.
    #[must_use]
    pub fn take_along(self) -> Vec<Attachment> {
        let numbers = self.rows.with_untracked(|rows| {
            let arrived = rows
                .iter()
                .filter(|row| row.state.with_untracked(|state| state.arrived().is_some()));
            arrived.map(|row| row.number).collect()
        });
        self.along.set_value(numbers);
        untrack(|| self.arrived())
    }

    /// Forgets those that went along: their message was taken. What was added since is of the next one.
    pub fn clear(self) {
        let along = self.along.get_value();
        self.rows
            .update(|rows| rows.retain(|row| !along.contains(&row.number)));
    }

    /// Says of those that had arrived, by their place among them, that the server no longer has them.
    pub fn lose(self, gone: &[usize]) {
        let arrived = self.rows.with_untracked(|rows| {
            let states = rows.iter().map(|row| row.state);
            let arrived = states.filter(|state| state.with_untracked(|it| it.arrived().is_some()));
            arrived.collect::<Vec<_>>()
        });
        for state in gone.iter().filter_map(|number| arrived.get(*number)) {
            let name = state.with_untracked(State::name);
            state.set(State::Failed {
                why: text::attachment_gone(name.clone()),
                name,
                is_alert: true,
            });
        }
    }

    fn add_row(self, state: RwSignal<State>, upload: Option<Write<(), Attachment>>) {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        self.rows.update(|rows| {
            rows.push(Row {
                number,
                state,
                upload,
            })
        });
    }

    fn begin(self, file: Upload) {
        let key = use_api().client().new_key();
        let send = self.send.get_value();
        let going = State::Going {
            name: file.name.clone(),
            sent: 0,
            size: file.size,
        };
        let state = RwSignal::new(going);
        let size = file.size;
        let (name, progress_name) = (file.name.clone(), file.name.clone());
        let upload = Write::new(move |()| {
            let name = progress_name.clone();
            let file = NewFile {
                content: file.clone(),
                media_type: file.media_type.clone(),
                file_name: file.name.clone(),
            };
            let progress: Progress = Rc::new(move |sent, _| {
                state.set(State::Going {
                    name: name.clone(),
                    sent,
                    size,
                })
            });
            send(file, progress, key.clone())
        });
        let announcer = use_announcer();
        upload.on_done(move |arrived| {
            announcer.say(text::attachment_arrived(arrived.file_name.clone()));
            state.set(State::Arrived(arrived));
        });
        upload.on_failed(move |error| {
            state.set(State::Failed {
                name: name.clone(),
                why: why(&error, &name),
                is_alert: failure(&error).is_alert,
            });
        });
        self.add_row(state, Some(upload));
        upload.send(());
    }

    /// Takes one out, perhaps for another that is smaller: a message that waited for it is sent by the next press. Its button goes
    /// with it; the focus goes on to the next one, and from the only one to adding.
    fn remove(self, number: usize) {
        let next = self.rows.with_untracked(|rows| {
            let at = rows.iter().position(|row| row.number == number)?;
            let next = rows.get(at + 1).or_else(|| rows.get(at.checked_sub(1)?))?;
            Some(remove_id(next.number))
        });
        focus::id(next.as_deref().unwrap_or(ADD));
        self.awaited.set(false);
        self.rows.update(|rows| {
            if let Some(upload) = rows
                .iter()
                .find(|row| row.number == number)
                .and_then(|row| row.upload)
            {
                upload.cancel();
            }
            rows.retain(|row| row.number != number);
        });
    }
}

fn remove_id(number: usize) -> String {
    format!("remove-file-{number}")
}

impl State {
    fn name(&self) -> String {
        match self {
            Self::Going { name, .. } | Self::Failed { name, .. } => name.clone(),
            Self::Arrived(file) => file.file_name.clone(),
        }
    }

    fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Going { .. } => Some("uploading"),
            Self::Failed { .. } => Some("failed"),
            Self::Arrived(_) => None,
        }
    }

    fn facts(&self) -> String {
        match self {
            Self::Going { sent, size, .. } => t(text::attachment_uploading(
                i18n::bytes(*sent),
                i18n::bytes(*size),
            )),
            Self::Arrived(file) => i18n::bytes(file.size_bytes),
            Self::Failed { why, .. } => t(why.clone()),
        }
    }

    fn is_alert(&self) -> bool {
        matches!(self, Self::Failed { is_alert: true, .. })
    }

    fn progress(&self) -> Option<(u64, u64)> {
        match self {
            Self::Going { sent, size, .. } => Some((*sent, *size)),
            Self::Arrived(_) | Self::Failed { .. } => None,
        }
    }

    fn arrived(&self) -> Option<Attachment> {
        match self {
            Self::Arrived(file) => Some(file.clone()),
            Self::Going { .. } | Self::Failed { .. } => None,
        }
    }
}

/// Why a file need not be sent at all.
fn refused(file: &Upload, count: usize, limits: Option<&Limits>) -> Option<Text> {
    if file.size == 0 {
        return Some(text::attachment_empty(file.name.clone()));
    }
    let limits = limits?;
    if count as u64 >= limits.attachments_per_message {
        return Some(text::attachment_too_many(limits.attachments_per_message));
    }
    (file.size > limits.attachment_bytes).then(|| {
        text::attachment_too_large(file.name.clone(), i18n::bytes(limits.attachment_bytes))
    })
}

/// The sentence for a file that did not arrive.
fn why(error: &ApiError, name: &str) -> Text {
    match error {
        ApiError::TooLarge {
            limit_bytes: Some(limit),
        } => text::attachment_too_large(name, i18n::bytes(*limit)),
        ApiError::UnsupportedType => text::attachment_type_not_taken(name),
        other => failure(other).sentence,
    }
}

/// The files, with how far each has come and a way to take it out again.
#[component]
pub fn UploadList(uploads: Uploads) -> impl IntoView {
    let Uploads { rows, .. } = uploads;
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <ul class="attachments" aria-label=t(text::ATTACHMENT_LIST)>
                <For each=move || rows.get() key=|row| row.number let:row>
                    <li>{line(uploads, row)}</li>
                </For>
            </ul>
        </Show>
    }
}

/// Each part follows by itself: what has the focus or is being read is not drawn anew with every step of the progress.
fn line(uploads: Uploads, row: Row) -> View {
    let state = row.state;
    let name = memo(move || state.with(State::name));
    let kind = memo(move || state.with(State::kind));
    let label = move || name.with(|name| t(text::attachment_remove(name.clone())));
    let remove = Callback::new(move |()| uploads.remove(row.number));
    let is_alert = memo(move || state.with(State::is_alert));
    let facts = move || {
        view! {
            <span class="attachment__facts" role=is_alert.get().then_some("alert")>
                {move || state.with(State::facts)}
            </span>
        }
    };
    let going = memo(move || state.with(|state| state.progress().is_some()));
    let bar = move || going.get().then(|| progress_bar(state));
    view! {
        <div class="attachment" data-state=move || kind.get()>
            <span class="attachment__preview">
                <Icon name=IconName::File />
            </span>
            <span>
                <bdi class="attachment__name">{move || name.get()}</bdi>
                {facts}
            </span>
            <IconButton id=remove_id(row.number) icon=IconName::Close label=untrack(label) on_press=remove />
            {bar}
        </div>
    }
    .alone()
}

fn progress_bar(state: RwSignal<State>) -> View {
    let label = t(text::attachment_upload_label(
        state.with_untracked(State::name),
    ));
    let step = move || state.with(State::progress);
    view! {
        <progress
            class="progress"
            max=move || step().map(|(_, size)| size)
            value=move || step().map(|(sent, _)| sent)
            aria-label=label
        ></progress>
    }
    .alone()
}
