//! What comes from elsewhere, before it has ids.

use crate::secrets::hex;
use crate::store::time::Moment;
use portal_contract::interaction::{Channel, Direction, FeedbackState, InteractionStatus, Role};
use sha2::{Digest, Sha256};
use std::fmt;

/// A topic of the catalogue.
#[derive(Clone, Debug)]
pub struct NewTopic {
    /// Its id.
    pub id: String,
    /// What people call it, where their language has no label of its own.
    pub label: String,
    /// Labels by BCP 47 tag.
    pub labels: Vec<(String, String)>,
}

/// An interaction with its thread.
#[derive(Clone, Debug)]
pub struct NewInteraction {
    /// Where it comes from.
    pub source: String,
    /// What it is called there.
    pub source_reference: String,
    /// The number that people quote.
    pub reference: String,
    /// What it is about, in a line.
    pub subject: String,
    /// BCP 47 tag of subject and messages.
    pub lang: Option<String>,
    /// The channel on which it began.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// Where it stands.
    pub status: InteractionStatus,
    /// What it is about by the catalogue.
    pub topic: Option<NewTopic>,
    /// When it began.
    pub started_at: Moment,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// When the company first answered.
    pub first_response_at: Option<Moment>,
    /// Until when a first answer was promised.
    pub first_response_by: Option<Moment>,
    /// When it was resolved.
    pub resolved_at: Option<Moment>,
    /// Until when a resolution was promised.
    pub expected_by: Option<Moment>,
    /// Whether the customer was asked how it went, and until when an answer is taken.
    pub feedback: (FeedbackState, Option<Moment>),
    /// Whether the company's last words count as unread.
    pub unread: bool,
    /// Whether `messages` is the whole thread or adds to it.
    pub thread: Thread,
    /// What was written and said.
    pub messages: Vec<NewMessage>,
    /// What the company's people wrote among themselves; no customer ever reads it.
    pub notes: Vec<NewNote>,
    /// From hand to hand.
    pub handoffs: Vec<NewHandoff>,
    /// Who took part without writing.
    pub others: Vec<NewAuthor>,
}

/// Whether the messages that come are all there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thread {
    /// They are: what an earlier import brought and this one does not is gone.
    Whole,
    /// They add to what is there.
    Grows,
}

/// Somebody in an interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAuthor {
    /// Who they are in it.
    pub role: Role,
    /// The name to show.
    pub display_name: String,
}

/// One message.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// What it is called where it comes from; unique within its interaction.
    pub source_reference: String,
    /// Who wrote or spoke.
    pub author: NewAuthor,
    /// Over which channel.
    pub channel: Channel,
    /// When.
    pub sent_at: Moment,
    /// The words.
    pub text: String,
    /// BCP 47 tag; the interaction's when absent.
    pub lang: Option<String>,
    /// HTML as it was sent; it is sanitised before it is kept.
    pub html: Option<String>,
    /// Files.
    pub attachments: Vec<NewAttachment>,
}

/// A file.
#[derive(Clone)]
pub struct NewAttachment {
    /// The name that it was given.
    pub file_name: String,
    /// What it holds.
    pub content: Vec<u8>,
}

impl NewAttachment {
    /// SHA-256 in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&Sha256::digest(&self.content))
    }
}

/// The content stands for itself by its hash: the digest of an interaction is taken over this form.
impl fmt::Debug for NewAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAttachment")
            .field("file_name", &self.file_name)
            .field("sha256", &self.sha256())
            .finish()
    }
}

/// What the company's people wrote among themselves.
#[derive(Clone, Debug)]
pub struct NewNote {
    /// Who wrote it.
    pub author_name: String,
    /// When.
    pub written_at: Moment,
    /// The words.
    pub text: String,
}

/// The matter passed from one hand to another.
#[derive(Clone, Debug)]
pub struct NewHandoff {
    /// When.
    pub at: Moment,
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Why.
    pub reason: Option<String>,
}

/// What became of an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingested {
    /// It is new.
    Inserted,
    /// It was here already, as it came.
    Unchanged,
    /// It was here and came differently.
    Updated,
}

impl NewInteraction {
    /// What tells whether it came like this before.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut hasher = Hashing(Sha256::new());
        fmt::Write::write_fmt(&mut hasher, format_args!("{self:?}"))
            .expect("writing into a hash cannot fail");
        hasher.0.finalize().into()
    }

    /// When something last happened in it.
    pub(super) fn last_moment(&self) -> Moment {
        self.messages
            .iter()
            .map(|message| message.sent_at)
            .chain(self.handoffs.iter().map(|handoff| handoff.at))
            .chain([self.started_at])
            .chain(self.ended_at)
            .chain(self.resolved_at)
            .max()
            .unwrap_or(self.started_at)
    }

    /// When the company last wrote.
    pub(super) fn company_wrote_at(&self) -> Option<Moment> {
        self.messages
            .iter()
            .filter(|message| message.author.role != Role::Customer)
            .map(|message| message.sent_at)
            .max()
    }

    /// Everybody in it, in the order of their first words.
    pub(super) fn participants(&self) -> Vec<&NewAuthor> {
        let mut participants: Vec<&NewAuthor> = Vec::new();
        let authors = self.messages.iter().map(|message| &message.author);
        for author in authors.chain(&self.others) {
            if !participants.contains(&author) {
                participants.push(author);
            }
        }
        participants
    }
}

struct Hashing(Sha256);

impl fmt::Write for Hashing {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
