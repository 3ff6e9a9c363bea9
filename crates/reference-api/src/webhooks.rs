//! Telling the company's own systems how data requests go on: signed messages by [Standard Webhooks](https://www.standardwebhooks.com).
//!
//! A message is entered in the transaction of the step that it tells of (see the migration) and delivered in the background, at least
//! once. It says which request, which right, how it stands and by when it is due, and nothing about whose it is.

mod client;
pub(crate) mod endpoint;
mod message;
mod outbox;
mod signature;
mod work;

pub use endpoint::Endpoint;
pub use message::{Message, trial};
pub use outbox::{
    Listed, Standing, forget, newest, register, send_again, send_all_again, standing,
};
pub use work::{run, send};

#[cfg(test)]
mod tests;
