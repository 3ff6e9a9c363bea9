//! Who has signed out here and is on their way to sign out at the provider.
//!
//! The session is gone by then, and with it the ID token that the provider wants to see (`id_token_hint`). It is kept for as long as the way
//! takes, under a token that only the browser has; a server that restarts meanwhile lets the customer be asked by the provider.

use crate::secrets::Hash;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the way may take.
pub(crate) const LIFE: Duration = Duration::from_secs(120);

/// So many are kept at once.
const MOST: usize = 10_000;

/// Those who are on their way.
#[derive(Default)]
pub(crate) struct Departures(Mutex<HashMap<Hash, (String, Instant)>>);

impl Departures {
    /// Keeps an ID token for whoever has the token of this hash.
    pub(crate) fn keep(&self, who: Hash, id_token: String) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (_, since)| since.elapsed() < LIFE);
        if all.len() < MOST {
            all.insert(who, (id_token, Instant::now()));
        }
    }

    /// The ID token that is kept, once.
    pub(crate) fn take(&self, who: &Hash) -> Option<String> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (id_token, since) = all.remove(who)?;
        (since.elapsed() < LIFE).then_some(id_token)
    }
}
