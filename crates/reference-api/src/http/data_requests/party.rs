//! Whose data requests these are: the customer's own, or of whoever they act for (`?on_behalf=`). The one place that decides it.

use crate::data_requests::Customer;
use crate::delegations::Acting;
use crate::http::extract::Fingerprint;
use crate::http::state::Change;
use crate::http::{ApiError, ApiResult, AppState, CurrentCustomer};
use crate::http::{List, Query};
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use portal_contract::DelegationId;
use portal_contract::endpoints::ON_BEHALF;
use portal_contract::session::Scope;

/// Who asks, and whose side of data requests they are let to.
#[derive(Clone)]
pub(crate) struct Party {
    /// Who is signed in: their session, their proof, their keys.
    pub(crate) customer: CurrentCustomer,
    /// Whose requests.
    pub(crate) side: Customer,
}

impl FromRequestParts<AppState> for Party {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let customer = CurrentCustomer::from_request_parts(parts, state).await?;
        let query = Query::from_request_parts(parts, state).await?;
        let locale = customer.locale.as_deref();
        let Some(asked) = query.get(ON_BEHALF) else {
            let side = Customer::of(state, &customer.id, locale);
            return Ok(Self { customer, side });
        };
        // Acting for somebody else is nothing for a frame.
        customer.require(&Scope::StepUp)?;
        let id = DelegationId::try_from(asked.to_owned()).map_err(|_| ApiError::not_found())?;
        let (delegate, now) = (customer.id.clone(), state.clock.now());
        let acting = state
            .store
            .read(move |db| Ok(Acting::admit(db, &delegate, &id, now)))
            .await??;
        let side = Customer::acting(state, acting, locale);
        Ok(Self { customer, side })
    }
}

impl Party {
    /// A list of theirs; a cursor of one's own is none of another's.
    pub(crate) fn list<'l>(&'l self, state: &'l AppState, parts: &[&'l str]) -> List<'l> {
        let acting = self.side.acting.as_ref().map(|acting| acting.id.as_str());
        let parts = parts.iter().copied().chain(acting);
        List::new(state, &self.side.id, parts)
    }

    /// A key that was used for oneself is not good for another: what is repeated is what was asked.
    pub(crate) fn print(&self, fingerprint: Fingerprint) -> Fingerprint {
        match &self.side.acting {
            Some(acting) => {
                Fingerprint::of(&Method::POST, acting.id.as_str(), fingerprint.as_bytes())
            }
            None => fingerprint,
        }
    }

    /// Open pages of both hear of it, and what there is to do in the background is looked for. Call it after the commit.
    pub(crate) fn changed(&self, state: &AppState) {
        state.changes.tell(Change::Data(self.side.id.clone()));
        if self.side.acting.is_some() {
            state.changes.tell(Change::Data(self.customer.id.clone()));
        }
        state.work.ring();
    }
}
