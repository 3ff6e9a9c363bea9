//! Acting for another.

use super::fill;
use crate::DelegationId;

/// `GET` (newest first), `POST`: for whom the customer acts, and who acts for them.
pub const DELEGATIONS: &str = "/v1/delegations";
/// `POST`, signed in or not: what the link of a mail is about. Changes nothing.
pub const DELEGATION_LINK: &str = "/v1/delegations/link";
/// `POST`, signed in or not: what is decided by it.
pub const DELEGATION_DECISION: &str = "/v1/delegations/link/decision";
/// `GET`: one of them.
pub const DELEGATION: &str = "/v1/delegations/{delegation_id}";
/// `GET` (newest first): what was done.
pub const DELEGATION_EVENTS: &str = "/v1/delegations/{delegation_id}/events";
/// `POST`: let them.
pub const DELEGATION_ACCEPT: &str = "/v1/delegations/{delegation_id}/accept";
/// `POST`: do not.
pub const DELEGATION_REFUSE: &str = "/v1/delegations/{delegation_id}/refuse";
/// `POST`: end it at once.
pub const DELEGATION_REVOKE: &str = "/v1/delegations/{delegation_id}/revoke";
/// `POST`: give it up.
pub const DELEGATION_GIVE_UP: &str = "/v1/delegations/{delegation_id}/give-up";

/// The parameter by which the operations of data requests are used in another's name.
pub const ON_BEHALF: &str = "on_behalf";

/// The path of [`DELEGATION`].
#[must_use]
pub fn delegation(id: &DelegationId) -> String {
    fill(DELEGATION, &[id.as_str()])
}

/// The path of [`DELEGATION_EVENTS`].
#[must_use]
pub fn delegation_events(id: &DelegationId) -> String {
    fill(DELEGATION_EVENTS, &[id.as_str()])
}

/// The path of [`DELEGATION_ACCEPT`].
#[must_use]
pub fn delegation_accept(id: &DelegationId) -> String {
    fill(DELEGATION_ACCEPT, &[id.as_str()])
}

/// The path of [`DELEGATION_REFUSE`].
#[must_use]
pub fn delegation_refuse(id: &DelegationId) -> String {
    fill(DELEGATION_REFUSE, &[id.as_str()])
}

/// The path of [`DELEGATION_REVOKE`].
#[must_use]
pub fn delegation_revoke(id: &DelegationId) -> String {
    fill(DELEGATION_REVOKE, &[id.as_str()])
}

/// The path of [`DELEGATION_GIVE_UP`].
#[must_use]
pub fn delegation_give_up(id: &DelegationId) -> String {
    fill(DELEGATION_GIVE_UP, &[id.as_str()])
}
