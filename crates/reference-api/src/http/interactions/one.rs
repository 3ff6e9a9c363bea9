//! One interaction, for the operations upon it.

use crate::config::Config;
use crate::http::{ApiError, ApiResult};
use crate::signals;
use crate::store::StoreError;
use crate::store::interactions::{self, Seq, Viewer, find};
use crate::store::time::Moment;
use portal_contract::InteractionId;
use portal_contract::contact::ContactOptionKind;
use portal_contract::interaction::{Action, Interaction};
use rusqlite::Connection;

/// The row of the customer's interaction.
///
/// # Errors
/// `not-found` when there is none, or it is another customer's.
pub(crate) fn require(db: &Connection, viewer: &Viewer, id: &InteractionId) -> ApiResult<Seq> {
    find(db, &viewer.customer, id)?.ok_or_else(ApiError::not_found)
}

/// The whole interaction, as it is read and as the acts upon it answer.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub(crate) fn whole(
    db: &Connection,
    config: &Config,
    viewer: &Viewer,
    seq: Seq,
    now: Moment,
) -> Result<Interaction, StoreError> {
    let mut interaction = interactions::detail(db, viewer, seq, now)?;
    let desk = signals::Desk {
        config,
        viewer,
        now,
    };
    interaction.signals = signals::of_interaction(db, desk, seq)?;
    if !config.ways.offers(&ContactOptionKind::Callback) {
        let actions = &mut interaction.allowed_actions;
        actions.retain(|action| *action != Action::RequestCallback);
    }
    Ok(interaction)
}
