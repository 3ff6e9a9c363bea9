//! What a contact point is called and when it is used. Who changes something else of it meanwhile is not in the way; who changes
//! the same is shown, and the customer decides.

use super::fields::{self, details, filled};
use super::{Desk, cancel, words};
use crate::announce::use_announcer;
use crate::api::{PortalClient, use_api};
use crate::forms::{ErrorSummary, Field, Write};
use crate::i18n::{Text, t, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use portal_client::{ApiError, Change, ContactPointChanges};
use portal_contract::FromJson;
use portal_contract::contact_point::ContactPoint;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// What of a contact point this form changes: label, first day, last day.
type Said = [Option<String>; 3];

/// What saving came to: nothing is left to do, or somebody changed the same first, and so it stands now.
type Conflict = Option<ContactPoint>;

#[derive(Clone, Copy)]
struct Form {
    label: Field<String>,
    from: Field<String>,
    to: Field<String>,
    /// As it stood when the customer last saw it.
    seen: RwSignal<ContactPoint>,
    is_conflict: RwSignal<bool>,
    attempts: RwSignal<u32>,
}

impl Form {
    fn new(point: ContactPoint) -> Self {
        let anything = |raw: &str| Ok(raw.trim().to_owned());
        let form = Self {
            label: Field::new("point-label", anything),
            from: Field::new("point-from", anything),
            to: Field::new("point-to", anything),
            seen: RwSignal::new(point),
            is_conflict: RwSignal::new(false),
            attempts: RwSignal::new(0),
        };
        form.show_theirs();
        form
    }

    fn fields(self) -> [Field<String>; 3] {
        [self.label, self.from, self.to]
    }

    /// Takes into the fields what is there.
    fn show_theirs(self) {
        let said = self.seen.with_untracked(said);
        for (field, value) in self.fields().into_iter().zip(said) {
            field.raw().set(value.unwrap_or_else(String::new));
        }
    }

    fn read(self) -> Option<Said> {
        let label = self.label.check();
        let (from, to) = fields::days(self.from, self.to)?;
        Some([filled(label?), from, to])
    }

    fn refuse(self, errors: &[portal_contract::FieldError]) {
        let kind = self.seen.with_untracked(|point| point.kind.clone());
        for error in errors {
            let field = match error.pointer.as_str() {
                "/valid_from" => self.from,
                "/valid_to" => self.to,
                _ => self.label,
            };
            match fields::refusal(&kind, error) {
                Some(sentence) => field.say(sentence),
                None => field.refuse(error),
            }
        }
        self.attempts.update(|n| *n += 1);
    }
}

/// The form.
pub fn form(desk: Desk, point: ContactPoint) -> View {
    let form = Form::new(point);
    let write = saving(form);
    let announcer = use_announcer();
    write.on_done(move |conflict: Conflict| {
        desk.points.refetch();
        match conflict {
            None => {
                announcer.show(text::CONTACT_POINT_SAVED);
                desk.close();
            }
            Some(now) => {
                form.seen.set(now);
                form.is_conflict.set(true);
            }
        }
    });
    write.on_failed(move |error| {
        if let ApiError::Validation(errors) = error {
            form.refuse(&errors);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match form.read() {
            Some(said) => write.send(said),
            None => form.attempts.update(|n| *n += 1),
        }
    };
    let pending = write.pending();
    let word = move || {
        t(match (pending.get(), form.is_conflict.get()) {
            (true, _) => text::SAVING,
            (false, true) => text::CONTACT_POINT_SAVE_MINE,
            (false, false) => text::SAVE,
        })
    };
    let problems = form.fields().map(|it| (it.id(), it.problem())).to_vec();
    view! {
        <form class="form" novalidate on:submit=submit>
            <ErrorSummary fields=problems attempts=form.attempts />
            <FailedLine submission=write.submission() except_fields=true />
            <div role="status">{move || form.is_conflict.get().then(|| conflict(form))}</div>
            {details(form.label, form.from, form.to)}
            <div class="form__actions cluster">
                {cancel(desk)} " "
                <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                    {word}
                </Button>
            </div>
        </form>
    }
    .alone()
}

/// That somebody was first, and how it stands now.
fn conflict(form: Form) -> View {
    let theirs = move || {
        form.seen.with(|point| {
            let called = match &point.label {
                Some(label) => text::contact_point_called(label.clone()),
                None => text::CONTACT_POINT_NO_LABEL,
            };
            let time = words::time(point).unwrap_or(text::CONTACT_POINT_ALWAYS);
            let both: Vec<Text> = vec![called, time];
            words::joined(both)
        })
    };
    let take = Callback::new(move |()| {
        form.show_theirs();
        form.is_conflict.set(false);
    });
    view! {
        <div class="banner" data-tone="warn" data-shape="inline">
            <Icon name=IconName::Alert />
            <p>{text::CONTACT_POINT_CONFLICT} " " <strong>{theirs}</strong></p>
            <Button on_press=take>{text::CONTACT_POINT_TAKE_THEIRS}</Button>
        </div>
    }
    .alone()
}

fn saving(form: Form) -> Write<Said, Conflict> {
    let api = use_api();
    Write::new(move |mine: Said| {
        let client = api.client();
        let seen = form.seen.get_untracked();
        async move { save(&client, seen, mine).await }
    })
}

/// Saves what differs from what was seen. When something else changed meanwhile the same is said again over that; when the very
/// same did, the customer is asked.
async fn save(client: &PortalClient, seen: ContactPoint, mine: Said) -> Result<Conflict, ApiError> {
    let mut base = seen;
    for _ in 0..3 {
        let changes = changes(&said(&base), &mine);
        if changes == ContactPointChanges::default() {
            return Ok(None);
        }
        let key = client.new_key();
        let answer = client
            .change_contact_point(&base.id, &changes, &base.etag, &key)
            .await;
        let current = match answer {
            Ok(_) => return Ok(None),
            Err(ApiError::PreconditionFailed {
                current: Some(current),
            }) => ContactPoint::from_json(&current),
            Err(error) => return Err(error),
        };
        let Ok(now) = current else {
            return Err(ApiError::PreconditionFailed { current: None });
        };
        if collides(&said(&base), &said(&now), &mine) {
            return Ok(Some(now));
        }
        base.etag = now.etag;
    }
    Err(ApiError::PreconditionFailed { current: None })
}

fn said(point: &ContactPoint) -> Said {
    [
        point.label.clone(),
        point.valid_from.clone(),
        point.valid_to.clone(),
    ]
}

/// Whether both changed the same, and not to the same.
fn collides(before: &Said, theirs: &Said, mine: &Said) -> bool {
    (0..3).any(|at| mine[at] != before[at] && theirs[at] != before[at] && theirs[at] != mine[at])
}

fn changes(before: &Said, mine: &Said) -> ContactPointChanges {
    let change = |at: usize| match &mine[at] {
        same if *same == before[at] => Change::Keep,
        Some(value) => Change::Set(value.clone()),
        None => Change::Clear,
    };
    ContactPointChanges {
        label: change(0),
        preferred: None,
        valid_from: change(1),
        valid_to: change(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three(label: &str, from: &str, to: &str) -> Said {
        [label, from, to].map(|text| filled(text.to_owned()))
    }

    #[test]
    fn only_what_differs_is_said() {
        let before = three("Home", "", "2026-12-31");
        let changes = changes(&before, &three("Home", "2026-01-01", ""));
        assert_eq!(changes.label, Change::Keep);
        assert_eq!(changes.valid_from, Change::Set("2026-01-01".to_owned()));
        assert_eq!(changes.valid_to, Change::Clear);
    }

    #[test]
    fn two_changes_collide_only_where_both_changed_the_same_otherwise() {
        let before = three("Home", "", "");
        let mine = three("House", "", "");
        assert!(collides(&before, &three("Flat", "", ""), &mine));
        assert!(!collides(&before, &three("House", "", ""), &mine));
        assert!(!collides(&before, &three("Home", "2026-01-01", ""), &mine));
    }
}
