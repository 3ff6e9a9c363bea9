//! Saving preferences so that no opt-out is ever lost: two tabs, two devices, a slow network, a lost answer.
//!
//! [`Editing`] is what a screen holds: the document as the server last told it, and what the customer has changed since. It says
//! what to send, takes what came back, and when somebody else was faster it brings the two together by [`merge()`]. It does no
//! I/O and knows no clock, so that a test can play thousands of courses of two tabs through it.

mod edit;
mod editing;
mod merge;

pub use edit::{Cell, Edit, Edits};
pub use editing::{Editing, Reading, Save, Settled};
pub use merge::{Looked, Merged, Question, QuestionKind, merge};

#[cfg(test)]
mod tests;
