//! The files that a request brings: while they are made how far that is, then their size and checksum, and a way to fetch them
//! that is good for once.

use super::{Desk, section};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::download;
use crate::forms::Write;
use crate::i18n::{bytes, date_time, number, t, text};
use crate::loading::FailedLine;
use crate::routes::{InExport, Link, Route};
use crate::session::use_session;
use crate::ui::{Button, Icon, IconName, Tone};
use crate::widgets::Elsewhere;
use portal_contract::ArtifactId;
use portal_contract::artifact::{Artifact, ArtifactState};
use portal_contract::data_request::{DataRequestAction, DataRequestProgress};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};

/// The section; nothing where there are no files and none are made.
pub fn section_of(desk: Desk) -> View {
    let request = desk.request;
    // What has come to its end is no progress any more, whatever the server still says of it.
    let is_underway = |it: &DataRequestProgress| it.total == 0 || it.done < it.total;
    let progress = memo(move || request.with(|it| it.progress.clone().filter(is_underway)));
    let artifacts = memo(move || request.with(|it| it.artifacts.clone()));
    let is_any = memo(move || artifacts.with(|all| !all.is_empty()) || progress.get().is_some());
    let fetching = Fetching::new(desk);
    let body = move || {
        let all: Vec<View> =
            artifacts.with(|all| all.iter().map(|one| item(fetching, one)).collect());
        view! { <ul class="items">{all}</ul> }
    };
    let shown = move || {
        is_any.get().then(|| {
            untrack(|| {
                let inside = view! {
                    {move || progress.get().map(|it| being_made(&it))}
                    {body}
                    {fetching.told()}
                    {elsewhere()}
                };
                section("files", text::DATA_REQUEST_FILES, inside)
            })
        })
    };
    shown.alone()
}

/// Files are fetched on a page of its own alone.
fn elsewhere() -> Option<View> {
    (!use_session().may_prove()).then(|| view! { <Elsewhere why=text::ELSEWHERE_FILES /> }.alone())
}

/// How far it is, for the eye and for the ear; it moves by itself.
fn being_made(progress: &DataRequestProgress) -> View {
    let words = if progress.total == 0 {
        text::DATA_REQUEST_PROGRESS_BEGINS
    } else {
        text::data_request_progress(number(progress.done), number(progress.total))
    };
    let words = t(words);
    view! {
        <p>{words.clone()}</p>
        <progress
            class="progress"
            max=progress.total.max(1).to_string()
            value=progress.done.to_string()
            aria-label=words
        ></progress>
    }
}

/// Fetching one of them.
#[derive(Clone, Copy)]
struct Fetching {
    fetch: Write<ArtifactId, ()>,
    again: Write<ArtifactId, ()>,
    may_fetch: Memo<bool>,
    may_renew: Memo<bool>,
    is_saved: RwSignal<bool>,
}

impl Fetching {
    fn new(desk: Desk) -> Self {
        let api = use_api();
        let announcer = use_announcer();
        let fetch = Write::new(move |artifact: ArtifactId| {
            let (client, id, key) = (api.client(), desk.id(), api.client().new_key());
            async move {
                let there = desk.step_up.through(|| {
                    let (client, id) = (client.clone(), id.clone());
                    let (artifact, key) = (artifact.clone(), key.clone());
                    async move { client.start_artifact_download(&id, &artifact, &key).await }
                });
                let there = there.await?;
                download::save(&client.transport().address(&there.url));
                Ok(())
            }
        });
        let again = Write::new(move |artifact: ArtifactId| {
            let (client, id, key) = (api.client(), desk.id(), api.client().new_key());
            async move {
                let renewed = desk.step_up.through(|| {
                    let (client, id) = (client.clone(), id.clone());
                    let (artifact, key) = (artifact.clone(), key.clone());
                    async move { client.reissue_artifact(&id, &artifact, &key).await }
                });
                renewed.await.map(|_| ())
            }
        });
        let is_saved = RwSignal::new(false);
        fetch.on_done(move |()| is_saved.set(true));
        fetch.on_failed(move |_| {
            is_saved.set(false);
            desk.read.refetch();
        });
        again.on_done(move |()| {
            announcer.show(text::DATA_REQUEST_REISSUED);
            desk.read.refetch();
        });
        Self {
            fetch,
            again,
            may_fetch: desk.allows(DataRequestAction::Download),
            may_renew: desk.allows(DataRequestAction::Reissue),
            is_saved,
        }
    }

