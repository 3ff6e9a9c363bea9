//! One contact point: how it stands, why, and what can be done.

use super::{Desk, Task, Told, small_button, words};
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::forms::Write;
use crate::i18n::{list, t, text};
use crate::loading::FailedLine;
use crate::ui::{Icon, IconName, Tone};
use portal_client::{ApiError, ContactPointChanges};
use portal_contract::FromJson;
use portal_contract::contact_point::{
    ContactPoint, ContactPointAction, ContactPointKind, RemovalObstacle, VerificationStatus,
};
use portal_contract::preference_catalog::PreferenceCatalog;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// What is shown of it.
pub fn item(desk: Desk, point: &ContactPoint) -> View {
    let (tone, icon, state) = words::status(point);
    let replaced = point.replaces.as_ref().and_then(|id| {
        let all = desk.points.get_untracked()?.ok()?;
        all.iter().find(|other| other.id == *id).map(words::line)
    });
    let notes = words::joined(words::notes(point, replaced));
    let trouble = words::trouble(&point.deliverability).map(|why| warn(t(why)));
    view! {
        <div class="item__head">
            <h3>{address(point)}</h3>
            <span class="status" data-status=tone>
                <Icon name=icon />
                {state}
            </span>
        </div>
        {(!notes.is_empty()).then(|| view! { <p class="item__note">{notes}</p> })}
        {trouble}
        {said(desk, point)}
        {acts(desk, point)}
    }
    .alone()
}

/// The address as it is read aloud and copied.
fn address(point: &ContactPoint) -> View {
    match &point.postal {
        Some(postal) => {
            let mut lines = words::postal_lines(postal).into_iter();
            let first = lines.next();
            let rest = lines.map(|line| view! { <br /> {line} }).collect_view();
            view! { <bdi>{first} {rest}</bdi> }.alone()
        }
        None => {
            let dir = words::dir(&point.kind);
            view! { <bdi dir=dir>{point.value.clone()}</bdi> }.alone()
        }
    }
}

fn warn(sentence: String) -> View {
    view! {
        <div class="banner" data-tone="warn" data-shape="inline">
            <Icon name=IconName::Alert />
            <p>{sentence}</p>
        </div>
    }
    .alone()
}

/// What an act came to that was not done. The region stands there before its words do.
fn said(desk: Desk, point: &ContactPoint) -> View {
    let id = point.id.clone();
    let obstacle = point.removal_obstacle.clone();
    let needs_names = !point.needed_by.is_empty();
    let point = StoredValue::new(point.clone());
    let told = move || {
        let told = desk.told.with(|told| match told {
            Some((about, told)) if *about == id => Some(*told),
            Some(_) | None => None,
        });
        match (told?, obstacle.clone()) {
            (Told::Changed, _) => Some(warn(t(text::CONTACT_POINT_CHANGED))),
            (Told::NotRemoved, Some(RemovalObstacle::RequiredTopic)) if needs_names => {
                Some(needed(point))
            }
            (Told::NotRemoved, Some(obstacle)) => Some(warn(t(words::obstacle(&obstacle, None)))),
            (Told::NotRemoved, None) => Some(warn(t(text::CONTACT_POINT_NOT_REMOVABLE))),
        }
    };
    view! { <div role="status">{told}</div> }.alone()
}

/// That required topics need it, by their names as soon as those are known.
fn needed(point: StoredValue<ContactPoint>) -> View {
    let catalog = use_api().read(|client| client.preference_catalog());
    let sentence = move || match catalog.get() {
        None => None,
        Some(answer) => {
            let topics = answer
                .ok()
                .map(|catalog| point.with_value(|point| names(&catalog, point)));
            let topics = topics.filter(|names| !names.is_empty());
            Some(warn(t(words::obstacle(
                &RemovalObstacle::RequiredTopic,
                topics,
            ))))
        }
    };
    sentence.alone()
}

fn names(catalog: &PreferenceCatalog, point: &ContactPoint) -> String {
    let topics = catalog.groups.iter().flat_map(|group| &group.topics);
    let names = topics
        .filter(|topic| point.needed_by.contains(&topic.id))
        .map(|topic| topic.label.clone());
    list(&names.collect::<Vec<_>>())
}

