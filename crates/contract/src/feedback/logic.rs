//! Which questions are asked, given the answers so far: one reading of the logic, for portal and API alike.

use super::{AnswerValue, Comparison, Condition, Matching, Question, ShownIf};
use crate::{Entries, QuestionId};

/// The questions that are asked, in order. An answer to a question that is not asked counts for nothing, in what follows too.
#[must_use]
pub fn asked<'a>(
    questions: &'a [Question],
    answers: &Entries<QuestionId, AnswerValue>,
) -> Vec<&'a Question> {
    let mut asked: Vec<&Question> = Vec::new();
    for question in questions {
        let shown = question.shown_if.as_ref().is_none_or(|shown_if| {
            holds(shown_if, |id| {
                let counts = asked.iter().any(|earlier| earlier.id == *id);
                counts.then(|| answers.get(id)).flatten()
            })
        });
        if shown {
            asked.push(question);
        }
    }
    asked
}

/// Whether a question is asked, given the answers that count. One whose logic this version does not know is asked: the server
/// drops what was not asked, and a question that is never seen cannot be answered.
#[must_use]
pub fn holds<'a>(
    shown_if: &ShownIf,
    answer: impl Fn(&QuestionId) -> Option<&'a AnswerValue>,
) -> bool {
    let mut conditions = shown_if
        .conditions
        .iter()
        .map(|condition| met(condition, answer(&condition.question)));
    match shown_if.matching {
        Matching::All => conditions.all(|met| met),
        Matching::Any => conditions.any(|met| met),
        Matching::Other(_) => true,
    }
}

fn met(condition: &Condition, answer: Option<&AnswerValue>) -> bool {
    let Some(answer) = answer else {
        return matches!(
            condition.comparison,
            Comparison::NotAnswered | Comparison::Other(_)
        );
    };
    let number = |value: Option<&AnswerValue>| match value {
        Some(AnswerValue::Number(number)) => Some(*number),
        _ => None,
    };
    let bound = number(condition.values.first());
    let given = number(Some(answer));
    match condition.comparison {
        Comparison::OneOf => condition.values.iter().any(|value| is(answer, value)),
        Comparison::NoneOf => !condition.values.iter().any(|value| is(answer, value)),
        Comparison::AtLeast => given
            .zip(bound)
            .is_some_and(|(given, bound)| given >= bound),
        Comparison::AtMost => given
            .zip(bound)
            .is_some_and(|(given, bound)| given <= bound),
        Comparison::Answered | Comparison::Other(_) => true,
        Comparison::NotAnswered => false,
    }
}

/// Whether an answer is the value, or has it among its choices.
fn is(answer: &AnswerValue, value: &AnswerValue) -> bool {
    match (answer, value) {
        (AnswerValue::Several(choices), AnswerValue::Text(text)) => choices.contains(text),
        _ => answer == value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::QuestionKind;

    fn question(id: &str, shown_if: Option<ShownIf>) -> Question {
        Question {
            id: id.parse().unwrap(),
            kind: QuestionKind::Nps,
            text: String::new(),
            lang: "en".to_owned(),
            low_label: None,
            high_label: None,
            options: Vec::new(),
            multiple: false,
            required: false,
            max_length: None,
            shown_if,
        }
    }

    fn on(question: &str, comparison: Comparison, values: &[AnswerValue]) -> Condition {
        Condition {
            question: question.parse().unwrap(),
            comparison,
            values: values.to_vec(),
        }
    }

    fn if_all(conditions: Vec<Condition>) -> Option<ShownIf> {
        Some(ShownIf {
            matching: Matching::All,
            conditions,
        })
    }

    fn ids(questions: &[Question], answers: &[(&str, AnswerValue)]) -> Vec<String> {
        let answers = answers
            .iter()
            .map(|(id, value)| (id.parse().unwrap(), value.clone()))
            .collect();
        let asked = asked(questions, &answers);
        asked.iter().map(|q| q.id.to_string()).collect()
    }

    #[test]
    fn an_answer_opens_the_questions_that_follow_it() {
        let six = [AnswerValue::Number(6)];
        let questions = [
            question("nps", None),
            question("why", if_all(vec![on("nps", Comparison::AtMost, &six)])),
            question(
                "else",
                if_all(vec![on("nps", Comparison::NotAnswered, &[])]),
            ),
        ];
        assert_eq!(ids(&questions, &[]), ["nps", "else"]);
        assert_eq!(
            ids(&questions, &[("nps", AnswerValue::Number(6))]),
            ["nps", "why"]
        );
        assert_eq!(ids(&questions, &[("nps", AnswerValue::Number(7))]), ["nps"]);
    }

    #[test]
    fn an_answer_to_a_question_that_is_not_asked_counts_for_nothing() {
        let questions = [
            question("a", None),
            question("b", if_all(vec![on("a", Comparison::Answered, &[])])),
            question("c", if_all(vec![on("b", Comparison::Answered, &[])])),
        ];
        let b = ("b", AnswerValue::Number(1));
        assert_eq!(ids(&questions, std::slice::from_ref(&b)), ["a"]);
        assert_eq!(
            ids(&questions, &[("a", AnswerValue::Number(1)), b]),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn any_is_one_and_all_is_each_and_none_of_needs_an_answer() {
        let (one, two) = (
            AnswerValue::Text("one".into()),
            AnswerValue::Text("two".into()),
        );
        let both = |matching| ShownIf {
            matching,
            conditions: vec![
                on("q", Comparison::OneOf, std::slice::from_ref(&one)),
                on("q", Comparison::OneOf, std::slice::from_ref(&two)),
            ],
        };
        let several = AnswerValue::Several(vec!["one".into(), "two".into()]);
        assert!(holds(&both(Matching::All), |_| Some(&several)));
        assert!(!holds(&both(Matching::All), |_| Some(&one)));
        assert!(holds(&both(Matching::Any), |_| Some(&one)));
        let none_of = ShownIf {
            matching: Matching::All,
            conditions: vec![on("q", Comparison::NoneOf, std::slice::from_ref(&one))],
        };
        assert!(!holds(&none_of, |_| None));
        assert!(!holds(&none_of, |_| Some(&several)));
        assert!(holds(&none_of, |_| Some(&two)));
    }
}
