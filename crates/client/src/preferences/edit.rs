//! What the customer changed, one place at a time.

use portal_contract::interaction::Channel;
use portal_contract::preference_catalog::Frequency;
use portal_contract::preferences::{ChannelChoice, Preferences, QuietHours};
use portal_contract::{ContactPointId, Json, PreferenceTopicId, Timestamp, ToJson};

/// One topic over one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The topic.
    pub topic: PreferenceTopicId,
    /// The channel.
    pub channel: Channel,
}

impl Cell {
    /// What stands there; nothing where the catalogue has no such cell (any more).
    #[must_use]
    pub fn of<'a>(&self, document: &'a Preferences) -> Option<&'a ChannelChoice> {
        document.topics.get(&self.topic)?.get(&self.channel)
    }

    /// Where a member of it stands in a merge patch.
    fn member(&self, name: &'static str) -> Vec<&str> {
        vec!["topics", self.topic.as_str(), self.channel.as_str(), name]
    }

    fn of_mut<'a>(&self, document: &'a mut Preferences) -> Option<&'a mut ChannelChoice> {
        document.topics.get_mut(&self.topic)?.get_mut(&self.channel)
    }
}

/// What the customer wants one place to be. It is what was *said*, not a difference: a choice that was switched on and off again
/// is an opt-out, though nothing differs from how it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Whether a topic comes over a channel.
    Enabled(Cell, bool),
    /// How often.
    Frequency(Cell, Frequency),
    /// Where to; `None` for the preferred contact point.
    ContactPoint(Cell, Option<ContactPointId>),
    /// Everything off, but for what is required; or back again.
    GlobalOptOut(bool),
    /// No contact until then; `None` ends the pause.
    PausedUntil(Option<Timestamp>),
    /// No question for feedback until then.
    SurveySnoozeUntil(Option<Timestamp>),
    /// The language in which the company should write.
    Language(Option<String>),
    /// The quiet hours, whole: windows mean nothing without their zone.
    QuietHours(QuietHours),
}

impl Edit {
    /// Whether the two are about one place.
    #[must_use]
    pub fn same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Enabled(one, _), Self::Enabled(two, _))
            | (Self::Frequency(one, _), Self::Frequency(two, _))
            | (Self::ContactPoint(one, _), Self::ContactPoint(two, _)) => one == two,
            (Self::GlobalOptOut(_), Self::GlobalOptOut(_))
            | (Self::PausedUntil(_), Self::PausedUntil(_))
            | (Self::SurveySnoozeUntil(_), Self::SurveySnoozeUntil(_))
            | (Self::Language(_), Self::Language(_))
            | (Self::QuietHours(_), Self::QuietHours(_)) => true,
            _ => false,
        }
    }

    /// Whether it is an opt-out: less contact than `document` has.
    #[must_use]
    pub fn is_opt_out(&self, document: &Preferences) -> bool {
        match self {
            Self::Enabled(_, on) => !on,
            Self::GlobalOptOut(off) => *off,
            Self::PausedUntil(until) => *until > document.paused_until,
            Self::SurveySnoozeUntil(until) => *until > document.survey_snooze_until,
            Self::Frequency(..)
            | Self::ContactPoint(..)
            | Self::Language(_)
            | Self::QuietHours(_) => false,
        }
    }

    /// Whether `document` is so already.
    #[must_use]
    pub fn stands_in(&self, document: &Preferences) -> bool {
        let choice = |cell: &Cell, holds: &dyn Fn(&ChannelChoice) -> bool| {
            cell.of(document).is_some_and(holds)
        };
        match self {
            Self::Enabled(cell, on) => choice(cell, &|choice| choice.enabled == *on),
            Self::Frequency(cell, often) => {
                choice(cell, &|choice| choice.frequency.as_ref() == Some(often))
            }
            Self::ContactPoint(cell, to) => choice(cell, &|choice| choice.contact_point_id == *to),
            Self::GlobalOptOut(off) => document.global_opt_out == *off,
            Self::PausedUntil(until) => document.paused_until == *until,
            Self::SurveySnoozeUntil(until) => document.survey_snooze_until == *until,
            Self::Language(language) => document.language == *language,
            Self::QuietHours(hours) => same_hours(hours, &document.quiet_hours),
        }
    }

    /// An edit of the same place that says what `document` has there: what takes this one back. Nothing where there is no such
    /// place, or nothing that could be said again.
    #[must_use]
    pub fn as_in(&self, document: &Preferences) -> Option<Self> {
        Some(match self {
            Self::Enabled(cell, _) => Self::Enabled(cell.clone(), cell.of(document)?.enabled),
            Self::Frequency(cell, _) => {
                Self::Frequency(cell.clone(), cell.of(document)?.frequency.clone()?)
            }
            Self::ContactPoint(cell, _) => {
                Self::ContactPoint(cell.clone(), cell.of(document)?.contact_point_id.clone())
            }
            Self::GlobalOptOut(_) => Self::GlobalOptOut(document.global_opt_out),
            Self::PausedUntil(_) => Self::PausedUntil(document.paused_until.clone()),
            Self::SurveySnoozeUntil(_) => {
                Self::SurveySnoozeUntil(document.survey_snooze_until.clone())
            }
            Self::Language(_) => Self::Language(document.language.clone()),
            Self::QuietHours(_) => Self::QuietHours(document.quiet_hours.clone()),
        })
    }

    /// Whether the place that it is about exists in `document`.
    #[must_use]
    pub fn has_place_in(&self, document: &Preferences) -> bool {
        match self {
            Self::Enabled(cell, _) | Self::Frequency(cell, _) | Self::ContactPoint(cell, _) => {
                cell.of(document).is_some()
            }
            _ => true,
        }
    }

    /// Makes `document` so.
    pub fn apply(&self, document: &mut Preferences) {
        match self {
            Self::Enabled(cell, on) => {
                if let Some(choice) = cell.of_mut(document) {
                    choice.enabled = *on;
                }
            }
            Self::Frequency(cell, often) => {
                if let Some(choice) = cell.of_mut(document) {
                    choice.frequency = Some(often.clone());
                }
            }
            Self::ContactPoint(cell, to) => {
                if let Some(choice) = cell.of_mut(document) {
                    choice.contact_point_id.clone_from(to);
                }
            }
            Self::GlobalOptOut(off) => document.global_opt_out = *off,
            Self::PausedUntil(until) => document.paused_until.clone_from(until),
            Self::SurveySnoozeUntil(until) => document.survey_snooze_until.clone_from(until),
            Self::Language(language) => document.language.clone_from(language),
            // When the next stretch comes only the server works out.
            Self::QuietHours(hours) => {
                document.quiet_hours = QuietHours {
                    next: None,
                    ..hours.clone()
                };
            }
        }
    }

    /// Whether an error at `pointer` (RFC 6901, into the patch) is about this place.
    #[must_use]
    pub fn is_at(&self, pointer: &str) -> bool {
        let (path, _) = self.member();
        let mut rest = pointer.split('/').skip(1);
        let plain = |name: &str| name.replace("~1", "/").replace("~0", "~");
        path.iter()
            .all(|name| rest.next().is_some_and(|there| plain(there) == *name))
    }

    /// Where it stands in a merge patch, and what stands there.
    fn member(&self) -> (Vec<&str>, Json) {
        match self {
            Self::Enabled(cell, on) => (cell.member("enabled"), on.to_json()),
            Self::Frequency(cell, often) => (cell.member("frequency"), often.to_json()),
            Self::ContactPoint(cell, to) => (cell.member("contact_point_id"), to.to_json()),
            Self::GlobalOptOut(off) => (vec!["global_opt_out"], off.to_json()),
            Self::PausedUntil(until) => (vec!["paused_until"], until.to_json()),
            Self::SurveySnoozeUntil(until) => (vec!["survey_snooze_until"], until.to_json()),
            Self::Language(language) => (vec!["language"], language.to_json()),
            Self::QuietHours(hours) => (vec!["quiet_hours"], written(hours)),
        }
    }
}

