//! What a new request may say. Everything that is wrong is told at once.

use crate::data_requests::desk::Customer;
use crate::data_requests::offer::{TEXT_CHARACTERS, can_be_chosen, formats, offered_kinds};
use crate::data_requests::rights;
use crate::http::{ApiError, ApiResult};
use crate::inventory::Category;
use crate::rights::{ATTRIBUTE, attribute_key, can_say};
use crate::store::interactions;
use jiff::civil::Date;
use portal_contract::data_request::{
    DataRequestKind as Kind, DataRequestScope, NewDataRequest, ScopeKind,
};
use portal_contract::{FieldCode, FieldError};
use rusqlite::Connection;

/// The most interactions, and fields, that one request names.
const MOST: usize = 100;

/// What the company puts right by hand.
const JURISDICTION: &str = "jurisdiction";

/// The longest value that is proposed, in characters.
const VALUE_CHARACTERS: usize = 500;

/// Words without what surrounds them; nothing where there are none.
pub(super) fn words(text: &str, pointer: &str) -> ApiResult<Option<String>> {
    let text = text.trim();
    if u64::try_from(text.chars().count()).is_ok_and(|count| count > TEXT_CHARACTERS) {
        let (code, limit) = (FieldCode::TooLong, Some(TEXT_CHARACTERS));
        return Err(ApiError::field(pointer, code, "fewer words", limit));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

struct Errors(Vec<FieldError>);

impl Errors {
    fn add(&mut self, pointer: impl Into<String>, code: FieldCode, detail: &str) {
        self.0.push(FieldError {
            pointer: pointer.into(),
            code,
            detail: Some(detail.to_owned()),
            limit: None,
        });
    }

    fn too_many(&mut self, pointer: &str) {
        self.0.push(FieldError {
            pointer: pointer.to_owned(),
            code: FieldCode::TooMany,
            detail: None,
            limit: u64::try_from(MOST).ok(),
        });
    }

    fn finish(self) -> ApiResult<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(ApiError::validation(self.0))
        }
    }
}

impl Customer {
    /// The request as it is kept: what does not belong to its kind is left out.
    pub(super) fn checked(
        &self,
        db: &Connection,
        mut new: NewDataRequest,
    ) -> ApiResult<NewDataRequest> {
        self.check_scope(db, &new.kind, &new.scope)?;
        let mut errors = Errors(Vec::new());
        let possible = formats(&new.kind);
        for (at, format) in new.formats.iter().enumerate() {
            if !possible.contains(format) {
                errors.add(
                    format!("/formats/{at}"),
                    FieldCode::NotOffered,
                    "json or csv",
                );
            }
        }
        let mut once = Vec::new();
        for format in std::mem::take(&mut new.formats) {
            if possible.contains(&format) && !once.contains(&format) {
                once.push(format);
            }
        }
        new.formats = once;
        new.text = new.text.map_or(Ok(None), |text| words(&text, "/text"))?;
        if new.text.is_none() && new.kind == Kind::AutomatedDecisionReview {
            errors.add("/text", FieldCode::Required, "which decision");
        }
        if new.kind == Kind::Rectification {
            self.check_proposed(db, &mut new, &mut errors)?;
        } else {
            new.proposed.clear();
        }
        errors.finish()?;
        new.scope = narrowed(new.scope);
        Ok(new)
    }

    /// What is proposed names fields that can be put right; what they say now is noted beside it.
    fn check_proposed(
        &self,
        db: &Connection,
        new: &mut NewDataRequest,
        errors: &mut Errors,
    ) -> ApiResult<()> {
        let fields = self.offered_fields(db)?;
        if new.scope.kind == ScopeKind::Field && new.proposed.is_empty() {
            errors.add("/proposed", FieldCode::Required, "what is right");
        }
        if new.scope.kind != ScopeKind::Field && new.text.is_none() {
            errors.add(
                "/text",
                FieldCode::Required,
                "what is wrong, and what is right",
            );
        }
        // What a field says now is nobody's but the person's to read: whoever acts for them says it in words.
        if self.acting.is_some() && !new.proposed.is_empty() {
            errors.add("/proposed", FieldCode::NotOffered, "say it in words");
            new.proposed.clear();
        }
        if new.proposed.len() > MOST {
            errors.too_many("/proposed");
        }
        for (at, proposed) in new.proposed.iter_mut().enumerate() {
            proposed.field = canonical(&proposed.field);
            let known = fields.iter().find(|field| field.field == proposed.field);
            match known {
                Some(field) => proposed.current.clone_from(&field.value),
                None => errors.add(
                    format!("/proposed/{at}/field"),
                    FieldCode::Unknown,
                    "a field of the options",
                ),
            }
            proposed.value = proposed.value.trim().to_owned();
            if proposed.value.chars().count() > VALUE_CHARACTERS {
                errors.add(
                    format!("/proposed/{at}/value"),
                    FieldCode::TooLong,
                    "at most 500 characters",
                );
            } else if known.is_some()
                && proposed.field != JURISDICTION
                && !can_say(&proposed.field, &proposed.value)
            {
                errors.add(
                    format!("/proposed/{at}/value"),
                    FieldCode::InvalidFormat,
                    "not what the field can say",
                );
            }
        }
        Ok(())
    }

