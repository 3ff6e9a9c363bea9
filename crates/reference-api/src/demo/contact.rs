//! How the demonstration's company is reached.

use crate::contact::Ways;

/// The ways of Lumenfold, for a demonstration whose configuration names none.
#[must_use]
pub fn ways() -> Ways {
    Ways::parse("demo/contact.toml", include_str!("contact.toml"))
        .expect("a test reads the demonstration's ways")
}
