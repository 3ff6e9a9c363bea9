//! What this API offers.

use super::{AppState, session};
use crate::data_requests::offered_kinds;
use crate::delegations::{DEFAULT_DAYS, MAX_DAYS, ROLES, TEXT_CHARACTERS};
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use portal_contract::CONTRACT_VERSION;
use portal_contract::capabilities::{Auth, AuthMode, Capabilities, Feature, Limits, Profile};
use portal_contract::contact::ContactOptionKind;
use portal_contract::data_request::DataRequestKind as Kind;
use portal_contract::delegation::DelegationTerms;
use portal_contract::endpoints::CAPABILITIES;
use portal_contract::interaction::Channel;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route(CAPABILITIES, get(read))
}

async fn read(State(state): State<AppState>) -> Json<Capabilities> {
    let limits = &state.config.limits;
    Json(Capabilities {
        contract_version: CONTRACT_VERSION.to_owned(),
        profiles: profiles(&state),
        features: features(&state),
        channels: Channel::KNOWN.to_vec(),
        locales: state.config.company.locales.clone(),
        auth: Auth {
            modes: state.config.sign_in_modes.clone(),
            login_url: state.company.as_ref().map(|_| session::START.to_owned()),
            logout_url: state.company.as_ref().map(|_| session::SIGN_OUT.to_owned()),
            step_up: state.config.sign_in_modes.contains(&AuthMode::EmailCode),
        },
        data_request_kinds: offered_kinds().to_vec(),
        delegations: Some(DelegationTerms {
            roles: ROLES.to_vec(),
            max_days: MAX_DAYS,
            default_days: DEFAULT_DAYS,
            text_characters: TEXT_CHARACTERS,
        }),
        limits: Limits {
            attachment_bytes: limits.attachment_bytes,
            attachments_per_message: limits.attachments_per_message,
            attachment_types: limits.attachment_types.clone(),
            message_characters: limits.message_characters,
        },
    })
}

fn profiles(state: &AppState) -> Vec<Profile> {
    let mut profiles = vec![
        Profile::Core,
        Profile::Interactions,
        Profile::Preferences,
        Profile::Consent,
        Profile::Link,
    ];
    if state.config.embed.is_some() {
        profiles.push(Profile::Embed);
    }
    if state.config.surveys.is_offered() {
        profiles.push(Profile::Feedback);
    }
    let rights = [Kind::Access, Kind::Portability, Kind::Erasure];
    if rights.iter().all(|kind| offered_kinds().contains(kind)) {
        profiles.push(Profile::DataRights);
    }
    profiles
}

/// What the company's content makes possible: a screen without content is not offered.
fn features(state: &AppState) -> Vec<Feature> {
    let config = &state.config;
    let offered = [
        (Feature::DataInventory, true),
        (Feature::Delegations, !offered_kinds().is_empty()),
        (Feature::Contact, !config.ways.all.is_empty()),
        (
            Feature::Callback,
            config.ways.offers(&ContactOptionKind::Callback),
        ),
        (Feature::Guides, !config.guides.is_empty()),
        (Feature::Feedback, config.surveys.is_offered()),
        (Feature::Improvements, config.surveys.is_offered()),
        // A notice belongs to a topic that can be switched off: without any there is none.
        (Feature::Notices, !config.catalogue.groups.is_empty()),
    ];
    let there = offered.into_iter().filter(|(_, there)| *there);
    there.map(|(feature, _)| feature).collect()
}
