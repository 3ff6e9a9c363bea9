//! Guides, and what came of them.

use super::{Asked, Client};
#[cfg(doc)]
use crate::error::ApiError;
use crate::paths;
use crate::transport::Transport;
use portal_contract::guide::{Guide, GuideRecord, GuideSummary, NewGuideOutcome};
use portal_contract::{Cursor, GuideId, IdempotencyKey, Page, ToJson, endpoints};

impl<T: Transport + 'static> Client<T> {
    /// A page of the guides on offer.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn guides(&self, cursor: Option<&Cursor>) -> Asked<Page<GuideSummary>> {
        self.get(paths::guides(cursor))
    }

    /// A guide with all its nodes.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such guide.
    pub fn guide(&self, id: &GuideId) -> Asked<Guide> {
        self.get(endpoints::guide(id))
    }

    /// "Did this solve it?"
    ///
    /// # Errors
    /// [`ApiError::Validation`] when the way does not lead to the outcome, in a guide that has changed out of all knowledge.
    pub fn record_guide_outcome(
        &self,
        outcome: &NewGuideOutcome,
        key: &IdempotencyKey,
    ) -> Asked<GuideRecord> {
        let path = endpoints::guide_outcomes(&outcome.trail.guide_id);
        self.keyed(self.posting(path, &outcome.to_json()), key)
    }
}
