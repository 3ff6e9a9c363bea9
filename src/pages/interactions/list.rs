//! The list behind the timeline: its pages, which rows are in the document, and where the reader is.

use super::memory::{Kept, Memory};
use super::plan::{ALL_UP_TO, Plan, Window};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::{focus, page, viewport};
use crate::i18n::{Text, day_key, text};
use crate::live::use_live;
use crate::loading::{Folded, Left, Pages, Paging};
use leptos::html;
use portal_client::ApiError;
use portal_contract::filter::InteractionFilter;
use portal_contract::interaction::InteractionSummary;
use portal_markup::prelude::*;
use portal_markup::{effect, memo};

/// Rows this near the viewport are in the document too, in pixels: scrolling meets what is there already.
const MARGIN: f64 = 1_000.0;

/// The list of one visit to the screen.
#[derive(Clone, Copy)]
pub struct List {
    /// What was loaded.
    pub pages: Pages<InteractionSummary>,
    /// Its order.
    pub plan: RwSignal<Plan>,
    /// What of it stands in the document.
    pub window: RwSignal<Window>,
    /// The element around all months.
    pub element: NodeRef<html::Div>,
    /// How many new answers wait to be shown.
    pub news: RwSignal<usize>,
    filter: StoredValue<InteractionFilter>,
    memory: Memory,
    /// The row that was last pressed or had the focus.
    opened: StoredValue<Option<usize>>,
    scroll: StoredValue<f64>,
    /// Whether what comes is the answer to another filter, and is to be told.
    asked: StoredValue<bool>,
    /// Where to go as soon as the rows stand in the document.
    going_to: StoredValue<Option<f64>>,
    watches: StoredValue<Vec<viewport::Watch>, LocalStorage>,
}

/// What is shown of the list.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// Nothing yet.
    Waiting,
    /// It could not be loaded.
    Failed(ApiError),
    /// There is nothing.
    Empty,
    /// Its rows.
    Rows,
}

impl List {
    /// The list of a filter: as it was left when Back leads to it, otherwise from its beginning.
    pub fn new(filter: Memo<InteractionFilter>, memory: Memory) -> Self {
        let first = filter.get_untracked();
        let stored = StoredValue::new(first.clone());
        let id: fn(&InteractionSummary) -> &str = |item| item.id.as_str();
        let pages = Pages::new(use_api(), id, move |client, cursor| {
            let filter = stored.get_value();
            client.interactions(&filter, cursor.as_ref())
        });
        let list = Self {
            pages,
            plan: RwSignal::new(Plan::default()),
            window: RwSignal::new(Window::default()),
            element: NodeRef::new(),
            news: RwSignal::new(0),
            filter: stored,
            memory,
            opened: StoredValue::new(None),
            scroll: StoredValue::new(0.0),
            asked: StoredValue::new(false),
            going_to: StoredValue::new(None),
            watches: StoredValue::new_local(Vec::new()),
        };
        list.show(first);
        list.follow(filter);
        list
    }

    fn follow(self, filter: Memo<InteractionFilter>) {
        effect(move || {
            let filter = filter.get();
            if self.filter.with_value(|shown| *shown != filter) {
                self.asked.set_value(true);
                self.keep(self.pages.kept());
                self.show(filter);
            }
        });
        effect(move || self.arrange());
        effect(move || self.tell_what_was_found());
        let fresh = self.pages.fresh();
        effect(move || {
            if fresh.with(Option::is_some) {
                untrack(|| self.take_news());
            }
        });
        use_live().on_any_interaction(move || self.pages.look());
        let moved = viewport::on_move(move || {
            self.scroll.set_value(page::scroll_position());
            self.refresh_window();
        });
        let printed =
            viewport::on_print(move || self.show_every_row(), move || self.refresh_window());
        self.watches.set_value(vec![moved, printed]);
        viewport::keep_place(true);
        on_cleanup(move || {
            // Only then the next screen has an entry of its own in the history.
            viewport::next_frame(|| viewport::keep_place(false));
            self.keep(self.pages.leave());
        });
    }

    fn show(self, filter: InteractionFilter) {
        let kept = self.memory.take(&filter);
        self.filter.set_value(filter);
        self.news.set(0);
        match kept {
            Some(kept) => self.resume(kept),
            None => self.pages.begin(),
        }
    }

    fn resume(self, kept: Kept) {
        let Kept {
            left,
            plan,
            window,
            scroll,
            opened,
        } = kept;
        self.pages.resume(left);
        let epoch = self.pages.epoch();
        let row = opened.and_then(|id| {
            self.pages
                .items()
                .with_untracked(|items| items.iter().position(|item| item.id == id))
        });
        let pinned = row.and_then(|row| plan.block_of(row));
        self.plan.update(|now| now.adopt(plan, epoch));
        self.window.set(Window { pinned, ..window });
        self.opened.set_value(row);
        self.scroll.set_value(scroll);
        self.going_to.set_value(Some(scroll));
        // It may have changed meanwhile, if only by having been read.
        self.pages.look();
    }

    /// Called as soon as the rows stand in the document: goes to where the reader was.
    pub fn stands(self) {
        let Some(scroll) = self.going_to.try_update_value(Option::take).flatten() else {
            return;
        };
        page::scroll_to(scroll);
        if let (Some(element), Some(row)) = (self.element.get_untracked(), self.opened.get_value())
        {
            viewport::focus_row(&element, row);
        }
    }

    /// Keeps the list, for Back.
    fn keep(self, left: Option<Left<InteractionSummary>>) {
        if let Some(left) = left {
            let opened = self
                .opened
                .get_value()
                .and_then(|row| left.item(row))
                .map(|item| item.id.clone());
            let (plan, window) = (self.plan.get_untracked(), self.window.get_untracked());
            self.memory.keep(
                self.filter.get_value(),
                Kept {
                    left,
                    plan,
                    window,
                    scroll: self.scroll.get_value(),
                    opened,
                },
            );
        }
        self.opened.set_value(None);
    }

