//! An entry in words: what it is about, and by which route it came.

use super::names::Names;
use super::values::{Words, words};
use crate::i18n::{Text, t, text};
use portal_contract::preference_history::{ChangeRoute, PreferenceChange};

/// What the entry is about, in a word or two.
#[must_use]
pub fn title(change: &PreferenceChange) -> Text {
    let mut titles = change.changes.iter().map(|one| about(&one.pointer));
    let first = titles.next().unwrap_or(text::HISTORY_SEVERAL);
    if titles.all(|other| other == first) {
        first
    } else {
        text::HISTORY_SEVERAL
    }
}

fn about(pointer: &str) -> Text {
    match pointer.split('/').nth(1) {
        Some("topics") => text::PREFERENCES_NAV_MESSAGES,
        Some("quiet_hours") => text::QUIET_TITLE,
        Some("contact_points") => text::PREFERENCES_NAV_CONTACT_POINTS,
        Some("consents") => text::PREFERENCES_NAV_CONSENTS,
        Some("interactions" | "me") => text::HISTORY_SIGNAL,
        Some("global_opt_out") => text::HISTORY_EVERYTHING_OFF,
        Some("paused_until") => text::HISTORY_PAUSE,
        Some("survey_snooze_until") => text::HISTORY_SURVEY,
        Some("language") => text::ACCOMMODATION_LANGUAGE,
        Some(_) | None => text::HISTORY_SEVERAL,
    }
}

/// By whom, and by which route.
#[must_use]
pub fn route(change: &PreferenceChange) -> String {
    let name = change.actor.as_ref().map(|actor| &actor.display_name);
    t(match (&change.route, name) {
        (ChangeRoute::Portal, _) => text::HISTORY_BY_YOU,
        (ChangeRoute::Link, _) => text::HISTORY_BY_LINK,
        (ChangeRoute::OneClick, _) => text::HISTORY_BY_ONE_CLICK,
        (ChangeRoute::Agent, Some(name)) => text::history_by_agent(name.clone()),
        (ChangeRoute::Agent, None) => text::HISTORY_BY_AGENT_UNNAMED,
        (ChangeRoute::Import, _) => text::HISTORY_BY_IMPORT,
        (ChangeRoute::Signal, _) => text::HISTORY_BY_SIGNAL,
        (ChangeRoute::System, _) => text::HISTORY_BY_SYSTEM,
        (ChangeRoute::Other(other), _) => text::history_by_other(other.clone()),
    })
}

/// The values that changed.
#[must_use]
pub fn values(names: &Names, change: &PreferenceChange) -> Vec<Words> {
    change.changes.iter().map(|one| words(names, one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::preference_history::{ChangeSubject, ValueChange};

    fn change(pointers: &[&str]) -> PreferenceChange {
        let one = |pointer: &&str| ValueChange {
            pointer: (*pointer).to_owned(),
            before: None,
            after: None,
        };
        PreferenceChange {
            id: "chg_1".parse().expect("it is an id"),
            at: "2026-11-22T10:00:00Z".parse().expect("it is a moment"),
            route: ChangeRoute::Portal,
            subject: ChangeSubject::Preferences,
            actor: None,
            changes: pointers.iter().map(one).collect(),
            undoable: true,
            undone_by: None,
            undoes: None,
        }
    }

    #[test]
    fn an_entry_is_named_by_what_all_of_it_is_about() {
        let quiet = ["/quiet_hours/windows", "/quiet_hours/enabled"];
        assert_eq!(title(&change(&quiet)), text::QUIET_TITLE);
        let both = ["/quiet_hours/windows", "/topics/offers/email/enabled"];
        assert_eq!(title(&change(&both)), text::HISTORY_SEVERAL);
    }
}