    /// Whether a request of this kind can be about this.
    pub(in crate::data_requests) fn check_scope(
        &self,
        db: &Connection,
        kind: &Kind,
        scope: &DataRequestScope,
    ) -> ApiResult<()> {
        if let Some(acting) = &self.acting {
            acting.check(kind, scope)?;
        }
        let mut errors = Errors(Vec::new());
        if !offered_kinds().contains(kind) {
            errors.add("/kind", FieldCode::NotOffered, "a kind of the options");
        } else if !rights::scopes(kind).contains(&scope.kind) {
            errors.add("/scope/kind", FieldCode::NotOffered, "a scope of the kind");
        } else {
            match scope.kind {
                ScopeKind::Categories => check_categories(kind, scope, &mut errors),
                ScopeKind::Interactions => self.check_interactions(db, scope, &mut errors)?,
                ScopeKind::Field => self.check_field(db, kind, scope, &mut errors)?,
                ScopeKind::Everything | ScopeKind::Other(_) => {}
            }
            check_days(kind, scope, &mut errors);
        }
        errors.finish()
    }

    fn check_interactions(
        &self,
        db: &Connection,
        scope: &DataRequestScope,
        errors: &mut Errors,
    ) -> ApiResult<()> {
        let pointer = "/scope/interaction_ids";
        if scope.interaction_ids.is_empty() {
            errors.add(pointer, FieldCode::Required, "at least one");
        }
        if scope.interaction_ids.len() > MOST {
            errors.too_many(pointer);
            return Ok(());
        }
        for (at, id) in scope.interaction_ids.iter().enumerate() {
            if interactions::find(db, &self.id, id)?.is_none() {
                errors.add(
                    format!("{pointer}/{at}"),
                    FieldCode::Unknown,
                    "an interaction",
                );
            }
        }
        Ok(())
    }

    fn check_field(
        &self,
        db: &Connection,
        kind: &Kind,
        scope: &DataRequestScope,
        errors: &mut Errors,
    ) -> ApiResult<()> {
        let Some(field) = &scope.field else {
            // A rectification says it by what it proposes.
            if *kind != Kind::Rectification {
                errors.add("/scope/field", FieldCode::Required, "a field");
            }
            return Ok(());
        };
        let known = self.offered_fields(db)?;
        match known.iter().find(|one| one.field == canonical(field)) {
            None => errors.add("/scope/field", FieldCode::Unknown, "a field of the options"),
            Some(found) if !found.kinds.contains(kind) => errors.add(
                "/scope/field",
                FieldCode::NotOffered,
                "nothing would stop for this field alone: choose its category, or everything",
            ),
            Some(_) => {}
        }
        Ok(())
    }
}

/// A field as the options name it; the inventory of an earlier version wrote attributes with a dot.
fn canonical(field: &str) -> String {
    attribute_key(field).map_or_else(|| field.to_owned(), |key| format!("{ATTRIBUTE}{key}"))
}

fn check_categories(kind: &Kind, scope: &DataRequestScope, errors: &mut Errors) {
    let pointer = "/scope/categories";
    if scope.categories.is_empty() {
        errors.add(pointer, FieldCode::Required, "at least one");
    }
    if scope.categories.len() > MOST {
        errors.too_many(pointer);
        return;
    }
    for (at, id) in scope.categories.iter().enumerate() {
        match Category::named(id.as_str()) {
            None => errors.add(format!("{pointer}/{at}"), FieldCode::Unknown, "a category"),
            Some(category) if !can_be_chosen(kind, category) => errors.add(
                format!("{pointer}/{at}"),
                FieldCode::NotOffered,
                "nothing of this category alone would change: choose another, or everything",
            ),
            Some(_) => {}
        }
    }
}

fn check_days(kind: &Kind, scope: &DataRequestScope, errors: &mut Errors) {
    let span = rights::is_copy(kind)
        && matches!(scope.kind, ScopeKind::Everything | ScopeKind::Categories);
    let mut days = Vec::new();
    for (name, day) in [("from", &scope.from), ("to", &scope.to)] {
        let Some(day) = day else { continue };
        let pointer = format!("/scope/{name}");
        match day.parse::<Date>() {
            _ if !span => errors.add(pointer, FieldCode::NotOffered, "of a copy alone"),
            Ok(day) => days.push((name, day)),
            Err(_) => errors.add(pointer, FieldCode::InvalidFormat, "YYYY-MM-DD"),
        }
    }
    if let [("from", from), ("to", to)] = days[..]
        && to < from
    {
        errors.add("/scope/to", FieldCode::Past, "not before the first day");
    }
}

/// Only what belongs to its kind.
fn narrowed(scope: DataRequestScope) -> DataRequestScope {
    let mut kept = DataRequestScope {
        kind: scope.kind.clone(),
        ..DataRequestScope::everything()
    };
    match scope.kind {
        ScopeKind::Categories => kept.categories = scope.categories,
        ScopeKind::Interactions => kept.interaction_ids = scope.interaction_ids,
        ScopeKind::Field => kept.field = scope.field.as_deref().map(canonical),
        ScopeKind::Everything | ScopeKind::Other(_) => {}
    }
    kept.from = scope.from;
    kept.to = scope.to;
    kept
}
