//! The customer's preferences in this tab: one document, one writer.
//!
//! A screen takes it by [`use_document`], waits for [`Document::read`] in a `Loaded`, reads [`Document::with`] (which follows
//! changes), and says what the customer wants by [`Document::submit`]. The rest goes by itself: it is shown at once, sent at
//! once, merged when somebody else was faster, taken back with a sentence when it is refused, and offered to be undone.
//!
//! It outlives the screen, so that nothing said is lost by going on to another one.

mod answer;
mod memory;

pub use memory::{provide_memory, use_document};

use crate::announce::{Announcer, use_announcer};
use crate::api::{Api, PortalClient, Read, use_api};
use crate::browser::task::{self, Handle};
use crate::browser::{clock, focus, network, page};
use crate::i18n::{Text, text};
use crate::session::{Session, use_session};
use answer::{Answer, answer};
use portal_client::ApiError;
use portal_client::preferences::{Edit, Editing, Edits, Question, Settled};
use portal_contract::Timestamp;
use portal_contract::preferences::Preferences;
use portal_markup::effect;
use portal_markup::prelude::*;
use std::rc::Rc;

/// How long to leave the server alone after a save that got no answer, in milliseconds. The client has tried several times
/// by itself before.
const RETRY_MS: u32 = 10_000;

/// How far saving has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// Nothing was said here yet.
    Idle,
    /// On its way.
    Pending,
    /// Everything holds, since this moment (milliseconds since 1970).
    Saved(f64),
    /// No answer; it is sent again by itself.
    Waiting(ApiError),
}

/// What was refused, and is shown again as the server has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// What the customer had said.
    pub edits: Edits,
    /// Why not.
    pub error: ApiError,
}

/// An act that can be taken back: what was said, and what stood there before.
#[derive(Clone, Debug, PartialEq)]
struct Step(Vec<(Edit, Edit)>);

/// The document, for any closure to hold.
#[derive(Clone, Copy)]
pub struct Document {
    /// The reading; wait for it before anything else.
    pub read: Read<()>,
    state: State,
}

#[derive(Clone, Copy)]
struct State {
    api: Api,
    announcer: Announcer,
    editing: StoredValue<Option<Editing>>,
    shown: RwSignal<Option<Rc<Preferences>>>,
    questions: RwSignal<Vec<Question>>,
    saving: RwSignal<Saving>,
    refusal: RwSignal<Option<Refusal>>,
    last: RwSignal<Option<Step>>,
    /// What is on its way, or waits to be sent again.
    work: StoredValue<Option<Handle>, LocalStorage>,
    /// Whether something changed elsewhere that has not been read.
    stale: RwSignal<bool>,
}

impl Document {
    /// Reads the document. For [`memory`] alone: its owner must outlive the screens.
    fn open() -> Self {
        let state = State {
            api: use_api(),
            announcer: use_announcer(),
            editing: StoredValue::new(None),
            shown: RwSignal::new(None),
            questions: RwSignal::new(Vec::new()),
            saving: RwSignal::new(Saving::Idle),
            refusal: RwSignal::new(None),
            last: RwSignal::new(None),
            work: StoredValue::new_local(None),
            stale: RwSignal::new(false),
        };
        let read = state
            .api
            .read(move |client| async move { state.read(client).await });
        state.go_on_after_sign_in();
        // What got no answer lives in this tab alone: whoever closes it would lose an opt-out.
        let waits = move || {
            let saving = state.saving.try_get_untracked();
            matches!(saving, Some(Saving::Waiting(_)))
        };
        StoredValue::new_local(page::ask_before_leaving(waits));
        effect(move || {
            // Something was changed while a save was on its way: what is known then may be older than the change.
            if state.stale.get() && !matches!(state.saving.get(), Saving::Pending) {
                state.stale.set(false);
                read.refetch();
            }
        });
        Self { read, state }
    }

    /// Reads of the document as the customer sees it, what is on its way included. Follows every change.
    ///
    /// # Panics
    /// Before [`read`](Self::read) has given its first answer.
    pub fn with<R>(self, reader: impl FnOnce(&Preferences) -> R) -> R {
        self.state.shown.with(|shown| {
            reader(
                shown
                    .as_deref()
                    .expect("screens are drawn when the document was read"),
            )
        })
    }

