//! Questions as they are answered: which of them are asked, given the answers so far, and what is wrong with the answers. An answer
//! stays while its question is not asked.

use super::question::question;
use crate::forms::{Problems, error_summary, refusal};
use crate::i18n::{Text, t, text};
use portal_contract::feedback::{AnswerValue, Question, asked};
use portal_contract::{Entries, FieldCode, FieldError, QuestionId};
use portal_markup::prelude::*;
use portal_markup::{View, effect, memo, view};
use std::borrow::Cow;

/// Answers by question.
pub type Answers = Entries<QuestionId, AnswerValue>;

/// The id of the summary of what is wrong.
const PROBLEMS: &str = "survey-problems";

/// Some questions and their answers.
#[derive(Clone, Copy)]
pub struct Survey {
    questions: StoredValue<Vec<Question>>,
    answers: RwSignal<Answers>,
    /// The places of those that are asked.
    asked: Memo<Vec<usize>>,
    /// What is wrong with the answers to questions at these places.
    problems: RwSignal<Vec<(usize, Text)>>,
    attempts: RwSignal<u32>,
}

impl Survey {
    /// These questions, answered so far.
    pub fn new(questions: Vec<Question>, answers: Answers) -> Self {
        let questions = StoredValue::new(questions);
        let answers = RwSignal::new(answers);
        let asked =
            memo(move || questions.with_value(|all| answers.with(|answers| places(all, answers))));
        Self {
            questions,
            answers,
            asked,
            problems: RwSignal::new(Vec::new()),
            attempts: RwSignal::new(0),
        }
    }

    /// The question at a place.
    pub fn question(self, at: usize) -> Question {
        self.questions.with_value(|all| all[at].clone())
    }

    /// Reads the answer to it.
    pub fn with_answer<R>(self, at: usize, read: impl FnOnce(Option<&AnswerValue>) -> R) -> R {
        self.answers.with(|answers| {
            self.questions
                .with_value(|all| read(answers.get(&all[at].id)))
        })
    }

    /// It is answered so, or not at all.
    pub fn answer(self, at: usize, value: Option<AnswerValue>) {
        let id = self.questions.with_value(|all| all[at].id.clone());
        self.answers.update(|answers| {
            match value {
                Some(value) => answers.insert(id, value),
                None => answers.remove(&id),
            };
        });
        let is_wrong =
            |problems: &Vec<(usize, Text)>| problems.iter().any(|(wrong, _)| *wrong == at);
        if self.problems.with_untracked(is_wrong) {
            self.problems
                .update(|all| all.retain(|(wrong, _)| *wrong != at));
        }
    }

    /// What is wrong with the answer at a place.
    pub fn problem(self, at: usize) -> Option<Text> {
        self.problems.with(|problems| {
            let found = problems.iter().find(|(wrong, _)| *wrong == at);
            found.map(|(_, problem)| problem.clone())
        })
    }

    /// Every answer, also those to questions that are not asked at the moment.
    pub fn every_answer(self) -> Answers {
        self.answers.get()
    }

    /// Takes these answers in the place of those that are there.
    pub fn take(self, answers: Answers) {
        self.answers.set(answers);
        self.problems.set(Vec::new());
    }

    /// The answers to what is asked; nothing when something is wrong with one, which then stands at its question.
    pub fn read(self) -> Option<Answers> {
        let answers = self.answers.get_untracked();
        let asked = self.asked.get_untracked();
        let problems = self.questions.with_value(|all| {
            let problem = |at: &usize| Some((*at, wrong(&all[*at], answers.get(&all[*at].id))?));
            asked.iter().filter_map(problem).collect::<Vec<_>>()
        });
        let is_good = problems.is_empty();
        self.problems.set(problems);
        if !is_good {
            self.attempts.update(|count| *count += 1);
            return None;
        }
        let is_asked = |id: &QuestionId| {
            self.questions
                .with_value(|all| asked.iter().any(|at| all[*at].id == *id))
        };
        let counts = |(id, value): &(QuestionId, AnswerValue)| is_asked(id) && !is_blank(value);
        Some(answers.into_iter().filter(counts).collect())
    }

