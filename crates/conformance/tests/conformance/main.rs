//! The kit against the reference API: as it is, and broken in one place after the other.

#![expect(
    clippy::unwrap_used,
    reason = "a test has no other way to go on, and its helpers are not told from shipped code"
)]

mod belongings;
mod breaks;
mod catalogue;
mod faulty;
mod random;
mod scene;

use breaks::Break;
use conformance::report::{self, Report, Verdict};
use conformance::rules;
use portal_contract::capabilities::Profile;
use scene::Scene;
use std::collections::BTreeSet;
use std::sync::Mutex;

/// Rules that nothing of the demonstration can be judged by.
const NOT_JUDGED: [&str; 0] = [];

/// How many broken servers are judged at a time: each waits a second for the event feed, in which the others go on.
const AT_A_TIME: usize = 8;

fn judged(broken: Option<&'static Break>) -> Report {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let scene = Scene::new(broken).await;
        let mut task = scene.task();
        task.profiles = broken.map(where_it_could_show).unwrap_or_default();
        conformance::run::judge(task).await.unwrap()
    })
}

/// The profile of the broken rule, and what holds for all of them: a break of one request shows nowhere else.
fn where_it_could_show(broken: &'static Break) -> Vec<Profile> {
    let all = rules::all();
    let rule = all.iter().find(|rule| rule.id == broken.rule);
    let own = rule.map(|rule| rule.profile.clone());
    own.into_iter().chain([Profile::Core]).collect()
}

fn failed(report: &Report) -> BTreeSet<&'static str> {
    report.failed().map(|one| one.rule.id).collect()
}

#[test]
fn the_reference_api_passes_every_profile() {
    let report = judged(None);
    assert!(failed(&report).is_empty(), "{}", report::text(&report));
    for (profile, tally) in report.profiles() {
        assert_eq!(tally.word(), "passed", "{profile:?}");
    }
    let skipped: Vec<_> = report
        .judged
        .iter()
        .filter(|one| {
            matches!(one.verdict, Verdict::Skipped(_)) && !NOT_JUDGED.contains(&one.rule.id)
        })
        .map(|one| (one.rule.id, &one.verdict))
        .collect();
    assert!(skipped.is_empty(), "every rule is judged: {skipped:?}");
    let unseen: Vec<_> = report
        .judged
        .iter()
        .filter(
            |one| matches!(&one.verdict, Verdict::Passed(words) if words.contains("has nothing")),
        )
        .map(|one| (one.rule.id, &one.verdict))
        .collect();
    assert!(unseen.is_empty(), "every operation is judged: {unseen:?}");
}

#[test]
fn the_page_for_companies_lists_every_rule() {
    let page = include_str!("../../../../docs/conformance.md");
    assert!(
        page.contains(&conformance::cli::listed()),
        "put what `conformance rules` prints into docs/conformance.md"
    );
}

#[test]
fn every_rule_has_a_break() {
    let broken: BTreeSet<&str> = catalogue::breaks().iter().map(|one| one.rule).collect();
    let rules: BTreeSet<&str> = rules::all().iter().map(|rule| rule.id).collect();
    let without: Vec<_> = rules.difference(&broken).collect();
    assert!(
        without.is_empty(),
        "write a break into tests/conformance/catalogue.rs for {without:?}"
    );
    let of_none: Vec<_> = broken.difference(&rules).collect();
    assert!(of_none.is_empty(), "{of_none:?} are no rules");
}

#[test]
fn each_break_fails_its_rule_and_no_other() {
    let only = std::env::var("BREAK").unwrap_or_default();
    let waiting: Vec<&'static Break> = catalogue::breaks()
        .iter()
        .filter(|one| one.rule.contains(&only))
        .collect();
    let waiting = Mutex::new(waiting);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let Some(next) = waiting.lock().unwrap().pop() else {
                        return;
                    };
                    let report = judged(Some(next));
                    let expected: BTreeSet<&str> = [next.rule]
                        .into_iter()
                        .chain(next.also.iter().copied())
                        .collect();
                    let found = failed(&report);
                    if found != expected {
                        let told = why(&report, next.rule);
                        wrong
                            .lock()
                            .unwrap()
                            .push(format!("broken {}: failed {found:?}{told}", next.rule));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(
        wrong.is_empty(),
        "{} breaks fail elsewhere than where they are:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What the kit says of the rule that was to fail, and of those that were not.
fn why(report: &Report, rule: &str) -> String {
    let of_it = report.judged.iter().filter(|one| one.rule.id == rule);
    let told = of_it.map(|one| match &one.verdict {
        Verdict::Failed(_) => String::new(),
        Verdict::Passed(words) => format!("; it passed: {words}"),
        Verdict::Skipped(words) => format!("; it was skipped: {words}"),
    });
    let others = report
        .failed()
        .filter(|one| one.rule.id != rule)
        .map(|one| match &one.verdict {
            Verdict::Failed(findings) => format!("; {}: {}", one.rule.id, findings[0].what),
            _ => String::new(),
        });
    told.chain(others).collect()
}

#[test]
fn what_is_read_only_writes_nothing() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (report, before, after) = runtime.block_on(async {
        let scene = Scene::new(None).await;
        let before = scene.everything().await;
        let mut task = scene.task();
        task.given.read_only = true;
        let report = conformance::run::judge(task).await.unwrap();
        (report, before, scene.everything().await)
    });
    assert!(failed(&report).is_empty(), "{}", report::text(&report));
    assert!(report.tally().passed > 30);
    assert_eq!(before, after);
}

#[test]
fn a_report_shows_nothing_secret_and_nothing_personal() {
    let broken = catalogue::breaks()
        .iter()
        .find(|one| one.rule == "interactions.internal-note")
        .unwrap();
    let report = judged(Some(broken));
    for text in [
        report::text(&report),
        report::json(&report),
        report::junit(&report),
    ] {
        for word in [
            "Maya",
            "maya.lindqvist",
            "dev-session=",
            "INTERNAL-NOTE-SENTINEL",
        ] {
            assert!(!text.contains(word), "{word}");
        }
        assert!(text.contains("interactions.internal-note"));
    }
}
