//! What every profile is judged by alike, broken in each.

use crate::breaks::*;

const ME: &str = "/v1/me";
const OVERVIEW: &str = "/v1/overview";
const INTERACTIONS: &str = "/v1/interactions";
const MESSAGES: &str = "/v1/interactions/*/messages";
const FACETS: &str = "/v1/interactions/facets";
const POINT: &str = "/v1/contact-points/*";
const PREFERENCES: &str = "/v1/preferences";
const HISTORY: &str = "/v1/preferences/history";
const PURPOSES: &str = "/v1/purposes";
const RECEIPT: &str = "/v1/consents/*/records/*/receipt";
const DECISIONS: &str = "/v1/consents/*/decisions";
const FEEDBACK: &str = "/v1/feedback";
const ENTRY: &str = "/v1/feedback/*";
const IMPROVEMENTS: &str = "/v1/improvements";
const OPTIONS: &str = "/v1/data-requests/options";
const REQUESTS: &str = "/v1/data-requests";
const INVENTORY: &str = "/v1/data-inventory";
const DOWNLOADS: &str = "/v1/data-requests/*/artifacts/*/downloads";
const REISSUE: &str = "/v1/data-requests/*/artifacts/*/reissue";
const DELEGATION: &str = "/v1/delegations/*";
const REVOKE: &str = "/v1/delegations/*/revoke";

/// All of them.
pub fn breaks() -> Vec<Break> {
    vec![
        refused("core.answers", OVERVIEW),
        refused("interactions.answers", FACETS),
        refused("preferences.answers", POINT),
        refused("consent.answers", RECEIPT),
        refused("feedback.answers", IMPROVEMENTS),
        refused("data_rights.answers", "/v1/data-inventory/*/records"),
        open_to_all("core.signed-out", OVERVIEW),
        open_to_all("interactions.signed-out", FACETS),
        open_to_all("preferences.signed-out", HISTORY),
        open_to_all("consent.signed-out", PURPOSES),
        open_to_all("feedback.signed-out", IMPROVEMENTS),
        open_to_all("data_rights.signed-out", INVENTORY),
        without("core.shapes", ME, "", "display_name"),
        without("interactions.shapes", FACETS, "", "channels"),
        without("preferences.shapes", POINT, "", "created_at"),
        without("consent.shapes", PURPOSES, "/items/0", "retention"),
        without(
            "feedback.shapes",
            "/v1/feedback/options",
            "",
            "text_characters",
        ),
        without("data_rights.shapes", OPTIONS, "", "text_characters"),
        cached("core.no-store", OVERVIEW),
        cached("interactions.no-store", FACETS),
        cached("preferences.no-store", POINT),
        cached("consent.no-store", PURPOSES),
        cached("feedback.no-store", IMPROVEMENTS),
        cached("data_rights.no-store", INVENTORY),
        unturned("interactions.pages", INTERACTIONS),
        unturned("preferences.pages", HISTORY),
        unturned("consent.pages", PURPOSES),
        unturned("feedback.pages", FEEDBACK),
        unturned("data_rights.pages", INVENTORY),
        cursor_passed_over("interactions.cursors", INTERACTIONS),
        cursor_passed_over("preferences.cursors", HISTORY),
        cursor_passed_over("consent.cursors", PURPOSES),
        cursor_passed_over("feedback.cursors", FEEDBACK),
        cursor_passed_over("data_rights.cursors", REQUESTS),
        theirs_too("interactions.isolation", "GET", "/v1/interactions/*"),
        theirs_too("preferences.isolation", "GET", POINT),
        theirs_too("feedback.isolation", "GET", ENTRY),
        theirs_too("data_rights.isolation", "GET", "/v1/data-requests/*"),
        theirs_too("interactions.isolation-of-writes", "POST", MESSAGES),
        theirs_too("preferences.isolation-of-writes", "PATCH", POINT),
        theirs_too("feedback.isolation-of-writes", "PATCH", ENTRY),
        theirs_too(
            "data_rights.isolation-of-writes",
            "POST",
            "/v1/data-requests/*/messages",
        ),
        theirs_too("data_rights.isolation-of-writes", "POST", DOWNLOADS),
        theirs_too("data_rights.isolation-of-writes", "POST", REISSUE),
        theirs_too("data_rights.isolation-of-writes", "POST", REVOKE),
        theirs_too("data_rights.isolation", "GET", DELEGATION),
        key_made_up("interactions.key-missing", MESSAGES),
        key_made_up("consent.key-missing", DECISIONS),
        key_made_up("feedback.key-missing", FEEDBACK),
        key_made_up("data_rights.key-missing", REQUESTS),
        replay_unsaid("interactions.replay", MESSAGES),
        replay_unsaid("consent.replay", DECISIONS),
        replay_unsaid("feedback.replay", FEEDBACK),
        replay_unsaid("data_rights.replay", REQUESTS),
        any_request("interactions.key-reused", MESSAGES),
        any_request("consent.key-reused", DECISIONS),
        any_request("feedback.key-reused", FEEDBACK),
        any_request("data_rights.key-reused", REQUESTS),
        third_is_new("interactions.one-row", MESSAGES),
        third_is_new("consent.one-row", DECISIONS),
        third_is_new("feedback.one-row", FEEDBACK),
        third_is_new("data_rights.one-row", REQUESTS),
        version_made_up("core.precondition-required", ME),
        version_made_up("preferences.precondition-required", PREFERENCES),
        version_made_up("feedback.precondition-required", ENTRY),
        current_unsaid("core.precondition-failed", ME),
        current_unsaid("preferences.precondition-failed", PREFERENCES),
        current_unsaid("feedback.precondition-failed", ENTRY),
        all_win("core.one-winner", ME),
        all_win("preferences.one-winner", PREFERENCES),
        all_win("feedback.one-winner", ENTRY),
        key_demanded("core.key-optional", ME),
        key_demanded("preferences.key-optional", PREFERENCES),
        key_demanded("feedback.key-optional", ENTRY),
        version_first("core.key-before-version", ME),
        version_first("preferences.key-before-version", PREFERENCES),
        version_first("feedback.key-before-version", ENTRY),
    ]
}
