//! Whether the server can do its work.

use super::AppState;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get(check))
}

/// 200 `ok` when the database answers, 503 when it does not.
async fn check(State(state): State<AppState>) -> Response {
    let answered = state
        .store
        .read(|db| {
            Ok(db.query_row("SELECT count(*) FROM server_keys", [], |row| {
                row.get::<_, i64>(0)
            })?)
        })
        .await;
    let (status, text) = match answered {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the health check failed");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    };
    (status, [(CACHE_CONTROL, "no-store")], text).into_response()
}
