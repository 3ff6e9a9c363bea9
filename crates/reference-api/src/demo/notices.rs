//! What Lumenfold tells by itself, when it asks how it goes since, and what it inferred.

use super::content::{ContentError, Life, parse};
use super::moments::{Teller, span};
use super::{DemoError, SOURCE};
use crate::consents::Local;
use crate::notices::{self, Audience, CheckIns, NewNotice};
use crate::preferences::Catalogue;
use crate::signals::{self, NewSignal, Words};
use crate::store::Store;
use crate::store::interactions::Seq;
use crate::store::time::{Moment, zone};
use portal_contract::PurposeId;
use portal_contract::signal::SignalKind;
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;

const NOTICES: (&str, &str) = ("notices.toml", include_str!("notices.toml"));
const SIGNALS: (&str, &str) = ("signals.toml", include_str!("signals.toml"));

/// When customers of Lumenfold are asked how it goes since, for a demonstration whose configuration names no rules.
///
/// # Panics
/// Never: a test reads them.
#[must_use]
pub fn check_ins() -> CheckIns {
    CheckIns::parse("demo/check_ins.toml", include_str!("check_ins.toml"))
        .expect("a test reads the demonstration's check-ins")
}

/// Writes notices and signals. What was told or inferred already is left alone.
pub(super) fn seed(
    store: &Store,
    lives: &[(&'static str, Life)],
    catalogue: &Catalogue,
    now: Moment,
) -> Result<(), DemoError> {
    let told: Vec<NewNotice> = notices::parse(NOTICES.0, NOTICES.1, &|text| moment(now, text))
        .map_err(|error| wrong(NOTICES.0, &error.place, error.problem))?;
    let inferred: Inferred = parse(SIGNALS.0, SIGNALS.1)?;
    store.transact_blocking(|tx| {
        for notice in &told {
            if is_ready(tx, notice)? {
                notices::add(tx, catalogue, notice, now)
                    .map_err(|error| wrong(NOTICES.0, &notice.key, error.to_string()))?;
            }
        }
        for signal in &inferred.signal {
            infer(tx, lives, signal, now)?;
        }
        Ok(())
    })
}

/// `-2h` as everywhere in the demonstration, `+4h` ahead.
fn moment(now: Moment, text: &str) -> Result<Moment, String> {
    match text.strip_prefix('+') {
        Some(ahead) => span(ahead)
            .map(|seconds| now.plus_seconds(seconds))
            .ok_or_else(|| format!("{text:?} is no moment; expected \"+4h\" or \"+2d\"")),
        None => {
            let zone = zone(None);
            Teller { now, zone }.moment(text)
        }
    }
}

/// Whether it is news, and the interaction that it is about is still here.
fn is_ready(db: &Connection, notice: &NewNotice) -> Result<bool, crate::StoreError> {
    let sql = "SELECT 1 FROM notices WHERE key = ?1";
    let known = db.prepare_cached(sql)?.exists([&notice.key])?;
    let sql = "SELECT 1 FROM interactions WHERE reference = ?1";
    let there = match &notice.audience {
        Audience::Matter { reference, .. } => db.prepare_cached(sql)?.exists([reference])?,
        Audience::Everyone | Audience::Customers(_) => true,
    };
    Ok(!known && there)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inferred {
    signal: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    address: String,
    interaction: String,
    kind: String,
    purpose: PurposeId,
    at: String,
    text: Local<Words>,
}

fn infer(
    db: &Connection,
    lives: &[(&'static str, Life)],
    told: &Told,
    now: Moment,
) -> Result<(), DemoError> {
    let place = format!("{}, {}", told.address, told.interaction);
    let life = lives
        .iter()
        .map(|(_, life)| life)
        .find(|life| life.address == told.address)
        .ok_or_else(|| wrong(SIGNALS.0, &place, "is nobody's address".to_owned()))?;
    let teller = Teller {
        now,
        zone: zone(Some(&life.time_zone)),
    };
    let sql = "SELECT interaction_seq FROM ingested WHERE source = ?1 AND source_reference = ?2";
    let name = format!("{} {}", told.address, told.interaction);
    let seq: Option<Seq> = db
        .prepare_cached(sql)
        .and_then(|mut statement| {
            statement
                .query_row([SOURCE, &name], |row| row.get(0))
                .optional()
        })
        .map_err(crate::StoreError::from)?;
    let seq = seq.ok_or_else(|| wrong(SIGNALS.0, &place, "is no interaction".to_owned()))?;
    let signal = NewSignal {
        kind: SignalKind::from(told.kind.as_str()),
        purpose: Some(told.purpose.clone()),
        inferred_at: teller
            .moment(&told.at)
            .map_err(|problem| wrong(SIGNALS.0, &place, problem))?,
        texts: told.text.clone(),
    };
    signals::infer_once(db, seq, &signal)?;
    Ok(())
}

fn wrong(file: &'static str, place: &str, problem: String) -> ContentError {
    ContentError {
        file,
        place: place.to_owned(),
        problem,
    }
}
