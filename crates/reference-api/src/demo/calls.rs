//! Calls that the demonstration's people asked for.

use super::content::{ContentError, Life, parse};
use super::moments::Teller;
use super::{DemoError, SOURCE, ways};
use crate::contact::Way;
use crate::contact::callbacks::{self, Call};
use crate::contact::hours::Span;
use crate::contact::slots::slots;
use crate::contact_points::address::phone;
use crate::store::StoreError;
use crate::store::customers::{self, CustomerId};
use crate::store::interactions::Seq;
use crate::store::time::{Moment, zone};
use portal_contract::callback::CallbackState;
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const FILE: (&str, &str) = ("calls.toml", include_str!("calls.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calls {
    call: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    address: String,
    interaction: String,
    option: String,
    state: String,
    at: Option<String>,
    in_days: Option<u32>,
    #[serde(default)]
    place: usize,
    number: String,
    language: Option<String>,
}

/// Writes the calls of those matters that have none.
pub(super) fn seed(
    db: &Connection,
    lives: &[(&'static str, Life)],
    now: Moment,
) -> Result<(), DemoError> {
    let calls: Calls = parse(FILE.0, FILE.1)?;
    for told in &calls.call {
        let wrong = |problem: String| ContentError {
            file: FILE.0,
            place: format!("{}, {}", told.address, told.interaction),
            problem,
        };
        let life = lives
            .iter()
            .map(|(_, life)| life)
            .find(|life| life.address == told.address)
            .ok_or_else(|| wrong("the address is nobody's".to_owned()))?;
        let teller = Teller {
            now,
            zone: zone(Some(&life.time_zone)),
        };
        let (call, e164) = read(told, &teller).map_err(wrong)?;
        let Some(customer) = customers::by_address(db, &told.address)? else {
            continue;
        };
        let Some(matter) = matter(db, told, &customer)? else {
            continue;
        };
        if callbacks::of(db, matter)?.is_none() {
            callbacks::insert(db, (matter, &customer), &e164, &call)?;
        }
    }
    Ok(())
}

fn read(told: &Told, teller: &Teller) -> Result<(Call, String), String> {
    let ways = ways();
    let way = ways
        .all
        .iter()
        .find(|way| way.id.as_str() == told.option)
        .ok_or("the option stands not in contact.toml")?;
    let number = phone(&told.number, None).map_err(|refused| refused.detail)?;
    let state = CallbackState::from(told.state.as_str());
    if !CallbackState::KNOWN.contains(&state) {
        return Err(format!("{:?} is no state of a call", told.state));
    }
    let uid = Sha256::digest(format!("{} {}", told.address, told.interaction));
    let call = Call {
        uid: crate::secrets::hex(&uid[..16]),
        option: way.id.clone(),
        state,
        time: time(told, way, teller)?,
        zone_name: way
            .hours
            .as_ref()
            .map(|hours| hours.zone_name.clone())
            .unwrap_or_default(),
        number: number.shown,
        language: told.language.clone(),
        sequence: 0,
        changed_at: teller.now,
    };
    Ok((call, number.compared))
}

fn time(told: &Told, way: &Way, teller: &Teller) -> Result<Span, String> {
    let (Some(hours), Some(booking)) = (&way.hours, &way.booking) else {
        return Err("the option is no callback".to_owned());
    };
    if let Some(at) = &told.at {
        let start = teller.moment(at)?;
        let end = start.plus_seconds(i64::from(booking.minutes) * 60);
        return Ok(Span { start, end });
    }
    let days = i64::from(told.in_days.ok_or("has neither \"at\" nor \"in_days\"")?);
    let from = Moment::start_of_day(
        teller
            .now
            .plus_seconds(days * 24 * 60 * 60)
            .day_in(&hours.zone),
        &hours.zone,
    );
    let until = booking.until(hours, teller.now);
    slots(hours, booking, teller.now, from, until)
        .get(told.place)
        .copied()
        .ok_or_else(|| "there is no such slot".to_owned())
}

fn matter(db: &Connection, told: &Told, customer: &CustomerId) -> Result<Option<Seq>, StoreError> {
    let name = format!("{} {}", told.address, told.interaction);
    Ok(db
        .prepare_cached(
            "SELECT i.seq FROM ingested AS n JOIN interactions AS i ON i.seq = n.interaction_seq
              WHERE i.customer_id = ?1 AND n.source = ?2 AND n.source_reference = ?3",
        )?
        .query_row((customer, SOURCE, name), |row| row.get(0))
        .optional()?)
}
