//! When customers are asked how it goes since.

use super::content::{Content, Words};
use super::file::{self, RawAnswer, RawLink};
use crate::company_file::{self, FileError, Wrong, no_name_twice, wrong};
use crate::consents::Local;
use portal_contract::notice::NoticeSeverity;
use portal_contract::{NoticeId, PreferenceTopicId, TopicId};
use serde::Deserialize;
use std::path::Path;

/// The longest that a check-in waits and is shown, in days.
const MOST_DAYS: u16 = 366;

/// The company's rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckIns {
    /// In the company's order; the first that fits an interaction asks about it.
    pub rules: Vec<Rule>,
}

/// After what is asked, when, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name.
    pub id: String,
    /// The topics of interactions after which is asked; all when empty.
    pub topics: Vec<TopicId>,
    /// How many days after the resolution.
    pub after_days: u16,
    /// For how many days it is shown.
    pub shown_for_days: u16,
    /// The topic of the preference catalogue that governs it.
    pub topic: PreferenceTopicId,
    /// How much it matters.
    pub severity: NoticeSeverity,
    /// The words.
    pub content: Content,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    check_in: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    #[serde(default)]
    topics: Vec<String>,
    after_days: u16,
    shown_for_days: u16,
    topic: String,
    severity: String,
    text: Local<Words>,
    link: Option<RawLink>,
    #[serde(default)]
    answer: Vec<RawAnswer>,
}

impl CheckIns {
    /// Reads the rules of this file.
    ///
    /// # Errors
    /// When it cannot be read, or with the first part that is wrong.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        company_file::load(path, Self::parse)
    }

    /// Reads the text of the rules; `file` names it where something is wrong.
    ///
    /// # Errors
    /// With the first part that is wrong.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        company_file::parse(file, text, |raw: RawFile| {
            let rules: Vec<Rule> = raw
                .check_in
                .into_iter()
                .map(rule)
                .collect::<Result<_, _>>()?;
            no_name_twice(rules.iter().map(|rule| rule.id.as_str()), "check_in")?;
            Ok(Self { rules })
        })
    }

    /// Checks that the topic of every rule stands in the preference catalogue (`knows`): the customer could not switch another off.
    ///
    /// # Errors
    /// With the first rule whose topic does not.
    pub fn check_topics(
        &self,
        file: &str,
        knows: impl Fn(&PreferenceTopicId) -> bool,
    ) -> Result<(), FileError> {
        match self.rules.iter().find(|rule| !knows(&rule.topic)) {
            None => Ok(()),
            Some(rule) => Err(FileError {
                file: file.to_owned(),
                place: format!("check_in {:?}, topic", rule.id),
                problem: format!(
                    "{:?} does not stand in \"company.catalogue\"",
                    rule.topic.as_str()
                ),
            }),
        }
    }
}

fn rule(raw: RawRule) -> Result<Rule, Wrong> {
    let place = format!("check_in {:?}", raw.id);
    let within = |part: &str| format!("{place}, {part}");
    let name: NoticeId = file::id(&raw.id).map_err(|problem| wrong(place.clone(), problem))?;
    let days = |part: &str, days: u16, least: u16| {
        if (least..=MOST_DAYS).contains(&days) {
            Ok(days)
        } else {
            Err(wrong(
                within(part),
                format!("{days} is not from {least} to {MOST_DAYS}"),
            ))
        }
    };
    let content = file::content(&place, raw.text, raw.link, raw.answer)?;
    if content.answers.is_empty() {
        return Err(wrong(
            within("answer"),
            "is missing; a check-in asks, so it has answers",
        ));
    }
    Ok(Rule {
        id: name.into(),
        topics: raw
            .topics
            .iter()
            .map(|topic| file::id(topic))
            .collect::<Result<_, _>>()
            .map_err(|problem| wrong(within("topics"), problem))?,
        after_days: days("after_days", raw.after_days, 0)?,
        shown_for_days: days("shown_for_days", raw.shown_for_days, 1)?,
        topic: file::id(&raw.topic).map_err(|problem| wrong(within("topic"), problem))?,
        severity: file::severity(&raw.severity)
            .map_err(|problem| wrong(within("severity"), problem))?,
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = r#"
[[check_in]]
id = "repair"
topics = ["outage"]
after_days = 2
shown_for_days = 14
topic = "check_ins"
severity = "low"
[check_in.text.en]
title = "How is it going?"
text = "Since the repair."
answers = { well = "All is well" }
[[check_in.answer]]
id = "well"
"#;

    #[test]
    fn a_rule_is_read_and_what_is_wrong_is_said_with_its_place() {
        let rules = CheckIns::parse("rules.toml", RULE).unwrap().rules;
        assert_eq!((rules[0].after_days, rules[0].shown_for_days), (2, 14));
        for (right, fault, expected) in [
            (
                "shown_for_days = 14",
                "shown_for_days = 0",
                "shown_for_days: 0 is not from 1 to 366",
            ),
            (
                "after_days = 2",
                "after_days = 400",
                "after_days: 400 is not from 0 to 366",
            ),
            ("[\"outage\"]", "[\"a b\"]", "topics: \"a b\" is no id"),
            (
                "[[check_in.answer]]\nid = \"well\"",
                "",
                "text.en: answers.well is the label of no answer",
            ),
            (
                "severity = \"low\"",
                "severity = \"none\"",
                "severity: \"none\" is none of",
            ),
        ] {
            let text = RULE.replacen(right, fault, 1);
            let said = CheckIns::parse("rules.toml", &text)
                .unwrap_err()
                .to_string();
            assert!(said.contains(expected), "{said}");
        }
        let twice = CheckIns::parse("rules.toml", &format!("{RULE}{RULE}")).unwrap_err();
        assert_eq!(twice.place, "check_in \"repair\"");
    }

    #[test]
    fn a_topic_that_nobody_can_switch_off_is_refused() {
        let rules = CheckIns::parse("rules.toml", RULE).unwrap();
        let refused = rules.check_topics("rules.toml", |_| false).unwrap_err();
        assert_eq!(refused.place, "check_in \"repair\", topic");
        assert!(
            rules
                .check_topics("rules.toml", |topic| topic.as_str() == "check_ins")
                .is_ok()
        );
    }
}
