//! Which operation belongs to which profile, and which feature it needs beside it.

use portal_contract::capabilities::{Feature, Profile};
use portal_contract::endpoints;

/// Every profile, in the order in which they are judged.
#[must_use]
pub fn profiles() -> [Profile; 8] {
    [
        Profile::Core,
        Profile::Interactions,
        Profile::Preferences,
        Profile::Consent,
        Profile::Feedback,
        Profile::DataRights,
        Profile::Embed,
        Profile::Link,
    ]
}

/// The profile as the capabilities write it.
#[must_use]
pub fn profile_name(profile: &Profile) -> &str {
    profile.as_str()
}

/// The profile of an operation, by its path and its tag in the OpenAPI document. `None` for a tag that nobody placed: a test
/// finds it.
pub(crate) fn of(path: &str, tag: &str) -> Option<Profile> {
    if path.starts_with(endpoints::SESSION_LINK) {
        return Some(Profile::Link);
    }
    if path == endpoints::SESSION_EMBED {
        return Some(Profile::Embed);
    }
    Some(match tag {
        "Capabilities" | "Session" | "Me" | "Overview" | "Events" => Profile::Core,
        "Interactions" | "Messages" | "Attachments" | "Getting in touch" | "Guides" | "Notices"
        | "Signals" => Profile::Interactions,
        "Contact points" | "Preferences" => Profile::Preferences,
        "Consents" => Profile::Consent,
        "Feedback" => Profile::Feedback,
        "Data inventory" | "Data requests" | "On behalf of another" => Profile::DataRights,
        "Unsubscribe" => Profile::Link,
        _ => return None,
    })
}

/// The feature without which the operation need not be there.
pub(crate) fn feature(path: &str, tag: &str) -> Option<Feature> {
    if path.contains("/callback") || path == endpoints::CALLBACK_SLOTS {
        return Some(Feature::Callback);
    }
    if path == endpoints::IMPROVEMENTS {
        return Some(Feature::Improvements);
    }
    match tag {
        "Getting in touch" => Some(Feature::Contact),
        "Guides" => Some(Feature::Guides),
        "Notices" => Some(Feature::Notices),
        "Feedback" => Some(Feature::Feedback),
        "Data inventory" => Some(Feature::DataInventory),
        "On behalf of another" => Some(Feature::Delegations),
        _ => None,
    }
}
