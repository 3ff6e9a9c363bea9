//! Who changed what about how the customer is contacted: one entry for each change of preferences, contact points and consents.
//!
//! [`record`] is the one way to write an entry; call it in the transaction of the change.

use super::difference::Restores;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::ids;
use crate::store::interactions::{Page, Place};
use crate::store::time::Moment;
use portal_contract::PreferenceChangeId;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::interaction::{Participant, Role};
use portal_contract::preference_history::{
    ChangeRoute, ChangeSubject, PreferenceChange, ValueChange,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// By which way a change came, and who made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Author {
    /// The way.
    pub route: ChangeRoute,
    /// Who; nobody with a signal, or when a system did it by itself.
    pub actor: Option<Participant>,
}

impl Author {
    /// The customer, by this way.
    #[must_use]
    pub fn customer(route: ChangeRoute, display_name: &str) -> Self {
        Self {
            route,
            actor: Some(Participant {
                role: Role::Customer,
                display_name: display_name.to_owned(),
            }),
        }
    }

    /// Nobody: a signal of the browser, or a system of the company.
    #[must_use]
    pub fn nobody(route: ChangeRoute) -> Self {
        Self { route, actor: None }
    }
}

/// An entry to be written.
#[derive(Clone, Debug)]
pub struct NewChange<'c> {
    /// Whose.
    pub customer: &'c CustomerId,
    /// When.
    pub at: Moment,
    /// By whom and which way.
    pub author: &'c Author,
    /// What it is about.
    pub subject: ChangeSubject,
    /// What changed; without anything, nothing is written.
    pub changes: Vec<ValueChange>,
    /// Of preferences, what it takes to undo it.
    pub restores: Option<Restores>,
    /// The change that this one undoes.
    pub undoes: Option<PreferenceChangeId>,
}

impl<'c> NewChange<'c> {
    /// A change that nobody can undo here: of a contact point or a consent.
    #[must_use]
    pub fn of(
        customer: &'c CustomerId,
        at: Moment,
        author: &'c Author,
        subject: ChangeSubject,
        changes: Vec<ValueChange>,
    ) -> Self {
        Self {
            customer,
            at,
            author,
            subject,
            changes,
            restores: None,
            undoes: None,
        }
    }
}

/// Writes the entry of a change, and gives its id; `None` for a change that changed nothing.
///
/// # Errors
/// When the database refuses.
pub fn record(
    db: &Connection,
    change: &NewChange<'_>,
) -> Result<Option<PreferenceChangeId>, StoreError> {
    if change.changes.is_empty() {
        return Ok(None);
    }
    let id: PreferenceChangeId = ids::fresh("chg", change.at);
    db.prepare_cached(
        "INSERT INTO preference_changes
             (id, customer_id, changed_at, route, subject, actor_role, actor_name, changes, restores, undoes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        id.as_str(),
        change.customer,
        change.at,
        change.author.route.as_str(),
        change.subject.as_str(),
        change.author.actor.as_ref().map(|actor| actor.role.as_str()),
        change.author.actor.as_ref().map(|actor| &actor.display_name),
        as_json(&change.changes),
        change.restores.as_ref().map(as_json),
        change.undoes.as_ref().map(PreferenceChangeId::as_str),
    ])?;
    if let Some(undone) = &change.undoes {
        db.prepare_cached("UPDATE preference_changes SET undone_by = ?2 WHERE id = ?1")?
            .execute([undone.as_str(), id.as_str()])?;
    }
    Ok(Some(id))
}

fn as_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("pointers and JSON values are JSON")
}

/// An entry as it was written.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What the wire carries; `undoable` is what the entry alone says: it is about preferences and not undone.
    pub change: PreferenceChange,
    /// What it takes to undo it, if anything does.
    pub restores: Option<Restores>,
}

const COLUMNS: &str = "id, changed_at, route, subject, actor_role, actor_name, changes, restores, undoes, undone_by, seq";

/// When what stands at a pointer was last changed here, other than by an import.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn last_word(
    db: &Connection,
    customer: &CustomerId,
    pointer: &str,
) -> Result<Option<Moment>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT max(c.changed_at) FROM preference_changes AS c, json_each(c.changes) AS one
              WHERE c.customer_id = ?1 AND c.route <> ?2 AND json_extract(one.value, '$.pointer') = ?3",
        )?
        .query_row(
            params![customer, ChangeRoute::Import.as_str(), pointer],
            |row| row.get(0),
        )?)
}

/// Whether a contact point that was shown like this was removed.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn was_removed(
    db: &Connection,
    customer: &CustomerId,
    kind: &ContactPointKind,
    shown: &str,
) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM preference_changes AS c, json_each(c.changes) AS one
              WHERE c.customer_id = ?1 AND c.subject = 'contact_point'
                AND json_extract(one.value, '$.before.kind') = ?2
                AND json_extract(one.value, '$.before.value') = ?3
                AND json_extract(one.value, '$.after') IS NULL)",
        )?
        .query_row(params![customer, kind.as_str(), shown], |row| row.get(0))?)
}

/// The customer's entry of this id.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn find(
    db: &Connection,
    customer: &CustomerId,
    id: &PreferenceChangeId,
) -> Result<Option<Entry>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM preference_changes WHERE customer_id = ?1 AND id = ?2");
    Ok(db
        .prepare_cached(&sql)?
        .query_row(params![customer, id.as_str()], entry)
        .optional()?)
}

/// A page of the customer's entries, the newest first.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn page(
    db: &Connection,
    customer: &CustomerId,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<Entry>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM preference_changes
          WHERE customer_id = ?1 AND (?2 IS NULL OR (changed_at, seq) < (?2, ?3))
          ORDER BY changed_at DESC, seq DESC LIMIT ?4"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(
        params![
            customer,
            after.map(|place| place.at),
            after.map(|place| place.seq),
            limit + 1
        ],
        |row| {
            let place = Place {
                at: row.get(1)?,
                seq: row.get(10)?,
            };
            Ok((place, entry(row)?))
        },
    )?;
    Ok(Page::cut(rows.collect::<Result<_, _>>()?, limit))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let restores: Option<Restores> = row
        .get::<_, Option<String>>(7)?
        .map(|text| read_json(7, &text))
        .transpose()?;
    let actor: (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
    let undone_by = optional_id(row, 9)?;
    Ok(Entry {
        change: PreferenceChange {
            id: id_from(row.get(0)?, 0)?,
            at: row.get::<_, Moment>(1)?.to_timestamp(),
            route: ChangeRoute::from(row.get::<_, String>(2)?),
            subject: ChangeSubject::from(row.get::<_, String>(3)?),
            actor: actor
                .0
                .zip(actor.1)
                .map(|(role, display_name)| Participant {
                    role: Role::from(role),
                    display_name,
                }),
            changes: read_json(6, &row.get::<_, String>(6)?)?,
            undoable: restores.is_some() && undone_by.is_none(),
            undone_by,
            undoes: optional_id(row, 8)?,
        },
        restores,
    })
}

fn read_json<T: serde::de::DeserializeOwned>(column: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| unreadable(column, error))
}

fn optional_id(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<PreferenceChangeId>> {
    row.get::<_, Option<String>>(column)?
        .map(|raw| id_from(raw, column))
        .transpose()
}

fn id_from(raw: String, column: usize) -> rusqlite::Result<PreferenceChangeId> {
    PreferenceChangeId::try_from(raw).map_err(|error| unreadable(column, error))
}

fn unreadable(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}
