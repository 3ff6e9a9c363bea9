//! What is different between two states of a customer's contact points.

use crate::contact_points::point::Point;
use portal_contract::event::EventKind;
use portal_contract::preference_history::ValueChange;
use portal_contract::{ContactPointId, Etag, Json, ToJson};

/// What is different.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The values, as the history names them.
    pub values: Vec<ValueChange>,
    /// What the feed tells: what happened, to which one, and its version now.
    pub events: Vec<(EventKind, ContactPointId, Option<Etag>)>,
}

/// What is different in `after`.
#[must_use]
pub fn difference(before: &[Point], after: &[Point]) -> Change {
    let mut change = Change::default();
    for gone in before.iter().filter(|point| of(after, point).is_none()) {
        change
            .values
            .push(value(gone, "", Some(summary(gone)), None));
        change
            .events
            .push((EventKind::ContactPointRemoved, gone.id.clone(), None));
    }
    for point in after {
        let kind = match of(before, point) {
            None => {
                change
                    .values
                    .push(value(point, "", None, Some(summary(point))));
                EventKind::ContactPointCreated
            }
            Some(old) if old == point => continue,
            Some(old) => {
                change.values.extend(members(old, point));
                EventKind::ContactPointUpdated
            }
        };
        change
            .events
            .push((kind, point.id.clone(), Some(point.etag())));
    }
    change
}

fn of<'p>(points: &'p [Point], point: &Point) -> Option<&'p Point> {
    points.iter().find(|other| other.id == point.id)
}

/// The members that the customer sees change.
fn members(old: &Point, new: &Point) -> impl Iterator<Item = ValueChange> {
    let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).to_json();
    let verification = |point: &Point| {
        let status = if point.is_verified() {
            "verified"
        } else {
            "unverified"
        };
        status.to_owned().to_json()
    };
    [
        ("/label", old.label.to_json(), new.label.to_json()),
        (
            "/preferred",
            old.preferred.to_json(),
            new.preferred.to_json(),
        ),
        ("/valid_from", text(old.valid_from), text(new.valid_from)),
        ("/valid_to", text(old.valid_to), text(new.valid_to)),
        ("/verification", verification(old), verification(new)),
        (
            "/deliverability",
            old.deliverability.state.to_json(),
            new.deliverability.state.to_json(),
        ),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .map(|(member, before, after)| value(new, member, present(before), present(after)))
}

fn present(json: Json) -> Option<Json> {
    (json != Json::Null).then_some(json)
}

fn value(point: &Point, member: &str, before: Option<Json>, after: Option<Json>) -> ValueChange {
    ValueChange {
        pointer: format!("/contact_points/{}{member}", point.id),
        before,
        after,
    }
}

/// Enough to know it by, also when it is gone.
fn summary(point: &Point) -> Json {
    Json::Object(vec![
        ("kind".to_owned(), point.kind.to_json()),
        ("value".to_owned(), point.value.to_json()),
        ("label".to_owned(), point.label.to_json()),
    ])
}
