//! What the company may write about, over which channels, how often and when.

mod store;

use portal_markup::{Child, View, view};

pub use store::provide_memory;

/// The screen.
pub fn page() -> View {
    let document = store::use_document();
    let _ = document.now();
    view! { <p></p> }.alone()
}

/// Fewer messages, later, elsewhere, or none.
pub fn less() -> View {
    page()
}
