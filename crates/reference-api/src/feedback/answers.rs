//! What was answered to questions: what is taken, what is dropped, what is refused.

use portal_contract::feedback::{AnswerValue, Question, QuestionKind, asked};
use portal_contract::{Entries, FieldCode, FieldError, QuestionId};
use std::collections::HashSet;

/// The answers.
pub(super) type Answers = Entries<QuestionId, AnswerValue>;

/// The most characters of words, where a question sets no bound of its own.
const LONGEST: u64 = 20_000;

/// The answers as they are kept: those to questions that the logic asks, in the order of the questions. What is given to a question that
/// it does not ask is dropped, since who changed an earlier answer cannot help having answered a later question.
///
/// # Errors
/// Every answer that cannot be taken, each with the pointer of its question.
pub(super) fn kept(questions: &[Question], given: &Answers) -> Result<Answers, Vec<FieldError>> {
    let given: Answers = given
        .iter()
        .filter_map(|(id, value)| Some((id.clone(), trimmed(value)?)))
        .collect();
    let mut errors: Vec<FieldError> = given
        .keys()
        .filter(|id| !questions.iter().any(|question| question.id == **id))
        .map(|id| {
            refused(
                id,
                FieldCode::Unknown,
                "there is no such question here",
                None,
            )
        })
        .collect();
    let mut kept = Answers::new();
    for question in asked(questions, &given) {
        match given.get(&question.id) {
            None if question.required => errors.push(refused(
                &question.id,
                FieldCode::Required,
                "this question has to be answered",
                None,
            )),
            None => {}
            Some(value) => match check(question, value) {
                Ok(()) => drop(kept.insert(question.id.clone(), value.clone())),
                Err(error) => errors.push(error),
            },
        }
    }
    if errors.is_empty() && kept.is_empty() {
        errors.push(FieldError {
            pointer: "/answers".to_owned(),
            code: FieldCode::Required,
            detail: Some("at least one question has to be answered".to_owned()),
            limit: None,
        });
    }
    if errors.is_empty() {
        Ok(kept)
    } else {
        Err(errors)
    }
}

/// Words without the space around them, choices without repetition; nothing where nothing was said.
fn trimmed(value: &AnswerValue) -> Option<AnswerValue> {
    match value {
        AnswerValue::Text(text) => {
            let text = text.trim();
            (!text.is_empty()).then(|| AnswerValue::Text(text.to_owned()))
        }
        AnswerValue::Several(choices) => {
            let mut known = HashSet::new();
            let once = choices.iter().filter(|choice| known.insert(*choice));
            let once: Vec<String> = once.cloned().collect();
            (!once.is_empty()).then_some(AnswerValue::Several(once))
        }
        AnswerValue::Number(_) | AnswerValue::Other(_) => Some(value.clone()),
    }
}

fn check(question: &Question, value: &AnswerValue) -> Result<(), FieldError> {
    let id = &question.id;
    let offers = |value: &AnswerValue| question.options.iter().any(|o| o.value == *value);
    let wrong = |detail| Err(refused(id, FieldCode::InvalidFormat, detail, None));
    match (&question.kind, value) {
        (QuestionKind::Words, AnswerValue::Text(text)) => {
            let limit = question.max_length.unwrap_or(LONGEST);
            if text.chars().count() as u64 > limit {
                let detail = "fewer words, please";
                return Err(refused(id, FieldCode::TooLong, detail, Some(limit)));
            }
            Ok(())
        }
        (QuestionKind::Words, _) => wrong("a text"),
        (_, AnswerValue::Several(choices)) if question.multiple => {
            let unknown = |choice: &&String| !offers(&AnswerValue::Text((*choice).clone()));
            match choices.iter().find(unknown) {
                Some(_) => Err(not_offered(id)),
                None => Ok(()),
            }
        }
        (_, AnswerValue::Text(_)) if question.multiple => wrong("a list of texts"),
        (_, AnswerValue::Number(_) | AnswerValue::Text(_)) if offers(value) => Ok(()),
        (QuestionKind::Csat | QuestionKind::Nps | QuestionKind::Ces, AnswerValue::Text(_)) => {
            wrong("a number")
        }
        (_, AnswerValue::Several(_) | AnswerValue::Other(_)) => wrong("one of the options"),
        (_, AnswerValue::Number(_) | AnswerValue::Text(_)) => Err(not_offered(id)),
    }
}

