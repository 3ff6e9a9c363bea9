//! The form of one right: what is chosen and written in it, kept as it is typed.

use super::begun::{Begun, draft};
use super::{fields, preflight, scope, sending};
use crate::api::use_api;
use crate::browser::letters::small;
use crate::forms::{Draft, Problems, error_summary};
use crate::i18n::{Text, t, text};
use crate::routes::Asked;
use portal_contract::artifact::ExportFormat;
use portal_contract::data_request::{
    DataRequestKind, DataRequestScope, NewDataRequest, ProposedValue, ScopeKind,
};
use portal_contract::data_request_options::{
    DataRequestOffer, DataRequestOptions, OfferedCategory, OfferedField,
};
use portal_contract::{FieldCode, FieldError, IdempotencyKey, InteractionId};
use portal_markup::prelude::*;
use portal_markup::{View, effect, memo, view};

/// The ids of the inputs, by which what is wrong with one is told.
pub const SCOPE: &str = "scope";
pub const FROM: &str = "from";
pub const TO: &str = "to";
pub const FORMATS: &str = "formats";
pub const FIELD: &str = "field";
pub const VALUE: &str = "value";
pub const WORDS: &str = "words";
pub const TYPED: &str = "typed";

/// What this right can be about.
#[derive(Clone, PartialEq)]
pub struct Offer {
    pub right: DataRequestOffer,
    pub categories: Vec<OfferedCategory>,
    pub fields: Vec<OfferedField>,
    pub words_limit: u64,
    /// What the conversation in the address is called, where there is one.
    pub subject: Option<String>,
}

impl Offer {
    /// Of everything on offer, what concerns this right.
    pub fn new(right: DataRequestOffer, all: DataRequestOptions, subject: Option<String>) -> Self {
        let suits = |category: &OfferedCategory| category.kinds.contains(&right.kind);
        Self {
            categories: all.categories.into_iter().filter(suits).collect(),
            fields: {
                let suits = |field: &OfferedField| field.kinds.contains(&right.kind);
                all.fields.into_iter().filter(suits).collect()
            },
            words_limit: all.text_characters,
            subject,
            right,
        }
    }

    /// Whether it can be about this; about a conversation only where one is named.
    fn allows(&self, kind: &ScopeKind) -> bool {
        let there_is = match kind {
            ScopeKind::Interactions => self.subject.is_some(),
            ScopeKind::Field => !self.fields.is_empty(),
            ScopeKind::Categories => !self.categories.is_empty(),
            ScopeKind::Everything | ScopeKind::Other(_) => true,
        };
        there_is && self.right.scopes.contains(kind)
    }

    /// What it can be about, in the order in which it is offered.
    pub fn scopes(&self) -> Vec<ScopeKind> {
        let kinds = self.right.scopes.iter();
        kinds.filter(|kind| self.allows(kind)).cloned().collect()
    }
}

/// The form.
#[derive(Clone, Copy)]
pub struct Form {
    pub offer: StoredValue<Offer>,
    pub scope: RwSignal<DataRequestScope>,
    pub formats: RwSignal<Vec<ExportFormat>>,
    /// What the field should say instead.
    pub value: RwSignal<String>,
    pub words: RwSignal<String>,
    /// The word that is typed so that nothing is deleted by a slip. It is never kept.
    pub typed: RwSignal<String>,
    problems: RwSignal<Vec<(&'static str, Text)>>,
    attempts: RwSignal<u32>,
    draft: StoredValue<Draft>,
    keys: StoredValue<(IdempotencyKey, IdempotencyKey)>,
}

impl Form {
    /// What was kept of it, and over that what the address says.
    pub fn begin(offer: Offer, asked: &Asked) -> Self {
        let draft = draft(&offer.right.kind);
        let kept: Option<Begun> = draft.load_as();
        let client = use_api().client();
        let (keys, said) = match kept {
            Some(kept) => ((kept.intent, kept.confirming), Some(kept.said)),
            None => ((client.new_key(), client.new_key()), None),
        };
        let scope = first_scope(&offer, asked, said.as_ref().map(|said| said.scope.clone()));
        let same_field = |it: &&ProposedValue| Some(&it.field) == scope.field.as_ref();
        let proposed = said
            .as_ref()
            .and_then(|said| said.proposed.iter().find(same_field));
        let value = proposed.map_or_else(String::new, |it| it.value.clone());
        let words = said.as_ref().and_then(|said| said.text.clone());
        let words = words.unwrap_or_else(|| "".to_owned());
        let formats = said.map_or_else(|| offer.right.formats.clone(), |said| said.formats);
        let form = Self {
            offer: StoredValue::new(offer),
            scope: RwSignal::new(scope),
            formats: RwSignal::new(formats),
            value: RwSignal::new(value),
            words: RwSignal::new(words),
            typed: RwSignal::new(String::new()),
            problems: RwSignal::new(Vec::new()),
            attempts: RwSignal::new(0),
            draft: StoredValue::new(draft),
            keys: StoredValue::new(keys),
        };
        form.keep();
        form
    }

