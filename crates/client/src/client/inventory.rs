//! What is held about the customer, and the customer's word against what was inferred.

use super::Client;
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::inventory::{InventoryCategory, InventoryRecord};
use portal_contract::me::Me;
use portal_contract::signal::ContestSignal;
use portal_contract::{
    AttributeKey, Cursor, IdempotencyKey, InventoryCategoryId, Json, Page, ToJson, endpoints,
};

impl<T: Transport> Client<T> {
    /// A page of what is held, by category, in the company's order.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn data_inventory(
        &self,
        cursor: Option<&Cursor>,
    ) -> Result<Page<InventoryCategory>, ApiError> {
        self.get(paths::data_inventory(cursor)).await
    }

    /// A page of the records of a category, the newest first.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such category.
    pub async fn data_inventory_records(
        &self,
        category: &InventoryCategoryId,
        cursor: Option<&Cursor>,
    ) -> Result<Page<InventoryRecord>, ApiError> {
        self.get(paths::data_inventory_records(category, cursor))
            .await
    }

    /// "That's not right", of what the company inferred about the customer.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such attribute, [`ApiError::InvalidState`] when it was not inferred,
    /// [`ApiError::Validation`] when the words are too long.
    pub async fn contest_attribute(
        &self,
        attribute: &AttributeKey,
        contest: &ContestSignal,
        key: &IdempotencyKey,
    ) -> Result<Me, ApiError> {
        let path = endpoints::attribute_contest(attribute);
        self.keyed(self.posting(path, &contest.to_json()), key)
            .await
    }

    /// Takes that back.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such attribute, [`ApiError::InvalidState`] when it is not contested.
    pub async fn uncontest_attribute(
        &self,
        attribute: &AttributeKey,
        key: &IdempotencyKey,
    ) -> Result<Me, ApiError> {
        let path = endpoints::attribute_uncontest(attribute);
        self.keyed(self.posting(path, &Json::Object(Vec::new())), key)
            .await
    }
}
