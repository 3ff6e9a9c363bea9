//! Who asks, when, and by which law.

use super::deadlines::Calendar;
use super::transition::Desk;
use crate::config::{Config, DataRights};
use crate::delegations::Acting;
use crate::http::{ApiError, ApiResult, AppState};
use crate::secrets::Secrets;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::{Moment, zone};
use portal_contract::data_request::Regime;
use portal_contract::data_request_event::DataRequestActor as Actor;
use rusqlite::Connection;
use std::sync::Arc;

/// A customer's side of data requests.
#[derive(Clone)]
pub(crate) struct Customer {
    pub(crate) id: CustomerId,
    /// BCP 47 tag of the language in which they are answered.
    pub(crate) locale: Option<String>,
    pub(crate) config: Arc<Config>,
    pub(crate) secrets: Arc<Secrets>,
    pub(crate) now: Moment,
    /// Under what another acts in their name.
    pub(crate) acting: Option<Acting>,
}

impl Customer {
    pub(crate) fn of(state: &AppState, id: &CustomerId, locale: Option<&str>) -> Self {
        Self {
            acting: None,
            id: id.clone(),
            locale: locale.map(str::to_owned),
            config: state.config.clone(),
            secrets: state.secrets.clone(),
            now: state.clock.now(),
        }
    }

    /// Whoever acts under this delegation, in the person's name and in their own language.
    pub(crate) fn acting(state: &AppState, acting: Acting, locale: Option<&str>) -> Self {
        Self {
            acting: Some(acting.clone()),
            ..Self::of(state, &acting.person, locale)
        }
    }

    /// Who does what is done.
    pub(crate) fn actor(&self) -> Actor {
        match self.acting {
            Some(_) => Actor::Delegate,
            None => Actor::Customer,
        }
    }

    /// Under which delegation, if under one.
    pub(crate) fn delegation(&self) -> Option<i64> {
        self.acting.as_ref().map(|acting| acting.seq)
    }

    /// Looks again whether who acts for another still may.
    ///
    /// # Errors
    /// `not-found` when they may not.
    pub(crate) fn admitted(&self, db: &Connection) -> ApiResult<()> {
        match &self.acting {
            Some(acting) => acting.again(db, self.now),
            None => Ok(()),
        }
    }

    /// What is the person's alone is nobody else's.
    ///
    /// # Errors
    /// `invalid-state` for whoever acts for another.
    pub(crate) fn alone(&self) -> ApiResult<()> {
        match &self.acting {
            Some(_) => Err(ApiError::invalid_state(Vec::new()).reason("person_decides")),
            None => Ok(()),
        }
    }

    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk {
            config: &self.config,
            secrets: &self.secrets,
            now: self.now,
        }
    }

    /// Which law applies to them.
    pub(super) fn law(&self, db: &Connection) -> Result<Law, StoreError> {
        let settings = &self.config.data_rights;
        let (code, regime, own_zone): (Option<String>, Option<String>, Option<String>) = db
            .prepare_cached(
                "SELECT jurisdiction_code, jurisdiction_regime, time_zone FROM customers WHERE id = ?1",
            )?
            .query_row([&self.id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let region = code.clone().unwrap_or_else(|| settings.region.clone());
        let time_zone = usual_zone(&region).map_or_else(
            || match (&code, own_zone) {
                (Some(_), Some(own)) => own,
                _ => settings.time_zone.clone(),
            },
            str::to_owned,
        );
        Ok(Law {
            regime: regime
                .unwrap_or_else(|| settings.regime.clone())
                .as_str()
                .into(),
            region,
            time_zone,
        })
    }
}

/// The law that applies to a customer.
#[derive(Clone, Debug)]
pub(super) struct Law {
    pub(super) regime: Regime,
    pub(super) region: String,
    pub(super) time_zone: String,
}

impl Law {
    pub(super) fn calendar(&self, settings: &DataRights) -> Calendar {
        Calendar {
            regime: self.regime.clone(),
            zone: zone(Some(&self.time_zone)),
            region: self.region.clone(),
            closed: settings.holidays.clone(),
        }
    }
}

/// The zone of a country or state that has one alone.
fn usual_zone(region: &str) -> Option<&'static str> {
    match region.split('-').next()? {
        "DE" => Some("Europe/Berlin"),
        "AT" => Some("Europe/Vienna"),
        "FR" => Some("Europe/Paris"),
        "SE" => Some("Europe/Stockholm"),
        "GB" => Some("Europe/London"),
        "IE" => Some("Europe/Dublin"),
        _ if region == "US-CA" => Some("America/Los_Angeles"),
        _ => None,
    }
}

/// Where to complain.
pub(super) fn complaint_url(settings: &DataRights, regime: &Regime) -> String {
    let usual = match regime {
        Regime::UkGdpr => "https://ico.org.uk/make-a-complaint/",
        Regime::Ccpa => "https://cppa.ca.gov/webapplications/complaint",
        Regime::Gdpr | Regime::Other(_) => {
            "https://www.edpb.europa.eu/about-edpb/about-edpb/members_en"
        }
    };
    settings
        .complaint_url
        .clone()
        .unwrap_or_else(|| usual.to_owned())
}

/// Where to appeal: what the company says, otherwise its data protection contact.
pub(super) fn appeal_url(config: &Config) -> Option<String> {
    let controller = config.purposes.controller.as_ref();
    let mail = || controller.map(|controller| format!("mailto:{}", controller.email));
    config.data_rights.appeal_url.clone().or_else(mail)
}