    /// Shows what the server refused about answers (`/answers/{question}`).
    pub fn refuse(self, errors: &[FieldError]) {
        let problems = self.questions.with_value(|all| {
            let at = |error: &FieldError| {
                let id = error.pointer.strip_prefix("/answers/")?;
                all.iter().position(|question| question.id.as_str() == id)
            };
            let problem = |error: &FieldError| {
                let at = at(error)?;
                let words = match error.code {
                    FieldCode::Required => text::survey_required(&*all[at].text),
                    _ => refusal(error),
                };
                Some((at, words))
            };
            errors.iter().filter_map(problem).collect::<Vec<_>>()
        });
        self.problems.set(problems);
        self.attempts.update(|count| *count += 1);
    }

    /// What is wrong, in one place that takes the focus.
    pub fn summary(self) -> View {
        let wrong = memo(move || -> Problems {
            let line = |(at, problem): (usize, Text)| (Cow::Owned(first_id(at)), problem);
            self.problems.get().into_iter().map(line).collect()
        });
        error_summary(PROBLEMS.to_owned(), wrong, self.attempts)
    }

    /// The questions, and that one came or went because of an answer.
    pub fn view(self) -> View {
        let one = |at: usize| {
            let is_asked = memo(move || self.asked.with(|asked| asked.contains(&at)));
            move || is_asked.get().then(|| untrack(|| question(self, at)))
        };
        let count = self.questions.with_value(Vec::len);
        let told = self.told();
        view! {
            {(0..count).map(one).collect::<Vec<_>>()}
            <p class="soft" role="status">
                {move || told.get().map(t)}
            </p>
        }
    }

    fn told(self) -> RwSignal<Option<Text>> {
        let told = RwSignal::new(None);
        let before = StoredValue::new(self.asked.with_untracked(Vec::len));
        effect(move || {
            let now = self.asked.with(Vec::len);
            let was = before.get_value();
            before.set_value(now);
            match now.cmp(&was) {
                std::cmp::Ordering::Greater => told.set(Some(text::survey_more(now - was))),
                std::cmp::Ordering::Less => told.set(Some(text::SURVEY_FEWER)),
                std::cmp::Ordering::Equal => {}
            }
        });
        told
    }
}

/// The id of the first input of the question at a place.
pub fn first_id(at: usize) -> String {
    format!("answer-{at}")
}

fn places(all: &[Question], answers: &Answers) -> Vec<usize> {
    let asked = asked(all, answers);
    let place = |question: &&Question| all.iter().position(|one| one.id == question.id);
    asked.iter().filter_map(place).collect()
}

/// Whether nothing is said by it.
fn is_blank(value: &AnswerValue) -> bool {
    matches!(value, AnswerValue::Text(words) if words.trim().is_empty())
}

/// What is wrong with an answer.
fn wrong(question: &Question, answer: Option<&AnswerValue>) -> Option<Text> {
    match (answer.filter(|value| !is_blank(value)), question.max_length) {
        (None, _) => question
            .required
            .then(|| text::survey_required(&*question.text)),
        (Some(AnswerValue::Text(words)), Some(limit)) => {
            let length = words.chars().count() as u64;
            (length > limit).then(|| text::reply_too_long(length - limit))
        }
        (Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::feedback::QuestionKind;

    fn words(required: bool) -> Question {
        Question {
            id: "why".parse().unwrap(),
            kind: QuestionKind::Words,
            text: "Why?".into(),
            lang: "en".into(),
            low_label: None,
            high_label: None,
            options: Vec::new(),
            multiple: false,
            required,
            max_length: Some(3),
            shown_if: None,
        }
    }

    #[test]
    fn an_answer_may_be_left_out_and_may_not_be_too_long() {
        let said = |words: &str| Some(AnswerValue::Text(words.into()));
        assert_eq!(wrong(&words(false), None), None);
        assert_eq!(
            wrong(&words(true), None),
            Some(text::survey_required("Why?"))
        );
        assert_eq!(
            wrong(&words(true), said(" ").as_ref()),
            Some(text::survey_required("Why?"))
        );
        assert_eq!(wrong(&words(true), said("äöü").as_ref()), None);
        assert_eq!(
            wrong(&words(true), said("äöü!").as_ref()),
            Some(text::reply_too_long(1_u64))
        );
    }
}
