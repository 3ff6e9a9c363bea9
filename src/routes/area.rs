//! The areas of the portal that an API, or a company, may do without; and what each screen belongs to.

use super::segment;
use crate::browser::base;
use portal_markup::prelude::*;

/// A part of the portal that is not there everywhere. It is there where the API announces both its profile and its feature
/// (`GET /v1/capabilities`) and the company's settings do not switch it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// The history, and one interaction.
    Interactions,
    /// Ways to get in touch, and beginning an interaction.
    Contact,
    /// Calls at a time that the customer chooses.
    Callback,
    /// Guides.
    Guides,
    /// What the company tells by itself.
    Notices,
    /// What reaches the customer and when, and their addresses.
    Preferences,
    /// What the customer's data may be used for.
    Consent,
    /// What the company asks and what the customer said.
    Feedback,
    /// "You said, we did".
    Improvements,
    /// What is held about the customer.
    DataInventory,
    /// The rights over one's data.
    DataRights,
    /// Acting for another person.
    Delegations,
}

/// Each with its profile and its feature, as the API names them; one that is a profile alone has no feature. The last name is its
/// name in `features` of config.json.
const NAMES: [(Area, &str, &str); 12] = [
    (Area::Interactions, "interactions", ""),
    (Area::Contact, "interactions", "contact"),
    (Area::Callback, "interactions", "callback"),
    (Area::Guides, "interactions", "guides"),
    (Area::Notices, "interactions", "notices"),
    (Area::Preferences, "preferences", ""),
    (Area::Consent, "consent", ""),
    (Area::Feedback, "feedback", "feedback"),
    (Area::Improvements, "feedback", "improvements"),
    (Area::DataInventory, "data_rights", "data_inventory"),
    (Area::DataRights, "data_rights", ""),
    (Area::Delegations, "data_rights", "delegations"),
];

/// The path that a screen's begins with, by segments, and the area that the screen belongs to. The first that fits counts; screens
/// that fit none are everywhere. What an export says is read without asking the API, and so its screen is.
const SCREENS: [(&[&str], Option<Area>); 15] = [
    (&[segment::INTERACTIONS], Some(Area::Interactions)),
    (&[segment::NOTICES], Some(Area::Notices)),
    (&[segment::CONTACT, segment::CALLBACK], Some(Area::Callback)),
    (&[segment::CONTACT], Some(Area::Contact)),
    (&[segment::GUIDES], Some(Area::Guides)),
    (
        &[segment::PREFERENCES, segment::CONSENTS],
        Some(Area::Consent),
    ),
    (&[segment::PREFERENCES], Some(Area::Preferences)),
    (
        &[segment::FEEDBACK, segment::IMPROVEMENTS],
        Some(Area::Improvements),
    ),
    (&[segment::FEEDBACK], Some(Area::Feedback)),
    (&[segment::DATA, segment::EXPORT], None),
    (&[segment::DATA, segment::REQUESTS], Some(Area::DataRights)),
    (&[segment::DATA, segment::PEOPLE], Some(Area::Delegations)),
    (&[segment::DATA], Some(Area::DataInventory)),
    (&[segment::PEOPLE], None),
    (&[segment::TRACK], None),
];

impl Area {
    /// The area that the screen at this address of the origin belongs to; `None` for one that is everywhere. Its query does not
    /// matter.
    #[must_use]
    pub fn of(address: &str) -> Option<Self> {
        let path = base::within(address)?.split('?').next()?;
        let begins = |with: &[&str]| {
            let mut parts = path.split('/').skip(1);
            with.iter().all(|part| parts.next() == Some(part))
        };
        SCREENS.iter().find(|(with, _)| begins(with))?.1
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of areas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AreaSet(u16);

impl AreaSet {
    /// The areas that go with what has this name: those of a profile, or that of a feature. `None` where there is no such thing.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let goes =
            |(_, profile, feature): &&(Area, &str, &str)| *profile == name || *feature == name;
        let bits = NAMES.iter().filter(goes).map(|(area, ..)| area.bit());
        let set = Self(bits.fold(0, |all, bit| all | bit));
        (set.0 != 0).then_some(set)
    }

    /// The areas that are missing where the API announces these profiles and features and nothing else.
    #[must_use]
    pub fn missing(profiles: &[String], features: &[String]) -> Self {
        let is_in = |list: &[String], name: &str| list.iter().any(|one| one == name);
        let mut missing = Self::default();
        for (area, profile, feature) in NAMES {
            if !is_in(profiles, profile) || !(feature.is_empty() || is_in(features, feature)) {
                missing.0 |= area.bit();
            }
        }
        missing
    }

    /// Those of either.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// Whether an area is among them.
    #[must_use]
    pub fn has(self, area: Area) -> bool {
        self.0 & area.bit() != 0
    }
}

/// The areas that are known to be missing.
#[derive(Clone, Copy)]
pub struct Areas {
    off: AreaSet,
    missing: RwSignal<AreaSet>,
}

/// Makes it known to everything below which areas the company has switched off.
pub fn provide_areas(off: AreaSet) {
    let missing = RwSignal::new(off);
    provide_context(Areas { off, missing });
}

/// The areas that are known to be missing.
#[must_use]
pub fn use_areas() -> Areas {
    expect_context()
}

impl Areas {
    /// Whether it is known that there is none; it is watched. A place is shown until then, so that nothing moves where it is.
    #[must_use]
    pub fn lack(self, area: Area) -> bool {
        self.missing.get().has(area)
    }

