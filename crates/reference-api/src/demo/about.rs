//! What Lumenfold keeps about people beside what they see everywhere.

use super::DemoError;
use super::content::{ContentError, Life, parse};
use super::moments::Teller;
use crate::attributes::{self, NewAttribute, Texts};
use crate::consents::Local;
use crate::store::StoreError;
use crate::store::customers::{self, CustomerId};
use crate::store::time::{Moment, zone};
use portal_contract::AttributeKey;
use portal_contract::me::{Jurisdiction, Origin};
use rusqlite::{Connection, params};
use serde::Deserialize;

const ABOUT: (&str, &str) = ("about.toml", include_str!("about.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    person: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    address: String,
    date_of_birth: String,
    jurisdiction: Jurisdiction,
    attribute: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    key: AttributeKey,
    at: String,
    origin: Origin,
    #[serde(default)]
    editable: bool,
    #[serde(default)]
    value: String,
    purpose: Option<String>,
    text: Local<Texts>,
}

/// Writes it. What is there already is left alone.
pub(super) fn seed(
    tx: &Connection,
    lives: &[(&'static str, Life)],
    now: Moment,
) -> Result<(), DemoError> {
    let about: About = parse(ABOUT.0, ABOUT.1)?;
    for person in &about.person {
        let wrong = |problem: String| ContentError {
            file: ABOUT.0,
            place: person.address.clone(),
            problem,
        };
        let life = lives
            .iter()
            .find(|(_, life)| life.address == person.address);
        let id = customers::by_address(tx, &person.address)?;
        let (Some((_, life)), Some(id)) = (life, id) else {
            return Err(wrong("is nobody's address".to_owned()).into());
        };
        let teller = Teller {
            now,
            zone: zone(Some(&life.time_zone)),
        };
        who(tx, &id, person)?;
        for (position, told) in (0..).zip(&person.attribute) {
            let new = told.attribute(position, &teller).map_err(wrong)?;
            attributes::add(tx, &id, &new)?;
        }
    }
    Ok(())
}

fn who(tx: &Connection, id: &CustomerId, person: &Person) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE customers SET date_of_birth = ?2, jurisdiction_code = ?3, jurisdiction_regime = ?4, jurisdiction_source = ?5
          WHERE id = ?1 AND jurisdiction_code IS NULL",
        params![
            id,
            person.date_of_birth,
            person.jurisdiction.code,
            person.jurisdiction.regime,
            person.jurisdiction.source,
        ],
    )?;
    Ok(())
}

impl Told {
    fn attribute(&self, position: i64, teller: &Teller) -> Result<NewAttribute, String> {
        let label = self.text.values().find_map(|words| words.label.clone());
        Ok(NewAttribute {
            key: self.key.clone(),
            position,
            plain: (label.ok_or("has no label")?, self.value.clone()),
            texts: self.text.clone(),
            origin: self.origin.clone(),
            purpose: self.purpose.clone(),
            collected_at: teller.moment(&self.at)?,
            editable: self.editable,
        })
    }
}
