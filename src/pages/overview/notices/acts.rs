//! What is done with a notice: put aside, put off, answered, brought back. Each is taken back by a press.

use super::HEADING;
use crate::announce::{Announcer, use_announcer};
use crate::api::{Api, use_api};
use crate::browser::{focus, task};
use crate::forms::{Submission, Write};
use crate::i18n::{date_time, text};
use crate::loading::failure;
use crate::routes::{Route, use_areas, use_navigate};
use portal_client::ApiError;
use portal_contract::notice::{Notice, NoticeAnswer, NoticeStep};
use portal_contract::{InteractionId, NoticeId, Timestamp};
use portal_markup::prelude::*;

/// What a press does.
#[derive(Clone)]
pub enum Act {
    /// Puts it aside.
    Dismiss,
    /// Puts it off.
    Snooze(Timestamp),
    /// Answers it, about this interaction.
    Answer(NoticeAnswer, Option<InteractionId>),
    /// Brings it back.
    Restore,
}

type Order = (NoticeId, Act);

/// The acts of a list.
#[derive(Clone, Copy)]
pub struct Acts {
    press: Callback<Order>,
    submission: Memo<Submission>,
    pending: Signal<bool>,
}

impl Acts {
    /// Acts, after each of which `again` reads the list anew.
    pub fn new(again: Callback<()>) -> Self {
        let api = use_api();
        let (announcer, navigate) = (use_announcer(), use_navigate());
        let write = Write::new(move |(id, act): Order| {
            let client = api.client();
            async move {
                // One press, one key: the client repeats with it until there is an answer.
                let key = client.new_key();
                let done = match &act {
                    Act::Dismiss => client.dismiss_notice(&id, &key).await,
                    Act::Snooze(until) => client.snooze_notice(&id, until.clone(), &key).await,
                    Act::Answer(answer, _) => {
                        client.answer_notice(&id, answer.id.clone(), &key).await
                    }
                    Act::Restore => client.restore_notice(&id, &key).await,
                };
                done.map(|notice| (notice, act))
            }
        });
        let areas = use_areas();
        write.on_done(move |(notice, act): (Notice, Act)| {
            tell(
                announcer,
                &act,
                taken_back(api, announcer, notice.id, again),
            );
            // The button goes with its notice.
            focus::id(HEADING);
            again.run(());
            if let Act::Answer(answer, interaction) = act
                && let Some(way) = way(&answer.leads_to, interaction).map(|way| way.href())
                && !areas.lack_screen(&way)
            {
                navigate(&way, Default::default());
            }
        });
        write.on_failed(move |error| {
            // It was over, or put away elsewhere: show how it stands.
            if matches!(error, ApiError::NotFound | ApiError::InvalidState { .. }) {
                announcer.show(text::NOTICES_GONE);
                again.run(());
            }
        });
        Self {
            press: Callback::new(move |order| write.send(order)),
            submission: write.submission(),
            pending: write.pending(),
        }
    }

    /// Does it.
    pub fn run(self, id: NoticeId, act: Act) {
        self.press.run((id, act));
    }

    /// Where the last one stands.
    pub fn submission(self) -> Memo<Submission> {
        self.submission
    }

    /// Whether one is under way.
    pub fn pending(self) -> Signal<bool> {
        self.pending
    }
}

/// Takes it back. An answer leads to another screen, and is taken back from there as well: nothing of this one is needed.
fn taken_back(api: Api, announcer: Announcer, id: NoticeId, again: Callback<()>) -> impl Fn() {
    move || {
        let (client, id) = (api.client(), id.clone());
        task::run(async move {
            match client.restore_notice(&id, &client.new_key()).await {
                Ok(_) => announcer.show(text::NOTICES_RESTORED),
                Err(error) => announcer.show(failure(&error).sentence),
            }
            again.run(());
        });
    }
}

fn tell(announcer: Announcer, act: &Act, undo: impl Fn() + 'static) {
    let words = match act {
        Act::Dismiss => text::NOTICES_DISMISSED,
        Act::Snooze(until) => text::notices_snoozed(date_time(until)),
        Act::Answer(..) => text::NOTICES_ANSWERED,
        Act::Restore => return announcer.show(text::NOTICES_RESTORED),
    };
    announcer.offer(words, text::PREFERENCES_UNDO, undo);
}

/// Where an answer leads.
fn way(step: &NoticeStep, interaction: Option<InteractionId>) -> Option<Route> {
    match step {
        NoticeStep::Done | NoticeStep::Other(_) => None,
        NoticeStep::Reply | NoticeStep::Reopen => interaction.map(Route::Interaction),
        NoticeStep::Contact => Some(Route::Contact(None)),
    }
}
