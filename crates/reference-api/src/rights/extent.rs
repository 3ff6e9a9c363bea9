//! What can be restricted or objected to: only what something here would stop for. A right is never recorded without an effect.

use super::force::Use;
use crate::inventory::Category;
use portal_contract::data_request::DataRequestKind as Kind;
use portal_contract::me::Origin;

/// What a scope calls an attribute: this, and its key.
pub(crate) const ATTRIBUTE: &str = "attributes/";

/// The key of an attribute that a scope, or a proposal, names.
pub(crate) fn attribute_key(field: &str) -> Option<&str> {
    field
        .strip_prefix(ATTRIBUTE)
        .or_else(|| field.strip_prefix("attributes."))
}

/// Whether a right of this kind about a category stops a use of it. Kinds that stop no use by themselves stop nothing.
pub(crate) fn stops(kind: &Kind, category: Category) -> bool {
    let is_stopped = |what: &Use| what.is_stopped_by(kind) && what.concerns(category);
    Use::ALL.iter().any(is_stopped)
}

/// Whether a right of this kind can be about a single field. Who the customer is and which law applies to them is needed for every
/// answer to them, and nothing here uses a date of birth: of these, nothing could be stopped.
pub(crate) fn stops_field(kind: &Kind, field: &str, origin: &Origin) -> bool {
    let is_attribute = attribute_key(field).is_some();
    match kind {
        Kind::Rectification => true,
        Kind::Restriction | Kind::Objection => is_attribute,
        Kind::AutomatedDecisionReview => is_attribute && *origin == Origin::Inferred,
        Kind::Access
        | Kind::Portability
        | Kind::Erasure
        | Kind::OptOutSaleSharing
        | Kind::LimitSensitive
        | Kind::Other(_) => false,
    }
}
