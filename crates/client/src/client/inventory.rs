//! What is held about the customer, and the customer's word against what was inferred.

use super::{Asked, Client};
#[cfg(doc)]
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::inventory::{InventoryCategory, InventoryRecord};
use portal_contract::me::Me;
use portal_contract::signal::ContestSignal;
use portal_contract::{
    AttributeKey, Cursor, IdempotencyKey, InventoryCategoryId, Page, ToJson, endpoints,
};

impl<T: Transport + 'static> Client<T> {
    /// A page of what is held, by category, in the company's order.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn data_inventory(&self, cursor: Option<&Cursor>) -> Asked<Page<InventoryCategory>> {
        self.get(paths::data_inventory(cursor))
    }

    /// A page of the records of a category, the newest first.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such category.
    pub fn data_inventory_records(
        &self,
        category: &InventoryCategoryId,
        cursor: Option<&Cursor>,
    ) -> Asked<Page<InventoryRecord>> {
        self.get(paths::data_inventory_records(category, cursor))
    }

    /// "That's not right", of what the company inferred about the customer.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such attribute, [`ApiError::InvalidState`] when it was not inferred,
    /// [`ApiError::Validation`] when the words are too long.
    pub fn contest_attribute(
        &self,
        attribute: &AttributeKey,
        contest: &ContestSignal,
        key: &IdempotencyKey,
    ) -> Asked<Me> {
        let path = endpoints::attribute_contest(attribute);
        self.keyed(self.posting(path, &contest.to_json()), key)
    }

    /// Takes that back.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such attribute, [`ApiError::InvalidState`] when it is not contested.
    pub fn uncontest_attribute(&self, attribute: &AttributeKey, key: &IdempotencyKey) -> Asked<Me> {
        let path = endpoints::attribute_uncontest(attribute);
        self.act(path, key)
    }
}
