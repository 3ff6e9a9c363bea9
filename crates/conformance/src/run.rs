//! Judging: every rule of the profiles that are asked for, one after the other.

use crate::http::{Call, Origin, Who};
use crate::kit::{Given, Kit, text};
use crate::profile::profiles;
use crate::report::{Judged, Report, Verdict};
use crate::rule::{Check, Rule, Stop};
use crate::rules;
use anyhow::{Result, bail};
use portal_contract::capabilities::Profile;
use portal_contract::endpoints;
use std::time::Instant;

/// What to judge.
pub struct Task {
    /// Where.
    pub origin: Origin,
    /// As whom, and what else was given.
    pub given: Given,
    /// Which profiles; empty for all that the API announces.
    pub profiles: Vec<Profile>,
    /// Which rules alone; empty for all.
    pub only: Vec<String>,
}

/// Judges the API.
///
/// # Errors
/// When it cannot be judged at all: it does not answer, or one of the customers is not signed in, or both are the same.
pub async fn judge(task: Task) -> Result<Report> {
    let Task {
        origin,
        given,
        profiles: wanted,
        only,
    } = task;
    let base_url = origin.text();
    let mut kit = Kit::new(origin, given);
    prepare(&mut kit).await?;
    let asked = |rule: &Rule| {
        (only.is_empty() || only.iter().any(|id| id == rule.id))
            && (wanted.is_empty() || wanted.contains(&rule.profile))
    };
    let rules: Vec<Rule> = rules::all().into_iter().filter(asked).collect();
    let mut judged = Vec::new();
    // Those that look at the record come last, when all of it is there.
    let (looking, asking): (Vec<Rule>, Vec<Rule>) = rules
        .into_iter()
        .partition(|rule| matches!(rule.check, Check::Looking(_)));
    for rule in asking.into_iter().chain(looking) {
        let began = Instant::now();
        let verdict = verdict(&kit, &rule, &wanted).await;
        judged.push(Judged {
            rule,
            verdict,
            took: began.elapsed(),
        });
    }
    let order = profiles();
    judged.sort_by_key(|one| {
        order
            .iter()
            .position(|profile| *profile == one.rule.profile)
    });
    Ok(Report {
        base_url,
        judged,
        requests: kit.record().len(),
    })
}

async fn verdict(kit: &Kit, rule: &Rule, wanted: &[Profile]) -> Verdict {
    if !kit.has_profile(&rule.profile) && !wanted.contains(&rule.profile) {
        return Verdict::Skipped(format!(
            "the API does not announce `{}`",
            rule.profile.as_str()
        ));
    }
    if kit.given.read_only && rule.writes.is_some() {
        return Verdict::Skipped("it writes, and --read-only was given".to_owned());
    }
    let outcome = match rule.check {
        Check::Asking(check) => check(kit).await,
        Check::Looking(check) => check(kit),
    };
    match outcome {
        Ok(seen) => Verdict::Passed(seen),
        Err(Stop::Broken(findings)) => Verdict::Failed(findings),
        Err(Stop::Skipped(why)) => Verdict::Skipped(why),
    }
}

/// What the kit has to know before it can judge anything.
async fn prepare(kit: &mut Kit) -> Result<()> {
    let capabilities = first(kit, Who::Nobody, endpoints::CAPABILITIES).await?;
    kit.capabilities = capabilities;
    let a = customer(kit, Who::A).await?;
    let b = customer(kit, Who::B).await?;
    if a == b {
        bail!(
            "both subjects are the same customer: whether one is kept from the other's data takes two"
        );
    }
    Ok(())
}

/// The mark of the customer who is signed in.
async fn customer(kit: &Kit, who: Who) -> Result<String> {
    let name = who.name();
    let session = first(kit, who, endpoints::SESSION).await?;
    if session["state"] != "authenticated" {
        bail!(
            "{name} is not signed in: {} says `{}`",
            endpoints::SESSION,
            text(&session, "state")
        );
    }
    Ok(text(&session, "subject").to_owned())
}

async fn first(kit: &Kit, who: Who, path: &str) -> Result<serde_json::Value> {
    match kit.send(who, Call::get(path)).await {
        Ok(answer) if answer.is_success() => Ok(answer.json().clone()),
        Ok(answer) => bail!(
            "{} answered {}: there is nothing to judge",
            answer.title(),
            answer.outcome()
        ),
        Err(Stop::Broken(findings)) => {
            bail!("{}", findings.first().map_or("", |finding| &finding.what))
        }
        Err(Stop::Skipped(why)) => bail!("{why}"),
    }
}
