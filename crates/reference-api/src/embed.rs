//! Identity in a frame on the company's site: the host page's backend signs who is there (a JWT, RFC 7519), and this server takes its word.
//!
//! The word is good once, for two minutes at most, for this server alone, and for the frame that asked.

mod assertion;
mod keys;
mod provider;
mod source;
mod used;

pub(crate) use assertion::{Asserted, Refusal};
pub use keys::{KeySet, KeysError};
pub(crate) use provider::install as install_provider;
pub use source::Source;
pub(crate) use used::{forget, use_up};

#[cfg(test)]
pub(crate) use assertion::LEEWAY_SECONDS;

use crate::store::time::Moment;
use source::Keys;

/// Whose word is taken: `[embed]` of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// What assertions name as `iss`.
    pub issuer: String,
    /// What they name as `aud`: this server, and nobody besides.
    pub audience: String,
    /// Where the public keys are (a JWK Set, RFC 7517).
    pub keys: Source,
}

/// The host whose word is taken, with its keys as they were last read.
pub(crate) struct Identity {
    host: Host,
    keys: Keys,
}

impl Identity {
    pub(crate) fn of(host: &Host) -> Self {
        provider::install();
        Self {
            host: host.clone(),
            keys: Keys::of(host.keys.clone()),
        }
    }

    /// Reads the keys before anybody comes. Whether that succeeds says nothing of whether the server can go on.
    pub(crate) async fn read_keys_ahead(&self, now: Moment) {
        self.keys.read_ahead(now).await;
    }

    /// What assertions name as `iss`.
    pub(crate) fn issuer(&self) -> &str {
        &self.host.issuer
    }

    /// What an assertion says, if it is good now and for this nonce. That it was used before is for the caller to see.
    pub(crate) async fn check(
        &self,
        token: &str,
        nonce: &str,
        now: Moment,
    ) -> Result<Asserted, Refusal> {
        let (kid, algorithm) = assertion::head(token)?;
        let key = self.keys.find(&kid, now).await?;
        let key = key.ok_or(Refusal::Wrong(
            "kid: names no key of the host's JWK Set".to_owned(),
        ))?;
        assertion::check(token, algorithm, &key, &self.host, nonce, now)
    }
}