fn not_offered(id: &QuestionId) -> FieldError {
    refused(id, FieldCode::NotOffered, "none of the options", None)
}

fn refused(id: &QuestionId, code: FieldCode, detail: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        // RFC 6901: of the characters of an id, the tilde alone means something in a pointer.
        pointer: format!("/answers/{}", id.as_str().replace('~', "~0")),
        code,
        detail: Some(detail.to_owned()),
        limit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::Surveys;

    fn questions() -> Vec<Question> {
        let surveys = Surveys::demo();
        let survey = surveys.find("after_contact").unwrap();
        survey.questions.iter().map(|q| q.wire(None, &[])).collect()
    }

    fn answers(given: &serde_json::Value) -> Answers {
        serde_json::from_value(given.clone()).unwrap()
    }

    fn refusals(given: &serde_json::Value) -> Vec<(String, String)> {
        let errors = kept(&questions(), &answers(given)).unwrap_err();
        let named = errors
            .into_iter()
            .map(|e| (e.pointer, e.code.as_str().to_owned()));
        named.collect()
    }

    #[test]
    fn what_the_logic_does_not_ask_is_dropped() {
        let given = answers(&serde_json::json!({"why": ["slow"], "csat": 5, "nps": 9}));
        let kept = kept(&questions(), &given).unwrap();
        assert_eq!(
            kept.keys().map(|id| id.as_str()).collect::<Vec<_>>(),
            ["csat", "nps"]
        );
        let given = answers(&serde_json::json!({"why": ["slow", "slow"], "csat": 3}));
        let kept = super::kept(&questions(), &given).unwrap();
        assert_eq!(
            kept.get(&"why".parse().unwrap()),
            Some(&AnswerValue::Several(vec!["slow".to_owned()]))
        );
    }

    #[test]
    fn what_cannot_be_taken_is_refused_with_its_question() {
        let long = "x".repeat(2_001);
        let cases = [
            (serde_json::json!({}), "/answers/csat", "required"),
            (
                serde_json::json!({"csat": 6}),
                "/answers/csat",
                "not_offered",
            ),
            (
                serde_json::json!({"csat": "five"}),
                "/answers/csat",
                "invalid_format",
            ),
            (
                serde_json::json!({"csat": true}),
                "/answers/csat",
                "invalid_format",
            ),
            (
                serde_json::json!({"csat": 5, "nps": 11}),
                "/answers/nps",
                "not_offered",
            ),
            (
                serde_json::json!({"csat": 1, "why": "slow"}),
                "/answers/why",
                "invalid_format",
            ),
            (
                serde_json::json!({"csat": 1, "why": ["weather"]}),
                "/answers/why",
                "not_offered",
            ),
            (
                serde_json::json!({"csat": 5, "words": 4}),
                "/answers/words",
                "invalid_format",
            ),
            (
                serde_json::json!({"csat": 5, "words": long}),
                "/answers/words",
                "too_long",
            ),
            (
                serde_json::json!({"csat": 5, "colour": 1}),
                "/answers/colour",
                "unknown",
            ),
        ];
        for (given, pointer, code) in cases {
            assert_eq!(
                refusals(&given),
                [(pointer.to_owned(), code.to_owned())],
                "{given}"
            );
        }
    }

    #[test]
    fn blank_words_are_no_answer() {
        let given = answers(&serde_json::json!({"csat": 4, "words": "  \n", "why": []}));
        assert_eq!(kept(&questions(), &given).unwrap().len(), 1);
    }

    #[test]
    fn an_answer_in_which_nothing_is_said_is_none() {
        let mut questions = questions();
        questions[0].required = false;
        let errors = kept(&questions, &Answers::new()).unwrap_err();
        assert_eq!(errors[0].pointer, "/answers");
    }
}
