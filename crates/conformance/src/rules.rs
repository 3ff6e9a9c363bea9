//! Every rule, as data. A test holds `docs/conformance.md` against this list.

mod common;
mod consent;
mod core;
mod data_rights;
mod embed;
mod every;
mod interactions;
mod isolation;
mod link;
mod lists;
mod preferences;
mod quiet_hours;
mod record;
mod versions;
mod writes;

use crate::rule::Rule;

/// Makes a rule of its parts.
macro_rules! rule {
    ($id:expr, $profile:ident, $says:expr, $mend:expr, writes $writes:expr, $check:expr) => {
        crate::rule::Rule {
            id: $id,
            profile: portal_contract::capabilities::Profile::$profile,
            says: $says,
            mend: $mend,
            writes: Some($writes),
            check: crate::rule::Check::Asking(|kit| Box::pin($check(kit))),
        }
    };
    ($id:expr, $profile:ident, $says:expr, $mend:expr, looks $check:expr) => {
        crate::rule::Rule {
            id: $id,
            profile: portal_contract::capabilities::Profile::$profile,
            says: $says,
            mend: $mend,
            writes: None,
            check: crate::rule::Check::Looking($check),
        }
    };
    ($id:expr, $profile:ident, $says:expr, $mend:expr, $check:expr) => {
        crate::rule::Rule {
            id: $id,
            profile: portal_contract::capabilities::Profile::$profile,
            says: $says,
            mend: $mend,
            writes: None,
            check: crate::rule::Check::Asking(|kit| Box::pin($check(kit))),
        }
    };
}
pub(crate) use rule;

/// All of them, profile by profile.
#[must_use]
pub fn all() -> Vec<Rule> {
    let mut all: Vec<Rule> = [
        core::rules(),
        interactions::rules(),
        preferences::rules(),
        consent::rules(),
        data_rights::rules(),
        link::rules(),
        embed::rules(),
        every::rules(),
    ]
    .concat();
    let order = crate::profile::profiles();
    all.sort_by_key(|rule| order.iter().position(|profile| *profile == rule.profile));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_has_an_id_of_its_own_that_begins_with_its_profile() {
        let all = all();
        let ids: BTreeSet<&str> = all.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), all.len());
        for rule in all {
            assert!(
                rule.id.starts_with(&format!("{}.", rule.profile.as_str())),
                "{}",
                rule.id
            );
            assert!(
                rule.says.ends_with('.') && rule.mend.ends_with('.'),
                "{}",
                rule.id
            );
        }
    }
}
