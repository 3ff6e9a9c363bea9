//! Light, dark, or as the system has it.

use crate::browser::{page, storage};
use portal_markup::prelude::*;

/// What the customer chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// In the order of the menu.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// As it is stored, and as `data-theme` has it; nothing for the system's. The boot module reads the same.
    fn stored(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn from_stored(stored: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.stored() == stored)
            .unwrap_or(Self::System)
    }
}

/// The theme in use.
#[derive(Clone, Copy)]
pub struct ThemeChoice(RwSignal<Theme>);

/// Reads the stored choice; the boot module has applied it before the first paint.
pub fn provide_theme() {
    let stored = storage::get(storage::THEME);
    provide_context(ThemeChoice(RwSignal::new(Theme::from_stored(
        stored.as_deref(),
    ))));
}

/// The theme in use.
#[must_use]
pub fn use_theme() -> ThemeChoice {
    expect_context()
}

impl ThemeChoice {
    /// The theme in use.
    #[must_use]
    pub fn get(self) -> Theme {
        self.0.get()
    }

    /// Puts it on, and keeps it for the next visit.
    pub fn choose(self, theme: Theme) {
        // A browser that keeps nothing still wears the theme for this visit.
        let _kept = match theme.stored() {
            Some(value) => storage::set(storage::THEME, value),
            None => storage::remove(storage::THEME),
        };
        page::set_theme(theme.stored());
        self.0.set(theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_theme_comes_back_and_anything_else_is_the_systems() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_stored(theme.stored()), theme);
        }
        assert_eq!(Theme::from_stored(Some("sepia")), Theme::System);
    }
}
