//! A list that is read page by page: what is there stays while more, or the same anew, is on its way, and when that fails.

use crate::api::{Api, PortalClient};
use crate::browser::focus;
use crate::browser::task::{self, Handle};
use crate::i18n::{Text, t, text};
use crate::loading::failure;
use crate::ui::Button;
use leptos::html;
use portal_client::ApiError;
use portal_contract::{Cursor, Page};
use portal_markup::prelude::*;
use portal_markup::{Show, effect, memo, view};
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Where a list stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Paging {
    /// Its first page is on its way; what was there before is still shown.
    Beginning,
    /// The next page is on its way.
    Continuing,
    /// There is more.
    More,
    /// That is everything.
    Complete,
    /// The last request failed; what is there stays.
    Failed(ApiError),
}

type Answer<T> = Pin<Box<dyn Future<Output = Result<Page<T>, ApiError>>>>;

/// Asks for the page that begins at a cursor, or for the first.
type Ask<T> = Rc<dyn Fn(Option<Cursor>) -> Answer<T>>;

/// A list and its next page. It lives with the screen: leaving gives up what is on its way.
pub struct Pages<T: 'static> {
    items: RwSignal<Vec<T>>,
    paging: RwSignal<Paging>,
    fresh: RwSignal<Option<Page<T>>>,
    /// Where the next page begins.
    next: StoredValue<Option<Cursor>>,
    /// What was asked for last, to ask for it again.
    asked: StoredValue<Option<Cursor>>,
    ask: StoredValue<Ask<T>, LocalStorage>,
    work: StoredValue<Option<Handle>, LocalStorage>,
    look: StoredValue<Option<Handle>, LocalStorage>,
    epoch: StoredValue<u32>,
    id: fn(&T) -> &str,
}

impl<T> Clone for Pages<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pages<T> {}

/// A list as it was left, to go on from there.
#[derive(Clone, Debug)]
pub struct Left<T> {
    items: Vec<T>,
    next: Option<Cursor>,
}

impl<T> Left<T> {
    /// The item at this place.
    #[must_use]
    pub fn item(&self, at: usize) -> Option<&T> {
        self.items.get(at)
    }
}

/// What folding the fresh first page in did to the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folded {
    /// These items changed where they stand.
    InPlace(Vec<usize>),
    /// Items came, went or changed their places.
    Moved,
}

