use crate::i18n::{Text, text};
use crate::ui::{Icon, IconName};
use portal_contract::{FieldCode, FieldError};
use portal_markup::prelude::*;
use portal_markup::{Child, view};

/// A field: the text that the customer typed, and the `T` that it may be read as.
///
/// It is checked on leaving it and on sending, never while typing.
pub struct Field<T: 'static> {
    id: &'static str,
    raw: RwSignal<String>,
    problem: RwSignal<Option<Text>>,
    /// What was typed when the problem was last judged.
    judged: StoredValue<String>,
    parse: fn(&str) -> Result<T, Text>,
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

impl<T> Field<T> {
    /// An empty field; `id` is that of its input, and `parse` says what is wrong in a sentence.
    #[must_use]
    pub fn new(id: &'static str, parse: fn(&str) -> Result<T, Text>) -> Self {
        Self {
            id,
            raw: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            judged: StoredValue::new(String::new()),
            parse,
        }
    }

    /// The id of its input.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.id
    }

    /// What was typed.
    #[must_use]
    pub fn raw(self) -> RwSignal<String> {
        self.raw
    }

    /// What is wrong with it, if it was checked and something is.
    #[must_use]
    pub fn problem(self) -> RwSignal<Option<Text>> {
        self.problem
    }

    /// Reads it, and shows what is wrong.
    #[must_use]
    pub fn check(self) -> Option<T> {
        self.judged.set_value(self.raw.get_untracked());
        match self.raw.with_untracked(|raw| (self.parse)(raw)) {
            Ok(value) => {
                self.problem.set(None);
                Some(value)
            }
            Err(problem) => {
                self.problem.set(Some(problem));
                None
            }
        }
    }

    /// Reads it because it was left. An empty field that was only passed through is not yet a mistake; and what was judged
    /// already keeps its judgement, the server's too, until something else is typed.
    ///
    /// A browser says `change` of a field with the focus once more while it takes it out of the page: then there is nothing
    /// to read any more.
    fn left(self) {
        let is_new = |raw: &String| {
            let judged = self.judged.try_with_value(|judged| judged == raw);
            !raw.is_empty() && judged == Some(false)
        };
        if self.raw.try_with_untracked(is_new) == Some(true) {
            let _ = self.check();
        }
    }

    /// Shows what the server refused about it.
    pub fn refuse(self, error: &FieldError) {
        self.problem.set(Some(refusal(error)));
    }

    /// Shows this as what is wrong with it.
    pub fn say(self, problem: Text) {
        self.problem.set(Some(problem));
    }
}

/// The sentence for a refused field.
#[must_use]
pub fn refusal(error: &FieldError) -> Text {
    match (&error.code, error.limit) {
        (FieldCode::Required, _) => text::FIELD_REQUIRED,
        (FieldCode::TooLong, Some(limit)) => text::field_too_long(limit),
        (FieldCode::TooShort, Some(limit)) => text::field_too_short(limit),
        (
            FieldCode::TooLong
            | FieldCode::TooShort
            | FieldCode::TooMany
            | FieldCode::InvalidFormat
            | FieldCode::NotOffered
            | FieldCode::Unknown
            | FieldCode::AlreadyThere
            | FieldCode::Locked
            | FieldCode::Past
            | FieldCode::Other(_),
            _,
        ) => text::FIELD_INVALID,
    }
}

/// What kind of input a field has: its keyboard, its autofill, its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// An email address.
    Email,
    /// A one-time code.
    Code,
    /// A telephone number, however it is typed.
    Phone,
    /// A name by which a service knows somebody.
    Account,
    /// A line of words.
    Line,
    /// Several lines, as on an envelope.
    Lines,
    /// Words of any length, which no browser knows beforehand.
    Words,
    /// A calendar day.
    Day,
}

impl InputKind {
    fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Day => "date",
            Self::Code | Self::Account | Self::Line | Self::Lines | Self::Words => "text",
        }
    }

    /// What the browser may fill it with by itself.
    fn autocomplete(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Code => "one-time-code",
            Self::Phone => "tel",
            Self::Lines => "street-address",
            Self::Account | Self::Line | Self::Words | Self::Day => "off",
        }
    }

    /// The direction of what is typed: addresses of machines run from left to right, words as they are.
    fn dir(self) -> &'static str {
        match self {
            Self::Account | Self::Line | Self::Lines | Self::Words => "auto",
            Self::Email | Self::Code | Self::Phone | Self::Day => "ltr",
        }
    }

    /// What is short stands in a short input.
    fn width(self) -> Option<&'static str> {
        (self == Self::Day).then_some("short")
    }
}

/// A field with its label, hint and message, tied together for assistive technology (WCAG 1.3.1, 3.3.1, 3.3.2).
#[component]
pub fn FieldView<T: 'static>(
    /// The field.
    field: Field<T>,
    /// Its input.
    kind: InputKind,
    /// Its label.
    label: Text,
    /// What helps to fill it in.
    #[prop(optional_no_strip)]
    hint: Option<Text>,
    /// The id of a sentence elsewhere that belongs to it, read before its hint.
    #[prop(optional)]
    about: Option<&'static str>,
    /// Whether it may stay empty; its label says so.
    #[prop(optional)]
    is_optional: bool,
) -> impl IntoView {
    let Field {
        id, raw, problem, ..
    } = field;
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let hint_id = hint.as_ref().map(|_| hint_id.clone());
        let error_id = error_id.clone();
        move || {
            let wrong = problem.with(Option::is_some).then_some(&*error_id);
            let ids = [about, hint_id.as_deref(), wrong];
            let ids: Vec<&str> = ids.into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let message = move || {
        problem.get().map(|problem| {
            view! {
                <p class="field__error" id=error_id.clone()>
                    <Icon name=IconName::Alert />
                    <span>{problem}</span>
                </p>
            }
        })
    };
    let optional = is_optional.then(|| {
        view! {
            " "
            <span class="field__optional">{text::FIELD_OPTIONAL}</span>
        }
    });
    let is_code = kind == InputKind::Code;
    // Not `required`: browsers then call an empty field wrong before anything was sent.
    let required = (!is_optional).then_some("true");
    let invalid = move || problem.with(Option::is_some).then_some("true");
    let input = if matches!(kind, InputKind::Lines | InputKind::Words) {
        view! {
            <textarea
                class="input"
                id=id
                name=id
                rows="4"
                autocomplete=kind.autocomplete()
                dir=kind.dir()
                aria-required=required
                aria-invalid=invalid
                aria-describedby=described
                prop:value=move || raw.get()
                on:input=move |event| raw.set(event_target_value(&event))
                on:change=move |_| field.left()
            ></textarea>
        }
        .alone()
    } else {
        view! {
            <input
                class="input"
                id=id
                name=id
                type=kind.input_type()
                data-kind=is_code.then_some("code")
                data-width=kind.width()
                inputmode=is_code.then_some("numeric")
                autocomplete=kind.autocomplete()
                autocapitalize=(kind != InputKind::Line).then_some("none")
                spellcheck="false"
                dir=kind.dir()
                aria-required=required
                aria-invalid=invalid
                aria-describedby=described
                prop:value=move || raw.get()
                on:input=move |event| raw.set(event_target_value(&event))
                on:change=move |_| field.left()
            />
        }
        .alone()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {label}
                {optional}
            </label>
            {hint
                .map(|hint| {
                    view! {
                        <p class="field__hint" id=hint_id>
                            {hint}
                        </p>
                    }
                })}
            {message}
            {input}
        </div>
    }
}
