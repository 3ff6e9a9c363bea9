//! What the demonstration's customers chose over time: each a change of its own in the history.

use super::DemoError;
use super::content::{Life, life_of, parse, wrong};
use super::moments::Teller;
use crate::config::Config;
use crate::consents::Purposes;
use crate::preferences::apply::{Refused, apply};
use crate::preferences::store;
use crate::store::customers::{self, CustomerId};
use crate::store::time::{Moment, zone};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Map, Value};

const FILE: (&str, &str) = ("choices.toml", include_str!("choices.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choices {
    customer: Vec<Chooser>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chooser {
    address: String,
    change: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    at: String,
    route: String,
    by: Option<String>,
    patch: Map<String, Value>,
}

/// Writes what the customers chose. Whoever has chosen something already is left alone.
pub(super) fn seed(
    db: &Connection,
    lives: &[(&'static str, Life)],
    now: Moment,
) -> Result<(), DemoError> {
    let choices: Choices = parse(FILE.0, FILE.1)?;
    let config = Config {
        catalogue: super::catalogue().into(),
        purposes: Purposes::demo().into(),
        ..Config::default()
    };
    for chooser in &choices.customer {
        let life = life_of(lives, FILE.0, &chooser.address)?;
        let Some(customer) = customers::by_address(db, &chooser.address)? else {
            continue;
        };
        if store::load(db, &customer)? == store::Stored::default() {
            let teller = Teller {
                now,
                zone: zone(Some(&life.time_zone)),
            };
            choose(db, &config, &customer, chooser, life, &teller)?;
        }
    }
    Ok(())
}

fn choose(
    db: &Connection,
    config: &Config,
    customer: &CustomerId,
    chooser: &Chooser,
    life: &Life,
    teller: &Teller,
) -> Result<(), DemoError> {
    for told in &chooser.change {
        let place = format!("{}, {}", chooser.address, told.at);
        let at = teller
            .moment(&told.at)
            .map_err(|problem| wrong(FILE.0, &place, problem))?;
        let author = life.author(&told.route, told.by.as_deref());
        apply(db, config, customer, &author, &told.patch, at).map_err(|refused| match refused {
            Refused::Fields(errors) => wrong(FILE.0, &place, format!("{errors:?}")).into(),
            Refused::Store(error) => DemoError::Store(error),
        })?;
    }
    Ok(())
}
