//! What every check works with: the API, two customers, what it announces, and the record of all that was asked.

use crate::http::{Call, Exchange, Origin, Who, send};
use crate::operations::Operation;
use crate::rule::{Stop, broken, skip};
use crate::subject::Subject;
use portal_contract::capabilities::{Feature, Profile};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the kit was given to judge by.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The first customer.
    pub a: Subject,
    /// The second customer.
    pub b: Subject,
    /// Whether rules that write are left out.
    pub read_only: bool,
    /// An address that a customer signs in with.
    pub known_address: Option<String>,
    /// Words of an internal note about customer A.
    pub internal_note: Option<String>,
    /// The token of a footer's link of customer A.
    pub footer_token: Option<String>,
    /// The token of a `List-Unsubscribe` address of customer A.
    pub one_click_token: Option<String>,
    /// What signs assertions for frames.
    pub embed: Option<EmbedKey>,
}

/// What signs a host's assertions about customer A.
#[derive(Clone, Debug)]
pub struct EmbedKey {
    /// The private key, PKCS #8, DER: of P-256 (ES256) or Ed25519 (`EdDSA`).
    pub key: Vec<u8>,
    /// Under which `kid` the API finds the public one.
    pub kid: String,
    /// `iss`.
    pub issuer: String,
    /// `aud`.
    pub audience: String,
    /// `sub`: the reference of customer A at the company.
    pub subject: String,
}

/// See the module.
pub struct Kit {
    /// Where the API is.
    pub(crate) origin: Origin,
    /// What was given.
    pub given: Given,
    /// `GET /v1/capabilities`.
    pub(crate) capabilities: Value,
    record: Mutex<Vec<Arc<Exchange>>>,
    seen: Mutex<HashMap<String, Arc<Exchange>>>,
}

impl Kit {
    /// A kit that knows nothing of the API yet.
    #[must_use]
    pub fn new(origin: Origin, given: Given) -> Self {
        Self {
            origin,
            given,
            capabilities: Value::Null,
            record: Mutex::default(),
            seen: Mutex::default(),
        }
    }

    /// Everything that was asked so far, in order.
    #[must_use]
    pub fn record(&self) -> Vec<Arc<Exchange>> {
        lock(&self.record).clone()
    }

    /// Whether the API announces the profile.
    #[must_use]
    pub fn has_profile(&self, profile: &Profile) -> bool {
        lists(&self.capabilities["profiles"], profile.as_str())
    }

    /// Whether the API announces the feature.
    pub(crate) fn has_feature(&self, feature: &Feature) -> bool {
        lists(&self.capabilities["features"], feature.as_str())
    }

    /// Whether the operation is to be there.
    pub(crate) fn offers(&self, operation: &Operation) -> bool {
        let feature = operation.feature.as_ref();
        self.has_profile(&operation.profile)
            && feature.is_none_or(|feature| self.has_feature(feature))
    }

    fn headers(&self, who: &Who) -> Vec<(String, String)> {
        match who {
            Who::A => self.given.a.headers.clone(),
            Who::B => self.given.b.headers.clone(),
            Who::Nobody => Vec::new(),
            Who::Bearer(token) => vec![("authorization".to_owned(), format!("Bearer {token}"))],
        }
    }

    /// Asks, and records what came.
    ///
    /// # Errors
    /// When nothing came: that breaks every rule.
    pub(crate) async fn send(&self, who: Who, call: Call) -> Result<Arc<Exchange>, Stop> {
        let by = self.headers(&who);
        let exchange = send(&self.origin, who, &by, call)
            .await
            .map_err(|why| broken(why, &[]))?;
        lock(&self.record).push(exchange.clone());
        Ok(exchange)
    }

    /// Asks for all of it at the same time.
    ///
    /// # Errors
    /// When one had no answer.
    pub(crate) async fn together(
        &self,
        who: &Who,
        calls: Vec<Call>,
    ) -> Result<Vec<Arc<Exchange>>, Stop> {
        let mut under_way = tokio::task::JoinSet::new();
        for call in calls {
            let (origin, who, by) = (self.origin.clone(), who.clone(), self.headers(who));
            under_way.spawn(async move { send(&origin, who, &by, call).await });
        }
        let mut all = Vec::new();
        while let Some(ended) = under_way.join_next().await {
            let exchange = ended
                .map_err(|error| broken(format!("a request was not finished: {error}"), &[]))?
                .map_err(|why| broken(why, &[]))?;
            lock(&self.record).push(exchange.clone());
            all.push(exchange);
        }
        Ok(all)
    }

    /// Reads something that a check needs. That it can be read at all is the rule `….answers`; here it is what stands in the way.
    ///
    /// # Errors
    /// Skips the rule when it cannot be read.
    pub(crate) async fn read(&self, who: Who, path: &str) -> Result<Arc<Exchange>, Stop> {
        let exchange = self.send(who, Call::get(path)).await?;
        succeeded(exchange)
    }

    /// Writes something that a check needs.
    ///
    /// # Errors
    /// Skips the rule when it is refused.
    pub(crate) async fn write(&self, who: Who, call: Call) -> Result<Arc<Exchange>, Stop> {
        succeeded(self.send(who, call).await?)
    }

    /// Reads what was read before from what was kept, where it need not be fresh.
    ///
    /// # Errors
    /// Skips the rule when it cannot be read.
    pub(crate) async fn read_once(&self, who: &Who, path: &str) -> Result<Arc<Exchange>, Stop> {
        let name = format!("{} {path}", who.name());
        if let Some(known) = lock(&self.seen).get(&name) {
            return Ok(known.clone());
        }
        let fresh = self.read(who.clone(), path).await?;
        lock(&self.seen).insert(name, fresh.clone());
        Ok(fresh)
    }
}

/// The exchange, when it succeeded.
///
/// # Errors
/// Skips the rule otherwise.
pub(crate) fn succeeded(exchange: Arc<Exchange>) -> Result<Arc<Exchange>, Stop> {
    if exchange.is_success() {
        return Ok(exchange);
    }
    Err(skip(format!(
        "it needs {}, which answered {}",
        exchange.title(),
        exchange.outcome()
    )))
}

/// Whether the list holds the word.
pub(crate) fn lists(list: &Value, word: &str) -> bool {
    let mut items = list.as_array().into_iter().flatten();
    items.any(|item| item == word)
}

/// The items of a page, or of whatever list stands at `pointer`.
pub(crate) fn items<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The text of a member; empty when it is none.
pub(crate) fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or("")
}

/// A panic elsewhere leaves the record as it was: a list of what was seen.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
