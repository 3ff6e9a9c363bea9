//! For people.

use super::{Report, Tally, Verdict};
use crate::redact;
use crate::rule::Finding;
use std::fmt::Write;

/// The report as text.
#[must_use]
pub fn text(report: &Report) -> String {
    let mut text = format!("{} by {} requests\n", report.base_url, report.requests);
    let mut profile = None;
    for one in &report.judged {
        if profile != Some(&one.rule.profile) {
            profile = Some(&one.rule.profile);
            let _ = writeln!(text, "\n{}", one.rule.profile.as_str());
        }
        let _ = write!(text, "  {:<8}{}  ", one.verdict.word(), one.rule.id);
        match &one.verdict {
            Verdict::Passed(seen) | Verdict::Skipped(seen) => {
                let _ = writeln!(text, "{seen}");
            }
            Verdict::Failed(findings) => {
                let _ = writeln!(text, "{}", one.rule.says);
                findings.iter().for_each(|finding| push(&mut text, finding));
                let _ = writeln!(text, "          What to do: {}", one.rule.mend);
            }
        }
    }
    let _ = writeln!(text);
    for (profile, tally) in report.profiles() {
        let _ = writeln!(
            text,
            "{:<14}{:<9}{}",
            profile.as_str(),
            tally.word(),
            counts(&tally)
        );
    }
    let all = report.tally();
    let _ = writeln!(text, "{:<14}{:<9}{}", "all", all.word(), counts(&all));
    text
}

fn counts(tally: &Tally) -> String {
    format!(
        "{} passed, {} failed, {} skipped",
        tally.passed, tally.failed, tally.skipped
    )
}

fn push(text: &mut String, finding: &Finding) {
    let _ = writeln!(text, "          - {}", finding.what);
    for exchange in &finding.seen {
        let _ = writeln!(text, "            As {}:", exchange.who.name());
        indent(text, &redact::request(exchange), "  > ");
        indent(text, &redact::answer(exchange), "  < ");
    }
}

fn indent(text: &mut String, lines: &str, mark: &str) {
    for line in lines.lines() {
        let _ = writeln!(text, "            {mark}{line}");
    }
}
