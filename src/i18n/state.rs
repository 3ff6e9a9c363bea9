//! The language in use: one per tab, and therefore per thread. A sentence is also written by event handlers and after an
//! `await`, where no reactive context stands; so this does not live in one.

use super::catalogue::{Catalogue, Language, Part, Text};
use super::locale::{Dir, Locale, SOURCE};
use super::format;
use crate::browser::intl;
use leptos::prelude::*;
use std::cell::RefCell;

/// The language in use and what it is formatted by.
pub struct State {
    /// Which language.
    pub locale: Locale,
    /// Its sentences.
    pub catalogue: Catalogue,
    /// IANA name of the customer's zone; absent means the browser's.
    pub time_zone: Option<String>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State {
        locale: Locale { tag: SOURCE.to_owned(), dir: Dir::Ltr },
        catalogue: Catalogue::default(),
        time_zone: None,
    });
    static CHANGED: ArcTrigger = ArcTrigger::new();
}

/// Reads the state. A reader is not told of changes one by one: whoever draws the screen follows [`track`].
pub fn read<R>(reader: impl FnOnce(&State) -> R) -> R {
    STATE.with_borrow(reader)
}

/// Makes the caller (an effect, a memo, a view) run again when the language or the zone changes.
pub fn track() {
    CHANGED.with(Track::track);
}

/// Changes the state; whoever follows it runs again.
pub fn change(writer: impl FnOnce(&mut State)) {
    STATE.with_borrow_mut(writer);
    intl::forget();
    CHANGED.with(Notify::notify);
}

struct InUse<'a>(&'a State);

impl Language for InUse<'_> {
    fn category(&self, count: f64, in_source: bool) -> String {
        let tag = if in_source { SOURCE } else { &self.0.locale.tag };
        format::plural_category(tag, count)
    }

    fn number(&self, number: f64) -> String {
        format::number_in(&self.0.locale.tag, number)
    }

    fn is_rtl(&self) -> bool {
        self.0.locale.dir == Dir::Rtl
    }
}

/// The sentence, in the language in use.
#[must_use]
pub fn t(text: Text) -> String {
    read(|state| state.catalogue.render(&text, &InUse(state)))
}

/// The sentence in pieces, for a view that gives its arguments elements of their own.
#[must_use]
pub fn parts(text: &Text) -> Vec<Part> {
    read(|state| state.catalogue.parts(text, &InUse(state)))
}

/// The tag of the language in use.
pub fn tag() -> String {
    read(|state| state.locale.tag.clone())
}
