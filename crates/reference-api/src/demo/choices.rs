//! What the demonstration's customers chose over time: each a change of its own in the history.

use super::DemoError;
use super::content::{ContentError, Life, parse};
use super::moments::Teller;
use crate::config::Config;
use crate::consents::Purposes;
use crate::preferences::apply::{Refused, apply};
use crate::preferences::history::Author;
use crate::preferences::store;
use crate::store::customers::{self, CustomerId};
use crate::store::time::{Moment, zone};
use portal_contract::interaction::{Participant, Role};
use portal_contract::preference_history::ChangeRoute;
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
        let life = lives
            .iter()
            .map(|(_, life)| life)
            .find(|life| life.address == chooser.address)
            .ok_or_else(|| wrong(&chooser.address, "is nobody's address".to_owned()))?;
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
            .map_err(|problem| wrong(&place, problem))?;
        let author = author(told, life);
        apply(db, config, customer, &author, &told.patch, at).map_err(|refused| match refused {
            Refused::Fields(errors) => wrong(&place, format!("{errors:?}")).into(),
            Refused::Store(error) => DemoError::Store(error),
        })?;
    }
    Ok(())
}

fn author(told: &Change, life: &Life) -> Author {
    let route = ChangeRoute::from(told.route.as_str());
    match told.by.as_deref() {
        None => Author::nobody(route),
        Some("me") => Author::customer(route, &life.name),
        Some(name) => Author {
            route,
            actor: Some(Participant {
                role: Role::Agent,
                display_name: name.to_owned(),
            }),
        },
    }
}

fn wrong(place: &str, problem: String) -> ContentError {
    ContentError {
        file: FILE.0,
        place: place.to_owned(),
        problem,
    }
}
