//! What was answered, to be read.

use crate::i18n::{list, number, t, text};
use crate::widgets::plain_words;
use portal_contract::feedback::{AnswerValue, Feedback, Question, QuestionKind};
use portal_markup::{Child, View, view};

/// An answer in words: "4 of 5, satisfied".
pub fn told(question: &Question, answer: &AnswerValue) -> String {
    match answer {
        AnswerValue::Number(at) => point(question, *at),
        AnswerValue::Text(value) => choice(question, value),
        AnswerValue::Several(values) => {
            let all: Vec<String> = values.iter().map(|it| choice(question, it)).collect();
            list(&all)
        }
        AnswerValue::Other(_) => t(text::FEEDBACK_ANSWER_OTHER),
    }
}

fn label(question: &Question, answer: &AnswerValue) -> Option<String> {
    let option = question
        .options
        .iter()
        .find(|option| option.value == *answer)?;
    option.label.clone()
}

fn point(question: &Question, at: u64) -> String {
    let last = question
        .options
        .iter()
        .rev()
        .find_map(|option| match option.value {
            AnswerValue::Number(number) => Some(number),
            _ => None,
        });
    let named = label(question, &AnswerValue::Number(at));
    match (last, named) {
        (Some(last), Some(name)) => t(text::survey_point_named(number(at), number(last), name)),
        (Some(last), None) => t(text::survey_point(number(at), number(last))),
        (None, _) => number(at),
    }
}

fn choice(question: &Question, value: &str) -> String {
    if let Some(named) = label(question, &AnswerValue::Text(value.to_owned())) {
        return named;
    }
    match (&question.kind, value) {
        (QuestionKind::Words, words) => words.to_owned(),
        (QuestionKind::Thumbs, "up") => t(text::SURVEY_UP),
        (QuestionKind::Thumbs, "down") => t(text::SURVEY_DOWN),
        (_, value) => plain_words(value),
    }
}

/// Question and answer, one under the other; what was not answered is left out, and there is no list of nothing.
pub fn answers(entry: &Feedback) -> Option<View> {
    let one = |question: &Question| {
        let answer = entry.answers.get(&question.id)?;
        let line = view! {
            <div class="fact">
                <dt>
                    <bdi lang=question.lang.clone()>{question.text.clone()}</bdi>
                </dt>
                <dd class="letter__text" dir="auto">{told(question, answer)}</dd>
            </div>
        };
        Some(line)
    };
    let lines: Vec<View> = entry.questions.iter().filter_map(one).collect();
    (!lines.is_empty()).then(|| view! { <dl class="facts">{lines}</dl> }.alone())
}
