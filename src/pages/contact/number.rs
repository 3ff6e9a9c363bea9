//! Where the company calls: a verified number of the customer's, or another one.

use crate::api::{Read, use_api};
use crate::forms::{Field, FieldView, InputKind};
use crate::i18n::{Text, formats, t, text};
use crate::loading::Loaded;
use portal_contract::callback::NewCallback;
use portal_contract::contact_point::{
    ContactPoint, ContactPointKind, DeliverabilityState, VerificationStatus,
};
use portal_contract::{ContactPointId, FieldError, Timestamp};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};

/// The id of the group, for the summary of what is wrong.
const GROUP: &str = "call-number-group";

/// The choice.
#[derive(Clone, Copy)]
pub struct Number {
    points: Read<Vec<ContactPoint>>,
    /// One of the customer's; absent for another one.
    point: RwSignal<Option<ContactPointId>>,
    other: Field<String>,
    problem: RwSignal<Option<Text>>,
    is_begun: StoredValue<bool>,
}

fn phone(raw: &str) -> Result<String, Text> {
    let raw = raw.trim();
    if raw.is_empty() {
        Err(text::CONTACT_POINT_PHONE_REQUIRED)
    } else if raw.chars().any(char::is_numeric) {
        Ok(raw.to_owned())
    } else {
        Err(text::CALLBACK_NUMBER_WRONG)
    }
}

/// Whether a call can go there.
fn is_called(point: &ContactPoint) -> bool {
    point.kind == ContactPointKind::Phone
        && point.verification.status == VerificationStatus::Verified
        && point.deliverability.state != DeliverabilityState::Blocked
}

impl Number {
    /// The customer's numbers, on their way.
    pub fn new() -> Self {
        let points = use_api().read(|client| async move {
            let mut all = client.contact_points(None).await?.items;
            all.retain(is_called);
            Ok(all)
        });
        Self {
            points,
            point: RwSignal::new(None),
            other: Field::new("call-number", phone),
            problem: RwSignal::new(None),
            is_begun: StoredValue::new(false),
        }
    }

    /// For the summary of what is wrong.
    pub fn problems(self) -> [(&'static str, RwSignal<Option<Text>>); 2] {
        [
            (GROUP, self.problem),
            (self.other.id(), self.other.problem()),
        ]
    }

    /// The call to that number; `None` when something is wrong with it, which then stands there.
    pub fn read(self, starts_at: Timestamp, language: Option<String>) -> Option<NewCallback> {
        let point = self.point.get_untracked();
        let number = match &point {
            Some(_) => None,
            None => Some(self.other.check()?),
        };
        // A number without a country code is dialled where the reader's language is spoken.
        let tag = formats();
        let region = tag.split('-').skip(1).find(|part| part.len() == 2);
        let country = number.as_ref().and(region).map(str::to_owned);
        Some(NewCallback {
            starts_at,
            contact_point_id: point,
            number,
            country,
            language,
        })
    }

    /// Shows what the server refused.
    pub fn refuse(self, error: &FieldError) {
        if error.pointer.ends_with("/contact_point_id") {
            self.problem.set(Some(text::CALLBACK_NUMBER_AGAIN));
            self.points.refetch();
        } else {
            self.other.say(text::CALLBACK_NUMBER_WRONG);
        }
    }
}

/// The group.
pub fn number_view(number: Number) -> View {
    view! {
        <Loaded from=number.points failed=text::CONTACT_POINT_FAILED skeleton=bones let:points>
            {group(number, points)}
        </Loaded>
    }
    .alone()
}

fn group(number: Number, points: Signal<Vec<ContactPoint>>) -> View {
    // The one that the customer prefers, to begin with.
    effect(move || {
        let first = points.with(|all| {
            let preferred = all.iter().find(|point| point.preferred);
            preferred.or(all.first()).map(|point| point.id.clone())
        });
        if !number.is_begun.get_value() {
            number.is_begun.set_value(true);
            number.point.set(first);
        }
    });
    let radios = move || {
        points.with(|all| {
            let own = all.iter().map(|point| {
                let label = point.label.clone();
                radio(number, Some(point.id.clone()), point.value.clone(), label)
            });
            let other = radio(number, None, t(text::CALLBACK_NUMBER_OTHER), None);
            (!all.is_empty()).then(|| own.chain([other]).collect::<Vec<View>>())
        })
    };
    let other = move || {
        number.point.with(Option::is_none).then(|| {
            view! {
                <FieldView
                    field=number.other
                    kind=InputKind::Phone
                    label=text::CALLBACK_NUMBER_LABEL
                    hint=Some(text::CALLBACK_NUMBER_HINT)
                />
            }
        })
    };
    let problem = move || {
        number
            .problem
            .get()
            .map(|problem| view! { <p class="field__error">{problem}</p> })
    };
    view! {
        <fieldset class="form__group" id=GROUP tabindex="-1">
            <legend>{text::CALLBACK_NUMBER}</legend>
            {problem}
            {radios}
            {other}
        </fieldset>
    }
    .alone()
}

fn radio(
    number: Number,
    point: Option<ContactPointId>,
    words: String,
    label: Option<String>,
) -> View {
    let (chosen, is_number) = (point.clone(), point.is_some());
    let label = label.map(|label| view! { " " <span class="soft"><bdi>{label}</bdi></span> });
    let choose = move |_| {
        number.problem.set(None);
        number.point.set(point.clone());
    };
    view! {
        <label class="choice">
            <input type="radio" name="call-number-of" prop:checked=move || number.point.with(|it| *it == chosen) on:change=choose />
            " "
            <span>
                <bdi dir=is_number.then_some("ltr")>{words}</bdi>
                {label}
            </span>
        </label>
    }
    .alone()
}

fn bones() -> View {
    view! { <p class="skeleton" aria-hidden="true"><span class="bone" data-size="full"></span></p> }
        .alone()
}
