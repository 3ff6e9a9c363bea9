//! How a deletion stands, for whoever holds its link: the account may be gone, and nobody signs in.

use crate::api::{PortalClient, use_api};
use crate::browser::page as browser_page;
use crate::i18n::{Text, date, date_time, t, text};
use crate::loading::Loaded;
use crate::routes::segment;
use crate::ui::IconName;
use crate::widgets::{PageHead, item_bones, notice_page, request_chip, request_word, retained};
use portal_client::ApiError;
use portal_contract::data_request::{DataRequestState, TrackDataRequest, TrackedDataRequest};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};
use std::cell::RefCell;

thread_local! {
    static TOKEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Takes the token out of the address, before anything else is done there. Another one takes its place.
pub fn take_token() -> bool {
    let token = browser_page::take_from_fragment(segment::TOKEN);
    let found = token.is_some();
    if found {
        TOKEN.set(token);
    }
    found
}

/// What the link leads to.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    It(Box<TrackedDataRequest>),
    /// There is none of that token.
    Unknown,
    /// The page was loaded anew, or opened without a link.
    Nothing,
}

/// The screen.
pub fn page() -> View {
    take_token();
    let followed = RwSignal::new(());
    browser_page::on_fragment(move || {
        if take_token() {
            followed.set(());
        }
    });
    let found = use_api().read(move |client| {
        followed.track();
        async move { find(&client).await }
    });
    view! {
        <Loaded from=found failed=text::TRACK_FAILED is_page=true skeleton=bones let:found>
            {move || match found.get() {
                Found::It(request) => untrack(|| shown(&request)),
                Found::Unknown => notice(text::TRACK_UNKNOWN_TITLE, text::TRACK_UNKNOWN),
                Found::Nothing => notice(text::TRACK_NONE_TITLE, text::TRACK_NONE),
            }}
        </Loaded>
    }
    .alone()
}

async fn find(client: &PortalClient) -> Result<Found, ApiError> {
    let Some(tracking_token) = TOKEN.with_borrow(Clone::clone) else {
        return Ok(Found::Nothing);
    };
    let token = TrackDataRequest { tracking_token };
    match client.track_data_request(&token).await {
        Ok(request) => Ok(Found::It(Box::new(request))),
        Err(ApiError::NotFound | ApiError::Validation(_)) => Ok(Found::Unknown),
        Err(error) => Err(error),
    }
}

fn shown(request: &TrackedDataRequest) -> View {
    let chip = request_chip(&request.state);
    let kept = request
        .outcome
        .as_ref()
        .filter(|_| request.closed_at.is_some())
        .map(|outcome| {
            view! {
                <h2>{text::DATA_REQUEST_RETAINED}</h2>
                {retained(&outcome.retained)}
            }
        });
    let asked = text::data_request_submitted(date(&request.submitted_at));
    view! {
        <PageHead
            title=t(request_word(&request.kind))
            lede=t(text::data_request_reference(request.reference.clone()))
        >
            {chip}
        </PageHead>
        <div class="stack">
            <p class="lead">{next(request)}</p>
            <p class="soft">{asked}</p>
            {kept}
            <p class="soft">{text::TRACK_NOBODY}</p>
        </div>
    }
}

/// How it stands, in a sentence.
fn next(request: &TrackedDataRequest) -> Text {
    let runs = request.runs_at.as_ref().map(date_time);
    let closed = request.closed_at.as_ref().map(date);
    let due = request.due_at.as_ref().map(date);
    match (&request.state, runs, closed, due) {
        (DataRequestState::Scheduled, Some(runs), ..) => text::data_request_next_scheduled(runs),
        (DataRequestState::Completed, _, Some(closed), _) => text::track_done(closed),
        (DataRequestState::PartiallyCompleted, _, Some(closed), _) => text::track_partly(closed),
        (DataRequestState::Denied, ..) => text::TRACK_DENIED,
        (DataRequestState::Cancelled, ..) => text::DATA_REQUEST_NEXT_CANCELLED,
        (DataRequestState::Expired, ..) => text::DATA_REQUEST_NEXT_EXPIRED,
        (DataRequestState::AwaitingConfirmation, ..) => text::TRACK_CONFIRM,
        (_, _, _, Some(due)) => text::data_request_next_progress(due),
        _ => text::DATA_REQUEST_NEXT_OTHER,
    }
}

/// Why there is nothing to show, and what to do.
fn notice(title: Text, words: Text) -> View {
    notice_page(IconName::Search, title, view! { <p>{words}</p> }.alone())
}

fn bones() -> View {
    item_bones(1)
}
