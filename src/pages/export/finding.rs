//! Which conversations of the export are listed: those of a year, and those in which every word of a search stands.

use super::Stage;
use super::history::{History, words_of};
use super::opening::Opened;
use crate::browser::bytes::Pace;
use crate::browser::task::{self, Handle};
use crate::i18n::day_key;
use crate::routes::InExport;
use portal_contract::Timestamp;
use portal_markup::prelude::*;
use portal_markup::{effect, memo};
use std::rc::Rc;

/// What was found, in order.
pub type Found = Rc<Vec<usize>>;

/// The search of one visit.
#[derive(Clone, Copy)]
pub struct Finding {
    /// Nothing while it is looked for.
    found: RwSignal<Option<Found>>,
}

impl Finding {
    /// Follows what is open and what the address asks for.
    pub fn new(stage: RwSignal<Stage>, place: Memo<InExport>) -> Self {
        let finding = Self {
            found: RwSignal::new(None),
        };
        let asked = memo(move || place.with(|place| (place.q.clone(), place.year.clone())));
        let looking = StoredValue::new_local(None::<Handle>);
        effect(move || {
            let opened = stage.with(|stage| match stage {
                Stage::Open(opened) => Some(Rc::clone(opened)),
                Stage::Opening | Stage::Refused(_) => None,
            });
            let (q, year) = asked.get();
            let words = words_of(q.as_deref().unwrap_or(""));
            looking.set_value(opened.map(|opened| {
                task::spawn(async move {
                    let found = find(&opened, &words, year.as_deref()).await;
                    finding.found.set(Some(Rc::new(found)));
                })
            }));
        });
        finding
    }

    /// What was found; nothing before the first time.
    pub fn found(self) -> RwSignal<Option<Found>> {
        self.found
    }
}

async fn find(opened: &Opened, words: &[String], year: Option<&str>) -> Vec<usize> {
    let Some(history) = &opened.history else {
        return Vec::new();
    };
    let mut pace = Pace::default();
    let mut found = Vec::new();
    for place in history.in_order() {
        let is_of_year = year.is_none_or(|year| {
            history
                .get(*place)
                .is_some_and(|it| year_of(&it.started_at) == year)
        });
        if is_of_year && history.holds(*place, words) {
            found.push(*place);
        }
        pace.rest().await;
    }
    found
}

/// The years in which conversations began, the newest first, with how many did.
pub fn years(history: &History) -> Vec<(String, usize)> {
    let mut years: Vec<(String, usize)> = Vec::new();
    for conversation in history
        .in_order()
        .iter()
        .filter_map(|place| history.get(*place))
    {
        let year = year_of(&conversation.started_at);
        match years.iter_mut().find(|(known, _)| *known == year) {
            Some((_, count)) => *count += 1,
            None => years.push((year, 1)),
        }
    }
    years
}

/// The year in the reader's zone. Only around New Year that is another than the year in Greenwich, and worth asking.
fn year_of(at: &Timestamp) -> String {
    let day = at.day();
    let near_new_year = day.ends_with("-12-31") || day.ends_with("-01-01");
    let mut year = if near_new_year {
        day_key(at)
    } else {
        day.to_owned()
    };
    year.truncate(4);
    year
}
