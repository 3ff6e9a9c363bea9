//! What the company tells customers by itself: an outage that concerns them, a delay, a question how it goes since a repair.
//!
//! A notice is written once ([`write`]) and delivered to each customer whom it concerns; what a customer does with it (`act`) is
//! about their delivery alone. Whether it is shown is decided on reading (`list`), by the preferences that hold then: nothing is
//! lost by a pause.

mod act;
mod check_ins;
mod content;
mod due;
mod file;
mod list;
mod rows;
mod write;

pub use act::{Act, Refused, perform};
pub use check_ins::{CheckIns, Rule};
pub use content::{Answer, Content, Link, Words};
pub use due::make_due;
pub use file::{Audience, NewNotice, RawNotice, moment, parse, parse_one};
pub use list::{Desk, Shelf, one, page, shown};
pub use rows::{Told, forget, told};
pub use write::{NotWritten, Written, add, end};
