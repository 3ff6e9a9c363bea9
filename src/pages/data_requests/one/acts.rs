//! What can be done about it now; the server decides.

use super::{Desk, cancelling};
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::browser::clock;
use crate::forms::Write;
use crate::i18n::{Text, date_time, duration, text};
use crate::loading::FailedLine;
use crate::ui::{Button, Tone};
use portal_client::ApiError;
use portal_contract::data_request::{
    DataRequest, DataRequestAction, DataRequestKind, DataRequestState,
};
use portal_contract::{DataRequestId, IdempotencyKey};
use portal_markup::prelude::*;
use portal_markup::{View, view};
use std::future::Future;
use std::pin::Pin;

/// An answer under way.
type Answer = Pin<Box<dyn Future<Output = Result<DataRequest, ApiError>>>>;

/// One act on a request.
pub type Act = fn(PortalClient, DataRequestId, IdempotencyKey) -> Answer;

/// The act, after a fresh proof where the server wants one. It has one key: pressed again after a lost answer it is the same.
pub fn acting(desk: Desk, act: Act, done: Text) -> Write<(), DataRequest> {
    let api = use_api();
    let announcer = use_announcer();
    let key = StoredValue::new(api.client().new_key());
    let write = Write::new(move |()| {
        let (client, id, key) = (api.client(), desk.id(), key.get_value());
        desk.step_up
            .through(move || act(client.clone(), id.clone(), key.clone()))
    });
    write.on_done(move |_| {
        key.set_value(api.client().new_key());
        announcer.show(done.clone());
        desk.read.refetch();
    });
    // It stands otherwise than it was drawn.
    write.on_failed(move |error| {
        if matches!(error, ApiError::InvalidState { .. }) {
            desk.read.refetch();
        }
    });
    write
}

/// The buttons, and until when it can be taken back.
pub fn view(desk: Desk) -> View {
    let request = desk.request;
    let confirm = acting(
        desk,
        |client, id, key| Box::pin(client.confirm_data_request(&id, &key)),
        text::DATA_REQUEST_CONFIRMED,
    );
    let lift = acting(
        desk,
        |client, id, key| Box::pin(client.lift_data_request(&id, &key)),
        text::DATA_REQUEST_LIFTED,
    );
    let may_confirm = desk.allows(DataRequestAction::Confirm);
    let may_lift = desk.allows(DataRequestAction::Lift);
    let may_cancel = desk.allows(DataRequestAction::Cancel);
    let asking = RwSignal::new(false);
    let is_erasure = request.with_untracked(|it| it.kind == DataRequestKind::Erasure);
    let cancel_word = if is_erasure {
        text::DATA_REQUEST_CANCEL_ERASURE
    } else {
        text::DATA_REQUEST_CANCEL
    };
    let confirm_button = move || {
        may_confirm.get().then(|| {
            view! {
                <Button
                    tone=Tone::Primary
                    pending=confirm.pending()
                    on_press=Callback::new(move |()| confirm.send(()))
                >
                    {text::DATA_REQUEST_CONFIRM_ACT}
                </Button>
            }
        })
    };
    let lift_button = move || {
        may_lift.get().then(|| {
            view! {
                <Button pending=lift.pending() on_press=Callback::new(move |()| lift.send(()))>
                    {text::DATA_REQUEST_LIFT}
                </Button>
            }
        })
    };
    let cancel_button = move || {
        let word = cancel_word.clone();
        may_cancel.get().then(|| {
            view! {
                <Button on_press=Callback::new(move |()| asking.set(true))>
                    {word}
                </Button>
            }
        })
    };
    let cooling = move || request.with(cooling).map(|words| view! { <p>{words}</p> });
    view! {
        {cooling}
        <div class="cluster">{confirm_button} {cancel_button} {lift_button}</div>
        <FailedLine submission=confirm.submission() except_fields=false />
        <FailedLine submission=lift.submission() except_fields=false />
        {cancelling::dialog(desk, asking)}
    }
}

/// How long the customer can change their mind, in words. It is read anew with the request, and each reading counts from then.
fn cooling(request: &DataRequest) -> Option<Text> {
    const DAY: f64 = 86_400_000.0;
    let until = request.cancellable_until.as_ref()?;
    let is_waiting = request.state == DataRequestState::Scheduled
        && request.allowed_actions.contains(&DataRequestAction::Cancel);
    let left = clock::parse(until) - clock::now();
    if !is_waiting || left <= 0.0 {
        return None;
    }
    let when = date_time(until);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the days of a span that is not negative"
    )]
    let days = (left / DAY) as u64;
    Some(if days > 0 {
        text::data_request_cooling(days, when)
    } else {
        text::data_request_cooling_hours(duration(left), when)
    })
}
