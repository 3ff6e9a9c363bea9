//! Delegations as the database keeps them.

use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Page, Place};
use crate::store::time::Moment;
use portal_contract::data_request::DataRequestKind;
use portal_contract::delegation::{
    DelegationActor as Actor, DelegationRole as Role, DelegationSide as Side,
    DelegationState as State,
};
use portal_contract::ids::InvalidId;
use portal_contract::{DelegationId, InventoryCategoryId};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde::de::DeserializeOwned;

/// A delegation within the database.
pub type Seq = i64;

/// A delegation.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place.
    pub seq: Seq,
    /// Its id.
    pub id: DelegationId,
    /// Who acts, or asked to; nobody once they are erased.
    pub delegate: Option<CustomerId>,
    /// For whom; nobody when the address is nobody's.
    pub person: Option<CustomerId>,
    /// As what.
    pub role: Role,
    /// How it stood when it last changed.
    pub state: State,
    /// The kinds of data request.
    pub kinds: Vec<DataRequestKind>,
    /// The categories; empty for all.
    pub categories: Vec<InventoryCategoryId>,
    /// Why, in the words of whoever asked.
    pub text: Option<String>,
    /// What the company said.
    pub note: Option<String>,
    /// The person's address, masked.
    pub address: String,
    /// When it was asked for.
    pub requested_at: Moment,
    /// Until when an answer is, or was, waited for.
    pub decide_by: Moment,
    /// When it began to hold.
    pub began_at: Option<Moment>,
    /// Until when it holds, or would.
    pub ends_at: Moment,
    /// When it was over.
    pub closed_at: Option<Moment>,
    /// Who closed it.
    pub closed_by: Option<Actor>,
    pub(super) version: i64,
}

/// How it stands for somebody at a moment, and since when it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub state: State,
    /// When it was over.
    pub closed_at: Option<Moment>,
    /// Who closed it.
    pub closed_by: Option<Actor>,
}

impl Row {
    /// On which side of it a customer is.
    #[must_use]
    pub fn side_of(&self, customer: &CustomerId) -> Option<Side> {
        if self.delegate.as_ref() == Some(customer) {
            return Some(Side::Delegate);
        }
        (self.person.as_ref() == Some(customer)).then_some(Side::Person)
    }

    /// What it waits for at first.
    #[must_use]
    pub fn waiting(role: &Role) -> State {
        match role {
            Role::Executor => State::AwaitingCompany,
            Role::Parent | Role::Agent | Role::Other(_) => State::AwaitingPerson,
        }
    }

    /// How it stands now, whatever has been written down of it yet.
    #[must_use]
    pub fn standing(&self, now: Moment) -> Standing {
        let over = |state, at| Standing {
            state,
            closed_at: Some(at),
            closed_by: Some(Actor::System),
        };
        match self.state {
            State::AwaitingPerson | State::AwaitingCompany if self.decide_by <= now => {
                over(State::Expired, self.decide_by)
            }
            State::Active if self.ends_at <= now => over(State::Ended, self.ends_at),
            _ => Standing {
                state: self.state.clone(),
                closed_at: self.closed_at,
                closed_by: self.closed_by.clone(),
            },
        }
    }

    /// How it stands for one side. That the person said no is told to nobody else: it runs out, as for an address that nobody has.
    #[must_use]
    pub fn standing_for(&self, side: &Side, now: Moment) -> Standing {
        let standing = self.standing(now);
        let is_hidden = *side != Side::Person
            && standing.state == State::Refused
            && standing.closed_by == Some(Actor::Person);
        if !is_hidden {
            return standing;
        }
        let as_it_was = Self {
            state: Self::waiting(&self.role),
            closed_at: None,
            closed_by: None,
            ..self.clone()
        };
        as_it_was.standing(now)
    }

    /// Whether somebody may act by it now.
    #[must_use]
    pub fn holds(&self, now: Moment) -> bool {
        self.standing(now).state == State::Active && self.person.is_some()
    }
}

const COLUMNS: &str = "seq, id, delegate_id, person_id, role, state, kinds, categories, text, note, address, requested_at, decide_by, \
    began_at, ends_at, closed_at, closed_by, version";

fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let id: String = row.get("id")?;
    Ok(Row {
        seq: row.get("seq")?,
        id: id
            .try_into()
            .map_err(|error: InvalidId| unreadable(Box::new(error)))?,
        delegate: row.get("delegate_id")?,
        person: row.get("person_id")?,
        role: row.get::<_, String>("role")?.into(),
        state: row.get::<_, String>("state")?.into(),
        kinds: json(row, "kinds")?,
        categories: json(row, "categories")?,
        text: row.get("text")?,
        note: row.get("note")?,
        address: row.get("address")?,
        requested_at: row.get("requested_at")?,
        decide_by: row.get("decide_by")?,
        began_at: row.get("began_at")?,
        ends_at: row.get("ends_at")?,
        closed_at: row.get("closed_at")?,
        closed_by: row.get::<_, Option<String>>("closed_by")?.map(Into::into),
        version: row.get("version")?,
    })
}

fn json<T: DeserializeOwned>(row: &SqlRow<'_>, column: &str) -> rusqlite::Result<T> {
    let raw: String = row.get(column)?;
    serde_json::from_str(&raw).map_err(|error| unreadable(Box::new(error)))
}