    /// The document as the customer sees it. Does not follow changes.
    #[must_use]
    pub fn now(self) -> Rc<Preferences> {
        let shown = self.state.shown.get_untracked();
        shown.expect("screens are drawn when the document was read")
    }

    /// The customer wants this. It is shown and sent at once; `done` says it, and it can be taken back. What stands so already
    /// is not said again.
    pub fn submit(self, edits: impl IntoIterator<Item = Edit>, done: Text) {
        let before = self.now();
        let edits: Vec<Edit> = edits
            .into_iter()
            .filter(|edit| !edit.stands_in(&before))
            .collect();
        if edits.is_empty() {
            return;
        }
        let back: Vec<_> = edits
            .iter()
            .filter_map(|edit| Some((edit.clone(), edit.as_in(&before)?)))
            .filter(|(_, back)| can_be_said(back, &before))
            .collect();
        let announcer = self.state.announcer;
        if back.is_empty() {
            announcer.show(done);
        } else {
            announcer.offer(done, text::PREFERENCES_UNDO, move || self.undo());
        }
        self.state
            .last
            .set((!back.is_empty()).then_some(Step(back)));
        self.state.say(edits);
    }

    /// Whether the last act can be taken back.
    #[must_use]
    pub fn can_undo(self) -> bool {
        self.state.last.with(Option::is_some)
    }

    /// Takes the last act back: what it changed stands again as before, but for what was changed once more since.
    pub fn undo(self) {
        // What offers it may outlive the document: whoever has signed out takes nothing back.
        let Some(Some(Step(said))) = self.state.last.try_get_untracked() else {
            return;
        };
        let now = self.now();
        self.state.last.set(None);
        let back = said
            .into_iter()
            .filter(|(said, _)| said.stands_in(&now))
            .map(|(_, before)| before);
        self.state.say(back.collect());
        self.state.announcer.show(text::PREFERENCES_UNDONE);
        // The button that was pressed is gone.
        focus::heading();
    }

    /// How far saving has come.
    #[must_use]
    pub fn saving(self) -> Saving {
        self.state.saving.get()
    }

    /// By when everything that is sent follows what was saved; nothing where it does already.
    #[must_use]
    pub fn follows_by(self) -> Option<Timestamp> {
        let by = |shown: &Option<Rc<Preferences>>| shown.as_ref()?.propagation.effective_by.clone();
        self.state.shown.with(by)
    }

    /// Sends again now what got no answer.
    pub fn retry(self) {
        self.state.send();
    }

    /// What was refused last, until something else is said.
    #[must_use]
    pub fn refusal(self) -> Option<Refusal> {
        self.state.refusal.get()
    }

    /// What only the customer can decide, because it was changed here and elsewhere.
    #[must_use]
    pub fn questions(self) -> Vec<Question> {
        self.state.questions.get()
    }

    /// The customer decides: what was said here, or how it stands now.
    pub fn answer(self, question: &Question, mine: bool) {
        let state = self.state;
        state.change(|editing| editing.answer(question, mine));
        state.show();
        state.send();
        // The button that was pressed is gone.
        focus::heading();
    }

    /// Reads it again: something changed elsewhere.
    pub fn reread(self) {
        self.state.stale.set(true);
    }
}

impl State {
    fn change<R>(self, change: impl FnOnce(&mut Editing) -> R) -> Option<R> {
        self.editing
            .try_update_value(|editing| editing.as_mut().map(change))
            .flatten()
    }

    async fn read(self, client: PortalClient) -> Result<(), ApiError> {
        let mark = self.change(|editing| editing.reading());
        let found = client.preferences().await?;
        let Some(mark) = mark else {
            // Whoever signed out meanwhile takes the document along, and nothing is kept.
            self.editing.set_value(Some(Editing::new(found)));
            self.show();
            return Ok(());
        };
        let read = self.change(|editing| {
            let told = editing.refreshed(mark, found);
            (told, !editing.is_settled())
        });
        let Some((told, merged)) = read else {
            return Ok(());
        };
        let before = self.shown.get_untracked();
        self.stale.set(!told);
        self.show();
        if told && before.is_some_and(|before| differs(&before, self.shown.get_untracked())) {
            self.announcer.show(text::PREFERENCES_CHANGED_ELSEWHERE);
        }
        if told && merged {
            self.send();
        }
        Ok(())
    }

