//! The links of email footers: less contact without signing in.
//!
//! A link is a signed text and is kept nowhere. It names a binding: one contact point of one customer, about some topics.
//! Whoever has it may only reduce contact, and revoking the binding ends every link of it.

mod binding;
pub(crate) mod one_click;
mod reduces;
mod token;
pub(crate) mod unsubscribe;

pub(crate) use binding::{Binding, Revoked, bind, find, revoke_all};
pub(crate) use reduces::{narrow, reduces, stays_with};
pub(crate) use token::{Claim, Use, open, seal};

use crate::mail::TopicLinks;
use crate::secrets::Secrets;
use crate::store::time::Moment;
use portal_contract::endpoints::UNSUBSCRIBE;

/// The page of the portal that a footer's link leads to.
const PAGE: &str = "/p";

/// How long a link is good: 60 days.
pub(crate) const LINK_SECONDS: i64 = 60 * 24 * 60 * 60;

/// How long the bearer is good that a link is exchanged for: 20 minutes.
pub(crate) const BEARER_SECONDS: i64 = 20 * 60;

/// The links of a mail of this binding that is sent now, below the addresses at which customers reach the portal and the API.
pub(crate) fn issue(
    secrets: &Secrets,
    [portal, api]: [&str; 2],
    binding: token::BindingId,
    now: Moment,
) -> TopicLinks {
    let claim = Claim {
        binding,
        until: now.plus_seconds(LINK_SECONDS),
    };
    let one_click = seal(secrets, Use::OneClick, &claim);
    TopicLinks {
        footer: footer(secrets, portal, &claim),
        one_click: format!("{api}{}", UNSUBSCRIBE.replace("{token}", &one_click)),
    }
}

/// The link of a footer. The token stands in the fragment, which no server, log or referrer sees.
pub(crate) fn footer(secrets: &Secrets, base: &str, claim: &Claim) -> String {
    format!("{base}{PAGE}#t={}", seal(secrets, Use::Footer, claim))
}
