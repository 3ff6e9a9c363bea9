//! The company's own sign-in: this server as a confidential client of an OpenID Connect provider.
//!
//! OpenID Connect Core 1.0 with the authorization code, PKCE (RFC 7636) and the issuer in the answer (RFC 9207); Discovery 1.0;
//! RP-Initiated Logout 1.0; Back-Channel Logout 1.0. What the protocol wants read and checked is the crate's; what this server makes of it
//! stands here (decision 0031). What a provider says of moments is compared with the machine's clock, which is the one that it knows.

mod departures;
mod logout_token;
mod proof;
mod provider;
mod rows;
mod transaction;

pub(crate) use departures::LIFE as DEPARTURE;
pub(crate) use logout_token::LogoutToken;
pub(crate) use proof::{Named, Proof};
pub(crate) use provider::{Answer, Wish};
pub(crate) use rows::{end_of, find, first_use, forget, id_token, note};
pub(crate) use transaction::{LIFE_SECONDS, Purpose, Transaction, own_path};

use crate::config::OpenIdConnect;
use departures::Departures;
use provider::Known;
use tokio::sync::Mutex;

/// The company's own sign-in, and what is known of its provider at this moment.
pub(crate) struct CompanySignIn {
    config: OpenIdConnect,
    known: Mutex<Option<Known>>,
    /// Who is on their way to the provider's sign-out.
    pub(crate) departures: Departures,
}

impl CompanySignIn {
    /// It, with nothing asked yet: a provider that is down keeps no server from starting.
    pub(crate) fn new(config: OpenIdConnect) -> Self {
        Self {
            config,
            known: Mutex::new(None),
            departures: Departures::default(),
        }
    }
}

/// Why nobody was signed in. The portal says it in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// The customer changed their mind at the provider.
    Cancelled,
    /// The provider could not prove anew, or not well enough, who is there.
    NotProven,
    /// The provider knows the person, the company's records do not.
    UnknownCustomer,
    /// Somebody else proved who they are than whose session it is.
    OtherCustomer,
    /// The provider does not answer.
    Unavailable,
    /// The answer is to nothing that this browser asked, or no longer.
    Stale,
    /// What the provider said cannot be trusted.
    Failed,
}

impl Problem {
    /// Its name in an address.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::NotProven => "not_proven",
            Self::UnknownCustomer => "unknown_customer",
            Self::OtherCustomer => "other_customer",
            Self::Unavailable => "unavailable",
            Self::Stale => "stale",
            Self::Failed => "failed",
        }
    }

    /// What an error of the authorization endpoint comes to (RFC 6749, section 4.1.2.1; OpenID Connect Core, 3.1.2.6).
    pub(crate) fn of_error(error: &str) -> Self {
        match error {
            "access_denied" => Self::Cancelled,
            "login_required"
            | "interaction_required"
            | "account_selection_required"
            | "consent_required"
            | "unmet_authentication_requirements" => Self::NotProven,
            "server_error" | "temporarily_unavailable" => Self::Unavailable,
            _ => Self::Failed,
        }
    }
}
