//! What is held about a customer: by category, down to the records.

pub mod categories;

pub use categories::{Category, TABLES};
