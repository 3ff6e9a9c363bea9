//! Where the company's own systems are told of data requests.

use super::read::{ConfigError, Settings};
use crate::webhooks::{Endpoint, endpoint};

/// Takes `[[webhooks]]`.
pub(super) fn take(settings: &mut Settings) -> Result<Vec<Endpoint>, ConfigError> {
    let tables = settings.take("webhooks", "tables, each under [[webhooks]]", |value| {
        value.is_array().then(|| value.clone())
    })?;
    let Some(tables) = tables else {
        return Ok(Vec::new());
    };
    endpoint::read(tables).map_err(|reason| ConfigError::Content {
        key: "webhooks".to_owned(),
        reason,
    })
}
