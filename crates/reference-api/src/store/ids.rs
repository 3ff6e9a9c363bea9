//! New ids: a prefix that says what it names, then 128 bits that sort by time and cannot be guessed (UUID version 7).

use super::time::Moment;
use portal_contract::ids::InvalidId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A fresh id, `int_0197f3c2…`.
#[must_use]
pub fn fresh<T: TryFrom<String, Error = InvalidId>>(prefix: &str, at: Moment) -> T {
    let random = *Uuid::new_v4().as_bytes();
    build(prefix, at, &random)
}

/// The id that `seed` always gives: demonstration data and repeated imports come out the same every time.
#[must_use]
pub fn derived<T: TryFrom<String, Error = InvalidId>>(prefix: &str, at: Moment, seed: &str) -> T {
    let digest = Sha256::digest(seed.as_bytes());
    build(prefix, at, &digest)
}

fn build<T: TryFrom<String, Error = InvalidId>>(prefix: &str, at: Moment, random: &[u8]) -> T {
    let mut tail = [0; 10];
    tail.copy_from_slice(&random[6..16]);
    let millis = u64::try_from(at.millis()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid();
    T::try_from(format!("{prefix}_{}", id.simple()))
        .unwrap_or_else(|_| unreachable!("a short prefix and hexadecimal digits are an id"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::InteractionId;

    #[test]
    fn ids_sort_by_time_and_differ() {
        let early: InteractionId = fresh("int", Moment::from_millis(1_000));
        let late: InteractionId = fresh("int", Moment::from_millis(2_000));
        let twin: InteractionId = fresh("int", Moment::from_millis(2_000));
        assert!(early < late);
        assert_ne!(late, twin);
    }

    #[test]
    fn a_derived_id_is_always_the_same() {
        let at = Moment::from_millis(5);
        let one: InteractionId = derived("int", at, "a");
        assert_eq!(one, derived("int", at, "a"));
        assert_ne!(one, derived("int", at, "b"));
    }
}
