//! What the history was like when it was left, so that Back shows the same rows in the same place.

use super::plan::{Plan, Window};
use crate::browser::viewport;
use crate::loading::Left;
use crate::routes::{Route, filter_of};
use crate::session::use_session;
use portal_contract::InteractionId;
use portal_contract::filter::InteractionFilter;
use portal_contract::interaction::InteractionSummary;
use portal_markup::prelude::*;
use portal_markup::{effect, memo};

/// So many lists are kept: one, and those that Back leads to from it.
const KEPT: usize = 4;

/// A list as it was left.
#[derive(Clone)]
pub struct Kept {
    /// Its rows.
    pub left: Left<InteractionSummary>,
    /// Their order and heights.
    pub plan: Plan,
    /// Which of them were in the document.
    pub window: Window,
    /// How far the page was scrolled.
    pub scroll: f64,
    /// The row that was opened.
    pub opened: Option<InteractionId>,
}

/// The lists that were left in this tab. They stay in memory alone, and go with the customer.
#[derive(Clone, Copy)]
pub struct Memory {
    lists: StoredValue<Vec<(InteractionFilter, Kept)>>,
    /// Where Back or Forward last led to, as it stands in the address bar: what it says is read by the list alone, so that no other
    /// screen carries the reading of it.
    back_at: StoredValue<Option<String>>,
}

/// Makes the memory known to everything below, empty.
pub fn provide_memory() {
    let memory = Memory {
        lists: StoredValue::new(Vec::new()),
        back_at: StoredValue::new(None),
    };
    provide_context(memory);
    viewport::on_back(move |address| memory.back_at.set_value(Some(address)));
    let session = use_session().signal();
    let subject = memo(move || {
        session.with(|session| session.customer().map(|customer| customer.subject.clone()))
    });
    effect(move || {
        subject.track();
        memory.lists.set_value(Vec::new());
    });
}

/// The memory.
pub fn use_memory() -> Memory {
    expect_context()
}

fn filter_at(address: &str) -> Option<InteractionFilter> {
    let (path, search) = address.split_once('?').unwrap_or((address, ""));
    (path.trim_end_matches('/') == Route::interactions().href()).then(|| filter_of(search).0)
}

impl Memory {
    /// Whether Back or Forward led to this list and it is known.
    pub fn knows(self, filter: &InteractionFilter) -> bool {
        let came_back = self
            .back_at
            .with_value(|at| at.as_deref().and_then(filter_at).as_ref() == Some(filter));
        came_back
            && self
                .lists
                .with_value(|lists| lists.iter().any(|(known, _)| known == filter))
    }

    /// The list as it was left, when Back or Forward led to it.
    pub fn take(self, filter: &InteractionFilter) -> Option<Kept> {
        let knows = self.knows(filter);
        self.back_at.set_value(None);
        let take = |lists: &mut Vec<(InteractionFilter, Kept)>| {
            let at = lists.iter().position(|(known, _)| known == filter)?;
            Some(lists.remove(at).1)
        };
        if knows {
            self.lists.try_update_value(take).flatten()
        } else {
            None
        }
    }

    /// Keeps a list that is left.
    pub fn keep(self, filter: InteractionFilter, list: Kept) {
        self.lists.update_value(|lists| {
            lists.retain(|(known, _)| *known != filter);
            lists.push((filter, list));
            if lists.len() > KEPT {
                lists.remove(0);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_to_the_history_is_told_by_its_filter_whatever_the_spelling_of_the_address() {
        let filter = InteractionFilter {
            q: Some("late bill".into()),
            ..InteractionFilter::default()
        };
        assert_eq!(filter_at("/interactions?q=late+bill&utm=1"), Some(filter));
        assert_eq!(
            filter_at("/interactions/"),
            Some(InteractionFilter::default())
        );
        assert_eq!(filter_at("/interactions/int_1"), None);
        assert_eq!(filter_at("/"), None);
    }
}
