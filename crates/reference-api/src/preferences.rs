//! How, when and about what the customer is contacted.

pub mod catalogue;
pub mod difference;
pub mod frequency;
pub mod history;
pub mod quiet_hours;
pub mod settings;

pub use catalogue::{Catalogue, CatalogueError};
pub use settings::Settings;