    /// Notes the row that something happened in.
    pub fn note(self, row: Option<usize>) {
        if row.is_some() {
            self.opened.set_value(row);
        }
    }

    /// Arranges what was loaded by months. Not a memo: a plan of a hundred thousand rows grows, and is not made anew.
    fn arrange(self) {
        self.pages.items().with(|items| {
            let epoch = self.pages.epoch();
            self.plan.update(|plan| {
                if plan.generation() != epoch {
                    plan.clear(epoch);
                }
                let added = items.get(plan.rows()..).unwrap_or(&[]);
                plan.append(added.iter().map(month_of));
            });
        });
        self.show_short_list();
        // The months of what was added stand in the document by then.
        viewport::next_frame(move || self.refresh_window());
    }

    /// Puts the rows near the viewport into the document, and takes the others out after measuring them.
    pub fn refresh_window(self) {
        let Some(Some(element)) = self.element.try_get_untracked() else {
            return;
        };
        let tops = viewport::tops(&element, ".rows");
        let (blocks, pinned) = self.plan.with_untracked(|plan| {
            let focused = viewport::focused_row(&element).and_then(|row| plan.block_of(row));
            (
                plan.near(&tops, -MARGIN, viewport::height() + MARGIN),
                focused,
            )
        });
        let next = Window { blocks, pinned };
        let now = self.window.get_untracked();
        if next != now {
            self.measure(&now, &next, |first, last| {
                viewport::span(&element, first, last)
            });
            self.window.set(next);
        }
    }

    fn show_short_list(self) {
        if self.plan.with_untracked(|plan| plan.rows() <= ALL_UP_TO) {
            self.show_every_row();
        }
    }

    fn show_every_row(self) {
        let blocks = self.plan.with_untracked(Plan::every_block);
        self.window.update(|window| window.blocks = blocks);
    }

    /// The heights of the blocks that leave. They are no news: nothing that is shown depends on them before the window does.
    fn measure(self, now: &Window, next: &Window, height: impl Fn(usize, usize) -> Option<f64>) {
        self.plan.update_untracked(|plan| {
            for block in now
                .blocks
                .clone()
                .filter(|block| !next.blocks.contains(block))
            {
                let rows = plan.rows_of(block);
                if let Some(height) = rows
                    .end
                    .checked_sub(1)
                    .and_then(|last| height(rows.start, last))
                {
                    plan.measured(block, height);
                }
            }
        });
    }

    /// What came since the list was loaded: at once where nothing would move under the reader, otherwise when asked for.
    fn take_news(self) {
        let (news, in_place) = self.pages.news();
        let at_top = page::scroll_position() <= 0.0
            && self
                .element
                .get_untracked()
                .is_none_or(|list| viewport::focused_row(&list).is_none());
        if in_place || news == 0 {
            self.fold_in();
        } else {
            let announcer = use_announcer();
            announcer.say(text::interactions_new(news));
            if at_top {
                self.fold_in()
            } else {
                self.news.set(news)
            }
        }
    }

    fn fold_in(self) {
        self.news.set(0);
        match self.pages.fold_in() {
            Folded::InPlace(changed) if changed.is_empty() => {}
            Folded::InPlace(changed) => {
                self.plan
                    .update(|plan| changed.into_iter().for_each(|row| plan.touch(row)));
                self.keep_focus();
            }
            Folded::Moved => {}
        }
    }

    /// A row that was drawn again has lost the focus that it had.
    fn keep_focus(self) {
        viewport::next_frame(move || {
            if let (true, Some(Some(element)), Some(Some(row))) = (
                focus::is_lost(),
                self.element.try_get_untracked(),
                self.opened.try_get_value(),
            ) {
                viewport::focus_row(&element, row);
            }
        });
    }

    /// Shows what is new: at the top, where it stands.
    pub fn show_news(self) {
        self.fold_in();
        page::scroll_to(0.0);
        viewport::next_frame(move || {
            if let Some(Some(element)) = self.element.try_get_untracked() {
                viewport::focus_row(&element, 0);
            }
        });
    }

    /// What is shown.
    pub fn phase(self) -> Memo<Phase> {
        let Self { pages, .. } = self;
        memo(move || {
            let empty = pages.items().with(Vec::is_empty);
            match pages.paging().get() {
                Paging::Failed(error) if empty || pages.asked_for_first() => Phase::Failed(error),
                Paging::Beginning if empty => Phase::Waiting,
                Paging::Complete | Paging::More if empty => Phase::Empty,
                Paging::Beginning
                | Paging::Continuing
                | Paging::More
                | Paging::Complete
                | Paging::Failed(_) => Phase::Rows,
            }
        })
    }

    /// How many were found; nothing while that is not known.
    pub fn found(self) -> Option<Text> {
        let count = self.pages.items().with(Vec::len);
        match self.pages.paging().get() {
            Paging::Complete if count == 0 => Some(text::INTERACTIONS_NONE_TITLE),
            Paging::Complete => Some(text::interactions_found(count)),
            Paging::More | Paging::Continuing => Some(text::interactions_found_so_far(count)),
            Paging::Beginning | Paging::Failed(_) => None,
        }
    }

    /// Once for each change of the filter; a failure speaks for itself.
    fn tell_what_was_found(self) {
        if let Some(found) = self.found()
            && self.asked.get_value()
        {
            self.asked.set_value(false);
            use_announcer().say(found);
        }
    }
}

fn month_of(item: &InteractionSummary) -> String {
    let mut day = day_key(&item.updated_at);
    day.truncate(7);
    day
}
