//! Acting for another: asked for, confirmed by the person or the company, narrow, over at a day, and over at once when somebody says so.
//!
//! `acting` is the one place that says whether somebody may act, and in what; the operations of data requests ask it. `acts` has what
//! both sides do, [`company`] what an operator does, `links` what is decided by a mail, [`letters`] the mails.

pub(crate) mod acting;
pub(crate) mod acts;
mod ask;
pub mod company;
mod forget;
pub(crate) mod history;
pub mod letters;
pub(crate) mod links;
pub mod rows;
pub(crate) mod wire;

pub(crate) use acting::Acting;
pub(crate) use ask::{DEFAULT_DAYS, MAX_DAYS, ROLES, TEXT_CHARACTERS, ask};
pub use forget::forget;
pub(crate) use forget::{end_all, forget_delegate, forget_person};
pub use letters::run;
