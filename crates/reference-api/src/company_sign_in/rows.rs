//! What the database keeps of the company's own sign-in.

use super::{LogoutToken, Named, Proof};
use crate::secrets::Hash;
use crate::store::StoreError;
use crate::store::customers::{self, CustomerId};
use crate::store::time::Moment;
use rusqlite::{Connection, OptionalExtension, params};

/// Whose customer record this is; nobody is made.
pub(crate) fn find(db: &Connection, named: &Named) -> Result<Option<CustomerId>, StoreError> {
    match named {
        Named::Address(address) => customers::by_address(db, address),
        Named::Reference(reference) => customers::by_reference(db, reference),
    }
}

/// Notes with a session by which proof it stands.
pub(crate) fn note(
    tx: &Connection,
    token_hash: &Hash,
    proof: &Proof,
    auth_time: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE sessions SET auth_time = ?2, company_subject = ?3, company_sid = ?4, company_id_token = ?5
          WHERE token_hash = ?1",
    )?
    .execute(params![
        token_hash,
        auth_time,
        proof.subject,
        proof.sid,
        proof.id_token
    ])?;
    Ok(())
}

/// The ID token of a session.
pub(crate) fn id_token(db: &Connection, token_hash: &Hash) -> Result<Option<String>, StoreError> {
    let sql = "SELECT company_id_token FROM sessions WHERE token_hash = ?1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([token_hash], |row| row.get(0))
        .optional()?
        .flatten())
}

/// Ends the sessions that a logout token is about, and says which: those of the provider's session where it names one, otherwise all of
/// the person.
pub(crate) fn end_of(tx: &Connection, token: &LogoutToken) -> Result<Vec<i64>, StoreError> {
    let sql = "DELETE FROM sessions
                WHERE (?1 IS NOT NULL OR ?2 IS NOT NULL)
                  AND (?1 IS NULL OR company_sid = ?1) AND (?2 IS NULL OR company_subject = ?2)
                  AND (company_sid IS NOT NULL OR company_subject IS NOT NULL)
            RETURNING id";
    Ok(tx
        .prepare_cached(sql)?
        .query_map(params![token.sid, token.sub], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Whether this is the first use of a logout token; it is noted.
pub(crate) fn first_use(
    tx: &Connection,
    jti_hash: &Hash,
    until: Moment,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO company_logout_tokens (jti_hash, until) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    Ok(tx.prepare_cached(sql)?.execute(params![jti_hash, until])? == 1)
}

/// Deletes logout tokens that would be refused for their age by now: see [`sweep`](crate::sweep).
pub(crate) fn forget(db: &Connection, now: Moment, most: usize) -> Result<usize, StoreError> {
    let sql = "DELETE FROM company_logout_tokens WHERE jti_hash IN
                   (SELECT jti_hash FROM company_logout_tokens WHERE until <= ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![now, most])?)
}