    /// Whether it is known that nothing stands at this address; it is watched.
    #[must_use]
    pub fn lack_screen(self, address: &str) -> bool {
        Area::of(address).is_some_and(|area| self.lack(area))
    }

    /// From now on the API is known to lack these.
    pub fn learn(self, missing: AreaSet) {
        let missing = missing.and(self.off);
        if self.missing.get_untracked() != missing {
            self.missing.set(missing);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::capabilities::{Feature, Profile};

    fn names<T>(known: &[T], name: impl Fn(&T) -> &str) -> Vec<String> {
        known.iter().map(|one| name(one).to_owned()).collect()
    }

    #[test]
    fn every_name_is_one_of_the_contract() {
        for (area, profile, feature) in NAMES {
            assert!(Profile::KNOWN.contains(&Profile::from(profile)), "{area:?}");
            let is_known = Feature::KNOWN.contains(&Feature::from(feature));
            assert!(feature.is_empty() || is_known, "{area:?}");
        }
        for feature in Feature::KNOWN {
            let stands = NAMES.iter().any(|(_, _, name)| *name == feature.as_str());
            assert!(stands, "{feature:?} belongs to no area");
        }
    }

    #[test]
    fn an_api_that_announces_everything_lacks_nothing() {
        let profiles = names(Profile::KNOWN, Profile::as_str);
        let features = names(Feature::KNOWN, Feature::as_str);
        assert_eq!(AreaSet::missing(&profiles, &features), AreaSet::default());
    }

    #[test]
    fn with_a_profile_goes_what_belongs_to_it() {
        let mut profiles = names(Profile::KNOWN, Profile::as_str);
        let features = names(Feature::KNOWN, Feature::as_str);
        profiles.retain(|profile| profile != "interactions");
        let missing = AreaSet::missing(&profiles, &features);
        assert_eq!(Some(missing), AreaSet::named("interactions"));
        for area in [Area::Contact, Area::Guides, Area::Notices] {
            assert!(missing.has(area), "{area:?}");
        }
        assert!(!missing.has(Area::Feedback));
    }

    #[test]
    fn a_name_that_nothing_has_is_none() {
        assert_eq!(AreaSet::named("guide"), None);
        assert_eq!(AreaSet::named("core"), None);
        assert!(AreaSet::named("guides").is_some_and(|set| set.has(Area::Guides)));
        assert!(AreaSet::named("guides").is_some_and(|set| !set.has(Area::Contact)));
    }

    #[test]
    fn the_longest_path_says_the_area_and_a_query_says_nothing() {
        let pairs = [
            ("/", None),
            ("/help", None),
            ("/sign-in?next=/data", None),
            ("/interactions?status=open", Some(Area::Interactions)),
            ("/contact?topic=billing", Some(Area::Contact)),
            ("/contact/callback", Some(Area::Callback)),
            ("/guides/moving", Some(Area::Guides)),
            ("/preferences/history", Some(Area::Preferences)),
            ("/preferences/consents", Some(Area::Consent)),
            ("/feedback/improvements", Some(Area::Improvements)),
            ("/feedback/fb_1", Some(Area::Feedback)),
            ("/data/export", None),
            ("/data/requests/new", Some(Area::DataRights)),
            ("/data/people", Some(Area::Delegations)),
            ("/data/orders", Some(Area::DataInventory)),
        ];
        for (path, area) in pairs {
            assert_eq!(Area::of(path), area, "{path}");
        }
    }
}