    /// Which right.
    pub fn kind(self) -> DataRequestKind {
        self.offer.with_value(|offer| offer.right.kind.clone())
    }

    /// The keys of making it and of confirming it.
    pub fn keys(self) -> (IdempotencyKey, IdempotencyKey) {
        self.keys.get_value()
    }

    /// It was taken.
    pub fn forget(self) {
        self.draft.with_value(Draft::forget);
    }

    /// Something else is meant now than what was sent under these keys.
    pub fn mean_anew(self) {
        let client = use_api().client();
        self.keys.set_value((client.new_key(), client.new_key()));
    }

    fn keep(self) {
        effect(move || {
            let said = self.said();
            let (intent, confirming) = self.keys();
            let begun = Begun {
                intent,
                confirming,
                said,
            };
            self.draft.with_value(|draft| draft.keep(&begun));
        });
    }

    /// What is asked, without what does not belong to it; it is watched.
    pub fn said(self) -> NewDataRequest {
        let mut scope = self.scope.get();
        let value = self.value.get();
        let proposed = match (&scope.kind, &scope.field) {
            (ScopeKind::Field, Some(field)) => vec![ProposedValue {
                field: field.clone(),
                value: value.trim().to_owned(),
                current: None,
            }],
            _ => Vec::new(),
        };
        strip(&mut scope);
        let is_copy = self
            .offer
            .with_value(|offer| !offer.right.formats.is_empty());
        let words = self.words.get();
        NewDataRequest {
            kind: self.kind(),
            scope,
            formats: self.formats.get().into_iter().filter(|_| is_copy).collect(),
            proposed,
            text: Some(words.trim().to_owned()).filter(|words| !words.is_empty()),
        }
    }

    /// What is asked, or nothing and what is missing is told.
    pub fn read(self) -> Option<NewDataRequest> {
        let said = untrack(|| self.said());
        let wrong = self.wrong(&said);
        let is_right = wrong.is_empty();
        self.problems.set(wrong);
        if !is_right {
            self.attempts.update(|count| *count += 1);
        }
        is_right.then_some(said)
    }

    fn wrong(self, said: &NewDataRequest) -> Vec<(&'static str, Text)> {
        let scope = &said.scope;
        let is_copy = self
            .offer
            .with_value(|offer| !offer.right.formats.is_empty());
        let backwards = matches!((&scope.from, &scope.to), (Some(from), Some(to)) if from > to);
        let needs_words = match said.kind {
            DataRequestKind::AutomatedDecisionReview => true,
            // What is wrong with no entry in particular is wrong in words alone.
            DataRequestKind::Rectification => scope.kind != ScopeKind::Field,
            _ => false,
        };
        let too_long = self.offer.with_value(|offer| {
            said.text
                .as_ref()
                .is_some_and(|it| it.chars().count() as u64 > offer.words_limit)
        });
        let erases = said.kind == DataRequestKind::Erasure;
        let checks = [
            (
                scope.kind == ScopeKind::Categories && scope.categories.is_empty(),
                SCOPE,
                text::DATA_REQUEST_WRONG_CATEGORIES,
            ),
            (backwards, TO, text::DATA_REQUEST_WRONG_DATES),
            (
                is_copy && said.formats.is_empty(),
                FORMATS,
                text::DATA_REQUEST_WRONG_FORMATS,
            ),
            (
                scope.kind == ScopeKind::Field && scope.field.is_none(),
                FIELD,
                text::DATA_REQUEST_WRONG_FIELD,
            ),
            (
                needs_words && said.text.is_none(),
                WORDS,
                text::DATA_REQUEST_WRONG_WORDS,
            ),
            (
                too_long,
                WORDS,
                self.offer
                    .with_value(|offer| text::field_too_long(offer.words_limit)),
            ),
            (
                erases && !self.is_typed(),
                TYPED,
                text::data_request_wrong_typed(t(text::DATA_REQUEST_TYPED_WORD)),
            ),
        ];
        let wrong = checks.into_iter().filter(|(is_wrong, ..)| *is_wrong);
        wrong.map(|(_, id, words)| (id, words)).collect()
    }

