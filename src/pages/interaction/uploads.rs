//! Files on their way to the server: each goes by itself, and each fails by itself.

use super::Context;
use crate::api::use_api;
use crate::browser::files::Upload;
use crate::forms::Write;
use crate::i18n::{self, Text, t, text};
use crate::loading::failure;
use crate::ui::{Icon, IconButton, IconName};
use leptos::prelude::*;
use portal_client::{ApiError, NewFile};
use portal_contract::attachment::Attachment;
use portal_contract::capabilities::Limits;
use portal_markup::{Child, For, Show, View, view};
use std::rc::Rc;

/// One file of the reply.
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
    /// It did not arrive, and why.
    Failed { name: String, why: Text },
}

/// The files of a reply.
#[derive(Clone, Copy)]
pub struct Uploads {
    context: Context,
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<usize>,
    owner: StoredValue<Owner>,
}

impl Uploads {
    /// The files that a draft kept; they have arrived before.
    #[must_use]
    pub fn new(context: Context, kept: Vec<Attachment>) -> Self {
        let uploads = Self {
            context,
            rows: RwSignal::new(Vec::new()),
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

    /// Begins to send these files; those that the API would refuse are refused here, before a slow network carries them.
    pub fn add(self, files: Vec<Upload>, limits: Option<&Limits>) {
        for file in files {
            let count = self.rows.with_untracked(Vec::len);
            match refused(&file, count, limits) {
                Some(why) => self.add_row(
                    RwSignal::new(State::Failed {
                        name: file.name,
                        why,
                    }),
                    None,
                ),
                None => self.owner.get_value().with(|| self.begin(file)),
            }
        }
    }

    /// Forgets them: they went with their message.
    pub fn clear(self) {
        self.rows.set(Vec::new());
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
        let client = use_api().client();
        let key = client.new_key();
        let id = self.context.id.get_value();
        let going = State::Going {
            name: file.name.clone(),
            sent: 0,
            size: file.size,
        };
        let state = RwSignal::new(going);
        let size = file.size;
        let (name, progress_name) = (file.name.clone(), file.name.clone());
        let upload = Write::new(move |()| {
            let (client, id, key, name) = (
                client.clone(),
                id.clone(),
                key.clone(),
                progress_name.clone(),
            );
            let file = NewFile {
                content: file.clone(),
                media_type: file.media_type.clone(),
                file_name: file.name.clone(),
            };
            let progress: portal_client::Progress = Rc::new(move |sent, _| {
                state.set(State::Going {
                    name: name.clone(),
                    sent,
                    size,
                })
            });
            async move { client.attach(&id, file, Some(progress), &key).await }
        });
        upload.on_done(move |arrived| state.set(State::Arrived(arrived)));
        upload.on_failed(move |error| {
            state.set(State::Failed {
                name: name.clone(),
                why: why(&error, &name),
            })
        });
        self.add_row(state, Some(upload));
        upload.send(());
    }

    fn remove(self, number: usize) {
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

impl State {
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
                    <li>{move || line(uploads, row)}</li>
                </For>
            </ul>
        </Show>
    }
}

fn line(uploads: Uploads, row: Row) -> View {
    let (name, facts, kind, progress) = match row.state.get() {
        State::Going { name, sent, size } => {
            let facts = t(text::attachment_uploading(
                i18n::bytes(sent),
                i18n::bytes(size),
            ));
            (name, facts, Some("uploading"), Some((sent, size)))
        }
        State::Arrived(file) => (file.file_name, i18n::bytes(file.size_bytes), None, None),
        State::Failed { name, why } => (name, t(why), Some("failed"), None),
    };
    let remove = Callback::new(move |()| uploads.remove(row.number));
    let bar = progress.map(|(sent, size)| {
        let label = t(text::attachment_upload_label(name.clone()));
        view! { <progress class="progress" max=size.to_string() value=sent.to_string() aria-label=label></progress> }
    });
    view! {
        <div class="attachment" data-state=kind>
            <span class="attachment__preview">
                <Icon name=IconName::File />
            </span>
            <span>
                <bdi class="attachment__name">{name.clone()}</bdi>
                <span class="attachment__facts" role=(kind == Some("failed")).then_some("alert")>
                    {facts}
                </span>
            </span>
            <IconButton icon=IconName::Close label=t(text::attachment_remove(name)) on_press=remove />
            {bar}
        </div>
    }
    .alone()
}
