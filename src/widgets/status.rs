use crate::i18n::{Text, text};
use crate::ui::{Icon, IconName};
use portal_contract::interaction::Standing;
use portal_markup::prelude::*;
use portal_markup::view;

/// The three words for where a matter stands.
#[must_use]
pub fn standing_word(standing: Standing) -> Text {
    match standing {
        Standing::WaitingForCustomer => text::STANDING_YOU,
        Standing::WaitingForCompany => text::STANDING_US,
        Standing::Done => text::STANDING_DONE,
    }
}

/// The value of `data-status`, by which the style sheet tells the three apart.
#[must_use]
pub fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::WaitingForCustomer => "you",
        Standing::WaitingForCompany => "us",
        Standing::Done => "done",
    }
}

/// Whose turn it is: a drawing and a word, never a colour alone.
#[component]
pub fn StatusChip(
    /// Where the matter stands.
    standing: Standing,
) -> impl IntoView {
    let icon = match standing {
        Standing::WaitingForCustomer => IconName::Reply,
        Standing::WaitingForCompany => IconName::Clock,
        Standing::Done => IconName::Check,
    };
    view! {
        <span class="status" data-status=standing_name(standing)>
            <Icon name=icon />
            {standing_word(standing)}
        </span>
    }
}
