//! The route table: which screen stands at which path.

use super::segment;
use crate::browser::base;
use portal_contract::{
    DataRequestId, DelegationId, FeedbackId, FeedbackRequestId, GuideId, InteractionId,
    InventoryCategoryId,
};

/// Which screen stands at a path, whatever the query says: the route table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// [`Route::Overview`](super::Route::Overview).
    Overview,
    /// [`Route::Notices`](super::Route::Notices).
    Notices,
    /// [`Route::Interactions`](super::Route::Interactions).
    Interactions,
    /// [`Route::Interaction`](super::Route::Interaction).
    Interaction(InteractionId),
    /// [`Route::SignIn`](super::Route::SignIn).
    SignIn,
    /// [`Route::Preferences`](super::Route::Preferences).
    Preferences,
    /// [`Route::LessContact`](super::Route::LessContact).
    LessContact,
    /// [`Route::QuietHours`](super::Route::QuietHours).
    QuietHours,
    /// [`Route::PreferenceHistory`](super::Route::PreferenceHistory).
    PreferenceHistory,
    /// [`Route::ContactPoints`](super::Route::ContactPoints).
    ContactPoints,
    /// [`Route::Consents`](super::Route::Consents).
    Consents,
    /// [`Route::Feedback`](super::Route::Feedback).
    Feedback,
    /// [`Route::Improvements`](super::Route::Improvements).
    Improvements,
    /// [`Route::FeedbackRequest`](super::Route::FeedbackRequest).
    FeedbackRequest(FeedbackRequestId),
    /// [`Route::NewFeedback`](super::Route::NewFeedback).
    NewFeedback,
    /// [`Route::FeedbackEntry`](super::Route::FeedbackEntry).
    FeedbackEntry(FeedbackId),
    /// [`Route::Contact`](super::Route::Contact).
    Contact,
    /// [`Route::NewMessage`](super::Route::NewMessage).
    NewMessage,
    /// [`Route::NewCallback`](super::Route::NewCallback).
    NewCallback,
    /// [`Route::Guide`](super::Route::Guide).
    Guide(GuideId),
    /// [`Route::Data`](super::Route::Data).
    Data,
    /// [`Route::DataCategory`](super::Route::DataCategory).
    DataCategory(InventoryCategoryId),
    /// [`Route::DataRequests`](super::Route::DataRequests).
    DataRequests,
    /// [`Route::NewDataRequest`](super::Route::NewDataRequest).
    NewDataRequest,
    /// [`Route::DataRequest`](super::Route::DataRequest).
    DataRequest(DataRequestId),
    /// [`Route::People`](super::Route::People).
    People,
    /// [`Route::NewDelegation`](super::Route::NewDelegation).
    NewDelegation,
    /// [`Route::Delegation`](super::Route::Delegation).
    Delegation(DelegationId),
    /// [`Route::PeopleLink`](super::Route::PeopleLink).
    PeopleLink,
    /// [`Route::FooterLink`](super::Route::FooterLink).
    FooterLink,
    /// [`Route::Track`](super::Route::Track).
    Track,
    /// [`Route::Export`](super::Route::Export).
    Export,
    /// [`Route::Help`](super::Route::Help).
    Help,
}

impl Screen {
    /// The screen at this path of the origin; `None` where there is nothing. Ids hold no character that an address would encode.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let path = base::within(path)?.trim_matches('/');
        match path.split_once('/') {
            None if path.is_empty() => Some(Self::Overview),
            None if path == segment::NOTICES => Some(Self::Notices),
            None if path == segment::INTERACTIONS => Some(Self::Interactions),
            None if path == segment::SIGN_IN => Some(Self::SignIn),
            None if path == segment::PREFERENCES => Some(Self::Preferences),
            None if path == segment::FEEDBACK => Some(Self::Feedback),
            None if path == segment::CONTACT => Some(Self::Contact),
            Some((segment::CONTACT, segment::MESSAGE)) => Some(Self::NewMessage),
            Some((segment::CONTACT, segment::CALLBACK)) => Some(Self::NewCallback),
            None if path == segment::FOOTER_LINK => Some(Self::FooterLink),
            None if path == segment::TRACK => Some(Self::Track),
            None if path == segment::PEOPLE => Some(Self::PeopleLink),
            Some((segment::DATA, segment::PEOPLE)) => Some(Self::People),
            Some((segment::DATA, rest)) if rest.starts_with("people/") => {
                match &rest["people/".len()..] {
                    segment::NEW => Some(Self::NewDelegation),
                    id => id.parse().ok().map(Self::Delegation),
                }
            }
            Some((segment::DATA, segment::REQUESTS)) => Some(Self::DataRequests),
            Some((segment::DATA, rest)) if rest.starts_with("requests/") => {
                match &rest["requests/".len()..] {
                    segment::NEW => Some(Self::NewDataRequest),
                    id => id.parse().ok().map(Self::DataRequest),
                }
            }
            None if path == segment::HELP => Some(Self::Help),
            None if path == segment::DATA => Some(Self::Data),
            Some((segment::DATA, segment::EXPORT)) => Some(Self::Export),
            Some((segment::DATA, id)) => id.parse().ok().map(Self::DataCategory),
            Some((segment::PREFERENCES, segment::LESS)) => Some(Self::LessContact),
            Some((segment::PREFERENCES, segment::QUIET_HOURS)) => Some(Self::QuietHours),
            Some((segment::PREFERENCES, segment::HISTORY)) => Some(Self::PreferenceHistory),
            Some((segment::PREFERENCES, segment::CONTACT_POINTS)) => Some(Self::ContactPoints),
            Some((segment::PREFERENCES, segment::CONSENTS)) => Some(Self::Consents),
            Some((segment::INTERACTIONS, id)) => id.parse().ok().map(Self::Interaction),
            Some((segment::GUIDES, id)) => id.parse().ok().map(Self::Guide),
            Some((segment::FEEDBACK, segment::IMPROVEMENTS)) => Some(Self::Improvements),
            Some((segment::FEEDBACK, segment::NEW)) => Some(Self::NewFeedback),
            Some((segment::FEEDBACK, rest)) => match rest.split_once('/') {
                None => rest.parse().ok().map(Self::FeedbackEntry),
                Some((segment::REQUESTS, id)) => id.parse().ok().map(Self::FeedbackRequest),
                Some(_) => None,
            },
            None | Some(_) => None,
        }
    }

    /// Whether it can be read without signing in.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self, Self::Export | Self::Help)
    }
}
