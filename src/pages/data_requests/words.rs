//! A request in sentences: what happens next, and by when.

use super::whose::Whose;
use crate::i18n::{Text, date, date_time, text};
use crate::ui::IconName;
use portal_contract::Timestamp;
use portal_contract::data_request::{
    ClockState, DataRequest, DataRequestAction, DataRequestKind, DataRequestState,
};

/// What the right is, in a sentence.
pub fn about(kind: &DataRequestKind) -> Option<Text> {
    Some(match kind {
        DataRequestKind::Access => text::DATA_REQUEST_ABOUT_ACCESS,
        DataRequestKind::Portability => text::DATA_REQUEST_ABOUT_PORTABILITY,
        DataRequestKind::Erasure => text::DATA_REQUEST_ABOUT_ERASURE,
        DataRequestKind::Rectification => text::DATA_REQUEST_ABOUT_RECTIFICATION,
        DataRequestKind::Restriction => text::DATA_REQUEST_ABOUT_RESTRICTION,
        DataRequestKind::Objection => text::DATA_REQUEST_ABOUT_OBJECTION,
        DataRequestKind::OptOutSaleSharing => text::DATA_REQUEST_ABOUT_OPT_OUT,
        DataRequestKind::LimitSensitive => text::DATA_REQUEST_ABOUT_SENSITIVE,
        DataRequestKind::AutomatedDecisionReview => text::DATA_REQUEST_ABOUT_REVIEW,
        DataRequestKind::Other(_) => return None,
    })
}

/// Its drawing.
pub fn icon(kind: &DataRequestKind) -> IconName {
    match kind {
        DataRequestKind::Access => IconName::Download,
        DataRequestKind::Portability => IconName::External,
        DataRequestKind::Erasure => IconName::Remove,
        DataRequestKind::Rectification => IconName::Check,
        DataRequestKind::Restriction => IconName::Pause,
        DataRequestKind::Objection => IconName::Close,
        DataRequestKind::OptOutSaleSharing => IconName::Shield,
        DataRequestKind::LimitSensitive => IconName::Lock,
        DataRequestKind::AutomatedDecisionReview => IconName::Person,
        DataRequestKind::Other(_) => IconName::File,
    }
}

/// Whether it brings files.
pub fn is_copy(kind: &DataRequestKind) -> bool {
    matches!(kind, DataRequestKind::Access | DataRequestKind::Portability)
}

/// What happens next, by whom and by when.
pub fn next(request: &DataRequest, whose: &Whose) -> Text {
    if let Some(name) = whose
        .name()
        .filter(|_| whose.awaits_the_other(&request.state))
    {
        return text::people_next_confirm(name);
    }
    let by = |of: &Option<Timestamp>, sentence: fn(String) -> Text, otherwise: Text| {
        of.as_ref().map_or(otherwise, |at| sentence(date(at)))
    };
    match &request.state {
        DataRequestState::Received => match &request.acknowledged_at {
            Some(_) => by(
                &request.due_at,
                text::data_request_next_progress,
                text::DATA_REQUEST_NEXT_BEGINS,
            ),
            None => by(
                &request.acknowledge_by,
                text::data_request_next_received,
                text::DATA_REQUEST_NEXT_BEGINS,
            ),
        },
        DataRequestState::AwaitingVerification => text::DATA_REQUEST_NEXT_PROOF,
        DataRequestState::AwaitingConfirmation => by(
            &request.expires_at,
            text::data_request_next_confirm_until,
            text::DATA_REQUEST_NEXT_CONFIRM,
        ),
        DataRequestState::InProgress if is_copy(&request.kind) => by(
            &request.due_at,
            text::data_request_next_export,
            text::DATA_REQUEST_NEXT_BEGINS,
        ),
        DataRequestState::InProgress => by(
            &request.due_at,
            text::data_request_next_progress,
            text::DATA_REQUEST_NEXT_OTHER,
        ),
        DataRequestState::AwaitingCustomer => by(
            &request.expires_at,
            text::data_request_next_answer_until,
            text::DATA_REQUEST_NEXT_ANSWER,
        ),
        DataRequestState::Ready => {
            let until = request
                .artifacts
                .iter()
                .find_map(|it| it.expires_at.clone());
            by(
                &until,
                text::data_request_next_ready_until,
                text::DATA_REQUEST_NEXT_READY,
            )
        }
        DataRequestState::Scheduled => {
            let can = request.allowed_actions.contains(&DataRequestAction::Cancel);
            let sentence = if can {
                text::data_request_next_scheduled_cancel
            } else {
                text::data_request_next_scheduled
            };
            match &request.runs_at {
                Some(at) => sentence(date_time(at)),
                None => text::DATA_REQUEST_NEXT_OTHER,
            }
        }
        DataRequestState::Completed => completed(request),
        DataRequestState::PartiallyCompleted => text::DATA_REQUEST_NEXT_PARTLY,
        DataRequestState::Denied => text::DATA_REQUEST_NEXT_DENIED,
        DataRequestState::Cancelled => text::DATA_REQUEST_NEXT_CANCELLED,
        DataRequestState::Expired => text::DATA_REQUEST_NEXT_EXPIRED,
        DataRequestState::Other(_) => text::DATA_REQUEST_NEXT_OTHER,
    }
}

/// A right that stays in force is done, and goes on.
fn completed(request: &DataRequest) -> Text {
    match request
        .outcome
        .as_ref()
        .and_then(|outcome| outcome.in_force)
    {
        Some(true) => text::DATA_REQUEST_NEXT_IN_FORCE,
        Some(false) => text::DATA_REQUEST_NEXT_LIFTED,
        None => text::DATA_REQUEST_NEXT_DONE,
    }
}

/// The legal day beside it, where what happens next does not name it already.
pub fn due(request: &DataRequest) -> Option<Text> {
    let named = matches!(
        request.state,
        DataRequestState::InProgress | DataRequestState::Ready | DataRequestState::Scheduled
    );
    let counts = request.clock.state != ClockState::Stopped;
    let due = request.due_at.as_ref().filter(|_| counts && !named)?;
    Some(text::data_request_due(date(due)))
}
