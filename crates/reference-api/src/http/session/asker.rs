//! Who asks for a code, and how many they may have.
//!
//! Whoever knows an address can ask for codes to it. Were they counted by the address alone, a stranger could use them up and
//! lock the owner out; were they counted by where they were asked for alone, enough places would guess the code. So there are
//! three counts (see docs/decisions): of the asker, of the asker's network, and of all strangers to an address together. A
//! browser that the owner has signed in from before is no stranger, and only its own count holds for it.

use super::quota::{DAY, HOUR, Limit, Quota};
use crate::config::SignIn;
use crate::secrets::{Hash, Secrets};

/// From all strangers together come at most so many times the codes an hour of one of them, a day.
const STRANGERS: u32 = 10;

/// One asker has at most so many times the codes of an hour in a day.
const DAILY: u32 = 2;

/// Where the wish for a code comes from.
pub(super) enum Asker {
    /// A browser that this customer has signed in from.
    Device(Hash),
    /// A session that wants a fresh proof.
    Session(i64),
    /// Anybody, from this network address.
    Stranger(String),
}

impl Asker {
    /// What this asker's codes for an address are counted under; also the mark of its challenges.
    pub(super) fn bucket(&self, secrets: &Secrets, folded: &str) -> Hash {
        let address = folded.as_bytes();
        match self {
            Self::Device(token) => secrets.mac("codes of a device", &[address, token]),
            Self::Session(id) => secrets.mac("codes of a session", &[address, &id.to_le_bytes()]),
            Self::Stranger(network) => {
                secrets.mac("codes of a stranger", &[address, network.as_bytes()])
            }
        }
    }

    /// Everything that a code for this address is counted by.
    pub(super) fn quotas(&self, secrets: &Secrets, folded: &str, config: &SignIn) -> Vec<Quota> {
        let per_hour = config.codes_per_address;
        let mut quotas = vec![Quota {
            bucket: self.bucket(secrets, folded),
            limits: vec![
                limit(per_hour, HOUR),
                limit(per_hour.saturating_mul(DAILY), DAY),
            ],
        }];
        if let Self::Stranger(network) = self {
            quotas.push(Quota {
                bucket: secrets.mac("codes of strangers", &[folded.as_bytes()]),
                limits: vec![limit(per_hour.saturating_mul(STRANGERS), DAY)],
            });
            quotas.push(Quota {
                bucket: secrets.mac("codes of a network", &[network.as_bytes()]),
                limits: vec![limit(config.codes_per_network, HOUR)],
            });
        }
        quotas
    }
}

fn limit(uses: u32, within: i64) -> Limit {
    Limit { uses, within }
}
