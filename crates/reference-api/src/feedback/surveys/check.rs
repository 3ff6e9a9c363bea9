//! What a file of surveys has to say, beyond its shape.

use super::wire::values;
use super::{Answer, ConditionSource, LogicSource, QuestionSource, Service, Survey, Surveys};
use crate::company_file::{Wrong, wrong};
use crate::consents::Local;
use portal_contract::feedback::QuestionKind;
use portal_contract::interaction::InteractionStatus;
use std::collections::{BTreeSet, HashSet};

type Checked = Result<(), Wrong>;

fn refuse(place: &str, problem: impl Into<String>) -> Checked {
    Err(wrong(place, problem))
}

/// The languages that the first words of the file are in; all others have to be in the same.
type Languages<'s> = BTreeSet<&'s String>;

pub(super) fn check(surveys: &Surveys) -> Checked {
    check_numbers(surveys)?;
    let Some(languages) = languages(surveys) else {
        return Ok(());
    };
    let mut ids = HashSet::new();
    for service in &surveys.services {
        let place = format!("service {:?}", service.id);
        if !is_id(&service.id) || !ids.insert(&service.id) {
            return refuse(&place, UNIQUE);
        }
        check_service(&place, service, &languages)?;
    }
    let mut ids = HashSet::new();
    for survey in &surveys.all {
        let place = format!("survey {:?}", survey.id);
        if !is_id(&survey.id) || !ids.insert(&survey.id) {
            return refuse(&place, UNIQUE);
        }
        check_survey(&place, survey, &languages)?;
    }
    Ok(())
}

const UNIQUE: &str =
    "an id is made of letters, digits, dots, dashes and underscores, and no two are the same";

fn is_id(text: &str) -> bool {
    text.parse::<portal_contract::QuestionId>().is_ok()
}

fn check_numbers(surveys: &Surveys) -> Checked {
    let bounds = [
        ("quiet_days", surveys.quiet_days, 0..=365),
        ("ask_within_days", surveys.ask_within_days, 0..=30),
        ("editable_days", surveys.editable_days, 0..=365),
    ];
    for (name, value, range) in bounds {
        if !range.contains(&value) {
            let (least, most) = (range.start(), range.end());
            return refuse(name, format!("is a number of days from {least} to {most}"));
        }
    }
    if !(1..=100_000).contains(&surveys.text_characters) {
        return refuse("text_characters", "is a number from 1 to 100000");
    }
    match &surveys.notify {
        Some(address) if address.parse::<lettre::Address>().is_err() => {
            refuse("notify", "is no email address")
        }
        _ => Ok(()),
    }
}

fn languages(surveys: &Surveys) -> Option<Languages<'_>> {
    let service = surveys.services.first().map(|service| &service.label);
    let mut questions = surveys.all.iter().flat_map(|survey| &survey.questions);
    let question = questions.next().map(|question| &question.text);
    Some(question.or(service)?.keys().collect())
}

fn check_service(place: &str, service: &Service, languages: &Languages<'_>) -> Checked {
    check_words(place, "label", &service.label, languages)
}

/// What is said in one language is said in all, and says something.
fn check_words(
    place: &str,
    what: &str,
    texts: &Local<String>,
    languages: &Languages<'_>,
) -> Checked {
    if texts.is_empty() {
        return refuse(
            place,
            format!("{what} is missing: write it in every language"),
        );
    }
    let own: Languages<'_> = texts.keys().collect();
    if let Some(language) = languages.symmetric_difference(&own).next() {
        let problem = format!("{what}: the language {language:?} has to be everywhere or nowhere");
        return refuse(place, problem);
    }
    match texts.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((language, _)) => refuse(place, format!("{what}.{language} is empty: write it")),
        None => Ok(()),
    }
}

fn check_survey(place: &str, survey: &Survey, languages: &Languages<'_>) -> Checked {
    if !(1..=365).contains(&survey.expires_days) {
        return refuse(place, "expires_days is a number from 1 to 365");
    }
    let settled = [
        InteractionStatus::Resolved,
        InteractionStatus::Closed,
        InteractionStatus::Cancelled,
    ];
    if survey.asks.after.is_empty() || survey.asks.after.iter().any(|s| !settled.contains(s)) {
        return refuse(
            place,
            "asks.after holds some of resolved, closed and cancelled",
        );
    }
    check_known(place, "channels", &survey.asks.channels, |c| {
        portal_contract::interaction::Channel::KNOWN.contains(c)
    })?;
    check_known(place, "directions", &survey.asks.directions, |d| {
        portal_contract::interaction::Direction::KNOWN.contains(d)
    })?;
    if survey.questions.is_empty() {
        return refuse(place, "asks nothing: write a [[survey.question]]");
    }
    for (at, question) in survey.questions.iter().enumerate() {
        let place = format!("{place}, question {:?}", question.id.as_str());
        let earlier = &survey.questions[..at];
        if earlier.iter().any(|other| other.id == question.id) {
            return refuse(&place, "stands in the survey twice: give one another id");
        }
        check_question(&place, question, languages)?;
        if let Some(logic) = &question.shown_if {
            check_logic(&place, logic, earlier, &survey.questions)?;
        }
    }
    Ok(())
}

fn check_known<T: std::fmt::Debug>(
    place: &str,
    what: &str,
    values: &[T],
    knows: impl Fn(&T) -> bool,
) -> Checked {
    match values.iter().find(|value| !knows(value)) {
        Some(value) => refuse(place, format!("asks.{what} does not know {value:?}")),
        None => Ok(()),
    }
}

