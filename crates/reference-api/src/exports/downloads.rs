//! Addresses at which a copy can be fetched: good once, and for five minutes.

use crate::data_requests::artifacts;
use crate::data_requests::{Desk, TransitionError};
use crate::delegations::{Acting, history};
use crate::secrets::{hex, random};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::artifact::ArtifactDownload;
use portal_contract::data_request_event::DataRequestActor as Actor;
use portal_contract::delegation::DelegationEventKind as Done;
use portal_contract::{ArtifactId, endpoints};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// How long an address is good, in seconds.
pub const LIFE_SECONDS: i64 = 5 * 60;

/// An address that ran out or was used is remembered for a day, to be told apart from one that never was.
const REMEMBERED_SECONDS: i64 = 24 * 60 * 60;

/// Gives a new address of this artifact, which is ready, to the customer or to whoever acts for them.
///
/// # Errors
/// When the database refuses.
pub(crate) fn open(
    tx: &Connection,
    artifact: &ArtifactId,
    until: Option<Moment>,
    acting: Option<&Acting>,
    now: Moment,
) -> Result<ArtifactDownload, StoreError> {
    let token = hex(&random());
    let life = now.plus_seconds(LIFE_SECONDS);
    let ends = [until, acting.map(|acting| acting.ends_at)];
    let expires_at = ends.into_iter().flatten().fold(life, Moment::min);
    tx.prepare_cached(
        "INSERT INTO export_downloads (token_hash, artifact_id, created_at, expires_at, delegation_seq) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        hash(&token),
        artifact.as_str(),
        now,
        expires_at,
        acting.map(|acting| acting.seq)
    ])?;
    Ok(ArtifactDownload {
        url: endpoints::DOWNLOAD.replace("{download_token}", &token),
        expires_at: expires_at.to_timestamp(),
    })
}

/// What an address leads to.
#[derive(Debug)]
pub enum Fetch {
    /// There never was such an address.
    Unknown,
    /// It was used, it ran out, or what it led to is gone.
    Over,
    /// The content, and under which name it is handed over.
    Content {
        /// The name in the folder of copies.
        stored_as: String,
        /// The name for the customer.
        file_name: String,
        /// Whose it is, to be told.
        customer: Option<CustomerId>,
    },
}

/// Uses an address. Whoever comes second with it gets nothing.
///
/// # Errors
/// When the database refuses.
pub fn fetch(tx: &Connection, desk: Desk<'_>, token: &str) -> Result<Fetch, StoreError> {
    let hash = hash(token);
    let used: Option<(String, Option<i64>)> = tx
        .prepare_cached(
            "UPDATE export_downloads SET used_at = ?2
              WHERE token_hash = ?1 AND used_at IS NULL AND expires_at > ?2
             RETURNING artifact_id, delegation_seq",
        )?
        .query_row(params![hash, desk.now], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((artifact, delegation)) = used else {
        let known = "SELECT EXISTS (SELECT 1 FROM export_downloads WHERE token_hash = ?1)";
        let known: bool = tx
            .prepare_cached(known)?
            .query_row([hash], |row| row.get(0))?;
        return Ok(if known { Fetch::Over } else { Fetch::Unknown });
    };
    let content: Option<(String, String)> = tx
        .prepare_cached(
            "SELECT stored_as, file_name FROM data_request_artifacts
              WHERE id = ?1 AND state = 'ready' AND stored_as IS NOT NULL AND expires_at > ?2",
        )?
        .query_row(params![artifact, desk.now], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((stored_as, file_name)) = content else {
        return Ok(Fetch::Over);
    };
    let artifact: ArtifactId = artifact
        .parse()
        .map_err(|_| StoreError::Corrupt("the id of an artifact".to_owned()))?;
    let actor = match delegation {
        Some(_) => Actor::Delegate,
        None => Actor::Customer,
    };
    if let Some(request) = artifacts::request_of(tx, &artifact)? {
        history::enter_request(tx, delegation, Done::CopyFetched, request, desk.now)?;
    }
    let customer = match artifacts::downloaded(tx, desk, &artifact, &actor) {
        Ok(customer) => customer,
        Err(TransitionError::Store(error)) => return Err(error),
        Err(error) => return Err(StoreError::Corrupt(error.to_string())),
    };
    Ok(Fetch::Content {
        stored_as,
        file_name,
        customer,
    })
}

/// Forgets addresses that ran out long ago: see [`sweep`](crate::sweep).
///
/// # Errors
/// When the database refuses.
pub fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM export_downloads WHERE token_hash IN
                   (SELECT token_hash FROM export_downloads WHERE expires_at < ?1 LIMIT ?2)";
    let before = now.plus_seconds(-REMEMBERED_SECONDS);
    Ok(db.prepare_cached(sql)?.execute(params![before, most])?)
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