impl<T: Clone + PartialEq + 'static> Pages<T> {
    /// A list of which nothing was asked for yet. `id` tells its items apart; `ask` asks for the page at a cursor, or for
    /// the first.
    pub fn new<F>(
        api: Api,
        id: fn(&T) -> &str,
        ask: impl Fn(PortalClient, Option<Cursor>) -> F + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Page<T>, ApiError>> + 'static,
    {
        let ask = move |cursor| -> Answer<T> { Box::pin(ask(api.client(), cursor)) };
        Self {
            items: RwSignal::new(Vec::new()),
            paging: RwSignal::new(Paging::Beginning),
            fresh: RwSignal::new(None),
            next: StoredValue::new(None),
            asked: StoredValue::new(None),
            ask: StoredValue::new_local(Rc::new(ask)),
            work: StoredValue::new_local(None),
            look: StoredValue::new_local(None),
            epoch: StoredValue::new(0),
            id,
        }
    }

    /// What is there.
    #[must_use]
    pub fn items(self) -> ReadSignal<Vec<T>> {
        self.items.read_only()
    }

    /// Where it stands.
    #[must_use]
    pub fn paging(self) -> ReadSignal<Paging> {
        self.paging.read_only()
    }

    /// Changes whenever the list became another one, and not merely longer.
    #[must_use]
    pub fn epoch(self) -> u32 {
        self.epoch.get_value()
    }

    /// Whether it was the first page that was asked for last.
    #[must_use]
    pub fn asked_for_first(self) -> bool {
        self.asked.with_value(Option::is_none)
    }

    /// Asks for the first page. What is there stays until that has come.
    pub fn begin(self) {
        self.read(None);
    }

    /// Asks for the next page, if there is one and nothing is on its way.
    pub fn load_more(self) {
        if self.paging.with_untracked(|paging| *paging == Paging::More) {
            self.read(self.next.get_value());
        }
    }

    /// Asks again for what failed.
    pub fn retry(self) {
        self.read(self.asked.get_value());
    }

    fn read(self, cursor: Option<Cursor>) {
        self.asked.set_value(cursor.clone());
        let anew = cursor.is_none();
        if anew {
            // A look that is still on its way is at what stood there before.
            self.look.set_value(None);
        }
        self.paging.set(if anew {
            Paging::Beginning
        } else {
            Paging::Continuing
        });
        let answer = self.ask.with_value(|ask| ask(cursor));
        let work = task::spawn(async move {
            match answer.await {
                Ok(page) => self.take(page, anew),
                Err(error) => self.paging.set(Paging::Failed(error)),
            }
        });
        self.work.set_value(Some(work));
    }

    fn take(self, page: Page<T>, anew: bool) {
        if anew {
            self.fresh.set(None);
            self.replace(page.items);
        } else {
            self.items.update(|items| items.extend(page.items));
        }
        self.stands_at(page.next_cursor);
    }

    fn replace(self, items: Vec<T>) {
        self.epoch.update_value(|epoch| *epoch += 1);
        self.items.set(items);
    }

    fn stands_at(self, next: Option<Cursor>) {
        self.paging.set(if next.is_some() {
            Paging::More
        } else {
            Paging::Complete
        });
        self.next.set_value(next);
    }

    /// Looks whether something is new, without touching what is shown: the answer waits in [`fresh`](Self::fresh).
    pub fn look(self) {
        let answer = self.ask.with_value(|ask| ask(None));
        // A look that fails says nothing: the next change looks again.
        let look = task::spawn(async move {
            if let Ok(page) = answer.await {
                self.fresh.set(Some(page));
            }
        });
        self.look.set_value(Some(look));
    }

    /// The first page as it is now, when it was looked at and not folded in yet.
    #[must_use]
    pub fn fresh(self) -> ReadSignal<Option<Page<T>>> {
        self.fresh.read_only()
    }

    /// How many items of the fresh page are new or other than shown, and whether each stands where it stood.
    #[must_use]
    pub fn news(self) -> (usize, bool) {
        self.fresh.with_untracked(|fresh| {
            let fresh = fresh.as_ref().map_or(&[][..], |fresh| &fresh.items);
            self.items.with_untracked(|items| {
                let news = fresh.iter().filter(|item| !items.contains(item)).count();
                (news, same_beginning(items, fresh, self.id))
            })
        })
    }

    /// Puts what is fresh before the rest.
    pub fn fold_in(self) -> Folded {
        let Some(fresh) = self.fresh.try_update(Option::take).flatten() else {
            return Folded::InPlace(Vec::new());
        };
        if self
            .items
            .with_untracked(|items| same_beginning(items, &fresh.items, self.id))
        {
            return Folded::InPlace(self.put_over(fresh.items));
        }
        match self
            .items
            .with_untracked(|items| folded(items, &fresh.items, self.id))
        {
            Some(items) => self.replace(items),
            // More than a page is new: between it and the rest something would be missing.
            None => {
                self.replace(fresh.items);
                self.stands_at(fresh.next_cursor);
            }
        }
        Folded::Moved
    }

    fn put_over(self, fresh: Vec<T>) -> Vec<usize> {
        let mut changed = Vec::new();
        let put = |items: &mut Vec<T>| {
            for (at, (old, new)) in items.iter_mut().zip(fresh).enumerate() {
                if *old != new {
                    *old = new;
                    changed.push(at);
                }
            }
            !changed.is_empty()
        };
        self.items.maybe_update(put);
        changed
    }

    /// Puts an item of the customer's own doing first, before the server is asked again.
    pub fn put_first(self, item: T) {
        self.items.update(|items| {
            items.retain(|known| (self.id)(known) != (self.id)(&item));
            items.insert(0, item);
        });
    }

    /// The list as it is now, to be kept; nothing before its first page has come.
    #[must_use]
    pub fn kept(self) -> Option<Left<T>> {
        self.left(self.items.get_untracked())
    }

    /// The list, to be kept while another screen is shown. It is taken out: nobody reads it here any more.
    #[must_use]
    pub fn leave(self) -> Option<Left<T>> {
        let taken = self
            .items
            .try_maybe_update(|items| (false, std::mem::take(items)));
        self.left(taken?)
    }

    fn left(self, items: Vec<T>) -> Option<Left<T>> {
        let is_another = self.asked_for_first()
            && self
                .paging
                .with_untracked(|paging| matches!(paging, Paging::Beginning | Paging::Failed(_)));
        (!items.is_empty() && !is_another).then(|| Left {
            items,
            next: self.next.get_value(),
        })
    }

    /// Goes on from where it was left.
    pub fn resume(self, left: Left<T>) {
        self.work.set_value(None);
        self.fresh.set(None);
        self.replace(left.items);
        self.stands_at(left.next);
    }
}

