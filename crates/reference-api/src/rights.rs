//! What a right brings about besides its own request: use that stops, decisions about purposes, fields that are put right.
//!
//! What is in force stands in one table. Whoever is about to use data for something that the customer can do without asks
//! [`holds_back`]; what was decided about purposes is a consent decision like any other, with its receipt and its place in the history.

mod effect;
mod extent;
mod flags;
mod force;
mod purposes;
mod rectify;

pub(crate) use effect::{follow, in_force, lift};
pub(crate) use extent::{ATTRIBUTE, attribute_key, stops, stops_field};
pub(crate) use flags::Flags;
pub(crate) use force::{Use, holds_back, holds_back_attribute};
pub(crate) use rectify::can_say;

#[cfg(test)]
mod tests;
