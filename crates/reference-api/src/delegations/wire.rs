//! A delegation as the contract has it, for one side.

use super::rows::{self, Row};
use crate::contact_points::mask::masked;
use crate::data_requests::category_label;
use crate::data_requests::rows::Row as RequestRow;
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::customers::{self, CustomerId};
use crate::store::time::Moment;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::delegation::{
    CoveredCategory, Delegation, DelegationAction as Action, DelegationSide as Side,
    DelegationState as State, FiledBy,
};
use portal_contract::{DelegationId, Etag, InventoryCategoryId};
use rusqlite::{Connection, OptionalExtension};

/// What one side sees, in the language of the tag.
pub(crate) fn whole(
    db: &Connection,
    row: &Row,
    side: Side,
    tag: Option<&str>,
    now: Moment,
) -> Result<Delegation, StoreError> {
    let standing = row.standing_for(&side, now);
    let waits = is_waiting(&standing.state);
    let (name, address) = match side {
        Side::Person => (delegate_name(db, row)?, delegate_address(db, row)?),
        // Not before it held: until then nothing tells that the address is anybody's.
        _ => (
            match row.began_at {
                Some(_) => customer_name(db, row.person.as_ref())?,
                None => None,
            },
            row.address.clone(),
        ),
    };
    Ok(Delegation {
        id: row.id.clone(),
        role: row.role.clone(),
        name,
        address,
        kinds: row.kinds.clone(),
        categories: covered(&row.categories, tag),
        text: row.text.clone(),
        note: row.note.clone(),
        requested_at: row.requested_at.to_timestamp(),
        decide_by: waits.then(|| row.decide_by.to_timestamp()),
        began_at: row.began_at.map(Moment::to_timestamp),
        ends_at: row.ends_at.to_timestamp(),
        closed_at: standing.closed_at.map(Moment::to_timestamp),
        closed_by: standing.closed_by,
        requests: requests(db, row)?,
        allowed_actions: actions(&side, &standing.state),
        etag: etag(row, &standing.state),
        state: standing.state,
        side,
    })
}

fn is_waiting(state: &State) -> bool {
    matches!(state, State::AwaitingPerson | State::AwaitingCompany)
}

/// The version; how it stands for whoever reads is part of it, because time alone can change that.
fn etag(row: &Row, state: &State) -> Etag {
    format!("{}-{}-{}", row.seq, row.version, state.as_str())
        .parse()
        .expect("digits, letters and dashes are an etag")
}

fn actions(side: &Side, state: &State) -> Vec<Action> {
    match (side, state) {
        (Side::Person, State::AwaitingPerson) => vec![Action::Accept, Action::Refuse],
        (Side::Person, State::AwaitingCompany) => vec![Action::Refuse],
        (Side::Person, State::Active) => vec![Action::Revoke],
        (Side::Delegate, State::AwaitingPerson | State::AwaitingCompany) => vec![Action::GiveUp],
        (Side::Delegate, State::Active) => vec![Action::MakeRequest, Action::GiveUp],
        _ => Vec::new(),
    }
}

/// The categories, with what people call them.
pub(super) fn covered(ids: &[InventoryCategoryId], tag: Option<&str>) -> Vec<CoveredCategory> {
    let named = ids.iter().filter_map(|id| {
        let category = Category::named(id.as_str())?;
        Some(CoveredCategory {
            id: id.clone(),
            label: category_label(category, tag).to_owned(),
        })
    });
    named.collect()
}

fn requests(db: &Connection, row: &Row) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM data_requests WHERE delegation_seq = ?1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([row.seq], |row| row.get(0))?)
}

fn customer_name(
    db: &Connection,
    customer: Option<&CustomerId>,
) -> Result<Option<String>, StoreError> {
    let Some(customer) = customer else {
        return Ok(None);
    };
    Ok(db
        .prepare_cached("SELECT display_name FROM customers WHERE id = ?1")?
        .query_row([customer], |row| row.get(0))
        .optional()?)
}

/// The name of whoever acts; nothing once they are erased.
pub(super) fn delegate_name(db: &Connection, row: &Row) -> Result<Option<String>, StoreError> {
    customer_name(db, row.delegate.as_ref())
}

/// Their address, masked; empty once they are erased.
pub(super) fn delegate_address(db: &Connection, row: &Row) -> Result<String, StoreError> {
    let address = match &row.delegate {
        Some(delegate) => customers::login_address(db, delegate)?,
        None => None,
    };
    Ok(address.map_or_else(String::new, |address| {
        masked(&ContactPointKind::Email, &address)
    }))
}

/// Who made a request in the customer's name.
pub(crate) fn filed_by(db: &Connection, row: &RequestRow) -> Result<Option<FiledBy>, StoreError> {
    let Some(role) = &row.filed_role else {
        return Ok(None);
    };
    let found: Option<(String, String)> = db
        .prepare_cached(
            "SELECT d.id, c.display_name FROM delegations AS d JOIN customers AS c ON c.id = d.delegate_id WHERE d.seq = ?1",
        )?
        .query_row([row.delegation], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (id, name) = found.unzip();
    Ok(Some(FiledBy {
        delegation_id: id.and_then(|id| DelegationId::try_from(id).ok()),
        name,
        role: role.as_str().into(),
    }))
}

/// Whom to tell besides the customer of what became of a request that was made in their name.
pub(crate) fn follower(
    db: &Connection,
    row: &RequestRow,
    now: Moment,
) -> Result<Option<CustomerId>, StoreError> {
    let Some(seq) = row.delegation else {
        return Ok(None);
    };
    let found = rows::at(db, seq)?;
    Ok(found
        .filter(|delegation| delegation.holds(now))
        .and_then(|delegation| delegation.delegate))
}
