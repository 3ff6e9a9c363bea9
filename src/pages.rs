//! One file for each screen; the tree mirrors the addresses. A screen is one function that gives one view.

pub mod help;
pub mod interaction;
pub mod interactions;
pub mod not_found;
pub mod overview;
pub mod sign_in;
