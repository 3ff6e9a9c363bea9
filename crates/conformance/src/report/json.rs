//! For programs.

use super::{Judged, Report, Tally, Verdict};
use crate::redact;
use crate::rule::Finding;
use serde_json::{Value, json};

/// The report as JSON.
#[must_use]
pub fn json(report: &Report) -> String {
    let profiles: serde_json::Map<String, Value> = report
        .profiles()
        .into_iter()
        .map(|(profile, tally)| (profile.as_str().to_owned(), counts(&tally)))
        .collect();
    let whole = json!({
        "base_url": report.base_url,
        "requests": report.requests,
        "verdict": report.tally().word(),
        "profiles": profiles,
        "rules": report.judged.iter().map(rule).collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&whole).expect("texts, numbers and lists are JSON");
    text.push('\n');
    text
}

fn counts(tally: &Tally) -> Value {
    json!({
        "verdict": tally.word(),
        "passed": tally.passed,
        "failed": tally.failed,
        "skipped": tally.skipped,
    })
}

fn rule(one: &Judged) -> Value {
    let mut said = json!({
        "id": one.rule.id,
        "profile": one.rule.profile.as_str(),
        "says": one.rule.says,
        "verdict": one.verdict.word(),
        "milliseconds": u64::try_from(one.took.as_millis()).unwrap_or(u64::MAX),
    });
    match &one.verdict {
        Verdict::Passed(seen) => said["seen"] = seen.as_str().into(),
        Verdict::Skipped(why) => said["why"] = why.as_str().into(),
        Verdict::Failed(findings) => {
            said["what_to_do"] = one.rule.mend.into();
            said["findings"] = findings.iter().map(finding).collect();
        }
    }
    said
}

fn finding(finding: &Finding) -> Value {
    let seen = finding.seen.iter().map(|exchange| {
        json!({
            "as": exchange.who.name(),
            "request": redact::request(exchange),
            "answer": redact::answer(exchange),
        })
    });
    json!({ "what": finding.what, "seen": seen.collect::<Vec<_>>() })
}
