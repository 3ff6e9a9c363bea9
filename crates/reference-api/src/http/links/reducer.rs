//! Who may reduce contact: the signed-in customer, or whoever has a link of theirs.

use super::{grant, only_less, session};
use crate::http::credential::Credential;
use crate::http::extract::{CurrentCustomer, language};
use crate::http::state::{AppState, SessionId};
use crate::http::{ApiError, ApiResult};
use crate::links::{self, Binding};
use crate::preferences::history::Author;
use crate::store::time::Moment;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::preference_history::ChangeRoute;
use portal_contract::preferences::Preferences;
use portal_contract::session::Scope;

/// Who may reduce contact. Handlers that take [`CurrentCustomer`] are reached by no link at all.
#[derive(Clone, Debug)]
pub(crate) struct Reducer {
    /// Whose preferences they are.
    pub(crate) customer: CurrentCustomer,
    /// The link's binding; absent for somebody who is signed in.
    pub(crate) link: Option<Binding>,
}

impl FromRequestParts<AppState> for Reducer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Credential::Link(bearer) = Credential::of(&parts.headers, &state.config) else {
            let customer = CurrentCustomer::from_request_parts(parts, state).await?;
            return Ok(Self {
                customer,
                link: None,
            });
        };
        let grant = grant(state, bearer)
            .await?
            .ok_or_else(ApiError::unauthenticated)?;
        session::check_in_force(&grant.binding)?;
        let language = language::asked(&parts.headers, &state.config.company.locales);
        Ok(Self {
            customer: holder(&grant.binding, language),
            link: Some(grant.binding),
        })
    }
}

impl Reducer {
    /// As much of the preferences as they may see: all of them, or those of the link's address.
    pub(crate) fn view(&self, preferences: Preferences) -> Preferences {
        match self.kind() {
            Some(kind) => links::narrow(preferences, kind),
            None => preferences,
        }
    }

    /// Passes when they may make `after` of `before`: a link may do with less, for its own address or for all of them.
    ///
    /// # Errors
    /// `scope-insufficient` otherwise.
    pub(crate) fn check(&self, before: &Preferences, after: &Preferences) -> ApiResult<()> {
        match self.kind() {
            Some(kind)
                if !(links::reduces(before, after) && links::stays_with(before, after, kind)) =>
            {
                Err(only_less())
            }
            _ => Ok(()),
        }
    }

    /// By which way what they change comes.
    pub(crate) fn author(&self) -> Author {
        let route = match self.link {
            Some(_) => ChangeRoute::Link,
            None => ChangeRoute::Portal,
        };
        Author::customer(route, &self.customer.display_name)
    }

    /// The sort of the link's address; an extracted link has one.
    fn kind(&self) -> Option<&ContactPointKind> {
        let place = self.link.as_ref()?.place.as_ref();
        place.map(|(kind, _)| kind)
    }

    /// Passes for a signed-in customer with this scope, and for every link.
    ///
    /// # Errors
    /// `scope-insufficient` otherwise.
    pub(crate) fn require(&self, scope: &Scope) -> ApiResult<()> {
        match self.link {
            Some(_) => Ok(()),
            None => self.customer.require(scope),
        }
    }
}

/// The customer as far as a link knows them: without a proof, with the one scope of links.
fn holder(binding: &Binding, language: Option<String>) -> CurrentCustomer {
    CurrentCustomer {
        id: binding.customer.clone(),
        auth_time: Moment::from_millis(0),
        session_id: SessionId::NONE,
        locale: language.or_else(|| binding.locale.clone()),
        record_locale: binding.locale.clone(),
        time_zone: binding.time_zone.clone(),
        display_name: binding.display_name.clone(),
        scopes: vec![Scope::PreferencesReduce],
    }
}
