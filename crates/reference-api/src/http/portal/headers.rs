//! What the portal says with every answer, in the form of this server's.

use crate::config::Config;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use portal_serving::{Site, Whose};

/// The headers of a configuration.
pub(super) struct Headers {
    usual: Fixed,
    unframed: Fixed,
    everybody: Fixed,
}

type Fixed = Vec<(HeaderName, HeaderValue)>;

impl Headers {
    pub(super) fn of(config: &Config) -> Self {
        let site = Site {
            https: config.is_https(),
            api: None,
            parents: config.frame_ancestors.clone(),
        };
        let of = |whose| fixed(portal_serving::Headers(&site).all(whose));
        Self {
            usual: of(Whose::Usual),
            unframed: of(Whose::Unframed),
            everybody: of(Whose::Everybody),
        }
    }

    pub(super) fn add(&self, path: &str, headers: &mut HeaderMap) {
        let own = match Whose::of(path) {
            Whose::Usual => &self.usual,
            Whose::Unframed => &self.unframed,
            Whose::Everybody => &self.everybody,
        };
        headers.extend(own.iter().cloned());
    }
}

fn fixed(headers: Vec<(&'static str, String)>) -> Fixed {
    let fixed = headers.into_iter().map(|(name, value)| {
        let value = HeaderValue::try_from(value);
        let value = value.expect("origins were checked when the configuration was read");
        (HeaderName::from_static(name), value)
    });
    fixed.collect()
}