    fn say(self, edits: Vec<Edit>) {
        self.change(|editing| edits.into_iter().for_each(|edit| editing.say(edit)));
        self.refusal.set(None);
        self.show();
        self.send();
    }

    /// Shows how it stands now.
    fn show(self) {
        let Some((shown, questions)) =
            self.change(|editing| (editing.shown(), editing.questions().to_vec()))
        else {
            return;
        };
        let differs =
            |now: &Option<Rc<Preferences>>| now.as_deref().is_none_or(|now| *now != shown);
        if self.shown.with_untracked(differs) {
            self.shown.set(Some(Rc::new(shown)));
        }
        if self.questions.with_untracked(|now| *now != questions) {
            self.questions.set(questions);
        }
    }

    /// Sends what is to be sent; one save at a time, so what is said meanwhile goes with the next.
    fn send(self) {
        let client = self.api.client();
        let save = self.change(|editing| editing.next_save(|| client.new_key()));
        let Some(save) = save.flatten() else {
            return;
        };
        self.saving.set(Saving::Pending);
        let work = task::spawn(async move {
            let answer = answer(&client, &save).await;
            self.settle(answer);
        });
        self.work.set_value(Some(work));
    }

    fn settle(self, answer: Answer) {
        let settled = match answer {
            Answer::Saved(document) => self.change(|editing| editing.saved(document)),
            Answer::Outdated(current) => self.change(|editing| editing.outdated(current)),
            Answer::Refused(error) => {
                let settled = self.change(|editing| match &error {
                    ApiError::Validation(errors) => editing.refused(errors),
                    _ => editing.refused(&[]),
                });
                if let Some(Settled::RolledBack(edits)) = &settled {
                    let edits = edits.clone();
                    self.refusal.set(Some(Refusal { edits, error }));
                    self.last.set(None);
                    self.announcer.dismiss();
                }
                settled
            }
            Answer::None(error) => {
                self.change(Editing::interrupted);
                self.wait(error);
                return;
            }
        };
        if let Some(settled) = settled {
            self.saving.set(match settled {
                // What was refused is said by itself; nothing was saved.
                Settled::RolledBack(_) => Saving::Idle,
                _ => Saving::Saved(clock::now()),
            });
            self.show();
            self.send();
        }
    }

    /// Sends it again when that may help: online again, or a little later. Whoever has to sign in again does so first.
    fn wait(self, error: ApiError) {
        let signed_out = error == ApiError::Unauthenticated;
        self.saving.set(Saving::Waiting(error));
        if signed_out {
            return;
        }
        let work = task::spawn(async move {
            if network::is_online() {
                task::pause(RETRY_MS).await;
            }
            network::ready().await;
            self.send();
        });
        self.work.set_value(Some(work));
    }

    fn go_on_after_sign_in(self) {
        let session = use_session().signal();
        effect(move || {
            let signed_in = session.with(|session| matches!(session, Session::SignedIn(_)));
            let waits = self
                .saving
                .with_untracked(|saving| *saving == Saving::Waiting(ApiError::Unauthenticated));
            if signed_in && waits {
                self.send();
            }
        });
    }
}

/// Whether the server would take it: what does not arrive anyway can be switched off, and not on again.
fn can_be_said(edit: &Edit, document: &Preferences) -> bool {
    match edit {
        Edit::Enabled(cell, true) => cell.of(document).is_some_and(|choice| !choice.locked),
        _ => true,
    }
}

/// Whether the customer would see another document: locks and stretches of quiet that the server works out are none.
fn differs(before: &Preferences, now: Option<Rc<Preferences>>) -> bool {
    let Some(now) = now else {
        return false;
    };
    now.etag != before.etag
}
