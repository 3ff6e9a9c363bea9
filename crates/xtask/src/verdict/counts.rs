//! Counting tests in what the runners say.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use anyhow::{Context, Result};
use serde_json::Value;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Ran and were right.
    pub passed: u64,
    /// Ran and were wrong, or could not run.
    pub failed: u64,
    /// Were not run, and say so.
    pub skipped: u64,
}

impl Counts {
    /// What a line such as `test result: ok. 5 passed; 0 failed; 1 ignored; …` counts.
    pub fn of_cargo_line(line: &str) -> Option<Self> {
        let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let number = |unit: &str| -> Option<u64> {
            numbers
                .split("; ")
                .find_map(|part| part.strip_suffix(unit)?.trim().parse().ok())
        };
        Some(Self {
            passed: number("passed")?,
            failed: number("failed")?,
            skipped: number("ignored")?,
        })
    }

    /// What Playwright's JSON report counts. A test that passed only when repeated has failed.
    ///
    /// # Errors
    /// When the text is not such a report.
    pub fn of_playwright(report: &str) -> Result<Self> {
        let report: Value =
            serde_json::from_str(report).context("Playwright's report is not JSON")?;
        let number = |name: &str| {
            report["stats"][name]
                .as_u64()
                .with_context(|| format!("Playwright's report has no stats.{name}"))
        };
        let broken_outside_a_test = report["errors"].as_array().map_or(0, Vec::len) as u64;
        Ok(Self {
            passed: number("expected")?,
            failed: number("unexpected")? + number("flaky")? + broken_outside_a_test,
            skipped: number("skipped")?,
        })
    }

    /// A runner that failed without a failed test (it did not compile, say) counts as one failure.
    pub fn must_explain(&mut self, succeeded: bool, runner: &str) {
        if !succeeded && self.failed == 0 {
            eprintln!("error: `{runner}` failed without naming a failed test");
            self.failed = 1;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAYWRIGHT: &str =
        r#"{"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":2},"errors":[]}"#;

    #[test]
    fn a_result_line_of_cargo_is_counted() {
        let line = "test result: FAILED. 5 passed; 2 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.00s";
        assert_eq!(
            Counts::of_cargo_line(line),
            Some(Counts {
                passed: 5,
                failed: 2,
                skipped: 1
            })
        );
        assert_eq!(Counts::of_cargo_line("test a_fact ... ok"), None);
    }

    #[test]
    fn a_flaky_browser_test_counts_as_failed() {
        let counts = Counts::of_playwright(PLAYWRIGHT).expect("it is a report");
        assert_eq!(
            counts,
            Counts {
                passed: 7,
                failed: 2,
                skipped: 2
            }
        );
    }

    #[test]
    fn a_report_with_errors_outside_tests_counts_them() {
        let report = r#"{"stats":{"expected":0,"unexpected":0,"flaky":0,"skipped":0},"errors":[{"message":"no tests"}]}"#;
        assert_eq!(
            Counts::of_playwright(report)
                .expect("it is a report")
                .failed,
            1
        );
    }

    #[test]
    fn a_report_without_numbers_is_an_error() {
        assert!(Counts::of_playwright("{}").is_err());
    }

    #[test]
    fn a_runner_that_failed_without_a_failed_test_is_a_failure() {
        let mut counts = Counts {
            passed: 3,
            ..Counts::default()
        };
        counts.must_explain(false, "cargo test");
        assert_eq!(counts.failed, 1);
    }

    #[test]
    fn the_sum_reads_as_one_sentence() {
        let sum: Counts = [
            Counts {
                passed: 1,
                failed: 0,
                skipped: 2,
            },
            Counts {
                passed: 4,
                failed: 1,
                skipped: 0,
            },
        ]
        .into_iter()
        .sum();
        assert_eq!(sum.to_string(), "5 passed, 1 failed, 2 skipped");
    }
}
