//! The demonstration's guides.

use crate::guides::{Guides, Names};

/// Each with the name of its file.
const TEXTS: [(&str, &str); 3] = [
    (
        "demo/guides/1-no-internet.toml",
        include_str!("guides/1-no-internet.toml"),
    ),
    (
        "demo/guides/2-bill-higher.toml",
        include_str!("guides/2-bill-higher.toml"),
    ),
    (
        "demo/guides/3-moving.toml",
        include_str!("guides/3-moving.toml"),
    ),
];

/// The guides of Lumenfold, for a demonstration whose configuration names none.
///
/// # Panics
/// Never: a test reads them.
#[must_use]
pub fn guides() -> Guides {
    Guides::parse(TEXTS, &Names::default()).expect("a test reads the demonstration's guides")
}
