//! What may be done with an interaction, decided in one place, and what the company does with one.

mod files;
mod rules;
mod starting;
pub mod words;

pub use files::send_files;
pub use rules::{Call, REOPEN_DAYS, Situation, allowed_actions};
pub use starting::Beginning;

use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::messages::{self, Draft};
use crate::store::time::Moment;
use crate::store::{events, interactions};
use portal_contract::InteractionId;
use portal_contract::event::EventKind;
use portal_contract::interaction::{InteractionStatus, Role};
use rusqlite::{OptionalExtension, Transaction};

/// Who answers where no person of the company has taken part yet.
const NAMELESS_AGENT: &str = "Customer service";

/// The company answers: a message of the agent who was last there, and the interaction waits for the customer. Gives the
/// customer, who is to be told once the transaction is kept ([`Changes::tell`](crate::http::Changes::tell)); `None` when there
/// is no such interaction.
///
/// # Errors
/// When the database refuses.
pub fn company_replies(
    tx: &Transaction<'_>,
    interaction: &InteractionId,
    text: &str,
    now: Moment,
) -> Result<Option<CustomerId>, StoreError> {
    let Some((seq, customer)) = interactions::owner(tx, interaction)? else {
        return Ok(None);
    };
    let name: Option<String> = tx
        .prepare_cached(
            "SELECT display_name FROM participants WHERE interaction_seq = ?1 AND role = 'agent'
             ORDER BY position DESC LIMIT 1",
        )?
        .query_row([seq], |row| row.get(0))
        .optional()?;
    let name = match name {
        Some(name) => name,
        None => {
            interactions::add_participant(tx, seq, &Role::Agent, NAMELESS_AGENT)?;
            NAMELESS_AGENT.to_owned()
        }
    };
    let channel = messages::last_channel(tx, seq)?;
    messages::insert(
        tx,
        seq,
        &Draft {
            role: &Role::Agent,
            author: &name,
            channel: &channel,
            text,
            sent_at: now,
        },
    )?;
    tx.prepare_cached(
        "UPDATE interactions
            SET status = ?2, first_response_at = coalesce(first_response_at, ?3),
                ended_at = NULL, resolved_at = NULL, version = version + 1
          WHERE seq = ?1",
    )?
    .execute((seq, InteractionStatus::WaitingOnCustomer.as_str(), now))?;
    for kind in [EventKind::MessageCreated, EventKind::InteractionUpdated] {
        events::emit(tx, &customer, seq, &kind, now)?;
    }
    Ok(Some(customer))
}
