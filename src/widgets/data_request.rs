//! A data request in words: which right it is, and how it stands.

use crate::i18n::{Text, text};
use crate::ui::{Icon, IconName};
use portal_contract::data_request::{DataRequestKind, DataRequestState};
use portal_contract::interaction::Standing;
use portal_markup::{Child, View, view};

use super::status::standing_name;

/// What the customer asks for, as they would say it.
#[must_use]
pub fn request_word(kind: &DataRequestKind) -> Text {
    match kind {
        DataRequestKind::Access => text::DATA_REQUEST_KIND_ACCESS,
        DataRequestKind::Portability => text::DATA_REQUEST_KIND_PORTABILITY,
        DataRequestKind::Erasure => text::DATA_REQUEST_KIND_ERASURE,
        DataRequestKind::Rectification => text::DATA_REQUEST_KIND_RECTIFICATION,
        DataRequestKind::Restriction => text::DATA_REQUEST_KIND_RESTRICTION,
        DataRequestKind::Objection => text::DATA_REQUEST_KIND_OBJECTION,
        DataRequestKind::OptOutSaleSharing => text::DATA_REQUEST_KIND_OPT_OUT,
        DataRequestKind::LimitSensitive => text::DATA_REQUEST_KIND_SENSITIVE,
        DataRequestKind::AutomatedDecisionReview => text::DATA_REQUEST_KIND_REVIEW,
        DataRequestKind::Other(_) => text::DATA_REQUEST_KIND_OTHER,
    }
}

/// The same of somebody else's data.
#[must_use]
pub fn delegated_word(kind: &DataRequestKind) -> Text {
    match kind {
        DataRequestKind::Access => text::PEOPLE_KIND_ACCESS,
        DataRequestKind::Portability => text::PEOPLE_KIND_PORTABILITY,
        DataRequestKind::Erasure => text::PEOPLE_KIND_ERASURE,
        DataRequestKind::Restriction => text::PEOPLE_KIND_RESTRICTION,
        DataRequestKind::Objection => text::PEOPLE_KIND_OBJECTION,
        DataRequestKind::Rectification
        | DataRequestKind::OptOutSaleSharing
        | DataRequestKind::LimitSensitive
        | DataRequestKind::AutomatedDecisionReview
        | DataRequestKind::Other(_) => request_word(kind),
    }
}

/// Several of these, one below the other.
#[must_use]
pub fn delegated_kinds(kinds: &[DataRequestKind]) -> View {
    let kinds = kinds
        .iter()
        .map(|kind| view! { <li>{delegated_word(kind)}</li> }.alone());
    view! { <ul>{kinds.collect::<Vec<_>>()}</ul> }.alone()
}

/// Whose turn it is. A state that is not known here is under way.
#[must_use]
pub fn request_standing(state: &DataRequestState) -> Standing {
    match state {
        DataRequestState::AwaitingVerification
        | DataRequestState::AwaitingConfirmation
        | DataRequestState::AwaitingCustomer
        | DataRequestState::Ready => Standing::WaitingForCustomer,
        DataRequestState::Received
        | DataRequestState::InProgress
        | DataRequestState::Scheduled
        | DataRequestState::Other(_) => Standing::WaitingForCompany,
        DataRequestState::Completed
        | DataRequestState::PartiallyCompleted
        | DataRequestState::Denied
        | DataRequestState::Cancelled
        | DataRequestState::Expired => Standing::Done,
    }
}

/// How it stands, in a few words.
#[must_use]
pub fn request_state_word(state: &DataRequestState) -> Text {
    match state {
        DataRequestState::Received => text::DATA_REQUEST_STATE_RECEIVED,
        DataRequestState::AwaitingVerification => text::DATA_REQUEST_STATE_PROOF,
        DataRequestState::AwaitingConfirmation => text::DATA_REQUEST_STATE_CONFIRM,
        DataRequestState::InProgress | DataRequestState::Other(_) => {
            text::DATA_REQUEST_STATE_PROGRESS
        }
        DataRequestState::AwaitingCustomer => text::DATA_REQUEST_STATE_ANSWER,
        DataRequestState::Ready => text::DATA_REQUEST_STATE_READY,
        DataRequestState::Scheduled => text::DATA_REQUEST_STATE_SCHEDULED,
        DataRequestState::Completed => text::DATA_REQUEST_STATE_DONE,
        DataRequestState::PartiallyCompleted => text::DATA_REQUEST_STATE_PARTLY,
        DataRequestState::Denied => text::DATA_REQUEST_STATE_DENIED,
        DataRequestState::Cancelled => text::DATA_REQUEST_STATE_CANCELLED,
        DataRequestState::Expired => text::DATA_REQUEST_STATE_EXPIRED,
    }
}

/// The same with a drawing.
#[must_use]
pub fn request_chip(state: &DataRequestState) -> View {
    let standing = request_standing(state);
    let icon = match (standing, state) {
        (_, DataRequestState::Ready) => IconName::Download,
        (Standing::WaitingForCustomer, _) => IconName::Reply,
        (Standing::WaitingForCompany, _) => IconName::Clock,
        (
            Standing::Done,
            DataRequestState::Denied | DataRequestState::Cancelled | DataRequestState::Expired,
        ) => IconName::Close,
        (Standing::Done, _) => IconName::Check,
    };
    view! {
        <span class="status" data-status=standing_name(standing)>
            <Icon name=icon />
            {request_state_word(state)}
        </span>
    }
    .alone()
}
