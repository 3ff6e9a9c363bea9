//! Taking a file in: streamed to the folder while it comes, never held in memory, and cut off at the limit.

use super::disposition;
use crate::config::Limits;
use crate::http::PathIds;
use crate::http::extract::Fingerprint;
use crate::http::interactions::require;
use crate::http::layers::pace;
use crate::http::{
    ApiError, ApiResult, AppState, CurrentCustomer, IdempotencyKeyHeader, Outcome, once,
};
use crate::secrets::{hex, random};
use crate::store::attachments::{self, kind, name};
use crate::store::interactions::{Seq, Viewer};
use crate::store::time::Moment;
use crate::store::{StoreError, ids, interactions};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt;
use portal_contract::InteractionId;
use portal_contract::attachment::Attachment;
use portal_contract::interaction::Action;
use portal_contract::session::Scope;
use rusqlite::Transaction;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt;

/// More files than this of one customer that wait for a message are no message but a filling disk.
const MOST_UNSENT: u64 = 50;

/// A file for an interaction that is there.
pub(super) async fn take(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    key: IdempotencyKeyHeader,
    ids: PathIds,
    request: Request,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    let id = ids.interaction()?;
    upload(state, customer, key, Some(id), request).await
}

/// A file for the message that will name it.
pub(super) async fn take_unsent(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    key: IdempotencyKeyHeader,
    request: Request,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsWrite)?;
    upload(state, customer, key, None, request).await
}

async fn upload(
    state: AppState,
    customer: CurrentCustomer,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    interaction: Option<InteractionId>,
    request: Request,
) -> ApiResult<Response> {
    let limit = state.config.limits.attachment_bytes;
    if let Err(refusal) = refuse_announced(request.headers(), limit) {
        throw_away(request.into_body(), limit).await;
        return Err(refusal);
    }
    if let Some(id) = &interaction {
        refuse_unknown(&state, customer.viewer(), id.clone()).await?;
    }
    let file_name = file_name(request.headers());
    let path = request.uri().path().to_owned();
    let received = receive(request.into_body(), &state).await?;
    let media_type = kind::sniff(&received.head, &file_name);
    if !kind::is_taken(media_type, &state.config.limits.attachment_types) {
        return Err(ApiError::unsupported_media_type(format!(
            "by its content, the file is {media_type}"
        )));
    }
    let fingerprint = Fingerprint::of(
        &Method::POST,
        &path,
        &[&received.sha256, file_name.as_bytes()].concat(),
    );
    let now = state.clock.now();
    let upload = Upload {
        viewer: customer.viewer(),
        interaction,
        file_name,
        media_type,
        now,
        received,
        unsent_bytes: most_unsent(&state.config.limits),
    };
    let folder = state.files.as_ref().clone();
    once(&state, &customer, key, fingerprint, move |tx| {
        upload.enter(tx, &folder)
    })
    .await
}

/// What is announced to be too large need not be sent first.
fn refuse_announced(headers: &HeaderMap, limit: u64) -> ApiResult<()> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    match announced {
        Some(length) if length > limit => Err(ApiError::payload_too_large(limit)),
        _ => Ok(()),
    }
}

/// Lets come what was refused, as much of it as could have been taken. A connection that is closed while its sender is still
/// sending takes the answer with it, and what a person is told then is that the network broke.
async fn throw_away(mut body: Body, most: u64) {
    let mut come = 0;
    while come <= most
        && let Some(Ok(frame)) = body.frame().await
    {
        come += frame.data_ref().map_or(0, |piece| piece.len() as u64);
    }
}

/// Nor what is sent to nowhere. Whether a file may be added is asked later, in the transaction: the repetition of an upload that
/// was taken is answered as the first was, whatever happened to the interaction since.
async fn refuse_unknown(state: &AppState, viewer: Viewer, id: InteractionId) -> ApiResult<()> {
    let found = state
        .store
        .read(move |db| interactions::find(db, &viewer.customer, &id))
        .await?;
    found.map(|_| ()).ok_or_else(ApiError::not_found)
}

