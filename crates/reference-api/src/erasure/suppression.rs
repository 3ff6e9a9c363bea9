//! Who wanted no advertising when they left is not written to again, although nothing is known about them any more.

use super::retention::Ground;
use super::tally::Tally;
use super::target::Target;
use crate::config::Config;
use crate::inventory::Category;
use crate::preferences::apply::{Refused, apply};
use crate::preferences::history::Author;
use crate::preferences::store as preferences;
use crate::secrets::Secrets;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::preference_history::ChangeRoute;
use rusqlite::{Connection, params};
use serde_json::{Map, Value};

/// The addresses that would be remembered: all of a customer who has said no to something.
fn addresses(db: &Connection, target: &Target) -> Result<Vec<String>, StoreError> {
    if !target.is_whole() || !said_no(db, target)? {
        return Ok(Vec::new());
    }
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT compared FROM contact_points WHERE customer_id = ?1 AND verified_at IS NOT NULL",
    )?;
    let rows = statement.query_map([&target.customer], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn said_no(db: &Connection, target: &Target) -> Result<bool, StoreError> {
    let stored = preferences::load(db, &target.customer)?;
    if stored.settings.global_opt_out() {
        return Ok(true);
    }
    let sql = "SELECT 1 FROM consent_decisions AS d WHERE customer_id = ?1 AND status = 'objected'
                  AND seq = (SELECT max(seq) FROM consent_decisions WHERE customer_id = ?1 AND purpose_id = d.purpose_id)";
    Ok(db.prepare_cached(sql)?.exists([&target.customer])?)
}

/// How many addresses would be remembered.
pub(super) fn foretell(
    db: &Connection,
    target: &Target,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let addresses = addresses(db, target)?.len() as u64;
    tally.stays(
        Category::ContactPoints,
        Ground::Suppression,
        addresses,
        None,
    );
    Ok(())
}

/// Remembers them, before they go.
pub(super) fn remember(
    tx: &Connection,
    secrets: &Secrets,
    target: &Target,
    now: Moment,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    let addresses = addresses(tx, target)?;
    for address in &addresses {
        tx.prepare_cached(
            "INSERT INTO suppressed_addresses (mac, since) VALUES (?1, ?2) ON CONFLICT (mac) DO NOTHING",
        )?
        .execute(params![mac(secrets, address), now])?;
    }
    tally.stays(
        Category::ContactPoints,
        Ground::Suppression,
        addresses.len() as u64,
        None,
    );
    Ok(tally)
}

/// Has a customer who came (back) under a remembered address, and has decided nothing here, get no advertising until they do; whether
/// that was so. For the transaction in which they come.
///
/// # Errors
/// When the database refuses.
pub(super) fn honour(
    tx: &Connection,
    config: &Config,
    secrets: &Secrets,
    customer: &CustomerId,
    now: Moment,
) -> Result<bool, StoreError> {
    for (compared, came_at) in undecided(tx, customer)? {
        if stands(tx, secrets, &compared, came_at)? {
            return opt_out(tx, config, customer, now);
        }
    }
    Ok(false)
}

/// The same for everybody who came by another way than an import: see [`sweep`](crate::sweep). Gives them.
///
/// # Errors
/// When the database refuses.
pub(super) fn honour_all(
    tx: &Connection,
    config: &Config,
    secrets: &Secrets,
    now: Moment,
) -> Result<Vec<CustomerId>, StoreError> {
    let mut honoured = Vec::new();
    for customer in newcomers(tx)? {
        if honour(tx, config, secrets, &customer, now)? {
            honoured.push(customer);
        }
    }
    Ok(honoured)
}

fn opt_out(
    tx: &Connection,
    config: &Config,
    customer: &CustomerId,
    now: Moment,
) -> Result<bool, StoreError> {
    let author = Author::nobody(ChangeRoute::System);
    let patch = Map::from_iter([("global_opt_out".to_owned(), Value::Bool(true))]);
    match apply(tx, config, customer, &author, &patch, now) {
        Ok(()) => Ok(true),
        Err(Refused::Store(error)) => Err(error),
        Err(Refused::Fields(fields)) => {
            tracing::error!(?fields, "an opt-out could not be taken over");
            Ok(false)
        }
    }
}

/// Customers who decided nothing here and have an address that is theirs and came after the first was remembered.
fn newcomers(db: &Connection) -> Result<Vec<CustomerId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT p.customer_id FROM contact_points AS p
          WHERE p.verified_at IS NOT NULL AND p.created_at >= (SELECT min(since) FROM suppressed_addresses)
            AND NOT EXISTS (SELECT 1 FROM preferences AS d WHERE d.customer_id = p.customer_id)",
    )?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The addresses of a customer who decided nothing here, with when each came; none as long as no address at all is remembered, and
/// none that they have not proven: anybody may enter anybody's, and would learn who is on the list.
fn undecided(db: &Connection, customer: &CustomerId) -> Result<Vec<(String, Moment)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT compared, created_at FROM contact_points
          WHERE customer_id = ?1 AND verified_at IS NOT NULL AND EXISTS (SELECT 1 FROM suppressed_addresses)
            AND NOT EXISTS (SELECT 1 FROM preferences WHERE customer_id = ?1)",
    )?;
    let rows = statement.query_map([customer], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether this address, as it is compared, was on the list when it came: who had it already has not come back.
fn stands(
    db: &Connection,
    secrets: &Secrets,
    compared: &str,
    came_at: Moment,
) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM suppressed_addresses WHERE mac = ?1 AND since <= ?2")?
        .exists(params![mac(secrets, compared), came_at])?)
}

fn mac(secrets: &Secrets, compared: &str) -> [u8; 32] {
    secrets.mac("suppressed", &[compared.as_bytes()])
}