fn check_question(place: &str, question: &QuestionSource, languages: &Languages<'_>) -> Checked {
    check_words(place, "text", &question.text, languages)?;
    for (what, texts) in [("low", &question.low), ("high", &question.high)] {
        if !texts.is_empty() {
            check_words(place, what, texts, languages)?;
        }
    }
    for (at, label) in question.labels.iter().enumerate() {
        check_words(
            place,
            &format!("labels, number {}", at + 1),
            label,
            languages,
        )?;
    }
    if question.multiple && question.kind != QuestionKind::Choice {
        return refuse(
            place,
            "multiple is for kind = \"choice\" alone: take it out",
        );
    }
    if question.max_length.is_some() && question.kind != QuestionKind::Words {
        return refuse(
            place,
            "max_length is for kind = \"words\" alone: take it out",
        );
    }
    if !question.options.is_empty() && question.kind != QuestionKind::Choice {
        return refuse(
            place,
            "options are for kind = \"choice\" alone: take them out",
        );
    }
    match &question.kind {
        QuestionKind::Csat | QuestionKind::Nps | QuestionKind::Ces => check_scale(place, question),
        QuestionKind::Thumbs if question.labels.len() != 2 => refuse(
            place,
            "thumbs need two labels: what up says, and what down says",
        ),
        QuestionKind::Choice => check_options(place, question, languages),
        QuestionKind::Words if !(1..=20_000).contains(&question.longest()) => {
            refuse(place, "max_length is a number from 1 to 20000")
        }
        QuestionKind::Thumbs | QuestionKind::Words => Ok(()),
        QuestionKind::Other(kind) => {
            let known: Vec<&str> = QuestionKind::KNOWN
                .iter()
                .map(QuestionKind::as_str)
                .collect();
            refuse(
                place,
                format!("kind {kind:?} is none of {}", known.join(", ")),
            )
        }
    }
}

/// Every point has words, or both ends have: a scale of bare numbers says nothing to who cannot see which end is which.
fn check_scale(place: &str, question: &QuestionSource) -> Checked {
    let size = values(&question.kind).len();
    let labels = question.labels.len();
    if labels != 0 && labels != size {
        let kind = question.kind.as_str();
        let problem =
            format!("{kind} has {size} points, and {labels} labels: write one for each, or none");
        return refuse(place, problem);
    }
    if labels == 0 && (question.low.is_empty() || question.high.is_empty()) {
        return refuse(
            place,
            "labels are missing: write low and high, or labels for every point",
        );
    }
    Ok(())
}

fn check_options(place: &str, question: &QuestionSource, languages: &Languages<'_>) -> Checked {
    if question.options.len() < 2 {
        return refuse(
            place,
            "a choice needs two options or more: write [[survey.question.option]]",
        );
    }
    let mut ids = HashSet::new();
    for option in &question.options {
        let place = format!("{place}, option {:?}", option.id);
        if !is_id(&option.id) || !ids.insert(&option.id) {
            return refuse(&place, UNIQUE);
        }
        check_words(&place, "label", &option.label, languages)?;
    }
    Ok(())
}

fn check_logic(
    place: &str,
    logic: &LogicSource,
    earlier: &[QuestionSource],
    all: &[QuestionSource],
) -> Checked {
    if logic.all.is_empty() == logic.any.is_empty() {
        return refuse(place, "shown_if needs conditions, either in all or in any");
    }
    for condition in logic.all.iter().chain(&logic.any) {
        let name = condition.question.as_str();
        let Some(on) = earlier.iter().find(|other| other.id == condition.question) else {
            let problem = if all.iter().any(|other| other.id == condition.question) {
                format!(
                    "shown_if names {name:?}, which comes later: only what was asked before is known"
                )
            } else {
                format!("shown_if names {name:?}, and there is no such question in this survey")
            };
            return refuse(place, problem);
        };
        check_condition(place, condition, on)?;
    }
    Ok(())
}

fn check_condition(place: &str, condition: &ConditionSource, on: &QuestionSource) -> Checked {
    let name = on.id.as_str();
    let said = [
        !condition.one_of.is_empty(),
        !condition.none_of.is_empty(),
        condition.at_least.is_some(),
        condition.at_most.is_some(),
        condition.answered.is_some(),
    ];
    if said.iter().filter(|said| **said).count() != 1 {
        let problem = format!(
            "shown_if on {name:?} says exactly one of one_of, none_of, at_least, at_most and answered"
        );
        return refuse(place, problem);
    }
    let offered = match on.kind {
        QuestionKind::Choice => on
            .options
            .iter()
            .map(|o| Answer::Text(o.id.clone()))
            .collect(),
        _ => values(&on.kind),
    };
    let bounds = [condition.at_least, condition.at_most];
    let compared = condition.one_of.iter().chain(&condition.none_of).cloned();
    let compared = compared.chain(bounds.into_iter().flatten().map(Answer::Number));
    for value in compared {
        if !offered.contains(&value) {
            let value = match &value {
                Answer::Number(number) => number.to_string(),
                Answer::Text(text) => format!("{text:?}"),
            };
            let problem =
                format!("shown_if compares {name:?} with {value}, which is no answer to it");
            return refuse(place, problem);
        }
    }
    Ok(())
}
