//! One question with its own scale and labels: points, thumbs, words, or a choice.

use super::survey::{Survey, first_id};
use crate::browser::focus;
use crate::i18n::{Text, number, t, text};
use crate::ui::{Icon, IconName};
use portal_contract::feedback::{AnswerValue, Question, QuestionKind, QuestionOption};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The question at a place.
pub fn question(survey: Survey, at: usize) -> View {
    let question = survey.question(at);
    match (&question.kind, question.options.is_empty()) {
        (QuestionKind::Words, _) | (_, true) => words(survey, at, question),
        (
            QuestionKind::Csat | QuestionKind::Nps | QuestionKind::Ces | QuestionKind::Thumbs,
            false,
        ) => scale(survey, at, &question),
        (QuestionKind::Choice | QuestionKind::Other(_), false) => choice(survey, at, &question),
    }
}

/// The ids that tie a question together for assistive technology.
struct Ids {
    /// Of the question itself.
    legend: String,
    /// Of what is wrong with its answer.
    error: String,
    /// Of what helps to answer it.
    hint: String,
}

impl Ids {
    fn of(at: usize) -> Self {
        let named = |part: &str| format!("{}-{part}", first_id(at));
        Self {
            legend: named("question"),
            error: named("error"),
            hint: named("hint"),
        }
    }
}

