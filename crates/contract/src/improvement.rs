//! "You said, we did": what changed because of what customers said.

use crate::{FeedbackId, ImprovementId, Timestamp};

open_enum! {
    /// How far an improvement has come.
    pub enum ImprovementState {
        /// It will be done.
        Planned = "planned",
        /// It is done.
        Done = "done",
    }
}

record! {
    /// Something that changed, or will, because of feedback.
    pub struct Improvement {
        /// Its id.
        pub id: ImprovementId,
        /// What it is, in a few words, in the customer's language where the company has it.
        pub title: String,
        /// BCP 47 tag of the language of its texts.
        pub lang: String,
        /// What customers said.
        pub you_said: String,
        /// What the company did, or will do while it is `planned`.
        pub we_did: String,
        /// How far it has come.
        pub state: ImprovementState,
        /// Since when it stands so; the list is ordered by it, the newest first.
        pub at: Timestamp,
        /// How many pieces of feedback stand behind it, of all customers.
        pub feedback_count: u64,
        /// Those of the signed-in customer among them, the newest first.
        pub yours: Vec<FeedbackId>,
    }
}
