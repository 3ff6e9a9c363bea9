//! Calls that customers ask for: planned into a slot, moved, called off, made.
//!
//! A slot is taken in the transaction that looks whether it is free, and the database writes one transaction at a time: of two
//! who want the last place in it, one gets it.

mod book;
mod rows;

pub use book::{MOST_PLANNED, Order, book, reschedule};
pub use rows::{Call, cancel, insert, made, of};

use super::Way;
use super::hours::Span;
use super::slots::slots;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::callback::CallbackSlot;
use rusqlite::Connection;

/// The slots of this way that have room, which begin at `from` or later and before `to`. None of a way that is not booked.
///
/// # Errors
/// When the database refuses.
pub fn free(
    db: &Connection,
    way: &Way,
    now: Moment,
    from: Moment,
    to: Moment,
) -> Result<Vec<CallbackSlot>, StoreError> {
    let (Some(hours), Some(booking)) = (&way.hours, &way.booking) else {
        return Ok(Vec::new());
    };
    let taken = rows::planned(db, way, from, to)?;
    let free = slots(hours, booking, now, from, to)
        .into_iter()
        .filter_map(|slot| {
            let left = room(&taken, slot, booking.capacity);
            (left > 0).then(|| CallbackSlot {
                starts_at: slot.start.to_timestamp(),
                ends_at: slot.end.to_timestamp(),
                left,
            })
        });
    Ok(free.collect())
}

/// When the first slot begins that has room.
///
/// # Errors
/// When the database refuses.
pub fn next_free(db: &Connection, way: &Way, now: Moment) -> Result<Option<Moment>, StoreError> {
    let (Some(hours), Some(booking)) = (&way.hours, &way.booking) else {
        return Ok(None);
    };
    let until = booking.until(hours, now);
    let taken = rows::planned(db, way, now, until)?;
    let found = slots(hours, booking, now, now, until)
        .into_iter()
        .find(|slot| room(&taken, *slot, booking.capacity) > 0);
    Ok(found.map(|slot| slot.start))
}

/// How many more calls fit into a slot. Calls are counted that overlap it, and not those of its beginning alone: the company may
/// have changed its hours since they were planned.
fn room(planned: &[Span], slot: Span, capacity: u32) -> u64 {
    let overlaps = |call: &&Span| call.start < slot.end && slot.start < call.end;
    let taken = planned.iter().filter(overlaps).count() as u64;
    u64::from(capacity).saturating_sub(taken)
}
