//! Acting for another: for whom the customer may use data rights, and who may use theirs; asking for it, answering, and ending it.

mod asking;
mod begun;
mod fields;
mod list;
mod one;
mod steps;
mod words;

pub use asking::page as new;
pub use list::page;
pub use one::page as one;

use crate::widgets::item_bones;
use portal_markup::View;

/// The name by which the change feed calls one of them.
const RESOURCE: &str = "delegation";

fn bones() -> View {
    item_bones(2)
}
