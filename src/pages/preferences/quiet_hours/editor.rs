//! What is being chosen, until it is said.
//!
//! What can be said is said at once and stands in the document from then on; only what cannot stand so (a quiet time on no day)
//! is kept here meanwhile.

use crate::browser::task::{self, Handle};
use crate::i18n::text;
use crate::pages::preferences::screen::Screen;
use portal_client::preferences::Edit;
use portal_contract::preferences::{QuietHours, QuietWindow, Weekday};
use portal_markup::memo;
use portal_markup::prelude::*;

/// More than these the API does not take.
pub const MOST: usize = 20;

/// How long a field of time is let rest before it is saved, in milliseconds: it changes with each digit.
const RESTS_MS: u32 = 1_500;

/// The quiet hours as they are being chosen, for any closure to hold.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The document and what it is about.
    pub screen: Screen,
    hours: Memo<QuietHours>,
    draft: RwSignal<Option<QuietHours>>,
    resting: StoredValue<Option<Handle>, LocalStorage>,
}

impl Editor {
    /// Begins with what stands in the document.
    pub fn new(screen: Screen) -> Self {
        let draft = RwSignal::new(None::<QuietHours>);
        let document = screen.document;
        let hours = memo(move || {
            let said = || document.with(|it| it.quiet_hours.clone());
            draft.get().unwrap_or_else(said)
        });
        Self {
            screen,
            hours,
            draft,
            resting: StoredValue::new_local(None),
        }
    }

    /// As they are being chosen.
    #[must_use]
    pub fn hours(self) -> Memo<QuietHours> {
        self.hours
    }

    /// Changes them, and says so at once.
    pub fn act(self, change: impl FnOnce(&mut QuietHours)) {
        self.change(change);
        self.save();
    }

    /// Changes them, and says so when nothing more was changed for a moment, or by [`save`](Self::save).
    pub fn change_and_rest(self, change: impl FnOnce(&mut QuietHours)) {
        self.change(change);
        let work = task::spawn(async move {
            task::pause(RESTS_MS).await;
            self.save();
        });
        self.resting.set_value(Some(work));
    }

    fn change(self, change: impl FnOnce(&mut QuietHours)) {
        let mut hours = self.hours.get_untracked();
        change(&mut hours);
        self.draft.set(Some(hours));
    }

    /// Says what was changed, unless it cannot stand so.
    pub fn save(self) {
        let Some(hours) = self.draft.get_untracked().filter(can_stand) else {
            return;
        };
        let edits = [Edit::QuietHours(hours)];
        self.screen
            .document
            .submit(edits, text::PREFERENCES_SAID_QUIET);
        self.draft.set(None);
        self.resting.set_value(None);
    }
}

fn can_stand(hours: &QuietHours) -> bool {
    hours.windows.iter().all(|window| !window.days.is_empty())
}

/// Switches them on or off. On without a single window they would be nothing: most people mean the night.
pub fn keep(hours: &mut QuietHours, on: bool) {
    hours.enabled = on;
    if !on {
        // One without a day cannot stand, and would keep the rest from being switched off.
        hours.windows.retain(|window| !window.days.is_empty());
    }
    if on && hours.windows.is_empty() {
        hours.windows.push(night());
    }
}

/// What a new quiet time is to begin with.
pub fn night() -> QuietWindow {
    QuietWindow {
        days: Weekday::KNOWN.to_vec(),
        start: "22:00".to_owned(),
        end: "07:00".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::preferences::QuietRule;

    fn none() -> QuietHours {
        QuietHours {
            enabled: false,
            time_zone: None,
            windows: Vec::new(),
            channels: Vec::new(),
            outside: QuietRule::Hold,
            next: None,
        }
    }

    #[test]
    fn switched_on_for_the_first_time_they_are_the_night() {
        let mut hours = none();
        keep(&mut hours, true);
        assert_eq!(hours.windows, [night()]);
        keep(&mut hours, false);
        assert_eq!((hours.enabled, hours.windows.len()), (false, 1));
    }

    #[test]
    fn a_quiet_time_on_no_day_cannot_stand() {
        let mut hours = none();
        keep(&mut hours, true);
        assert!(can_stand(&hours));
        hours.windows[0].days.clear();
        assert!(!can_stand(&hours));
    }
}
