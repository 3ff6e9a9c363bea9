//! What went to nobody: mail, when no mail server is configured, and all that is no mail.

use crate::http::{ApiResult, AppState};
use crate::store::StoreError;
use crate::store::time::Moment;
use axum::Json;
use axum::extract::State;
use portal_contract::Timestamp;
use rusqlite::{Connection, Row};
use serde::Serialize;

/// How many letters are shown.
const SHOWN: u32 = 50;

/// A letter.
#[derive(Serialize)]
pub(super) struct Letter {
    pub(super) channel: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) code: Option<String>,
    pub(super) locale: String,
    pub(super) sent_at: Timestamp,
    /// Headers besides the usual ones, one a line.
    pub(super) headers: String,
}

pub(super) async fn json(State(state): State<AppState>) -> ApiResult<Json<Vec<Letter>>> {
    Ok(Json(letters(&state).await?))
}

/// The newest letters first. What was handed in before this was asked is among them.
pub(super) async fn letters(state: &AppState) -> ApiResult<Vec<Letter>> {
    state.mailer.flushed().await;
    Ok(state.store.read(newest).await?)
}

fn newest(db: &Connection) -> Result<Vec<Letter>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT recipient, subject, body, code, locale, sent_at, channel, headers FROM outbox
              ORDER BY id DESC LIMIT ?1",
        )?
        .query_map([SHOWN], letter)?
        .collect::<Result<_, _>>()?)
}

fn letter(row: &Row<'_>) -> rusqlite::Result<Letter> {
    Ok(Letter {
        channel: row.get(6)?,
        to: row.get(0)?,
        subject: row.get(1)?,
        text: row.get(2)?,
        code: row.get(3)?,
        locale: row.get(4)?,
        sent_at: row.get::<_, Moment>(5)?.to_timestamp(),
        headers: row.get(7)?,
    })
}
