//! There is nothing at this address.

use crate::widgets::not_found;
use portal_markup::View;

/// The screen.
pub fn page() -> View {
    not_found()
}
