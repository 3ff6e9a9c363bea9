//! The rights that the demonstration's customers used, played through as they would be for real.

use super::DemoError;
use super::content::{Life, parse};
use super::moments::Teller;
use crate::config::Config;
use crate::data_requests::artifacts::{self, Finished};
use crate::data_requests::standing::Step;
use crate::data_requests::{self, Customer, company, letters, rows, transition, work};
use crate::http::ApiError;
use crate::secrets::Secrets;
use crate::store::Store;
use crate::store::customers::{self, CustomerId};
use crate::store::time::{Moment, zone};
use portal_contract::DataRequestId;
use portal_contract::data_request::{
    DataRequestKind, DataRequestScope, NewDataRequest, ProposedValue, ScopeKind,
};
use portal_contract::data_request_event::{DataRequestActor as Actor, QuestionPurpose};
use rusqlite::Connection;
use serde::Deserialize;
use std::sync::Arc;

const FILE: (&str, &str) = ("data_requests.toml", include_str!("data_requests.toml"));

/// Who writes for the company.
const BY: &str = "Noor, data protection";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    #[serde(rename = "customer")]
    customers: Vec<Asker>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asker {
    address: String,
    #[serde(rename = "request")]
    requests: Vec<Asked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    at: String,
    kind: DataRequestKind,
    text: String,
    /// What a correction is about, and what is right.
    field: Option<String>,
    value: Option<String>,
    acts: Vec<Act>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    at: String,
    act: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    reason: String,
}

/// Writes what was asked. Whoever has asked something already is left alone.
pub(super) fn seed(
    store: &Store,
    lives: &[(&'static str, Life)],
    now: Moment,
) -> Result<(), DemoError> {
    let told: Told = parse(FILE.0, FILE.1)?;
    let config = Arc::new(Config::default());
    let secrets = Arc::new(Secrets::load(None, store)?);
    store.transact_blocking(|tx| {
        for asker in &told.customers {
            let life = lives
                .iter()
                .map(|(_, life)| life)
                .find(|life| life.address == asker.address)
                .ok_or_else(|| wrong(&asker.address, "is nobody's address".to_owned()))?;
            let Some(customer) = customers::by_address(tx, &asker.address)? else {
                continue;
            };
            let scene = Scene {
                db: tx,
                config: &config,
                secrets: &secrets,
                customer,
                life,
                teller: Teller {
                    now,
                    zone: zone(Some(&life.time_zone)),
                },
            };
            scene.play(asker)?;
        }
        Ok(letters::forget_all(tx)?)
    })
}

fn wrong(place: &str, problem: String) -> DemoError {
    super::content::wrong(FILE.0, place, problem).into()
}

struct Scene<'a> {
    db: &'a Connection,
    config: &'a Arc<Config>,
    secrets: &'a Arc<Secrets>,
    customer: CustomerId,
    life: &'a Life,
    teller: Teller,
}

impl Scene<'_> {
    fn play(&self, asker: &Asker) -> Result<(), DemoError> {
        if !rows::page(self.db, &self.customer, None, None, 1)?
            .items
            .is_empty()
        {
            return Ok(());
        }
        let offered = data_requests::offered_kinds();
        for asked in asker
            .requests
            .iter()
            .filter(|asked| offered.contains(&asked.kind))
        {
            let place = format!("{}, {}", asker.address, asked.kind.as_str());
            self.ask(asked).map_err(|problem| wrong(&place, problem))?;
        }
        Ok(())
    }

    fn side(&self, at: Moment) -> Customer {
        Customer {
            id: self.customer.clone(),
            locale: Some(self.life.locale.clone()),
            config: self.config.clone(),
            secrets: self.secrets.clone(),
            now: at,
            acting: None,
        }
    }

    fn ask(&self, asked: &Asked) -> Result<(), String> {
        let side = self.side(self.teller.moment(&asked.at)?);
        let made = side
            .make(self.db, new(asked))
            .map_err(|error| told(&error))?;
        let mut last = side.now;
        for act in &asked.acts {
            last = self.teller.moment(&act.at)?;
            self.act(&made.id, act, last)?;
        }
        // What the demonstration tells of, the customer has seen; but for what waits for them.
        let row = rows::any(self.db, &made.id).map_err(|error| error.to_string())?;
        if row.is_some_and(|row| row.standing.expires_at.is_none()) {
            rows::mark_seen(self.db, &self.customer, &made.id, last)
                .map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn act(&self, id: &DataRequestId, act: &Act, at: Moment) -> Result<(), String> {
        let side = self.side(at);
        let (tx, desk) = (self.db, side.desk());
        let words = act.words.as_str();
        let done = match act.act.as_str() {
            "advance" => company::advance(tx, desk, id, None),
            "answer" => company::answer(tx, desk, id, (BY, words)),
            "extend" => company::extend(tx, desk, id, words),
            "deny" => company::reason(&act.reason)
                .and_then(|reason| company::deny(tx, desk, id, reason, words)),
            "ask" => company::ask(tx, desk, id, (BY, words), QuestionPurpose::Clarification),
            "fetched" => return self.fetched(id, at),
            other => return Err(format!("{other:?} is no act")),
        };
        done.map(drop).map_err(|error| error.to_string())
    }

    /// The copy was made, fetched, and has run out since.
    fn fetched(&self, id: &DataRequestId, at: Moment) -> Result<(), String> {
        let (side, tx) = (self.side(at), self.db);
        let desk = side.desk();
        let row = company::find(tx, id).map_err(|error| error.to_string())?;
        let play = || -> Result<(), data_requests::TransitionError> {
            let artifact = artifacts::of(tx, row.seq)?.remove(0).id;
            let made = Finished {
                stored_as: format!("gone-{artifact}"),
                size_bytes: 183_204,
                sha256: "9f2c5e0b7a1d4836c0e9b1f7d25a8c4e6b3f09d1a7c8e5f2b4d6908a1c3e7f50"
                    .to_owned(),
                expires_at: at.plus_seconds(7 * 24 * 60 * 60),
            };
            artifacts::ready(tx, &artifact, &made, at)?;
            work::progress(tx, id, 412, 412, at)?;
            transition(tx, desk, id, &Actor::System, &Step::MakeReady)?;
            work::done(tx, row.seq)?;
            artifacts::downloaded(tx, desk, &artifact, &Actor::Customer)?;
            let later = self.side(made.expires_at);
            artifacts::expire(tx, later.desk(), &artifact)?;
            Ok(())
        };
        play().map_err(|error| error.to_string())
    }
}

fn new(asked: &Asked) -> NewDataRequest {
    let scope = match &asked.field {
        Some(field) => DataRequestScope {
            kind: ScopeKind::Field,
            field: Some(field.clone()),
            ..DataRequestScope::everything()
        },
        None => DataRequestScope::everything(),
    };
    let proposed = asked.field.iter().zip(&asked.value);
    NewDataRequest {
        kind: asked.kind.clone(),
        scope,
        formats: Vec::new(),
        proposed: proposed
            .map(|(field, value)| ProposedValue {
                field: field.clone(),
                value: value.clone(),
                current: None,
            })
            .collect(),
        text: Some(asked.text.clone()).filter(|text| !text.is_empty()),
    }
}

fn told(error: &ApiError) -> String {
    format!("{error:?}")
}
