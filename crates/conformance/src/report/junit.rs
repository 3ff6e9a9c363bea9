//! For systems that run tests: the JUnit form that all of them read.

use super::{Judged, Report, Verdict};
use crate::redact;
use crate::rule::Finding;
use std::fmt::Write;

/// The report as JUnit XML: a suite for each profile, a case for each rule.
#[must_use]
pub fn junit(report: &Report) -> String {
    let all = report.tally();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"conformance\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n",
        all.passed + all.failed + all.skipped,
        all.failed,
        all.skipped
    );
    for (profile, tally) in report.profiles() {
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">",
            profile.as_str(),
            tally.passed + tally.failed + tally.skipped,
            tally.failed,
            tally.skipped
        );
        let of = report
            .judged
            .iter()
            .filter(|one| one.rule.profile == profile);
        of.for_each(|one| case(&mut xml, one));
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn case(xml: &mut String, one: &Judged) {
    let _ = write!(
        xml,
        "    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3}\"",
        one.rule.profile.as_str(),
        one.rule.id,
        one.took.as_secs_f64()
    );
    match &one.verdict {
        Verdict::Passed(_) => xml.push_str("/>\n"),
        Verdict::Skipped(why) => {
            let _ = writeln!(xml, "><skipped message=\"{}\"/></testcase>", escaped(why));
        }
        Verdict::Failed(findings) => {
            let words: Vec<String> = findings.iter().map(told).collect();
            let _ = writeln!(
                xml,
                "><failure message=\"{}\">{}</failure></testcase>",
                escaped(one.rule.says),
                escaped(&format!(
                    "{}\nWhat to do: {}",
                    words.join("\n"),
                    one.rule.mend
                ))
            );
        }
    }
}

fn told(finding: &Finding) -> String {
    let seen = finding.seen.iter().map(|exchange| {
        format!(
            "\n> {}\n< {}",
            redact::request(exchange),
            redact::answer(exchange)
        )
    });
    finding.what.clone() + &seen.collect::<String>()
}

/// The text as XML 1.0 holds it: without the characters that it has none for.
fn escaped(text: &str) -> String {
    let known = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    known.fold(String::new(), |mut text, c| {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            c => text.push(c),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_came_the_document_stays_one() {
        assert_eq!(
            escaped("<a b=\"c\">&\u{0}\u{1b}\n"),
            "&lt;a b=&quot;c&quot;&gt;&amp;\n"
        );
    }
}
