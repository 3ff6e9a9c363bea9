//! The document in a customer's hands, from the first change to the last answer.

use super::edit::{Edit, Edits};
use super::merge::{Looked, Question, merge};
use portal_contract::preferences::Preferences;
use portal_contract::{Etag, FieldError, IdempotencyKey, Json};

/// What is sent, and sent again unchanged until an answer comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Save {
    /// The merge patch.
    pub patch: Json,
    /// The version that it was said on, for `If-Match`.
    pub etag: Etag,
    /// The key of this intent.
    pub key: IdempotencyKey,
}

/// A reading that began; see [`Editing::reading`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading(u32);

/// What the customer is told after an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Settled {
    /// Everything that was sent holds.
    Saved,
    /// Somebody else was faster: what could be decided is sent again by itself, the rest stands in [`Editing::questions`].
    Merged,
    /// These were refused, and are shown as the server has them; opt-outs that were sent along with them are sent again alone.
    RolledBack(Edits),
}

#[derive(Clone, Debug)]
struct Sent {
    edits: Edits,
    save: Save,
    in_flight: bool,
}

/// The document as the server last told it, and what the customer said since.
#[derive(Clone, Debug)]
pub struct Editing {
    base: Preferences,
    pending: Edits,
    sent: Option<Sent>,
    questions: Vec<Question>,
    answers: u32,
}

impl Editing {
    /// Begins with a document that was read.
    #[must_use]
    pub fn new(document: Preferences) -> Self {
        Self {
            base: document,
            pending: Edits::default(),
            sent: None,
            questions: Vec::new(),
            answers: 0,
        }
    }

    /// The document as the server last told it.
    #[must_use]
    pub fn confirmed(&self) -> &Preferences {
        &self.base
    }

    /// The document as the customer sees it: with what is on its way, and what waits to be sent.
    #[must_use]
    pub fn shown(&self) -> Preferences {
        let mut document = self.base.clone();
        if let Some(sent) = &self.sent {
            sent.edits.apply(&mut document);
        }
        self.pending.apply(&mut document);
        document
    }

    /// Whether everything that the customer said holds at the server, and nothing is asked.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.pending.is_empty() && self.sent.is_none() && self.questions.is_empty()
    }

    /// What only the customer can decide.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The customer says something. A question about the same place is thereby answered.
    pub fn say(&mut self, edit: Edit) {
        self.questions.retain(|asked| !asked.edit.same_place(&edit));
        self.pending.set(edit);
    }

    /// The customer answers a question: what was said here holds after all, or what stands now.
    pub fn answer(&mut self, question: &Question, mine: bool) {
        let before = self.questions.len();
        self.questions.retain(|asked| asked != question);
        // One that was asked no longer is answered by what happened meanwhile.
        if mine && self.questions.len() < before {
            self.pending.set(question.edit.clone());
        }
    }

    /// What is to be sent now; nothing while something is on its way, or when there is nothing to say. After
    /// [`interrupted`](Self::interrupted) it is the very same again: only the same key tells the server that it is no second act.
    pub fn next_save(&mut self, new_key: impl FnOnce() -> IdempotencyKey) -> Option<Save> {
        if let Some(sent) = &mut self.sent {
            let again = !sent.in_flight;
            sent.in_flight = true;
            return again.then(|| sent.save.clone());
        }
        if self.pending.is_empty() {
            return None;
        }
        let edits = std::mem::take(&mut self.pending);
        let save = Save {
            patch: edits.to_patch(),
            etag: self.base.etag.clone(),
            key: new_key(),
        };
        self.sent = Some(Sent {
            edits,
            save: save.clone(),
            in_flight: true,
        });
        Some(save)
    }

    /// The server took it, and answered with the document.
    pub fn saved(&mut self, document: Preferences) -> Settled {
        self.answers += 1;
        self.sent = None;
        self.base = document;
        Settled::Saved
    }

    /// Somebody else was faster (412): `current` is how things stand.
    pub fn outdated(&mut self, current: Preferences) -> Settled {
        self.answers += 1;
        self.bring_together(current, Looked::After);
        Settled::Merged
    }

    /// The server refused it for good. What `errors` points at is given up; where they point at nothing of it, everything but
    /// opt-outs. What was sent beside it is sent again by itself, so that no opt-out falls with an opt-in.
    pub fn refused(&mut self, errors: &[FieldError]) -> Settled {
        self.answers += 1;
        let Some(Sent { edits, .. }) = self.sent.take() else {
            return Settled::RolledBack(Edits::default());
        };
        let blamed = |edit: &Edit| errors.iter().any(|error| edit.is_at(&error.pointer));
        let opt_out = |edit: &Edit| edit.is_opt_out(&self.base);
        let (gone, kept): (Vec<_>, Vec<_>) = if edits.iter().any(blamed) {
            edits.into_iter().partition(blamed)
        } else if edits.iter().all(opt_out) {
            (edits.into_iter().collect(), Vec::new())
        } else {
            edits.into_iter().partition(|edit| !opt_out(edit))
        };
        let mut pending: Edits = kept.into_iter().collect();
        pending.extend(std::mem::take(&mut self.pending));
        self.pending = pending;
        Settled::RolledBack(gone.into_iter().collect())
    }

    /// No answer came, and whether the server acted is unknown.
    pub fn interrupted(&mut self) {
        if let Some(sent) = &mut self.sent {
            sent.in_flight = false;
        }
    }

    /// A reading begins; give its mark to [`refreshed`](Self::refreshed).
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading(self.answers)
    }

    /// The document was read again. `false` when it tells nothing, and is to be read again after the next answer: something is on its
    /// way, or was answered while the reading was, so that it may be older than what is known.
    #[must_use]
    pub fn refreshed(&mut self, reading: Reading, document: Preferences) -> bool {
        let in_flight = self.sent.as_ref().is_some_and(|sent| sent.in_flight);
        if in_flight || reading != self.reading() {
            return false;
        }
        if document.etag == self.base.etag {
            // The same choices, but perhaps other locks and another next stretch of quiet. What was interrupted keeps its key.
            self.base = document;
        } else {
            self.bring_together(document, Looked::PerhapsBefore);
        }
        true
    }

    /// Takes `current` for how things stand. What was said after the last save went out may be later than it.
    fn bring_together(&mut self, current: Preferences, sent: Looked) {
        let later = std::mem::take(&mut self.pending);
        let overtaken = |edit: &Edit| later.iter().any(|word| word.same_place(edit));
        let earlier = self.sent.take().map(|sent| sent.edits).unwrap_or_default();
        let earlier = earlier
            .into_iter()
            .filter(|edit| !overtaken(edit))
            .collect();
        let mut merged = merge(&self.base, earlier, &current, sent);
        let later = merge(&self.base, later, &current, Looked::PerhapsBefore);
        merged.edits.extend(later.edits);
        merged.questions.extend(later.questions);
        self.questions.retain(|asked| {
            let again = |other: &Question| other.edit.same_place(&asked.edit);
            !asked.edit.stands_in(&current)
                && asked.edit.has_place_in(&current)
                && !merged.questions.iter().any(again)
        });
        self.questions.extend(merged.questions);
        self.pending = merged.edits;
        self.base = current;
    }
}
