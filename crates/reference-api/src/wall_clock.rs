//! From what the clock on the wall shows to moments, where clocks change.
//!
//! A stretch of time "from 22:00 to 07:00" begins when the clock *first* shows its start and ends when it *last* shows its end; a
//! time that the clock skips is the moment of the skip.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// When the clock on the wall first shows `local` or, where it skips it, the moment of the skip.
#[must_use]
pub fn first_time(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).ok(),
        AmbiguousOffset::Gap { before, .. } => skip(zone, before.to_timestamp(local).ok()?),
    }
}

/// When the clock on the wall last shows `local` or, where it skips it, the moment of the skip.
#[must_use]
pub fn last_time(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Fold { after, .. } => after.to_timestamp(local).ok(),
        _ => first_time(zone, local),
    }
}

/// When the clock on the wall first shows `local`; `None` where it never does.
#[must_use]
pub fn shown_time(zone: &TimeZone, local: DateTime) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Gap { .. } => None,
        _ => first_time(zone, local),
    }
}

/// The change of the clock that skipped a local time. Read by the offset *before* the change, a skipped time lies at or after
/// it, so the change is the last one up to there.
fn skip(zone: &TimeZone, read_by_old_offset: Timestamp) -> Option<Timestamp> {
    let just_after = read_by_old_offset.checked_add(1.nanosecond()).ok()?;
    zone.preceding(just_after)
        .next()
        .map(|change| change.timestamp())
}
