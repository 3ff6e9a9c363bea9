//! The links of email footers: less contact without signing in.
//!
//! A link is a signed text and is kept nowhere. It names a binding: one contact point of one customer, about some topics.
//! Whoever has it may only reduce contact, and revoking the binding ends every link of it.

mod binding;
pub(crate) mod one_click;
mod token;

pub(crate) use binding::{Binding, Revoked, bind, find, revoke_all};
pub(crate) use token::{Claim, Use, open, seal};

use crate::secrets::Secrets;
use crate::store::time::Moment;

/// How long a link is good: 60 days.
pub(crate) const LINK_SECONDS: i64 = 60 * 24 * 60 * 60;

/// How long the bearer is good that a link is exchanged for: 20 minutes.
pub(crate) const BEARER_SECONDS: i64 = 20 * 60;

/// The two links of one mail.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    /// What stands behind `#t=` in the footer.
    pub(crate) footer: String,
    /// What stands in the address of `List-Unsubscribe`.
    pub(crate) one_click: String,
}

/// The links of a mail of this binding that is sent now.
pub(crate) fn issue(secrets: &Secrets, binding: token::BindingId, now: Moment) -> Links {
    let claim = Claim {
        binding,
        until: now.plus_seconds(LINK_SECONDS),
    };
    Links {
        footer: seal(secrets, Use::Footer, &claim),
        one_click: seal(secrets, Use::OneClick, &claim),
    }
}
