//! What the company *inferred* from a contact: a mood, a need, an intent. It is personal data of the customer's, shown where it
//! was made, and theirs to contest.
//!
//! A signal that is contested is not used from then on, whoever turns out to be right: its accuracy is contested (GDPR, article
//! 18(1)(a)), and a use that rests on a legitimate interest is objected to (article 21(1)). The customer's words stay beside it
//! as their own statement (article 16). Nothing may be decided from it alone (article 22).

use crate::{PurposeId, SignalId, Timestamp};

/// The longest `words` of a [`ContestSignal`], in characters.
pub const MAX_CONTEST_CHARACTERS: usize = 2_000;

open_enum! {
    /// What was inferred.
    pub enum SignalKind {
        /// How the customer felt.
        Sentiment = "sentiment",
        /// What the customer needs beyond the matter.
        Need = "need",
        /// What the customer is about to do.
        Intent = "intent",
        /// How pressing the matter is to the customer.
        Urgency = "urgency",
    }
}

open_enum! {
    /// What the customer may do with a signal now; the server decides.
    pub enum SignalAction {
        /// "That's not right".
        Contest = "contest",
        /// Take that back.
        Uncontest = "uncontest",
    }
}

record! {
    /// Something that the company inferred from an interaction.
    pub struct Signal {
        /// Its id within the interaction.
        pub id: SignalId,
        /// What sort of thing it is.
        pub kind: SignalKind,
        /// What it says about the customer, in plain words ("Mood").
        pub label: String,
        /// What was inferred, in plain words ("Frustrated").
        pub value: String,
        /// BCP 47 tag of the language of label, value, `inferred_by` and `basis`.
        pub lang: String,
        /// When it was inferred.
        pub inferred_at: Timestamp,
        /// Who or what inferred it ("a program that reads messages").
        pub inferred_by: String,
        /// From what, in plain words ("your message of 3 March").
        pub basis: String,
        /// What the company uses it for.
        pub purpose_id: Option<PurposeId>,
        /// Whether the company uses it; never when it is contested.
        pub in_use: bool,
        /// When the customer said that it is not right.
        pub contested_at: Option<Timestamp>,
        /// What the customer said of it.
        pub contest_words: Option<String>,
        /// What the customer may do now.
        pub allowed_actions: Vec<SignalAction>,
    }
}

record! {
    /// `POST /v1/interactions/{id}/signals/{signal_id}/contest` and `POST /v1/me/attributes/{key}/contest`.
    pub struct ContestSignal {
        /// What is right instead, or why it is wrong, if the customer wants to say; at most [`MAX_CONTEST_CHARACTERS`].
        pub words: Option<String>,
    }
}
