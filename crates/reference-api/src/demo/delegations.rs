//! Who acts for whom in the demonstration, played through as it would be for real.

use super::DemoError;
use crate::config::Config;
use crate::data_requests::{Desk, letters as request_letters};
use crate::delegations::acts::{self, Say};
use crate::delegations::{ask, letters, rows};
use crate::http::ApiError;
use crate::secrets::Secrets;
use crate::store::Store;
use crate::store::customers::{self, CustomerId};
use crate::store::time::{Moment, zone};
use portal_contract::data_request::DataRequestKind;
use portal_contract::delegation::{DelegationRole, NewDelegation};
use rusqlite::Connection;

const DAUGHTER: &str = "maya.lindqvist@example.com";
const MOTHER: &str = "elin.lindqvist@example.com";
const FRIEND: &str = "jonas.weber@example.com";

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A daughter acts for her mother; a friend asks whether he may act for her. Whoever is in one already is left alone.
pub(super) fn seed(store: &Store, now: Moment) -> Result<(), DemoError> {
    let (config, secrets) = (Config::default(), Secrets::load(None, store)?);
    store.transact_blocking(|tx| {
        let found = [DAUGHTER, MOTHER, FRIEND].map(|address| customers::by_address(tx, address));
        let [daughter, mother, friend] = found;
        let (Some(daughter), Some(mother), Some(friend)) = (daughter?, mother?, friend?) else {
            return Ok(());
        };
        if !rows::page(tx, &daughter, None, 1)?.items.is_empty() {
            return Ok(());
        }
        let desk = |days: i64| Desk {
            config: &config,
            secrets: &secrets,
            now: now.plus_seconds(days * DAY_SECONDS),
        };
        let (kinds, text) = (
            vec![
                DataRequestKind::Access,
                DataRequestKind::Rectification,
                DataRequestKind::Erasure,
            ],
            "My mother finds the website hard to read, so I look after her contract with her.",
        );
        let asked = new(tx, desk(-20), &daughter, (MOTHER, kinds, text))?;
        acts::say(tx, &mother, &asked, Say::Accept, desk(-19).now).map_err(|e| told(&e))?;
        let (kinds, text) = (
            vec![DataRequestKind::Access],
            "We share the flat, and I would like to sort the bills of both of us.",
        );
        new(tx, desk(-1), &friend, (DAUGHTER, kinds, text))?;
        request_letters::forget_all(tx)?;
        Ok(letters::forget_all(tx)?)
    })
}

fn new(
    tx: &Connection,
    desk: Desk<'_>,
    asker: &CustomerId,
    (address, kinds, text): (&str, Vec<DataRequestKind>, &str),
) -> Result<portal_contract::DelegationId, DemoError> {
    let new = NewDelegation {
        role: DelegationRole::Agent,
        email: address.to_owned(),
        kinds,
        categories: Vec::new(),
        until: None,
        text: Some(text.to_owned()),
    };
    let row = ask(tx, desk, asker, &zone(Some("Europe/Berlin")), new).map_err(|e| told(&e))?;
    Ok(row.id)
}

fn told(error: &ApiError) -> DemoError {
    super::content::wrong("delegations.rs", "a delegation", format!("{error:?}")).into()
}
