//! A rule: a sentence of the contract, and how it is seen whether an API keeps it.

use crate::http::Exchange;
use crate::kit::Kit;
use portal_contract::capabilities::Profile;
use std::pin::Pin;
use std::sync::Arc;

/// A sentence of the contract with its check.
#[derive(Clone)]
pub struct Rule {
    /// `interactions.one-row`.
    pub id: &'static str,
    /// The profile that does not hold without it.
    pub profile: Profile,
    /// What the contract says.
    pub says: &'static str,
    /// What to do when it is broken.
    pub mend: &'static str,
    /// What it writes, where it writes anything; `--read-only` leaves the rule out.
    pub writes: Option<&'static str>,
    /// How it is seen.
    pub check: Check,
}

/// How a rule is seen to hold.
#[derive(Clone, Copy)]
pub enum Check {
    /// By asking.
    Asking(for<'a> fn(&'a Kit) -> Asking<'a>),
    /// By what all the others asked, at the end.
    Looking(fn(&Kit) -> Outcome),
}

/// A check under way.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// What was seen, or why nothing is said or all is not well.
pub type Outcome = Result<String, Stop>;

/// Why a check ended early.
#[derive(Debug)]
pub enum Stop {
    /// The rule is broken.
    Broken(Vec<Finding>),
    /// It cannot be judged here; why.
    Skipped(String),
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Finding {
    /// In plain words.
    pub what: String,
    /// Where it was seen.
    pub seen: Vec<Arc<Exchange>>,
}

/// A finding with the exchange that it was made in.
pub(crate) fn finding(what: impl Into<String>, seen: &[&Arc<Exchange>]) -> Finding {
    Finding {
        what: what.into(),
        seen: seen.iter().map(|one| Arc::clone(one)).collect(),
    }
}

/// The rule is broken, by one thing.
pub(crate) fn broken(what: impl Into<String>, seen: &[&Arc<Exchange>]) -> Stop {
    Stop::Broken(vec![finding(what, seen)])
}

/// The rule cannot be judged.
pub(crate) fn skip(why: impl Into<String>) -> Stop {
    Stop::Skipped(why.into())
}

/// Passes with these words when nothing was found.
pub(crate) fn unless(findings: Vec<Finding>, seen: impl Into<String>) -> Outcome {
    if findings.is_empty() {
        Ok(seen.into())
    } else {
        Err(Stop::Broken(findings))
    }
}
