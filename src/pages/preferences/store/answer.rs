//! What a save comes to.

use crate::api::PortalClient;
use portal_client::ApiError;
use portal_client::preferences::Save;
use portal_contract::FromJson;
use portal_contract::preferences::Preferences;

/// What came of a save.
pub enum Answer {
    /// It holds; how it stands now.
    Saved(Preferences),
    /// Somebody else was faster; how it stands now.
    Outdated(Preferences),
    /// It cannot be.
    Refused(ApiError),
    /// Whether the server acted is unknown.
    None(ApiError),
}

/// Sends it, and waits for what comes of it.
pub async fn answer(client: &PortalClient, save: &Save) -> Answer {
    let error = match client.save_preferences(save).await {
        Ok(document) => return Answer::Saved(document),
        Err(error) => error,
    };
    match error {
        ApiError::PreconditionFailed { current } => {
            let told = current.and_then(|json| Preferences::from_json(&json).ok());
            let current = match told {
                Some(current) => Ok(current),
                None => client.preferences().await,
            };
            current.map_or_else(Answer::None, Answer::Outdated)
        }
        ApiError::Unauthenticated => Answer::None(ApiError::Unauthenticated),
        error if error.may_pass() => Answer::None(error),
        error => Answer::Refused(error),
    }
}