/// What can be done. Removing is always there: where it is refused, the reason is what one looks for.
fn acts(desk: Desk, point: &ContactPoint) -> View {
    if !desk.may_change {
        return ().alone();
    }
    let line = words::named(point);
    let allows = |action| point.allowed_actions.contains(&action);
    let opens = |word, tone, task: Task| {
        let open = Callback::new(move |()| desk.begin(task.clone()));
        small_button(&t(word), &line, tone, Signal::stored(false), open)
    };
    let is_new = point.verification.status != VerificationStatus::Verified;
    let (verify, tone) = if is_new {
        (text::CONTACT_POINT_VERIFY, Tone::Primary)
    } else {
        (text::CONTACT_POINT_TRY_AGAIN, Tone::Plain)
    };
    let can_be_coded = !matches!(point.kind, ContactPointKind::Other(_));
    let may_go = allows(ContactPointAction::Remove);
    let (prefer, not_preferred) = allows(ContactPointAction::Prefer)
        .then(|| prefer(desk, point))
        .unzip();
    // A device is added by itself, in the app.
    let is_typed = !matches!(
        point.kind,
        ContactPointKind::Push | ContactPointKind::Other(_)
    );
    view! {
        <div class="cluster">
            {(allows(ContactPointAction::Verify) && can_be_coded)
                .then(|| opens(verify, tone, Task::Verify(point.clone())))}
            {prefer}
            {allows(ContactPointAction::Edit)
                .then(|| opens(text::CONTACT_POINT_EDIT, Tone::Plain, Task::Edit(point.clone())))}
            {(allows(ContactPointAction::Replace) && is_typed)
                .then(|| opens(text::CONTACT_POINT_REPLACE, Tone::Plain, Task::Replace(point.clone())))}
            {removing(desk, point, &line, may_go)}
        </div>
        {not_preferred}
    }
    .alone()
}

/// Asks before it removes; what cannot be removed says why instead.
fn removing(desk: Desk, point: &ContactPoint, line: &str, may_go: bool) -> View {
    let point = point.clone();
    let press = Callback::new(move |()| {
        if may_go {
            desk.begin(Task::Remove(point.clone()));
        } else {
            desk.told.set(Some((point.id.clone(), Told::NotRemoved)));
        }
    });
    let word = t(text::CONTACT_POINT_REMOVE);
    small_button(&word, line, Tone::Plain, Signal::stored(false), press)
}

/// Makes it the one that is used. That is said of the address and not of its other members, so a change of those elsewhere
/// does not stand in the way.
///
/// The button, and why it failed.
fn prefer(desk: Desk, point: &ContactPoint) -> (View, View) {
    let api = use_api();
    let announcer = use_announcer();
    let write = Write::new(move |point: ContactPoint| {
        let client = api.client();
        async move { preferred(&client, point).await }
    });
    let (id, name) = (point.id.clone(), words::line(point));
    write.on_done(move |is_done| {
        if is_done {
            desk.points.refetch();
            announcer.show(text::contact_point_preferred_done(name.clone()));
        } else {
            desk.tell(id.clone(), Told::Changed);
        }
    });
    let pressed = point.clone();
    let press = Callback::new(move |()| write.send(pressed.clone()));
    let word = t(text::CONTACT_POINT_PREFER);
    let button = small_button(
        &word,
        &words::named(point),
        Tone::Plain,
        write.pending(),
        press,
    );
    let failed = view! { <FailedLine submission=write.submission() except_fields=false /> };
    (button, failed.alone())
}

/// Whether it is preferred now; `false` when what it has become cannot be.
async fn preferred(client: &PortalClient, mut point: ContactPoint) -> Result<bool, ApiError> {
    let changes = ContactPointChanges {
        preferred: Some(true),
        ..ContactPointChanges::default()
    };
    for _ in 0..3 {
        let (key, etag) = (client.new_key(), point.etag.clone());
        match client
            .change_contact_point(&point.id, &changes, &etag, &key)
            .await
        {
            Ok(_) => return Ok(true),
            Err(ApiError::PreconditionFailed {
                current: Some(current),
            }) => match ContactPoint::from_json(&current) {
                Ok(now) if now.allowed_actions.contains(&ContactPointAction::Prefer) => point = now,
                _ => return Ok(false),
            },
            Err(
                ApiError::PreconditionFailed { .. } | ApiError::Validation(_) | ApiError::NotFound,
            ) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}
