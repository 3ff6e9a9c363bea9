//! What the demonstration's company writes about.

use crate::preferences::Catalogue;

/// The topics of Lumenfold, for a demonstration whose configuration names no catalogue.
#[must_use]
pub fn catalogue() -> Catalogue {
    Catalogue::parse("demo/catalogue.toml", include_str!("catalogue.toml"))
        .expect("a test reads the demonstration's catalogue")
}
