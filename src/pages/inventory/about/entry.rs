//! The lines of "About you", made of the record.

use super::super::words;
use super::origin;
use crate::i18n::{date, t, text};
use portal_contract::inventory::ValueFormat;
use portal_contract::me::{Attribute, AttributeAction, Me};

/// What the names of attributes begin with, here and in requests for correction.
pub const ATTRIBUTE: &str = "attributes/";

/// How a field is put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// It cannot be.
    Nothing,
    /// In place, by typing.
    Text,
    /// In place, by choosing a language.
    Language,
    /// In place, by choosing a time zone.
    Zone,
    /// By a request.
    Rectify,
    /// By saying that it is not right.
    Contest,
    /// That was said, and can be taken back.
    Uncontest,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Its name, within the page and in what is saved.
    pub name: String,
    /// What a request for correction calls it.
    pub field: String,
    pub label: String,
    /// What stands there, as it is saved.
    pub value: String,
    /// The same as people read it.
    pub shown: String,
    pub lang: Option<String>,
    /// What is said of it.
    pub notes: Vec<String>,
    pub how: How,
}

/// All of them.
pub fn entries(me: &Me) -> Vec<Entry> {
    let text_of = |value: &Option<String>| value.as_deref().unwrap_or("").to_owned();
    let how = |name: &str, in_place: How| {
        if me.editable.iter().any(|editable| editable == name) {
            in_place
        } else {
            How::Rectify
        }
    };
    let plain = |name: &str, label, value: String, shown: String, in_place: How| Entry {
        name: name.to_owned(),
        field: name.to_owned(),
        label,
        value,
        shown,
        lang: None,
        notes: Vec::new(),
        how: how(name, in_place),
    };
    let typed = |name: &str, label, value: &Option<String>| {
        let value = text_of(value);
        plain(name, label, value.clone(), value, How::Text)
    };
    let mut all = vec![
        typed(
            "display_name",
            t(text::INVENTORY_NAME),
            &Some(me.display_name.clone()),
        ),
        typed(
            "preferred_name",
            t(text::INVENTORY_PREFERRED_NAME),
            &me.preferred_name,
        ),
        typed("pronouns", t(text::INVENTORY_PRONOUNS), &me.pronouns),
    ];
    let language = text_of(&me.locale);
    let shown = words::value(&language, &ValueFormat::Language);
    all.push(plain(
        "locale",
        t(text::INVENTORY_LANGUAGE),
        language,
        shown,
        How::Language,
    ));
    let zone = text_of(&me.time_zone);
    let shown = words::value(&zone, &ValueFormat::TimeZone);
    all.push(plain(
        "time_zone",
        t(text::INVENTORY_ZONE),
        zone,
        shown,
        How::Zone,
    ));
    let born = text_of(&me.date_of_birth);
    let shown = words::value(&born, &ValueFormat::Date);
    all.push(plain(
        "date_of_birth",
        t(text::INVENTORY_BORN),
        born,
        shown,
        How::Text,
    ));
    if let Some(law) = &me.jurisdiction {
        let country = words::value(&law.code, &ValueFormat::Country);
        let entry = plain(
            "jurisdiction",
            t(text::INVENTORY_LAW),
            law.code.clone(),
            country,
            How::Text,
        );
        all.push(entry);
    }
    all.extend(me.attributes.iter().map(attribute));
    all
}

fn attribute(it: &Attribute) -> Entry {
    let name = [ATTRIBUTE, it.key.as_str()].concat();
    let allows = |action| it.allowed_actions.contains(&action);
    let how = if allows(AttributeAction::Uncontest) {
        How::Uncontest
    } else if allows(AttributeAction::Contest) {
        How::Contest
    } else if allows(AttributeAction::Edit) {
        How::Text
    } else if allows(AttributeAction::Rectify) {
        How::Rectify
    } else {
        How::Nothing
    };
    Entry {
        field: name.clone(),
        name,
        label: it.label.clone(),
        value: it.value.clone(),
        shown: it.value.clone(),
        lang: it.lang.clone(),
        notes: notes(it),
        how,
    }
}

fn notes(it: &Attribute) -> Vec<String> {
    let mut facts = vec![origin(&it.origin)];
    facts.extend(it.source.clone());
    facts.extend(it.collected_at.as_ref().map(date));
    let mut notes = vec![facts.join(" · ")];
    notes.extend(it.basis.clone().map(|basis| t(text::signals_basis(basis))));
    if let Some(at) = &it.contested_at {
        notes.push(t(text::signals_contested(date(at))));
        notes.extend(
            it.contest_words
                .clone()
                .map(|words| t(text::signals_your_words(words))),
        );
    } else if !it.in_use {
        notes.push(t(text::SIGNALS_NOT_USED));
    }
    notes
}
