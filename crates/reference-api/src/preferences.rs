//! How, when and about what the customer is contacted.
//!
//! What a customer decided is a map from JSON Pointers to values ([`settings`]); the document of the contract is that map laid
//! over the company's [`catalogue`] ([`document`]). Every change goes through [`change`], which writes the [`history`].

pub mod answer;
pub mod apply;
pub mod catalogue;
pub mod change;
mod contact_point_gone;
pub mod destination;
pub mod difference;
pub mod document;
pub mod frequency;
pub mod history;
pub mod in_portal;
pub mod patch;
pub mod quiet;
pub mod quiet_hours;
pub mod reach;
pub mod settings;
pub mod store;
pub mod surroundings;
pub mod undo;

pub use catalogue::Catalogue;
pub use contact_point_gone::contact_point_replaced;
pub use settings::Settings;
pub use surroundings::Surroundings;
