//! Questions as a customer reads them: in one language.

use super::{Answer, ConditionSource, LogicSource, QuestionSource, Service};
use crate::consents::{Local, in_language};
use portal_contract::feedback::{
    AnswerValue, Comparison, Condition, Matching, Question, QuestionKind, QuestionOption, ShownIf,
};

/// The words of thumbs, up and down.
pub const THUMBS: [&str; 2] = ["up", "down"];

impl QuestionSource {
    /// The question in the language of this tag, or else in one of the company's.
    #[must_use]
    pub fn wire(&self, tag: Option<&str>, usual: &[String]) -> Question {
        let (lang, text) = in_language(&self.text, tag, usual)
            .expect("reading a survey refuses a question without words");
        let word = |texts: &Local<String>| texts.get(lang).cloned();
        Question {
            id: self.id.clone(),
            kind: self.kind.clone(),
            text: text.clone(),
            lang: lang.to_owned(),
            low_label: word(&self.low),
            high_label: word(&self.high),
            options: self.points(lang),
            multiple: self.multiple,
            required: self.required,
            max_length: (self.kind == QuestionKind::Words).then(|| self.longest()),
            shown_if: self.shown_if.as_ref().map(LogicSource::wire),
        }
    }

    /// The longest answer, of words.
    #[must_use]
    pub fn longest(&self) -> u64 {
        self.max_length.unwrap_or(2_000)
    }

    /// Every answer on offer, lowest first.
    fn points(&self, lang: &str) -> Vec<QuestionOption> {
        if self.kind == QuestionKind::Choice {
            let option = |option: &super::OptionSource| QuestionOption {
                value: AnswerValue::Text(option.id.clone()),
                label: option.label.get(lang).cloned(),
            };
            return self.options.iter().map(option).collect();
        }
        let label = |at: usize| {
            self.labels
                .get(at)
                .and_then(|texts| texts.get(lang))
                .cloned()
        };
        let values = values(&self.kind).into_iter().enumerate();
        values
            .map(|(at, value)| QuestionOption {
                value: (&value).into(),
                label: label(at),
            })
            .collect()
    }
}

/// What can be answered to a question of this kind, whatever its words; nothing for words and choices.
pub(super) fn values(kind: &QuestionKind) -> Vec<Answer> {
    let scale = |from: u64, to: u64| (from..=to).map(Answer::Number).collect();
    match kind {
        QuestionKind::Csat => scale(1, 5),
        QuestionKind::Nps => scale(0, 10),
        QuestionKind::Ces => scale(1, 7),
        QuestionKind::Thumbs => THUMBS.map(|thumb| Answer::Text(thumb.to_owned())).to_vec(),
        QuestionKind::Words | QuestionKind::Choice | QuestionKind::Other(_) => Vec::new(),
    }
}

impl LogicSource {
    fn wire(&self) -> ShownIf {
        let (matching, conditions) = if self.all.is_empty() {
            (Matching::Any, &self.any)
        } else {
            (Matching::All, &self.all)
        };
        ShownIf {
            matching,
            conditions: conditions.iter().map(ConditionSource::wire).collect(),
        }
    }
}

impl ConditionSource {
    fn wire(&self) -> Condition {
        let several = |values: &[Answer]| values.iter().map(AnswerValue::from).collect();
        let number = |value: u64| vec![AnswerValue::Number(value)];
        let (comparison, values) = match (self.at_least, self.at_most, self.answered) {
            (Some(bound), ..) => (Comparison::AtLeast, number(bound)),
            (_, Some(bound), _) => (Comparison::AtMost, number(bound)),
            (.., Some(true)) => (Comparison::Answered, Vec::new()),
            (.., Some(false)) => (Comparison::NotAnswered, Vec::new()),
            (None, None, None) if self.one_of.is_empty() => {
                (Comparison::NoneOf, several(&self.none_of))
            }
            (None, None, None) => (Comparison::OneOf, several(&self.one_of)),
        };
        Condition {
            question: self.question.clone(),
            comparison,
            values,
        }
    }
}

impl Service {
    /// What people call it.
    #[must_use]
    pub fn named(&self, tag: Option<&str>, usual: &[String]) -> (&str, &str) {
        in_language(&self.label, tag, usual)
            .map(|(lang, label)| (lang, label.as_str()))
            .expect("reading the file refuses a service without a name")
    }
}
