//! What the customer wants to be told.

use super::{Asked, Client};
#[cfg(doc)]
use crate::error::ApiError;
use crate::paths;
use crate::preferences::{Cell, Save};
use crate::transport::Transport;
use portal_contract::preference_catalog::PreferenceCatalog;
use portal_contract::preference_history::PreferenceChange;
use portal_contract::preferences::Preferences;
use portal_contract::reach::Reach;
use portal_contract::{Cursor, IdempotencyKey, Page, PreferenceChangeId, Timestamp, endpoints};

impl<T: Transport + 'static> Client<T> {
    /// What there is to choose from.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn preference_catalog(&self) -> Asked<PreferenceCatalog> {
        self.get(endpoints::PREFERENCE_CATALOG.to_owned())
    }

    /// What is chosen.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn preferences(&self) -> Asked<Preferences> {
        self.get(endpoints::PREFERENCES.to_owned())
    }

    /// Sends what [`Editing::next_save`](crate::preferences::Editing::next_save) gave; its answer goes back there.
    ///
    /// # Errors
    /// [`ApiError::PreconditionFailed`] with the document as it stands now, when it was changed elsewhere;
    /// [`ApiError::Validation`] for what cannot be chosen; [`ApiError::NotAllowed`] for more contact by a footer's link.
    pub fn save_preferences(&self, save: &Save) -> Asked<Preferences> {
        let path = endpoints::PREFERENCES.to_owned();
        let call = self.patching(path, &save.patch, &save.etag);
        self.keyed(call, &save.key)
    }

    /// A page of who changed what, the newest first.
    ///
    /// # Errors
    /// As every call; see [`ApiError`].
    pub fn preference_history(&self, cursor: Option<&Cursor>) -> Asked<Page<PreferenceChange>> {
        self.get(paths::preference_history(cursor))
    }

    /// Takes a change back: what it changed stands again as before it.
    ///
    /// # Errors
    /// [`ApiError::InvalidState`] when it is none that can be undone, or what it changed was changed since.
    pub fn undo_preference_change(
        &self,
        id: &PreferenceChangeId,
        key: &IdempotencyKey,
    ) -> Asked<Preferences> {
        let path = endpoints::preference_undo(id);
        self.act(path, key)
    }

    /// "Would this reach me?", at a moment or now.
    ///
    /// # Errors
    /// [`ApiError::Validation`] when there is no such topic or channel, its pointer `?name`.
    pub fn reach(&self, cell: &Cell, at: Option<&Timestamp>) -> Asked<Reach> {
        self.get(paths::reach(cell, at))
    }
}
