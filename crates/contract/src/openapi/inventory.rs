//! The operations of what is held, in the order of [`endpoints`].

use super::operation::{Entry, on};
use super::parts;
use crate::endpoints;
use crate::inventory::{InventoryCategory, InventoryRecord};
use crate::me::Me;
use crate::problem::ProblemKind as Kind;
use crate::signal::ContestSignal;
use crate::{AttributeKey, InventoryCategoryId};
use utoipa::openapi::path::HttpMethod::{Get, Post};

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    vec![
        on(Post, endpoints::ATTRIBUTE_CONTEST, "contestAttribute", parts::ME, "\"That's not right\"")
            .says(
                "Of an attribute that was `inferred`: the company stops using it (GDPR, articles 18(1)(a) and 21(1)), and keeps the customer's \
                 words beside it as their own statement (article 16). Saying it again replaces the words; what changes nothing answers 200. \
                 It is entered in the history of `GET /v1/preferences/history` as a change of a `signal`.",
            )
            .knows::<AttributeKey>()
            .reads::<ContestSignal>("application/json")
            .answers::<Me>(200, "The record as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::Validation, Kind::InvalidState]),
        on(Post, endpoints::ATTRIBUTE_UNCONTEST, "uncontestAttribute", parts::ME, "Take that back")
            .says("The company may use it again. The body is an empty object.")
            .answers::<Me>(200, "The record as it stands now.")
            .with_header("ETag", "ETag")
            .keyed()
            .refuses(&[Kind::InvalidState]),
        on(Get, endpoints::DATA_INVENTORY, "getDataInventory", parts::INVENTORY, "What is held, by category")
            .says(
                "Every category that the company may hold, in its own order, also those of which nothing is held. What is counted here is \
                 what the records list: nothing is counted that cannot be looked at.",
            )
            .answers_page::<InventoryCategory>("InventoryCategoryPage", "A page of the categories."),
        on(Get, endpoints::DATA_INVENTORY_RECORDS, "listInventoryRecords", parts::INVENTORY, "The records of a category")
            .says(
                "The newest first; messages and files by the interaction that they belong to, the one begun last first. Secrets (codes, \
                 hashes) are named and not shown. Notes that people of the company wrote among themselves never appear.",
            )
            .knows::<InventoryCategoryId>()
            .answers_page::<InventoryRecord>("InventoryRecordPage", "A page of the records."),
    ]
}
