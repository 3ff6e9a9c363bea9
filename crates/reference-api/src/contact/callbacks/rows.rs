//! Calls in the database.

use crate::contact::Way;
use crate::contact::hours::Span;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::Seq;
use crate::store::time::Moment;
use portal_contract::ContactOptionId;
use portal_contract::callback::{Callback, CallbackState};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// In seconds.
const DAY: i64 = 24 * 60 * 60;

/// A call, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What calendars know it by.
    pub uid: String,
    /// By which way it was asked for.
    pub option: ContactOptionId,
    /// Where it stands.
    pub state: CallbackState,
    /// From when to when.
    pub time: Span,
    /// IANA name of the zone in which the company plans.
    pub zone_name: String,
    /// The number, as people read it.
    pub number: String,
    /// The language that was asked for.
    pub language: Option<String>,
    /// How often it was moved or called off.
    pub sequence: u64,
    /// When that was, or when it was asked for.
    pub changed_at: Moment,
}

impl Call {
    /// The call as the contract shows it.
    #[must_use]
    pub fn to_wire(&self) -> Callback {
        Callback {
            option_id: self.option.clone(),
            state: self.state.clone(),
            starts_at: self.time.start.to_timestamp(),
            ends_at: self.time.end.to_timestamp(),
            time_zone: self.zone_name.clone(),
            number: self.number.clone(),
            language: self.language.clone(),
            sequence: self.sequence,
        }
    }
}

/// The call of this interaction.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn of(db: &Connection, interaction: Seq) -> Result<Option<Call>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT uid, option_id, state, starts_at, ends_at, time_zone, number_shown, language, sequence, changed_at
               FROM callbacks WHERE interaction_seq = ?1",
        )?
        .query_row([interaction], call)
        .optional()?)
}

fn call(row: &Row<'_>) -> rusqlite::Result<Call> {
    let option: String = row.get(1)?;
    let option = option.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error))
    })?;
    let state: String = row.get(2)?;
    Ok(Call {
        uid: row.get(0)?,
        option,
        state: state.into(),
        time: Span {
            start: row.get(3)?,
            end: row.get(4)?,
        },
        zone_name: row.get(5)?,
        number: row.get(6)?,
        language: row.get(7)?,
        sequence: row.get(8)?,
        changed_at: row.get(9)?,
    })
}

/// When calls of this way are planned that overlap the time from `from` to `to`.
pub(super) fn planned(
    db: &Connection,
    way: &Way,
    from: Moment,
    to: Moment,
) -> Result<Vec<Span>, StoreError> {
    // Slots that begin before `to` may run on for a day at most.
    let to = to.plus_seconds(DAY);
    let nobody = -1;
    planned_but(
        db,
        way,
        Span {
            start: from,
            end: to,
        },
        nobody,
    )
}

/// When calls of this way are planned that overlap the time, but for the one of `except`.
pub(super) fn planned_but(
    db: &Connection,
    way: &Way,
    time: Span,
    except: Seq,
) -> Result<Vec<Span>, StoreError> {
    // No call is planned for longer than a day, so the index can be entered a day before.
    let mut statement = db.prepare_cached(
        "SELECT starts_at, ends_at FROM callbacks
          WHERE state = 'planned' AND option_id = ?1 AND starts_at > ?2 AND starts_at < ?3 AND ends_at > ?4
            AND interaction_seq <> ?5",
    )?;
    let earliest = time.start.plus_seconds(-DAY);
    let bounds = params![way.id.as_str(), earliest, time.end, time.start, except];
    let rows = statement.query_map(bounds, span)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn span(row: &Row<'_>) -> rusqlite::Result<Span> {
    Ok(Span {
        start: row.get(0)?,
        end: row.get(1)?,
    })
}

/// The calls of a customer that are planned and not over, but for the one of `except`.
pub(super) fn planned_by(
    db: &Connection,
    customer: &CustomerId,
    except: Seq,
    now: Moment,
) -> Result<Vec<Span>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT starts_at, ends_at FROM callbacks
          WHERE customer_id = ?1 AND state = 'planned' AND ends_at > ?2 AND interaction_seq <> ?3",
    )?;
    let rows = statement.query_map(params![customer, now, except], span)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes the call of an interaction, in the place of one that was there; `e164` is its number for machines.
///
/// # Errors
/// When the database refuses.
pub fn insert(
    db: &Connection,
    (interaction, customer): (Seq, &CustomerId),
    e164: &str,
    call: &Call,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO callbacks (uid, interaction_seq, customer_id, option_id, state, starts_at, ends_at, time_zone, number,
                                number_shown, language, sequence, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        call.uid,
        interaction,
        customer,
        call.option.as_str(),
        call.state.as_str(),
        call.time.start,
        call.time.end,
        call.zone_name,
        e164,
        call.number,
        call.language,
        call.sequence,
        call.changed_at,
    ])?;
    Ok(())
}

/// The interaction did not begin with its call: it goes on when that is called off.
pub(super) fn joins(db: &Connection, interaction: Seq, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE callbacks SET begins = 0 WHERE interaction_seq = ?1")?
        .execute([interaction])?;
    touch(db, interaction, now)
}

/// Puts the call at another time; it is planned then, whatever it was.
pub(super) fn move_to(
    db: &Connection,
    interaction: Seq,
    time: Span,
    zone_name: &str,
    now: Moment,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE callbacks SET state = 'planned', starts_at = ?2, ends_at = ?3, time_zone = ?4, sequence = sequence + 1,
                              changed_at = ?5
          WHERE interaction_seq = ?1",
    )?
    .execute(params![interaction, time.start, time.end, zone_name, now])?;
    touch(db, interaction, now)
}

/// Calls the call off, where one is planned that has not begun. Gives whether there was one.
///
/// # Errors
/// When the database refuses.
pub fn cancel(db: &Connection, interaction: Seq, now: Moment) -> Result<bool, StoreError> {
    let changed = db
        .prepare_cached(
            "UPDATE callbacks SET state = 'cancelled', sequence = sequence + 1, changed_at = ?2
              WHERE interaction_seq = ?1 AND state = 'planned' AND starts_at > ?2",
        )?
        .execute((interaction, now))?;
    if changed > 0 {
        touch(db, interaction, now)?;
    }
    Ok(changed > 0)
}

/// The company called: whether it reached the customer. What was missed waits for the customer, who chooses another time. Gives
/// whether a call was planned.
///
/// # Errors
/// When the database refuses.
pub fn made(
    db: &Connection,
    interaction: Seq,
    reached: bool,
    now: Moment,
) -> Result<bool, StoreError> {
    let (state, status) = if reached {
        (CallbackState::Done, "in_progress")
    } else {
        (CallbackState::Missed, "waiting_on_customer")
    };
    let changed = db
        .prepare_cached(
            "UPDATE callbacks SET state = ?2, changed_at = ?3 WHERE interaction_seq = ?1 AND state = 'planned'",
        )?
        .execute(params![interaction, state.as_str(), now])?;
    if changed == 0 {
        return Ok(false);
    }
    db.prepare_cached(
        "UPDATE interactions
            SET status = ?2, first_response_at = coalesce(first_response_at, iif(?3, ?4, NULL))
          WHERE seq = ?1",
    )?
    .execute(params![interaction, status, reached, now])?;
    touch(db, interaction, now)?;
    Ok(true)
}

/// The interaction has changed.
pub(super) fn touch(db: &Connection, interaction: Seq, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE interactions SET updated_at = max(updated_at, ?2), version = version + 1 WHERE seq = ?1",
    )?
    .execute((interaction, now))?;
    Ok(())
}
