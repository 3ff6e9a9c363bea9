//! Whether somebody may act for another, and in what. Whatever is done in another's name goes through here.

use super::rows::{self, Row, Seq};
use crate::http::{ApiError, ApiResult};
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::data_request::{
    DataRequestAction as Action, DataRequestKind as Kind, DataRequestScope, ScopeKind,
};
use portal_contract::delegation::DelegationRole;
use portal_contract::{DelegationId, FieldCode, FieldError, InventoryCategoryId};
use rusqlite::Connection;

/// That somebody acts for another at this moment.
#[derive(Clone, Debug)]
pub(crate) struct Acting {
    pub(crate) seq: Seq,
    pub(crate) id: DelegationId,
    pub(crate) delegate: CustomerId,
    pub(crate) person: CustomerId,
    pub(crate) role: DelegationRole,
    pub(crate) ends_at: Moment,
    kinds: Vec<Kind>,
    categories: Vec<InventoryCategoryId>,
}

impl Acting {
    /// Lets the customer act under this delegation.
    ///
    /// # Errors
    /// `not-found` for every other one, and for one that does not hold: who may not act learns nothing, not even that they could once.
    pub(crate) fn admit(
        db: &Connection,
        delegate: &CustomerId,
        id: &DelegationId,
        now: Moment,
    ) -> ApiResult<Self> {
        let row = rows::of(db, delegate, id)?.ok_or_else(ApiError::not_found)?;
        Self::of(row, delegate, now).ok_or_else(ApiError::not_found)
    }

    fn of(row: Row, customer: &CustomerId, now: Moment) -> Option<Self> {
        if !row.holds(now) || row.delegate.as_ref() != Some(customer) {
            return None;
        }
        Some(Self {
            seq: row.seq,
            id: row.id,
            delegate: customer.clone(),
            person: row.person?,
            role: row.role,
            ends_at: row.ends_at,
            kinds: row.kinds,
            categories: row.categories,
        })
    }

    /// Looks again, within the transaction that acts: it may have ended since.
    ///
    /// # Errors
    /// `not-found` when it has.
    pub(crate) fn again(&self, tx: &Connection, now: Moment) -> ApiResult<()> {
        Self::admit(tx, &self.delegate, &self.id, now).map(drop)
    }

    /// Whether a kind of request is covered.
    pub(crate) fn covers(&self, kind: &Kind) -> bool {
        self.kinds.contains(kind)
    }

    /// Whether a category is.
    pub(crate) fn covers_category(&self, id: &InventoryCategoryId) -> bool {
        self.categories.is_empty() || self.categories.contains(id)
    }

    /// What a request can be about: never single conversations or fields, which nobody but the person can see.
    pub(crate) fn covers_scope(&self, scope: &ScopeKind) -> bool {
        match scope {
            ScopeKind::Everything => self.categories.is_empty(),
            ScopeKind::Categories => true,
            ScopeKind::Interactions | ScopeKind::Field | ScopeKind::Other(_) => false,
        }
    }

    /// What may be done with a request: what is the person's alone is not.
    pub(crate) fn may(action: &Action) -> bool {
        match action {
            Action::Cancel | Action::Message | Action::Download | Action::Reissue => true,
            Action::Confirm | Action::Lift | Action::Other(_) => false,
        }
    }

    /// Passes when a request of this kind and scope is covered.
    ///
    /// # Errors
    /// `validation` with everything that is not.
    pub(crate) fn check(&self, kind: &Kind, scope: &DataRequestScope) -> ApiResult<()> {
        let mut errors = Vec::new();
        let mut refuse = |pointer: String| {
            errors.push(FieldError {
                pointer,
                code: FieldCode::NotOffered,
                detail: Some("not covered by the delegation".to_owned()),
                limit: None,
            });
        };
        if !self.covers(kind) {
            refuse("/kind".to_owned());
        }
        if !self.covers_scope(&scope.kind) {
            refuse("/scope/kind".to_owned());
        }
        for (at, id) in scope.categories.iter().enumerate() {
            if !self.covers_category(id) {
                refuse(format!("/scope/categories/{at}"));
            }
        }
        match errors.is_empty() {
            true => Ok(()),
            false => Err(ApiError::validation(errors)),
        }
    }
}
