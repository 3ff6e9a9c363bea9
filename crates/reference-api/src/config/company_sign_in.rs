//! The company's own sign-in: `[sign_in]` and `[sign_in.openid_connect]`.

use super::read::{ConfigError, Settings, list, text};
use crate::outgoing::trusted;
use portal_contract::capabilities::AuthMode;
use std::fmt;
use std::path::PathBuf;

const ISSUER: &str = "sign_in.openid_connect.issuer";
const CLIENT_ID: &str = "sign_in.openid_connect.client_id";
const CLIENT_SECRET: &str = "sign_in.openid_connect.client_secret";
const CLIENT_SECRET_FILE: &str = "sign_in.openid_connect.client_secret_file";
const SCOPES: &str = "sign_in.openid_connect.scopes";
const CUSTOMER_CLAIM: &str = "sign_in.openid_connect.customer_claim";
const ACR_VALUES: &str = "sign_in.openid_connect.acr_values";
const MODES: &str = "sign_in.modes";

/// The company's OpenID Connect provider, and what this server is to it.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenIdConnect {
    /// The provider's issuer identifier, letter by letter as its discovery document says it.
    pub issuer: String,
    /// What the provider calls this server.
    pub client_id: String,
    /// What this server proves it with.
    pub client_secret: String,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// By which claim a customer is found.
    pub customer_claim: CustomerClaim,
    /// The authentication contexts of which a fresh proof needs one; any will do when there are none.
    pub acr_values: Vec<String>,
}

impl fmt::Debug for OpenIdConnect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenIdConnect")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// By which claim of the provider a customer is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerClaim {
    /// `email`, against the addresses that customers sign in with; only where the provider has verified it.
    Email,
    /// Another (`sub`), against the company's own number of the customer.
    Reference(String),
}

/// How customers sign in.
pub(super) struct Taken {
    /// The ways, the preferred one first.
    pub(super) modes: Vec<AuthMode>,
    /// The company's own sign-in, where it is one of them.
    pub(super) provider: Option<OpenIdConnect>,
}

/// Takes both.
pub(super) fn take(settings: &mut Settings) -> Result<Taken, ConfigError> {
    let provider = provider(settings)?;
    let both = "a list of ways, the preferred one first: redirect, email_code";
    let modes = settings.take(MODES, both, |value| {
        let names = list(value)?;
        let modes: Vec<AuthMode> = names.iter().map(|name| name.as_str().into()).collect();
        let is_known = modes.iter().all(|mode| AuthMode::KNOWN.contains(mode));
        let is_once = (1..modes.len()).all(|at| !modes[..at].contains(&modes[at]));
        (is_known && is_once && !modes.is_empty()).then_some(modes)
    })?;
    let modes = modes.unwrap_or_else(|| usual(provider.is_some()));
    let redirects = modes.contains(&AuthMode::Redirect);
    match (redirects, provider) {
        (true, None) => Err(missing(ISSUER, MODES)),
        (false, Some(_)) => Ok(Taken {
            modes,
            provider: None,
        }),
        (_, provider) => Ok(Taken { modes, provider }),
    }
}

fn usual(has_provider: bool) -> Vec<AuthMode> {
    if has_provider {
        vec![AuthMode::Redirect, AuthMode::EmailCode]
    } else {
        vec![AuthMode::EmailCode]
    }
}

fn missing(key: &str, because: &str) -> ConfigError {
    ConfigError::Missing {
        key: key.to_owned(),
        because: because.to_owned(),
    }
}

fn provider(settings: &mut Settings) -> Result<Option<OpenIdConnect>, ConfigError> {
    let issuer = settings.take(
        ISSUER,
        "the issuer of an OpenID Connect provider, such as https://login.example.com (http on this machine alone)",
        |value| text(value).filter(|url| trusted(url).is_some_and(|url| url.query().is_none())),
    )?;
    let client_id = settings.take(CLIENT_ID, "what the provider calls this server", text)?;
    let client_secret = secret(settings)?;
    let scopes = settings.take(
        SCOPES,
        "a list of scopes, such as email, profile",
        |value| list(value).filter(|scopes| scopes.iter().all(|scope| is_plain(scope))),
    )?;
    let claim = settings.take(
        CUSTOMER_CLAIM,
        "the name of a claim: sub, email, or another that holds the customer's number",
        |value| text(value).filter(|claim| is_plain(claim)),
    )?;
    let acr_values = settings.take(
        ACR_VALUES,
        "a list of authentication contexts, such as urn:example:strong",
        |value| list(value).filter(|all| all.iter().all(|one| is_plain(one))),
    )?;
    let Some(issuer) = issuer else {
        let set = [
            (client_id.is_some(), CLIENT_ID),
            (client_secret.is_some(), CLIENT_SECRET),
            (scopes.is_some(), SCOPES),
            (claim.is_some(), CUSTOMER_CLAIM),
            (acr_values.is_some(), ACR_VALUES),
        ];
        return match set.iter().find(|(is_set, _)| *is_set) {
            Some((_, key)) => Err(missing(ISSUER, key)),
            None => Ok(None),
        };
    };
    let customer_claim = match claim.as_deref() {
        Some("email") => CustomerClaim::Email,
        Some(other) => CustomerClaim::Reference(other.to_owned()),
        None => CustomerClaim::Reference("sub".to_owned()),
    };
    let usual_scopes = || match customer_claim {
        CustomerClaim::Email => vec!["email".to_owned()],
        CustomerClaim::Reference(_) => Vec::new(),
    };
    let mut scopes = scopes.unwrap_or_else(usual_scopes);
    // The crate asks for it by itself.
    scopes.retain(|scope| scope != "openid");
    Ok(Some(OpenIdConnect {
        issuer,
        client_id: client_id.ok_or_else(|| missing(CLIENT_ID, ISSUER))?,
        client_secret: client_secret.ok_or_else(|| missing(CLIENT_SECRET, ISSUER))?,
        scopes,
        customer_claim,
        acr_values: acr_values.unwrap_or_default(),
    }))
}

/// The secret itself, or a file that holds it, as an orchestrator mounts one.
fn secret(settings: &mut Settings) -> Result<Option<String>, ConfigError> {
    let secret = settings.take(CLIENT_SECRET, "the client's secret", text)?;
    let file = settings.take(
        CLIENT_SECRET_FILE,
        "the path of a file that holds the client's secret and nothing else",
        |value| text(value).map(PathBuf::from),
    )?;
    let wrong = |reason: String| ConfigError::Content {
        key: CLIENT_SECRET_FILE.to_owned(),
        reason,
    };
    match (secret, file) {
        (Some(_), Some(_)) => Err(wrong(format!(
            "\"{CLIENT_SECRET}\" is set as well: set one of the two"
        ))),
        (None, Some(path)) => {
            let held = std::fs::read_to_string(&path)
                .map_err(|error| wrong(format!("{} cannot be read: {error}", path.display())))?;
            let held = held.trim();
            if held.is_empty() {
                return Err(wrong(format!("{} is empty", path.display())));
            }
            Ok(Some(held.to_owned()))
        }
        (secret, None) => Ok(secret),
    }
}

/// What can stand in a list with spaces between.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_graphic() && c != '"' && c != '\\')
}

#[cfg(test)]
mod tests;
