//! What was seen, for people and for machines.

mod json;
mod junit;
mod text;

pub use json::json;
pub use junit::junit;
pub use text::text;

use crate::profile::profiles;
use crate::rule::{Finding, Rule};
use portal_contract::capabilities::Profile;
use std::time::Duration;

/// The outcome of a run.
pub struct Report {
    /// Where the API is.
    pub base_url: String,
    /// Every rule that was asked for, profile by profile.
    pub judged: Vec<Judged>,
    /// How many requests were made.
    pub requests: usize,
}

/// A rule and how the API stands to it.
pub struct Judged {
    /// The rule.
    pub rule: Rule,
    /// The verdict.
    pub verdict: Verdict,
    /// How long it took.
    pub took: Duration,
}

/// How an API stands to a rule.
#[derive(Debug)]
pub enum Verdict {
    /// It keeps it; what was seen.
    Passed(String),
    /// It breaks it.
    Failed(Vec<Finding>),
    /// It cannot be said; why.
    Skipped(String),
}

impl Verdict {
    /// `passed`, `failed` or `skipped`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "passed",
            Self::Failed(_) => "failed",
            Self::Skipped(_) => "skipped",
        }
    }
}

/// How many rules of a kind came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Kept.
    pub passed: usize,
    /// Broken.
    pub failed: usize,
    /// Not judged.
    pub skipped: usize,
}

impl Tally {
    /// `failed` when anything is; `passed` when something is and nothing failed; otherwise `skipped`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self { failed: 1.., .. } => "failed",
            Self { passed: 1.., .. } => "passed",
            _ => "skipped",
        }
    }
}

impl Report {
    /// The rules that are broken.
    pub fn failed(&self) -> impl Iterator<Item = &Judged> {
        self.judged
            .iter()
            .filter(|one| matches!(one.verdict, Verdict::Failed(_)))
    }

    /// How each profile that was judged stands.
    #[must_use]
    pub fn profiles(&self) -> Vec<(Profile, Tally)> {
        let tallies = profiles().into_iter().map(|profile| {
            let of = self.judged.iter().filter(|one| one.rule.profile == profile);
            let tally = tally(of);
            (profile, tally)
        });
        tallies
            .filter(|(_, tally)| *tally != Tally::default())
            .collect()
    }

    /// How all of it stands.
    #[must_use]
    pub fn tally(&self) -> Tally {
        tally(self.judged.iter())
    }
}

fn tally<'a>(judged: impl Iterator<Item = &'a Judged>) -> Tally {
    judged.fold(Tally::default(), |mut tally, one| {
        match one.verdict {
            Verdict::Passed(_) => tally.passed += 1,
            Verdict::Failed(_) => tally.failed += 1,
            Verdict::Skipped(_) => tally.skipped += 1,
        }
        tally
    })
}
