use crate::i18n::{t, text};
use crate::widgets::plain_words;
use portal_contract::interaction::Role;

/// Who somebody is in an interaction, in words; a role that this version does not know is told as it came.
#[must_use]
pub fn role_word(role: &Role) -> String {
    t(match role {
        Role::Customer => text::THREAD_YOU,
        Role::Agent => text::THREAD_ROLE_AGENT,
        Role::Automated => text::THREAD_ROLE_AUTOMATED,
        Role::ThirdParty => text::THREAD_ROLE_THIRD_PARTY,
        Role::Other(role) => return plain_words(role),
    })
}
