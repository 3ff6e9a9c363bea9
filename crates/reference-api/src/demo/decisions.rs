//! What the demonstration's customers decided about the use of their data over time.

use super::DemoError;
use super::content::{Life, life_of, parse, wrong};
use super::moments::Teller;
use crate::config::Config;
use crate::consents::{self, Purposes, Who, Wish};
use crate::secrets::Secrets;
use crate::store::customers;
use crate::store::time::{Moment, zone};
use crate::store::{Store, StoreError};
use portal_contract::PurposeId;
use rusqlite::Connection;
use serde::Deserialize;

const FILE: (&str, &str) = ("decisions.toml", include_str!("decisions.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decisions {
    customer: Vec<Decider>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decider {
    address: String,
    decisions: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    at: String,
    purpose: PurposeId,
    decision: String,
    route: String,
    by: Option<String>,
}

/// Writes what the customers decided. Whoever has decided something already is left alone.
pub(super) fn seed(
    store: &Store,
    lives: &[(&'static str, Life)],
    now: Moment,
) -> Result<(), DemoError> {
    let told: Decisions = parse(FILE.0, FILE.1)?;
    let secrets = Secrets::load(None, store)?;
    let purposes = Purposes::demo();
    for decider in &told.customer {
        let life = life_of(lives, FILE.0, &decider.address)?;
        let desk = Desk {
            purposes: &purposes,
            secrets: &secrets,
            life,
            teller: Teller {
                now,
                zone: zone(Some(&life.time_zone)),
            },
        };
        store.transact_blocking(|tx| desk.write(tx, decider))?;
    }
    Ok(())
}

/// Where one customer's decisions are written down.
struct Desk<'a> {
    purposes: &'a Purposes,
    secrets: &'a Secrets,
    life: &'a Life,
    teller: Teller,
}

impl Desk<'_> {
    fn write(&self, tx: &Connection, decider: &Decider) -> Result<(), DemoError> {
        let Some(customer) = customers::by_address(tx, &decider.address)? else {
            return Ok(());
        };
        let decided: bool = tx
            .prepare_cached("SELECT 1 FROM consent_decisions WHERE customer_id = ?1")
            .and_then(|mut statement| statement.exists([&customer]))
            .map_err(StoreError::from)?;
        if decided {
            return Ok(());
        }
        for told in &decider.decisions {
            let who = Who {
                customer: customer.clone(),
                mark: consents::mark(self.secrets, &customer),
                author: self.life.author(&told.route, told.by.as_deref()),
            };
            self.decide(tx, &who, told)?;
        }
        Ok(())
    }

    fn decide(&self, tx: &Connection, who: &Who, told: &Told) -> Result<(), DemoError> {
        let place = format!("{}, {}", self.life.address, told.at);
        let at = self
            .teller
            .moment(&told.at)
            .map_err(|problem| wrong(FILE.0, &place, problem))?;
        let purpose = self.purposes.find(&told.purpose).ok_or_else(|| {
            wrong(
                FILE.0,
                &place,
                format!("there is no purpose {}", told.purpose),
            )
        })?;
        let wish = Wish {
            purpose: told.purpose.clone(),
            decision: told.decision.as_str().into(),
            notice_version: purpose
                .notice_on(at.day_in(&self.teller.zone))
                .version
                .clone(),
            language: Some(self.life.locale.clone()),
        };
        let usual = Config::default().company.locales;
        consents::bring(tx, self.purposes, &usual, who, &wish, at)?
            .map(drop)
            .ok_or_else(|| wrong(FILE.0, &place, "the purpose leaves this not to decide"))?;
        Ok(())
    }
}