    /// What became of it. The region is there before its words.
    fn told(self) -> View {
        let saved = move || {
            self.is_saved.get().then(|| {
                view! {
                    <div class="banner" data-tone="good" data-shape="inline">
                        <Icon name=IconName::Check />
                        <p>{text::DATA_REQUEST_DOWNLOADED}</p>
                    </div>
                }
            })
        };
        view! {
            <div role="status">{saved}</div>
            <FailedLine submission=self.fetch.submission() except_fields=false />
            <FailedLine submission=self.again.submission() except_fields=false />
        }
    }
}

fn item(fetching: Fetching, artifact: &Artifact) -> View {
    let size = artifact.size_bytes.map(bytes);
    let until = artifact.expires_at.as_ref().map(date_time);
    let facts = match (&artifact.state, size, until) {
        (ArtifactState::Ready, Some(size), Some(until)) => {
            Some(t(text::data_request_file_facts(size, until)))
        }
        (ArtifactState::Expired, Some(size), Some(until)) => {
            Some(t(text::data_request_file_expired(size, until)))
        }
        (ArtifactState::Failed, ..) => Some(t(text::DATA_REQUEST_FILE_FAILED)),
        (ArtifactState::Preparing, ..) => Some(t(text::DATA_REQUEST_FILE_PREPARING)),
        (_, size, _) => size,
    };
    let fetched = artifact.downloaded_at.as_ref().map(
        |at| view! { <p class="item__note">{text::data_request_file_fetched(date_time(at))}</p> },
    );
    let is_ready = artifact.state == ArtifactState::Ready;
    let checksum = artifact.sha256.clone().filter(|_| is_ready).map(checksum);
    view! {
        <li class="item">
            <div class="item__head">
                <h3>
                    <bdi>{artifact.file_name.clone()}</bdi>
                </h3>
            </div>
            <p class="item__note">{facts}</p>
            {fetched}
            {buttons(fetching, artifact)}
            {checksum}
        </li>
    }
    .alone()
}

fn buttons(fetching: Fetching, artifact: &Artifact) -> View {
    if !use_session().may_prove() {
        return ().alone();
    }
    let id = artifact.id.clone();
    let named = artifact.file_name.clone();
    let export = InExport {
        sha256: artifact.sha256.clone(),
        ..InExport::default()
    };
    match artifact.state {
        ArtifactState::Ready => {
            let pending = fetching.fetch.pending();
            let word = move || {
                t(if pending.get() {
                    text::DATA_REQUEST_DOWNLOADING
                } else {
                    text::DATA_REQUEST_DOWNLOAD
                })
            };
            let button = move || {
                let (id, named) = (id.clone(), named.clone());
                fetching.may_fetch.get().then(|| {
                    view! {
                        <Button
                            tone=Tone::Primary
                            pending=pending
                            on_press=Callback::new(move |()| fetching.fetch.send(id.clone()))
                        >
                            <Icon name=IconName::Download />
                            {word}
                            <span class="visually-hidden">" " <bdi>{named}</bdi></span>
                        </Button>
                    }
                })
            };
            view! {
                <div class="cluster">
                    {button}
                    <Link to=Route::Export(export)>{text::DATA_REQUEST_OPEN_EXPORT}</Link>
                </div>
            }
            .alone()
        }
        _ => {
            let button = move || {
                let id = id.clone();
                fetching.may_renew.get().then(|| {
                    view! {
                        <Button
                            pending=fetching.again.pending()
                            on_press=Callback::new(move |()| fetching.again.send(id.clone()))
                        >
                            {text::DATA_REQUEST_REISSUE}
                        </Button>
                    }
                })
            };
            view! { <div class="cluster">{button}</div> }.alone()
        }
    }
}

/// Folded: few want it, and it is long.
fn checksum(sha256: String) -> View {
    view! {
        <details class="disclosure">
            <summary>
                {text::DATA_REQUEST_FILE_CHECKSUM} <Icon name=IconName::ChevronDown />
            </summary>
            <p class="soft">{text::DATA_REQUEST_FILE_CHECKSUM_HINT}</p>
            <p>
                <code dir="ltr">{sha256}</code>
            </p>
        </details>
    }
    .alone()
}
