//! What the preferences hang on besides the customer's choices: where the customer can be reached, what they consented to, which
//! clock they live by.

use super::destination::Point;
use super::reach::Standing;
use crate::config::Config;
use crate::consents;
use crate::contact_points;
use crate::rights::{Use, holds_back};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use jiff::tz::TimeZone;
use portal_contract::{ContactPointId, PurposeId};
use rusqlite::{Connection, OptionalExtension};

/// What the preferences hang on besides the choices.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The customer's contact points, the oldest first.
    pub points: Vec<Point>,
    /// How each purpose stands.
    pub purposes: Vec<(PurposeId, Standing)>,
    /// Whether the customer had the use of their data restricted.
    pub restricted: bool,
    /// The customer's zone, or the company's.
    pub zone: TimeZone,
}

impl Surroundings {
    /// Reads them.
    ///
    /// # Errors
    /// When the database refuses, or holds what cannot be read.
    pub fn read(
        db: &Connection,
        config: &Config,
        customer: &CustomerId,
        now: Moment,
    ) -> Result<Self, StoreError> {
        let points = contact_points::all(db, customer, now)?;
        let consents = consents::consents(db, &config.purposes, customer, now)?;
        Ok(Self {
            points: points.into_iter().map(point).collect(),
            purposes: consents.into_iter().map(standing).collect(),
            restricted: holds_back(db, customer, Use::Writing, None)?,
            zone: zone(db, config, customer)?,
        })
    }

    /// How this purpose stands.
    #[must_use]
    pub fn purpose(&self, id: &PurposeId) -> Option<&Standing> {
        self.purposes
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, standing)| standing)
    }

    /// The contact point of this id.
    #[must_use]
    pub fn point(&self, id: &ContactPointId) -> Option<&Point> {
        self.points.iter().find(|point| point.id == *id)
    }
}

fn point(point: contact_points::Point) -> Point {
    Point {
        verified: point.is_verified(),
        id: point.id,
        kind: point.kind,
        preferred: point.preferred,
        valid_from: point.valid_from,
        valid_to: point.valid_to,
        deliverability: point.deliverability.state,
    }
}

fn standing(consent: portal_contract::consent::Consent) -> (PurposeId, Standing) {
    let standing = Standing {
        status: consent.status,
        by_signal: consent.signal_honoured_since.is_some(),
    };
    (consent.purpose_id, standing)
}

fn zone(db: &Connection, config: &Config, customer: &CustomerId) -> Result<TimeZone, StoreError> {
    let name: Option<String> = db
        .prepare_cached("SELECT time_zone FROM customers WHERE id = ?1")?
        .query_row([customer], |row| row.get(0))
        .optional()?
        .flatten();
    Ok(name
        .and_then(|name| TimeZone::get(&name).ok())
        .unwrap_or_else(|| config.catalogue.zone.clone()))
}
