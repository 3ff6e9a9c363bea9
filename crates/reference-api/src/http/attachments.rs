//! Routes of files: taking one in, giving one back.

pub(super) mod disposition;
mod upload;

#[cfg(test)]
mod tests;

use super::{ApiError, ApiResult, AppState, CurrentCustomer};
use crate::http::PathIds;
use crate::store::{StoreError, attachments, interactions};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use portal_contract::attachment::Attachment;
use portal_contract::session::Scope;
use portal_contract::{AttachmentId, endpoints};
use tokio::io::AsyncReadExt;

/// How much of a file is read at a time.
const PIECE: usize = 64 * 1024;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(endpoints::ATTACHMENTS, post(upload::take))
        .route(endpoints::ATTACHMENT, get(read))
        .route(endpoints::UNSENT_ATTACHMENTS, post(upload::take_unsent))
}

async fn read(
    State(state): State<AppState>,
    customer: CurrentCustomer,
    ids: PathIds,
) -> ApiResult<Response> {
    customer.require(&Scope::InteractionsRead)?;
    let (viewer, id) = (customer.viewer(), ids.interaction()?);
    let attachment: AttachmentId = ids.get("attachment_id")?;
    let found = state
        .store
        .read(
            move |db| match interactions::find(db, &viewer.customer, &id)? {
                Some(seq) => attachments::find(db, seq, &attachment),
                None => Ok(None),
            },
        )
        .await?;
    let (file, stored_as) = found.ok_or_else(ApiError::not_found)?;
    let content = tokio::fs::File::open(state.files.join(&stored_as))
        .await
        .map_err(StoreError::from)?;
    Ok((headers(&file), Body::from_stream(pieces(content))).into_response())
}

/// A download and never a page: whatever is in it, a browser that is led to its address runs nothing. An `<img>` does not mind.
fn headers(file: &Attachment) -> [(HeaderName, HeaderValue); 4] {
    let text = |value: String| {
        HeaderValue::try_from(value)
            .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
    };
    [
        (CONTENT_TYPE, text(file.media_type.clone())),
        (
            CONTENT_DISPOSITION,
            text(disposition::download(&file.file_name)),
        ),
        (CONTENT_LENGTH, HeaderValue::from(file.size_bytes)),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
    ]
}

/// The file piece by piece.
pub(super) fn pieces(
    file: tokio::fs::File,
) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> + Send {
    futures_util::stream::try_unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE];
        let length = file.read(&mut piece).await?;
        piece.truncate(length);
        Ok((length > 0).then(|| (Bytes::from(piece), file)))
    })
}