fn unreadable(error: Box<dyn std::error::Error + Send + Sync>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error)
}

fn one(
    db: &Connection,
    condition: &str,
    values: impl rusqlite::Params,
) -> Result<Option<Row>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM delegations WHERE {condition}");
    Ok(db
        .prepare_cached(&sql)?
        .query_row(values, read)
        .optional()?)
}

/// The one of this id, whoever's.
///
/// # Errors
/// When the database refuses.
pub fn any(db: &Connection, id: &DelegationId) -> Result<Option<Row>, StoreError> {
    one(db, "id = ?1", [id.as_str()])
}

/// The one at this place.
///
/// # Errors
/// When the database refuses.
pub fn at(db: &Connection, seq: Seq) -> Result<Option<Row>, StoreError> {
    one(db, "seq = ?1", [seq])
}

/// The one of this id, if the customer is on either side of it.
///
/// # Errors
/// When the database refuses.
pub fn of(
    db: &Connection,
    customer: &CustomerId,
    id: &DelegationId,
) -> Result<Option<Row>, StoreError> {
    let condition = "id = ?1 AND (delegate_id = ?2 OR person_id = ?2)";
    one(db, condition, params![id.as_str(), customer])
}

/// What the customer asked about this address, the newest: by the mark of the address.
///
/// # Errors
/// When the database refuses.
pub(super) fn about(
    db: &Connection,
    delegate: &CustomerId,
    mac: &[u8],
) -> Result<Option<Row>, StoreError> {
    let condition = "delegate_id = ?1 AND address_mac = ?2 ORDER BY seq DESC LIMIT 1";
    one(db, condition, params![delegate, mac])
}

/// A page of those on either side of which the customer is, the newest first.
///
/// # Errors
/// When the database refuses.
pub fn page(
    db: &Connection,
    customer: &CustomerId,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM delegations WHERE (delegate_id = ?1 OR person_id = ?1) AND seq < ?2 ORDER BY seq DESC LIMIT ?3"
    );
    let before = after.map_or(i64::MAX, |place| place.seq);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![customer, before, limit + 1], |row| {
        let row = read(row)?;
        let place = Place {
            at: row.requested_at,
            seq: row.seq,
        };
        Ok((place, row))
    })?;
    Ok(Page::cut(rows.collect::<Result<_, _>>()?, limit))
}

/// Those of all customers, what waits for the company first.
///
/// # Errors
/// When the database refuses.
pub fn all(db: &Connection, state: Option<&str>, most: usize) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM delegations WHERE ?1 IS NULL OR state = ?1
          ORDER BY state <> 'awaiting_company', closed_at IS NOT NULL, seq DESC LIMIT ?2"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![state, most], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those whose time is over and of which that is not written down yet.
///
/// # Errors
/// When the database refuses.
pub(super) fn run_out(db: &Connection, now: Moment) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM delegations
          WHERE (state IN ('awaiting_person', 'awaiting_company') AND decide_by <= ?1) OR (state = 'active' AND ends_at <= ?1)
             OR (state = 'refused' AND closed_by = 'person' AND ran_out = 0 AND decide_by <= ?1) LIMIT 100"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([now], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Those by which something could still be done, on either side of which the customer is.
///
/// # Errors
/// When the database refuses.
pub(super) fn open_of(db: &Connection, customer: &CustomerId) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM delegations WHERE (delegate_id = ?1 OR person_id = ?1)
            AND state IN ('awaiting_person', 'awaiting_company', 'active')"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([customer], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// For whom a customer acts: they hear of what changes there.
///
/// # Errors
/// When the database refuses.
pub(crate) fn followed(
    db: &Connection,
    customer: &CustomerId,
) -> Result<Vec<CustomerId>, StoreError> {
    let sql = "SELECT DISTINCT person_id FROM delegations WHERE delegate_id = ?1 AND state = 'active' AND person_id IS NOT NULL";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([customer], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A new one, as it is written.
pub(super) struct New<'n> {
    pub(super) id: &'n DelegationId,
    pub(super) delegate: &'n CustomerId,
    pub(super) person: Option<&'n CustomerId>,
    pub(super) role: &'n Role,
    pub(super) kinds: &'n [DataRequestKind],
    pub(super) categories: &'n [InventoryCategoryId],
    pub(super) text: Option<&'n str>,
    pub(super) address: &'n str,
    pub(super) mac: &'n [u8],
    pub(super) now: Moment,
    pub(super) decide_by: Moment,
    pub(super) ends_at: Moment,
}

pub(super) fn insert(tx: &Connection, new: &New<'_>) -> Result<(), StoreError> {
    let kinds = serde_json::to_string(new.kinds).expect("kinds are texts");
    let categories = serde_json::to_string(new.categories).expect("ids are texts");
    tx.prepare_cached(
        "INSERT INTO delegations (id, delegate_id, person_id, role, state, kinds, categories, text, address, address_mac,
                                  requested_at, decide_by, ends_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        new.id.as_str(),
        new.delegate,
        new.person,
        new.role.as_str(),
        Row::waiting(new.role).as_str(),
        kinds,
        categories,
        new.text,
        new.address,
        new.mac,
        new.now,
        new.decide_by,
        new.ends_at,
    ])?;
    Ok(())
}
