//! What was said, and what was refused, in sentences.

use super::screen::{Screen, about, by, often};
use super::store::Refusal;
use crate::i18n::{Text, date, text};
use crate::loading::failure;
use portal_client::ApiError;
use portal_client::preferences::{Cell, Edit};
use portal_contract::preferences::LockedReason;

/// A change, as it stands when it is done.
#[must_use]
pub fn said(screen: Screen, edit: &Edit) -> Text {
    match edit {
        Edit::Enabled(cell, true) => about(screen, cell, text::preferences_said_on),
        Edit::Enabled(cell, false) => about(screen, cell, text::preferences_said_off),
        Edit::Frequency(cell, frequency) => text::preferences_said_often(
            screen.label(&cell.topic),
            by(&cell.channel),
            often(frequency),
        ),
        Edit::ContactPoint(cell, _) => about(screen, cell, text::preferences_said_where),
        Edit::GlobalOptOut(true) => text::PREFERENCES_SAID_ALL_OFF,
        Edit::GlobalOptOut(false) => text::PREFERENCES_SAID_ALL_ON,
        Edit::PausedUntil(Some(until)) => text::preferences_said_paused(date(until)),
        Edit::PausedUntil(None) => text::PREFERENCES_SAID_RESUMED,
        Edit::SurveySnoozeUntil(_) => text::PREFERENCES_SAID_SNOOZE,
        Edit::Language(_) => text::PREFERENCES_SAID_LANGUAGE,
        Edit::QuietHours(_) => text::PREFERENCES_SAID_QUIET,
    }
}

/// Why a choice cannot be switched.
#[must_use]
pub fn why_locked(reason: Option<&LockedReason>) -> Text {
    match reason {
        Some(LockedReason::Required) => text::PREFERENCES_LOCK_REQUIRED,
        Some(LockedReason::NoContactPoint) => text::PREFERENCES_LOCK_NO_CONTACT_POINT,
        Some(LockedReason::NotVerified) => text::PREFERENCES_LOCK_NOT_VERIFIED,
        Some(LockedReason::Undeliverable) => text::PREFERENCES_LOCK_UNDELIVERABLE,
        Some(LockedReason::PurposeNotAllowed) => text::PREFERENCES_LOCK_PURPOSE,
        Some(LockedReason::Other(_)) | None => text::PREFERENCES_LOCK_UNKNOWN,
    }
}

/// What was refused and why, a pair of sentences each.
#[must_use]
pub fn refused(screen: Screen, refusal: &Refusal) -> Vec<(Text, Text)> {
    let one = |edit: &Edit| match edit {
        Edit::Enabled(cell, _) | Edit::Frequency(cell, _) | Edit::ContactPoint(cell, _) => {
            let what = about(screen, cell, text::preferences_refused_cell);
            (what, why_refused(screen, cell, &refusal.error))
        }
        _ => (text::PREFERENCES_REFUSED, failure(&refusal.error).sentence),
    };
    refusal.edits.iter().map(one).collect()
}

fn why_refused(screen: Screen, cell: &Cell, error: &ApiError) -> Text {
    match error {
        ApiError::Validation(_) => {
            let choice = screen.choice(cell);
            why_locked(
                choice
                    .as_ref()
                    .and_then(|choice| choice.locked_reason.as_ref()),
            )
        }
        other => failure(other).sentence,
    }
}
