//! What is done every hour: asking how it goes since, and throwing away what has run out.
//!
//! Nothing hangs on when it is thrown away: whatever has run out is passed over by those who read it. The sweep keeps the database from
//! growing for ever, and personal data from staying longer than it is needed (GDPR, Art. 5 (1)(e)).

use crate::contact_points;
use crate::delegations;
use crate::erasure;
use crate::exports;
use crate::feedback;
use crate::http::{AppState, Change, forgetting};
use crate::notices;
use crate::store::time::Moment;
use crate::store::{StoreError, attachments, events};
use crate::webhooks;
use rusqlite::Connection;
use std::time::Duration;

/// How often.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// The most rows that go in one transaction: others want to write too.
const BATCH: usize = 1_000;

/// Deletes at most so many rows of a kind that had run out at this moment, and says how many.
pub(crate) type Forget = fn(&Connection, Moment, usize) -> Result<usize, StoreError>;

/// Sweeps at once and every hour, until the server goes down.
pub async fn run(state: AppState) {
    loop {
        if let Err(error) = check_ins(&state).await {
            tracing::warn!(%error, "check-ins that are due could not be made; it is tried again in an hour");
        }
        if let Err(error) = ask(&state).await {
            tracing::warn!(%error, "nobody could be asked how it went; it is tried again in an hour");
        }
        if let Err(error) = once(&state).await {
            tracing::warn!(%error, "what has run out could not be deleted; it is tried again in an hour");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = state.shutdown.begun() => return,
        }
    }
}

/// Deletes all that has run out.
///
/// # Errors
/// When the database refuses. What was deleted before that stays deleted.
pub async fn once(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let changes: (_, Forget) = ("events", events::forget);
    let told: (_, Forget) = ("notices", notices::forget);
    let requests: (_, Forget) = ("feedback_requests", feedback::expire);
    let retained: (_, Forget) = ("retained_records", erasure::forget);
    let contact_points = contact_points::FORGETTING;
    let downloads: (_, Forget) = ("export_downloads", exports::forget);
    let acting: (_, Forget) = ("delegations", delegations::forget);
    let webhooks: (_, Forget) = ("webhook_messages", webhooks::forget);
    for (what, forget) in forgetting()
        .chain([
            changes, told, requests, retained, downloads, acting, webhooks,
        ])
        .chain(contact_points)
    {
        let mut rows = 0;
        loop {
            let gone = state.store.write(move |tx| forget(tx, now, BATCH)).await?;
            rows += gone;
            if gone < BATCH {
                break;
            }
        }
        if rows > 0 {
            tracing::debug!(what, rows, "swept");
        }
    }
    unsent_files(state, now).await?;
    exports::sweep(state).await?;
    erasure::remove_files(state).await?;
    erasure::honour_opt_outs(state).await
}

/// Asks how it goes since, where that is due.
///
/// # Errors
/// When the database refuses.
pub async fn check_ins(state: &AppState) -> Result<(), StoreError> {
    let (config, now) = (state.config.clone(), state.clock.now());
    let asked = state
        .store
        .write(move |tx| notices::make_due(tx, &config.check_ins, now))
        .await?;
    for customer in asked {
        state.changes.tell(Change::Data(customer));
    }
    Ok(())
}

/// Asks how it went with what was settled elsewhere than in the portal: by an import, or by another program on the same database.
///
/// # Errors
/// When the database refuses.
pub async fn ask(state: &AppState) -> Result<(), StoreError> {
    let now = state.clock.now();
    let mut after = Some(0);
    while let Some(place) = after {
        let surveys = state.config.surveys.clone();
        let (asked, more) = state
            .store
            .write(move |tx| feedback::ask::after_elsewhere(tx, &surveys, now, place, BATCH))
            .await?;
        for customer in asked {
            state.changes.tell(Change::Data(customer));
        }
        after = more;
    }
    Ok(())
}

/// Uploads that no message took: the entry first, then the content, so that no entry ever lacks its content.
async fn unsent_files(state: &AppState, now: Moment) -> Result<(), StoreError> {
    let forgotten = state
        .store
        .write(move |tx| attachments::forget_drafts(tx, now))
        .await?;
    let folder = state.files.as_ref().clone();
    tokio::task::spawn_blocking(move || attachments::remove_contents(&folder, &forgotten))
        .await
        .map_err(|_| StoreError::Interrupted)
}

#[cfg(test)]
mod tests;
