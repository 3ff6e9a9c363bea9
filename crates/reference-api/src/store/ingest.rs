//! Writing what comes from elsewhere: imports and demonstration data.
//!
//! Everything here can be repeated: an interaction is known by its source and what it is called there, and one that comes
//! again unchanged changes nothing. No change feed is written: nobody waits for news from years ago.

mod customers;
mod files;
mod interactions;
mod model;
mod threads;

pub use customers::customer;
pub use files::Files;
pub use interactions::{ingest, is_here, relate};
pub use model::{
    Ingested, NewAttachment, NewAuthor, NewHandoff, NewInteraction, NewMessage, NewNote, NewTopic,
    Thread,
};
