//! Guides, and what came of them.

use super::Client;
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::guide::{Guide, GuideRecord, GuideSummary, NewGuideOutcome};
use portal_contract::{Cursor, GuideId, IdempotencyKey, Page, ToJson, endpoints};

impl<T: Transport> Client<T> {
    /// A page of the guides on offer.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub async fn guides(&self, cursor: Option<&Cursor>) -> Result<Page<GuideSummary>, ApiError> {
        self.get(paths::guides(cursor)).await
    }

    /// A guide with all its nodes.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such guide.
    pub async fn guide(&self, id: &GuideId) -> Result<Guide, ApiError> {
        self.get(endpoints::guide(id)).await
    }

    /// "Did this solve it?"
    ///
    /// # Errors
    /// [`ApiError::Validation`] when the way does not lead to the outcome, in a guide that has changed out of all knowledge.
    pub async fn record_guide_outcome(
        &self,
        outcome: &NewGuideOutcome,
        key: &IdempotencyKey,
    ) -> Result<GuideRecord, ApiError> {
        let path = endpoints::guide_outcomes(&outcome.trail.guide_id);
        self.keyed(self.posting(path, &outcome.to_json()), key)
            .await
    }
}