/// Equal but for what the server works out.
pub(super) fn same_hours(one: &QuietHours, two: &QuietHours) -> bool {
    written(one) == written(two)
}

/// The quiet hours as they are written: without what the server works out.
fn written(hours: &QuietHours) -> Json {
    match hours.to_json() {
        Json::Object(mut members) => {
            members.retain(|(name, _)| name != "next");
            Json::Object(members)
        }
        other => other,
    }
}

/// What the customer changed, each place once, in the order of the last word about each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// Adds an edit; it takes the place of an earlier one about the same place.
    pub fn set(&mut self, edit: Edit) {
        self.0.retain(|earlier| !earlier.same_place(&edit));
        self.0.push(edit);
    }

    /// Adds edits that were made later than these.
    pub fn extend(&mut self, later: Self) {
        later.0.into_iter().for_each(|edit| self.set(edit));
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The edits.
    pub fn iter(&self) -> std::slice::Iter<'_, Edit> {
        self.0.iter()
    }

    /// Makes `document` as the edits say.
    pub fn apply(&self, document: &mut Preferences) {
        self.iter().for_each(|edit| edit.apply(document));
    }

    /// The JSON merge patch (RFC 7396) that says them.
    #[must_use]
    pub fn to_patch(&self) -> Json {
        let mut patch = Vec::new();
        for edit in self.iter() {
            let (path, value) = edit.member();
            put(&mut patch, &path, value);
        }
        Json::Object(patch)
    }
}

impl IntoIterator for Edits {
    type Item = Edit;
    type IntoIter = std::vec::IntoIter<Edit>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Edit> for Edits {
    fn from_iter<I: IntoIterator<Item = Edit>>(edits: I) -> Self {
        let mut all = Self::default();
        edits.into_iter().for_each(|edit| all.set(edit));
        all
    }
}

fn put(members: &mut Vec<(String, Json)>, path: &[&str], value: Json) {
    let Some((name, rest)) = path.split_first() else {
        return;
    };
    if rest.is_empty() {
        members.push(((*name).to_owned(), value));
        return;
    }
    let place = members.iter().position(|(known, _)| known == name);
    let place = place.unwrap_or_else(|| {
        members.push(((*name).to_owned(), Json::Object(Vec::new())));
        members.len() - 1
    });
    if let Json::Object(inner) = &mut members[place].1 {
        put(inner, rest, value);
    }
}
