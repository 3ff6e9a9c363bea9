//! Rights over one's data: requests, their legal clock, what was said, and what they bring.
//!
//! [`machine`] says which step may be taken from which state by whom, [`standing`] what a step does to clock and deadlines; both know no
//! database. [`transition`] is the one way in which a request goes on. [`work`] runs what takes its time.

pub mod artifacts;
pub mod company;
pub mod deadlines;
mod desk;
mod effects;
mod labels;
pub mod letters;
pub mod machine;
mod make;
mod messages;
mod offer;
mod overview;
mod read;
mod rights;
pub mod rows;
pub mod standing;
pub mod timeline;
mod transition;
mod wire;
pub mod work;

pub(crate) use desk::Customer;
pub(crate) use labels::category as category_label;
pub(crate) use make::FRESH_SECONDS;
pub(crate) use offer::offered_kinds;
pub use rows::Row;
pub use standing::{Standing, Step};
pub use transition::{Desk, TransitionError, tell, transition};
pub(crate) use wire::{tracked, tracking_hash};