    /// Whether the word was typed, in small letters or great ones.
    fn is_typed(self) -> bool {
        let typed = self.typed.get_untracked();
        small(typed.trim()) == small(&t(text::DATA_REQUEST_TYPED_WORD))
    }

    /// Shows what the server refused, each at its field.
    pub fn refuse(self, errors: &[FieldError]) {
        let told = errors.iter().map(|error| {
            let words = match (&error.code, error.limit) {
                (FieldCode::Required, _) => text::FIELD_REQUIRED,
                (FieldCode::TooLong, Some(limit)) => text::field_too_long(limit),
                _ => text::FIELD_INVALID,
            };
            (field_of(&error.pointer), words)
        });
        self.problems.set(told.collect());
        self.attempts.update(|count| *count += 1);
    }

    /// What is wrong with an input; it is watched.
    pub fn problem(self, id: &str) -> Option<Text> {
        let found = |all: &Vec<(&'static str, Text)>| {
            all.iter()
                .find(|(at, _)| *at == id)
                .map(|(_, words)| words.clone())
        };
        self.problems.with(found)
    }

    /// What was wrong with an input is being put right.
    pub fn mend(self, id: &str) {
        if self.problem(id).is_some() {
            self.problems.update(|all| all.retain(|(at, _)| *at != id));
        }
    }

    /// All of it.
    pub fn view(self) -> View {
        let wrong = memo(move || -> Problems {
            let all = self.problems.get();
            all.into_iter()
                .map(|(id, words)| (id.into(), words))
                .collect()
        });
        let summary = error_summary("request-problems".to_owned(), wrong, self.attempts);
        let sending = sending::Sending::new(self);
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            sending.press();
        };
        view! {
            <form class="form" novalidate on:submit=submit>
                {summary}
                {scope::view(self)}
                {fields::view(self)}
                {preflight::view(self)}
                {sending.view()}
            </form>
            {sending.dialog()}
        }
    }
}

/// Takes out what does not belong to the kind of scope that is chosen.
fn strip(scope: &mut DataRequestScope) {
    let with_days = matches!(scope.kind, ScopeKind::Everything | ScopeKind::Categories);
    if scope.kind != ScopeKind::Categories {
        scope.categories.clear();
    }
    if scope.kind != ScopeKind::Interactions {
        scope.interaction_ids.clear();
    }
    if scope.kind != ScopeKind::Field {
        scope.field = None;
    }
    let day = |day: Option<String>| day.filter(|day| with_days && !day.is_empty());
    scope.from = day(scope.from.take());
    scope.to = day(scope.to.take());
}

/// What it is about to begin with: what the address says, else what was kept, else the first on offer.
fn first_scope(offer: &Offer, asked: &Asked, kept: Option<DataRequestScope>) -> DataRequestScope {
    let mut scope = kept
        .filter(|kept| offer.allows(&kept.kind))
        .unwrap_or_else(|| DataRequestScope {
            kind: offer
                .scopes()
                .into_iter()
                .next()
                .unwrap_or(ScopeKind::Everything),
            ..DataRequestScope::everything()
        });
    let known = |id: &InteractionId| asked.interaction.as_ref() == Some(id);
    scope.interaction_ids.retain(known);
    let offered = |id: &&portal_contract::InventoryCategoryId| {
        offer.categories.iter().any(|category| category.id == **id)
    };
    let field = |name: &&String| offer.fields.iter().any(|field| field.field == **name);
    if offer.allows(&ScopeKind::Interactions)
        && let Some(id) = &asked.interaction
    {
        scope.interaction_ids = vec![id.clone()];
        scope.kind = ScopeKind::Interactions;
    } else if offer.allows(&ScopeKind::Categories)
        && let Some(id) = asked.category.as_ref().filter(offered)
    {
        scope.categories = vec![id.clone()];
        scope.kind = ScopeKind::Categories;
    } else if offer.allows(&ScopeKind::Field)
        && let Some(name) = asked.field.as_ref().filter(field)
    {
        scope.field = Some(name.clone());
        scope.kind = ScopeKind::Field;
    }
    scope
}

/// At which input a member of the body is entered.
fn field_of(pointer: &str) -> &'static str {
    let mut parts = pointer.split('/').skip(1);
    match (parts.next(), parts.next()) {
        (Some("scope"), Some("from")) => FROM,
        (Some("scope"), Some("to")) => TO,
        (Some("scope"), Some("field")) => FIELD,
        (Some("formats"), _) => FORMATS,
        (Some("proposed"), _) => VALUE,
        (Some("text"), _) => WORDS,
        _ => SCOPE,
    }
}
