//! Removing a contact point, asked once: it would have to be verified anew to come back.

use super::{ADD, Desk, Told, cancel, words};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::browser::{focus, task};
use crate::forms::Write;
use crate::i18n::text;
use crate::loading::FailedLine;
use crate::ui::{Button, Icon, IconName, Tone};
use portal_client::ApiError;
use portal_contract::FromJson;
use portal_contract::contact_point::ContactPoint;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The question.
pub fn question(desk: Desk, point: ContactPoint) -> View {
    let line = words::line(&point);
    let id = point.id.clone();
    // As it stood when it was looked at; somebody who changed it meanwhile is told of before it goes.
    let seen = RwSignal::new(point);
    let is_changed = RwSignal::new(false);
    let write = remove(desk, seen);
    let announcer = use_announcer();
    write.on_done(move |()| {
        announcer.show(text::contact_point_removed(line.clone()));
        desk.points.refetch();
        desk.close();
        // The button that was pressed goes with it.
        task::run(async {
            task::pause(0).await;
            focus::id(ADD);
        });
    });
    write.on_failed(move |error| match error {
        ApiError::PreconditionFailed {
            current: Some(current),
        } => {
            if let Ok(now) = ContactPoint::from_json(&current) {
                seen.set(now);
                is_changed.set(true);
            }
            desk.points.refetch();
        }
        ApiError::InvalidState { .. } => {
            desk.tell(id.clone(), Told::NotRemoved);
            desk.close();
        }
        _ => {}
    });
    let changed = move || {
        is_changed.get().then(|| {
            let now = seen.with(|point| words::joined(words::notes(point, None)));
            view! {
                <div class="banner" data-tone="warn" data-shape="inline">
                    <Icon name=IconName::Alert />
                    <p>{text::CONTACT_POINT_CHANGED} " " {now}</p>
                </div>
            }
        })
    };
    view! {
        <div class="form">
            <p>{text::CONTACT_POINT_REMOVE_BODY}</p>
            <div role="status">{changed}</div>
            {move || (!is_changed.get()).then(|| view! { <FailedLine submission=write.submission() except_fields=false /> })}
            <div class="form__actions cluster">
                {cancel(desk)} " "
                <Button tone=Tone::Primary pending=write.pending() on_press=Callback::new(move |()| write.send(()))>
                    {text::CONTACT_POINT_REMOVE}
                </Button>
            </div>
        </div>
    }
    .alone()
}

fn remove(desk: Desk, seen: RwSignal<ContactPoint>) -> Write<(), ()> {
    let api = use_api();
    Write::new(move |()| {
        let client = api.client();
        let point = seen.get_untracked();
        async move {
            let act = || client.remove_contact_point(&point.id, &point.etag);
            desk.proof.through(act).await
        }
    })
}
