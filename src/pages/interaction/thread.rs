use super::Context;
use super::entries::{Day, Entry, days};
use super::letter;
use crate::api::use_api;
use crate::browser::clock;
use crate::i18n::{day_heading, day_key, text};
use crate::loading::{ErrorPanel, MoreButton, Pages, Paging};
use portal_contract::InteractionId;
use portal_contract::interaction::Interaction;
use portal_contract::message::Message;
use portal_markup::prelude::*;
use portal_markup::{For, effect, memo, view};

/// The messages of an interaction, the newest first as they are loaded.
#[derive(Clone, Copy)]
pub struct Thread(Pages<Message>);

impl Thread {
    /// The thread of this interaction; its newest messages are on their way.
    #[must_use]
    pub fn new(id: InteractionId) -> Self {
        let pages = Pages::new(
            use_api(),
            |message: &Message| message.id.as_str(),
            move |client, cursor| {
                let id = id.clone();
                client.messages(&id, cursor.as_ref())
            },
        );
        pages.begin();
        Self(pages)
    }

    /// Looks for new messages; they are told to [`on_new`](Self::on_new).
    pub fn refresh(self) {
        self.0.look();
    }

    /// Puts new messages into the thread as they are found, and runs `then` with those that were not there.
    pub fn on_new(self, then: impl Fn(Vec<Message>) + 'static) {
        let pages = self.0;
        let fresh = pages.fresh();
        effect(move || {
            let Some(found) = fresh.with(|fresh| fresh.as_ref().map(|page| page.items.clone()))
            else {
                return;
            };
            let unknown = |message: &Message| {
                pages
                    .items()
                    .with_untracked(|items| items.iter().all(|known| known.id != message.id))
            };
            let new: Vec<Message> = found.into_iter().filter(unknown).collect();
            pages.fold_in();
            if !new.is_empty() {
                untrack(|| then(new));
            }
        });
    }

    /// A message that was just sent.
    pub fn add(self, message: Message) {
        self.0.put_first(message);
    }
}

/// The thread, from its oldest loaded day to its newest.
#[component]
pub fn ThreadView(context: Context, about: Signal<Interaction>) -> impl IntoView {
    let Thread(pages) = context.thread;
    let (items, paging) = (pages.items(), pages.paging());
    let grouped = memo(move || {
        let has_earlier = paging.with(|paging| *paging != Paging::Complete);
        items.with(|items| about.with(|about| days(items, about, has_earlier, day_key)))
    });
    let is_empty = memo(move || items.with(Vec::is_empty));
    let failed = move || match paging.get() {
        Paging::Failed(error) if is_empty.get() => {
            let retry = Callback::new(move |()| pages.retry());
            Some(view! { <ErrorPanel title=text::THREAD_FAILED error=error on_retry=retry /> })
        }
        Paging::Failed(_)
        | Paging::Beginning
        | Paging::Continuing
        | Paging::More
        | Paging::Complete => None,
    };
    let nothing = move || {
        let none = is_empty.get() && paging.with(|paging| *paging == Paging::Complete);
        none.then(|| view! { <p class="soft">{text::THREAD_EMPTY}</p> })
    };
    let has_earlier =
        memo(move || !is_empty.get() && paging.with(|paging| *paging != Paging::Complete));
    let earlier = move || {
        has_earlier.get().then(|| {
            view! {
                <div class="more">
                    <MoreButton
                        paging=paging
                        label=text::THREAD_EARLIER_SOME
                        failed=text::THREAD_EARLIER_FAILED
                        on_more=Callback::new(move |()| pages.load_more())
                        on_retry=Callback::new(move |()| pages.retry())
                    />
                </div>
            }
        })
    };
    let busy = move || {
        paging
            .with(|paging| matches!(paging, Paging::Beginning | Paging::Continuing))
            .then_some("true")
    };
    view! {
        <div class="thread" aria-busy=busy>
            {failed}
            {nothing}
            {earlier}
            <For
                each=move || grouped.with(|days| days.iter().map(|day| day.day.clone()).collect::<Vec<_>>())
                key=|day| day.clone()
                let:day
            >
                <DayView context=context day=day grouped=grouped />
            </For>
        </div>
    }
}

/// One day. What comes to it later is added to it; what stands in it stays, with whatever has the focus there.
#[component]
fn DayView(context: Context, day: String, grouped: Memo<Vec<Day>>) -> impl IntoView {
    let heading_id = ["day-", &day].concat();
    let titled_by = heading_id.clone();
    let entries = {
        let day = day.clone();
        move || grouped.with(|days| entries_of(days, &day))
    };
    let heading = entries()
        .first()
        .map(|first| day_heading(first.at(), clock::now()));
    view! {
        <section aria-labelledby=titled_by>
            <h2 class="thread__day" id=heading_id>
                <time datetime=day>{heading}</time>
            </h2>
            <ol class="thread__entries">
                <For each=entries key=Entry::key let:entry>
                    {letter::entry(context, entry)}
                </For>
            </ol>
        </section>
    }
}

fn entries_of(days: &[Day], day: &str) -> Vec<Entry> {
    days.iter()
        .find(|one| one.day == day)
        .map(|one| one.entries.clone())
        .unwrap_or_else(Vec::new)
}
