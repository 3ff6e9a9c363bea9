//! How much one customer writes: as much as people do, and not as much as a program can.
//!
//! Every write leaves rows behind (itself, its idempotency record, events), and none of them is a fault by itself. What is counted
//! is kept in memory alone: a restart forgives, and the disk is safe all the same.

use super::{ApiError, ApiResult};
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// So many customers are kept before those are looked for who have written nothing for long.
const MANY: usize = 10_000;

/// Who writes. What a link of a customer is used for is counted by itself, so that whoever finds a link keeps nobody from writing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Writer {
    pub(super) customer: CustomerId,
    pub(super) by_link: bool,
}

/// Until when the writes of each writer last, where each takes its share of a day. One number a writer counts them in a sliding
/// window (the generic cell rate algorithm).
#[derive(Clone, Default)]
pub(crate) struct Writes(Arc<Mutex<HashMap<Writer, i64>>>);

impl Writes {
    /// Counts a write, or refuses when as many as there are in a day were made.
    ///
    /// # Errors
    /// `quota-exceeded` with the seconds until one is free.
    pub(super) fn take(&self, writer: Writer, per_day: u64, now: Moment) -> ApiResult<()> {
        let per_day = i64::try_from(per_day)
            .unwrap_or(i64::MAX)
            .clamp(1, DAY_MILLIS);
        let (share, now) = (DAY_MILLIS / per_day, now.millis());
        let mut lasting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lasting.len() >= MANY {
            lasting.retain(|_, until| *until > now);
        }
        let until = lasting.get(&writer).map_or(now, |until| now.max(*until)) + share;
        let over = until - now - share * per_day;
        if over > 0 {
            return Err(ApiError::quota_exceeded(over.unsigned_abs().div_ceil(1000)));
        }
        lasting.insert(writer, until);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::ProblemKind;

    fn maya() -> Writer {
        Writer {
            customer: "cus_maya".to_owned().try_into().unwrap(),
            by_link: false,
        }
    }

    fn at(seconds: i64) -> Moment {
        Moment::from_millis(1_772_600_767_000).plus_seconds(seconds)
    }

    #[test]
    fn a_days_writes_can_be_made_at_once_and_then_one_for_each_share_of_the_day() {
        let writes = Writes::default();
        for _ in 0..100 {
            writes.take(maya(), 100, at(0)).unwrap();
        }
        let refused = writes.take(maya(), 100, at(0)).unwrap_err();
        assert_eq!(*refused.kind(), ProblemKind::QuotaExceeded);
        assert!(writes.take(maya(), 100, at(863)).is_err());
        writes.take(maya(), 100, at(864)).unwrap();
        assert!(writes.take(maya(), 100, at(865)).is_err());
    }

    #[test]
    fn a_link_of_the_customer_and_another_customer_have_their_own() {
        let writes = Writes::default();
        writes.take(maya(), 1, at(0)).unwrap();
        assert!(writes.take(maya(), 1, at(0)).is_err());
        let by_link = Writer {
            by_link: true,
            ..maya()
        };
        let jonas = Writer {
            customer: "cus_jonas".to_owned().try_into().unwrap(),
            by_link: false,
        };
        for other in [by_link, jonas] {
            writes.take(other, 1, at(0)).unwrap();
        }
    }

    #[test]
    fn who_has_written_nothing_for_long_is_forgotten_when_there_are_many() {
        let writes = Writes::default();
        for number in 0..=MANY {
            let writer = Writer {
                customer: format!("cus_{number}").try_into().unwrap(),
                by_link: false,
            };
            writes.take(writer, 10, at(0)).unwrap();
        }
        writes.take(maya(), 10, at(24 * 60 * 60)).unwrap();
        assert_eq!(writes.0.lock().unwrap().len(), 1);
    }
}