fn same_beginning<T>(items: &[T], fresh: &[T], id: fn(&T) -> &str) -> bool {
    fresh.len() <= items.len() && items.iter().zip(fresh).all(|(old, new)| id(old) == id(new))
}

/// The fresh first page and behind it what else was there; `None` when the two do not touch.
fn folded<T: Clone>(items: &[T], fresh: &[T], id: fn(&T) -> &str) -> Option<Vec<T>> {
    let known: HashSet<&str> = fresh.iter().map(id).collect();
    let rest: Vec<T> = items
        .iter()
        .filter(|item| !known.contains(id(item)))
        .cloned()
        .collect();
    let touches = items.is_empty() || rest.len() < items.len();
    touches.then(|| [fresh, &rest].concat())
}

/// What stands at the end of a list: a button for more, which keeps the focus and tries again where that failed; and
/// nothing once everything is there.
#[component]
pub fn MoreButton(
    /// Where the list stands.
    paging: ReadSignal<Paging>,
    /// The word for asking for more.
    label: Text,
    /// Says that the next page could not be loaded.
    failed: Text,
    /// Asks for the next page.
    #[prop(into)]
    on_more: Callback<()>,
    /// Asks again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let is_pressed = RwSignal::new(false);
    let press = Callback::new(move |()| {
        is_pressed.set(true);
        match paging.get_untracked() {
            Paging::Failed(_) => on_retry.run(()),
            Paging::Beginning | Paging::Continuing | Paging::More | Paging::Complete => {
                on_more.run(());
            }
        }
    });
    // More of it stands before the button: who does not see that is told.
    let said = move || {
        let has_come = is_pressed.get() && paging.with(|paging| *paging == Paging::More);
        has_come.then(|| t(text::LIST_MORE))
    };
    let node = NodeRef::<html::P>::new();
    // With the last page goes the button that was pressed, and with it the focus.
    effect(move || {
        if let (Some(end), true) = (node.get(), focus::is_lost()) {
            focus::element(&end);
        }
    });
    let word = Signal::derive(move || {
        t(match paging.get() {
            Paging::Failed(_) => text::FAILURE_RETRY,
            Paging::Continuing => text::LOADING,
            Paging::Beginning | Paging::More | Paging::Complete => label.clone(),
        })
    });
    let why = move || match paging.get() {
        Paging::Failed(error) => {
            Some(view! { <p>{failed.clone()} " " {failure(&error).sentence}</p> })
        }
        Paging::Beginning | Paging::Continuing | Paging::More | Paging::Complete => None,
    };
    let role = move || match paging.get() {
        Paging::Failed(error) => failure(&error).is_alert.then_some("alert"),
        Paging::Beginning | Paging::Continuing | Paging::More | Paging::Complete => Some("alert"),
    };
    let pending = Signal::derive(move || paging.with(|paging| *paging == Paging::Continuing));
    let is_complete = memo(move || paging.with(|paging| *paging == Paging::Complete));
    let end = move || {
        let has_ended = is_pressed.get() && is_complete.get();
        has_ended.then(|| {
            view! {
                <p class="card__empty" tabindex="-1" node_ref=node>
                    {text::LIST_END}
                </p>
            }
        })
    };
    view! {
        <div role=role>{why}</div>
        <p class="visually-hidden" role="status">
            {said}
        </p>
        {end}
        <Show when=move || !is_complete.get()>
            <Button pending=pending on_press=press>
                {word}
            </Button>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Item = (&'static str, u8);

    fn id(item: &Item) -> &str {
        item.0
    }

    #[test]
    fn what_is_fresh_stands_before_the_rest_once() {
        let items = [("c", 1), ("b", 1), ("a", 1)];
        assert_eq!(
            folded(&items, &[("b", 2), ("d", 2), ("c", 1)], id),
            Some(vec![("b", 2), ("d", 2), ("c", 1), ("a", 1)])
        );
    }

    #[test]
    fn a_first_page_that_does_not_touch_the_rest_is_not_put_before_it() {
        assert_eq!(folded(&[("a", 1)], &[("x", 1)], id), None);
        assert_eq!(folded(&[], &[("x", 1)], id), Some(vec![("x", 1)]));
    }

    #[test]
    fn a_change_within_an_item_moves_nothing() {
        let items = [("c", 1), ("b", 1), ("a", 1)];
        assert!(same_beginning(&items, &[("c", 2), ("b", 1)], id));
        assert!(!same_beginning(&items, &[("b", 2), ("c", 1)], id));
        assert!(!same_beginning(&[("a", 1)], &[("a", 1), ("b", 1)], id));
    }
}