/// What describes the inputs: the hint, and what is wrong as long as something is.
fn described(survey: Survey, at: usize, has_hint: bool) -> impl Fn() -> Option<String> + 'static {
    let Ids { error, hint, .. } = Ids::of(at);
    move || {
        let wrong = survey.problem(at).map(|_| &*error);
        let ids: Vec<&str> = has_hint
            .then_some(&*hint)
            .into_iter()
            .chain(wrong)
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

fn invalid(survey: Survey, at: usize) -> impl Fn() -> Option<&'static str> + 'static {
    move || survey.problem(at).map(|_| "true")
}

/// What is wrong with its answer.
fn problem(survey: Survey, at: usize) -> View {
    let line = move || {
        let id = Ids::of(at).error;
        survey.problem(at).map(|problem| {
            view! {
                <p class="field__error" id=id>
                    <Icon name=IconName::Alert />
                    <span>{problem}</span>
                </p>
            }
        })
    };
    line.alone()
}

/// The words of the question. In one element: a legend takes the space between two away.
fn asked(question: &Question) -> View {
    let optional = (!question.required).then(|| {
        view! {
            " "
            <span class="field__optional">{text::FIELD_OPTIONAL}</span>
        }
    });
    view! {
        <span>
            <bdi lang=question.lang.clone()>{question.text.clone()}</bdi>
            {optional}
        </span>
    }
}

/// Takes the answer back, where there need not be one: what was chosen once cannot be unchosen otherwise.
fn clearing(survey: Survey, at: usize, question: &Question) -> Option<View> {
    let is_optional = !question.required && !question.multiple;
    let button = move || {
        let clear = move |_| {
            survey.answer(at, None);
            // The button that was pressed is gone.
            focus::id(&first_id(at));
        };
        survey.with_answer(at, |answer| answer.is_some()).then(|| {
            view! {
                <button class="link-button" type="button" on:click=clear>
                    {text::SURVEY_CLEAR}
                </button>
            }
        })
    };
    is_optional.then(|| view! { <div class="scale__clear">{button}</div> })
}

/// Points in one line with words at the ends; a group of native radio buttons, which brings the keys and the reading along.
fn scale(survey: Survey, at: usize, question: &Question) -> View {
    let is_thumbs = question.kind == QuestionKind::Thumbs;
    let last = question
        .options
        .last()
        .and_then(|option| point(&option.value));
    let one = |(place, option): (usize, &QuestionOption)| {
        let label = match (place, place + 1 == question.options.len()) {
            _ if option.label.is_some() => option.label.clone(),
            (0, _) => question.low_label.clone(),
            (_, true) => question.high_label.clone(),
            (_, false) => None,
        };
        radio(
            survey,
            at,
            place,
            option.value.clone(),
            shown(&option.value, label, last),
        )
    };
    let points: Vec<View> = question.options.iter().enumerate().map(one).collect();
    let Ids { legend, hint, .. } = Ids::of(at);
    view! {
        <fieldset
            class="form__group"
            role="radiogroup"
            aria-labelledby=legend.clone()
            aria-required=question.required.then_some("true")
            aria-invalid=invalid(survey, at)
            aria-describedby=described(survey, at, !is_thumbs)
        >
            <legend id=legend>{asked(question)}</legend>
            {problem(survey, at)}
            <div class="scale" data-kind=is_thumbs.then_some("words")>
                {points}
            </div>
            {(!is_thumbs).then(|| ends(survey, at, question, hint))}
            {clearing(survey, at, question)}
        </fieldset>
    }
    .alone()
}

/// A number of a scale.
fn point(value: &AnswerValue) -> Option<u64> {
    match value {
        AnswerValue::Number(number) => Some(*number),
        _ => None,
    }
}

/// How a point looks, and how it is read.
struct Point {
    icon: Option<IconName>,
    seen: String,
    heard: Option<String>,
}

fn shown(value: &AnswerValue, label: Option<String>, last: Option<u64>) -> Point {
    match (value, last) {
        (AnswerValue::Number(at), Some(last)) => {
            let heard = match label {
                Some(label) => text::survey_point_named(number(*at), number(last), label),
                None => text::survey_point(number(*at), number(last)),
            };
            Point {
                icon: None,
                seen: number(*at),
                heard: Some(t(heard)),
            }
        }
        (value, _) => thumb(value, label),
    }
}

fn thumb(value: &AnswerValue, label: Option<String>) -> Point {
    let (icon, words) = match value {
        AnswerValue::Text(value) if value == "up" => (Some(IconName::ThumbUp), text::SURVEY_UP),
        _ => (Some(IconName::ThumbDown), text::SURVEY_DOWN),
    };
    Point {
        icon,
        seen: label.unwrap_or_else(|| t(words)),
        heard: None,
    }
}

fn radio(survey: Survey, at: usize, place: usize, value: AnswerValue, point: Point) -> View {
    let id = (place == 0).then(|| first_id(at));
    let Point { icon, seen, heard } = point;
    let own = value.clone();
    let is_chosen = move || survey.with_answer(at, |answer| answer == Some(&own));
    view! {
        <label class="point">
            <input
                type="radio"
                id=id
                name=first_id(at)
                aria-label=heard
                prop:checked=is_chosen
                on:change=move |_| survey.answer(at, Some(value.clone()))
            />
            {icon.map(|icon| view! { <Icon name=icon /> })}
            <span>{seen}</span>
        </label>
    }
    .alone()
}

/// What the ends of a scale mean, and between them what was chosen, where the points have words of their own.
fn ends(survey: Survey, at: usize, question: &Question, id: String) -> View {
    let options = question.options.clone();
    let named = |option: Option<&QuestionOption>| option.and_then(|option| option.label.clone());
    let low = question
        .low_label
        .clone()
        .or_else(|| named(options.first()));
    let high = question
        .high_label
        .clone()
        .or_else(|| named(options.last()));
    let last = options.len().saturating_sub(1);
    let chosen = move || {
        survey.with_answer(at, |answer| {
            let place = options
                .iter()
                .position(|option| Some(&option.value) == answer);
            let between = place.filter(|place| *place != 0 && *place != last);
            between.and_then(|place| options[place].label.clone())
        })
    };
    view! {
        <p class="scale__ends" id=id lang=question.lang.clone()>
            <bdi>{low}</bdi>
            " "
            <strong aria-hidden="true">{chosen}</strong>
            " "
            <bdi>{high}</bdi>
        </p>
    }
    .alone()
}

fn choice(survey: Survey, at: usize, question: &Question) -> View {
    let several = question.multiple;
    let options = question.options.iter().enumerate();
    let lines: Vec<View> = options
        .map(|(place, option)| line(survey, at, place, option, several))
        .collect();
    let Ids { legend, hint, .. } = Ids::of(at);
    let help = several.then(|| {
        view! {
            <p class="field__hint" id=hint>
                {text::SURVEY_SEVERAL}
            </p>
        }
    });
    view! {
        <fieldset
            class="form__group"
            role=(!several).then_some("radiogroup")
            aria-labelledby=legend.clone()
            aria-required=(question.required && !several).then_some("true")
            aria-invalid=invalid(survey, at)
            aria-describedby=described(survey, at, several)
        >
            <legend id=legend>{asked(question)}</legend>
            {help}
            {problem(survey, at)}
            <div class="filters__choices" lang=question.lang.clone()>
                {lines}
            </div>
            {clearing(survey, at, question)}
        </fieldset>
    }
    .alone()
}

fn line(survey: Survey, at: usize, place: usize, option: &QuestionOption, several: bool) -> View {
    let id = (place == 0).then(|| first_id(at));
    let value = option.value.clone();
    let words = option.label.clone().unwrap_or_else(|| told(&value));
    let own = value.clone();
    let is_chosen = move || survey.with_answer(at, |answer| has(answer, &own));
    let change = move |event| {
        let next = if several {
            survey.with_answer(at, |answer| {
                toggled(answer, &value, event_target_checked(&event))
            })
        } else {
            Some(value.clone())
        };
        survey.answer(at, next);
    };
    view! {
        <label class="choice">
            <input
                type=if several { "checkbox" } else { "radio" }
                id=id
                name=first_id(at)
                prop:checked=is_chosen
                on:change=move |event| untrack(|| change(event))
            />
            " "
            <span>
                <bdi>{words}</bdi>
            </span>
        </label>
    }
    .alone()
}

/// An option without words of its own.
fn told(value: &AnswerValue) -> String {
    match value {
        AnswerValue::Number(value) => number(*value),
        AnswerValue::Text(value) => crate::widgets::plain_words(value),
        AnswerValue::Several(_) | AnswerValue::Other(_) => String::new(),
    }
}

/// Whether an answer is this choice, or has it among others.
fn has(answer: Option<&AnswerValue>, value: &AnswerValue) -> bool {
    match (answer, value) {
        (Some(AnswerValue::Several(choices)), AnswerValue::Text(text)) => choices.contains(text),
        (answer, value) => answer == Some(value),
    }
}

/// The answer with this choice in it, or without. None is no answer.
fn toggled(answer: Option<&AnswerValue>, value: &AnswerValue, is_on: bool) -> Option<AnswerValue> {
    let mut choices = match answer {
        Some(AnswerValue::Several(choices)) => choices.clone(),
        Some(AnswerValue::Text(text)) => vec![text.clone()],
        _ => Vec::new(),
    };
    if let AnswerValue::Text(text) = value {
        choices.retain(|choice| choice != text);
        if is_on {
            choices.push(text.clone());
        }
    }
    (!choices.is_empty()).then_some(AnswerValue::Several(choices))
}

fn words(survey: Survey, at: usize, question: Question) -> View {
    let id = first_id(at);
    let Ids { hint, .. } = Ids::of(at);
    let typed = move || {
        survey.with_answer(at, |answer| match answer {
            Some(AnswerValue::Text(words)) => words.clone(),
            _ => String::new(),
        })
    };
    let put = move |event| {
        let words = event_target_value(&event);
        survey.answer(at, (!words.is_empty()).then_some(AnswerValue::Text(words)));
    };
    let left = question.max_length.map(|limit| {
        let room = move || t(room(limit, typed().chars().count() as u64));
        view! {
            <p class="field__hint number" id=hint>
                {room}
            </p>
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {asked(&question)}
            </label>
            {problem(survey, at)}
            <textarea
                class="input"
                id=id
                dir="auto"
                rows="4"
                aria-required=question.required.then_some("true")
                aria-invalid=invalid(survey, at)
                aria-describedby=described(survey, at, question.max_length.is_some())
                prop:value=typed
                on:input=put
            ></textarea>
            {left}
        </div>
    }
    .alone()
}

/// How much room is left.
pub fn room(limit: u64, length: u64) -> Text {
    if length > limit {
        text::reply_too_long(length - limit)
    } else {
        text::survey_left(limit - length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_choices_are_one_answer_and_none_of_them_is_none() {
        let text = |value: &str| AnswerValue::Text(value.into());
        let one = toggled(None, &text("a"), true);
        assert_eq!(one, Some(AnswerValue::Several(vec!["a".into()])));
        let two = toggled(one.as_ref(), &text("b"), true);
        assert!(has(two.as_ref(), &text("a")) && has(two.as_ref(), &text("b")));
        let one = toggled(two.as_ref(), &text("a"), false);
        assert_eq!(one, Some(AnswerValue::Several(vec!["b".into()])));
        assert_eq!(toggled(one.as_ref(), &text("b"), false), None);
    }
}
