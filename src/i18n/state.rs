//! The language in use: one per tab, and therefore per thread. A sentence is also written by event handlers and after an
//! `await`, where no reactive context stands; so this does not live in one.

use super::catalogue::{Catalogue, Language, Text};
use super::format;
use super::locale::{Dir, Locale, SOURCE};
use crate::browser::intl;
use leptos::reactive::graph::Observer;
use portal_markup::prelude::*;
use portal_markup::{Child, View};
use std::cell::RefCell;

/// The language in use and what it is formatted by.
pub struct State {
    /// Which language.
    pub locale: Locale,
    /// BCP 47 tag by which dates and numbers are written: the language in use as the reader's region writes it.
    pub formats: String,
    /// Its sentences.
    pub catalogue: Catalogue,
    /// IANA name of the customer's zone; absent means the browser's.
    pub time_zone: Option<String>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State {
        locale: Locale { tag: SOURCE.to_owned(), dir: Dir::Ltr },
        formats: SOURCE.to_owned(),
        catalogue: Catalogue::default(),
        time_zone: None,
    });
    static CHANGED: ArcTrigger = ArcTrigger::new();
}

/// Reads the state. A reader is not told of changes one by one: whoever draws the screen calls [`follow`].
pub fn read<R>(reader: impl FnOnce(&State) -> R) -> R {
    STATE.with_borrow(reader)
}

/// Makes the caller run again when the language or the zone changes, if it is one that can (an effect, a memo, a view).
pub fn follow() {
    if Observer::get().is_some() {
        CHANGED.with(Track::track);
    }
}

/// Changes the state; whoever follows it runs again.
pub fn change(writer: impl FnOnce(&mut State)) {
    STATE.with_borrow_mut(writer);
    intl::forget();
    CHANGED.with(Notify::notify);
}

/// Adds sentences of a screen that is about to be drawn; what is drawn already needs none of them.
pub fn add(adder: impl FnOnce(&mut Catalogue)) {
    STATE.with_borrow_mut(|state| adder(&mut state.catalogue));
}

struct InUse<'a>(&'a State);

impl Language for InUse<'_> {
    fn category(&self, count: f64, in_source: bool) -> String {
        let tag = if in_source { SOURCE } else { &self.0.formats };
        format::plural_category(tag, count)
    }

    fn number(&self, number: f64) -> String {
        format::number_in(&self.0.formats, number)
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

/// In markup a sentence stands as it is.
impl Child for Text {
    fn put(self, parent: &View) {
        parent.text(&t(self));
    }
}

/// The tag by which dates and numbers are written.
pub fn formats() -> String {
    read(|state| state.formats.clone())
}