fn file_name(headers: &HeaderMap) -> String {
    let given = headers
        .get(CONTENT_DISPOSITION)
        .and_then(|value| disposition::file_name(value.as_bytes()));
    name::clean(&given.unwrap_or_default())
}

/// A file that has come in whole. Its temporary file goes when this does, unless it was kept.
struct Received {
    file: NamedTempFile,
    size: u64,
    sha256: [u8; 32],
    head: Vec<u8>,
}

async fn receive(mut body: Body, state: &AppState) -> ApiResult<Received> {
    let limit = state.config.limits.attachment_bytes;
    let file = NamedTempFile::new_in(state.files.as_path()).map_err(StoreError::from)?;
    let mut writer = tokio::fs::File::from_std(file.reopen().map_err(StoreError::from)?);
    let (mut size, mut hash, mut head) = (0, Sha256::new(), Vec::new());
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| pace::refusal(&error))?;
        let Ok(piece) = frame.into_data() else {
            continue;
        };
        size += piece.len() as u64;
        if size > limit {
            return Err(ApiError::payload_too_large(limit));
        }
        hash.update(&piece);
        let wanted = kind::HEAD.saturating_sub(head.len()).min(piece.len());
        head.extend_from_slice(&piece[..wanted]);
        writer.write_all(&piece).await.map_err(StoreError::from)?;
    }
    // An entry in the database is a promise that the content is on the disk.
    writer.sync_all().await.map_err(StoreError::from)?;
    Ok(Received {
        file,
        size,
        sha256: hash.finalize().into(),
        head,
    })
}

struct Upload {
    viewer: Viewer,
    /// Absent while there is none.
    interaction: Option<InteractionId>,
    file_name: String,
    media_type: &'static str,
    now: Moment,
    received: Received,
    /// The most that may wait for a message, in bytes.
    unsent_bytes: u64,
}

/// As much as the largest message that can be sent.
fn most_unsent(limits: &Limits) -> u64 {
    limits
        .attachment_bytes
        .saturating_mul(limits.attachments_per_message)
}

impl Upload {
    /// Whether the customer may have this file waiting too, whatever it is added to.
    fn fits(&self, tx: &Transaction<'_>) -> ApiResult<()> {
        let unsent = attachments::unsent(tx, &self.viewer.customer)?;
        let bytes = unsent.bytes.saturating_add(self.received.size);
        match unsent.until {
            Some(until) if unsent.files >= MOST_UNSENT || bytes > self.unsent_bytes => {
                Err(ApiError::quota_exceeded(self.now.seconds_until(until)))
            }
            _ => Ok(()),
        }
    }

    /// Where it goes, if a file may be added there.
    fn place(&self, tx: &Transaction<'_>) -> ApiResult<Option<Seq>> {
        let Some(id) = &self.interaction else {
            return Ok(None);
        };
        let seq = require(tx, &self.viewer, id)?;
        let allowed = interactions::situation(tx, seq)?.allowed_actions(self.now);
        if !allowed.contains(&Action::Attach) {
            return Err(ApiError::invalid_state(allowed));
        }
        Ok(Some(seq))
    }

    fn enter(self, tx: &Transaction<'_>, folder: &Path) -> ApiResult<Outcome> {
        let interaction = self.place(tx)?;
        self.fits(tx)?;
        let file = Attachment {
            id: ids::fresh("att", self.now),
            file_name: self.file_name,
            media_type: self.media_type.to_owned(),
            size_bytes: self.received.size,
            sha256: hex(&self.received.sha256),
            created_at: self.now.to_timestamp(),
            previewable: kind::is_previewable(self.media_type),
        };
        let stored_as = hex(&random());
        let customer = &self.viewer.customer;
        attachments::insert_draft(tx, customer, interaction, &file, &stored_as, self.now)?;
        let place: PathBuf = folder.join(&stored_as);
        // Before the commit: a content without an entry is a lost file, an entry without content would be a lost promise.
        self.received
            .file
            .persist(place)
            .map_err(|error| StoreError::from(error.error))?;
        Ok(Outcome::json(StatusCode::CREATED, &file))
    }
}
