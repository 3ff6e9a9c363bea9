//! What may be done with a contact point, and why one cannot go. Nothing here reads or writes.

use super::point::Point;
use super::verification;
use crate::preferences::Catalogue;
use crate::store::time::Moment;
use jiff::civil::Date;
use portal_contract::PreferenceTopicId;
use portal_contract::contact_point::{
    ContactPoint, ContactPointAction, ContactPointKind, Deliverability, DeliverabilityState,
    RemovalObstacle, Verification, VerificationState, VerificationStatus,
};
use portal_contract::interaction::Action;

/// Why a contact point cannot be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Why.
    pub reason: RemovalObstacle,
    /// The required topics that go there alone.
    pub needed_by: Vec<PreferenceTopicId>,
}

/// All contact points of a customer on a day, and what the company must be able to send.
#[derive(Clone, Copy)]
pub struct Book<'b> {
    /// The contact points.
    pub points: &'b [Point],
    /// The company's topics.
    pub catalogue: &'b Catalogue,
    /// The day, in the customer's zone.
    pub today: Date,
}

impl Book<'_> {
    /// What keeps a contact point from being removed, if anything does. Signing in comes first: it is the harder loss.
    #[must_use]
    pub fn obstacle(&self, point: &Point) -> Option<Obstacle> {
        if self.is_last_sign_in(point) {
            return Some(Obstacle {
                reason: RemovalObstacle::LastSignIn,
                needed_by: Vec::new(),
            });
        }
        let needed_by = self.needed_by(point);
        (!needed_by.is_empty()).then_some(Obstacle {
            reason: RemovalObstacle::RequiredTopic,
            needed_by,
        })
    }

    fn is_last_sign_in(&self, point: &Point) -> bool {
        point.signs_in && !self.others(point).any(|other| other.signs_in)
    }

    /// The required topics that go there and nowhere else. What nothing reaches is needed by nothing.
    #[must_use]
    pub fn needed_by(&self, point: &Point) -> Vec<PreferenceTopicId> {
        let stands_in = |other: &Point| other.kind == point.kind && other.is_usable(self.today);
        if !point.is_usable(self.today) || self.others(point).any(stands_in) {
            return Vec::new();
        }
        self.catalogue
            .topics()
            .filter(|topic| {
                let needs =
                    |channel| ContactPointKind::reached_by(channel).as_ref() == Some(&point.kind);
                topic.required.iter().any(needs)
            })
            .filter_map(|topic| topic.id.as_str().parse().ok())
            .collect()
    }

    fn others(&self, point: &Point) -> impl Iterator<Item = &Point> {
        let seq = point.seq;
        self.points.iter().filter(move |other| other.seq != seq)
    }

    /// What the customer may do with it now.
    #[must_use]
    pub fn allowed_actions(&self, point: &Point) -> Vec<ContactPointAction> {
        let arrives = point.deliverability.state == DeliverabilityState::Ok;
        let allowed = [
            // A code that arrives where nothing arrived shows that it does again.
            (ContactPointAction::Verify, !point.is_verified() || !arrives),
            (ContactPointAction::Edit, true),
            (
                ContactPointAction::Prefer,
                point.is_verified() && !point.preferred,
            ),
            (ContactPointAction::Replace, is_entered(&point.kind)),
            (ContactPointAction::Remove, self.obstacle(point).is_none()),
        ];
        allowed
            .into_iter()
            .filter_map(|(action, may)| may.then_some(action))
            .collect()
    }

    /// The same in the words of a problem document.
    #[must_use]
    pub fn allowed_words(&self, point: &Point) -> Vec<Action> {
        self.allowed_actions(point)
            .iter()
            .map(|action| Action::from(action.as_str()))
            .collect()
    }

    /// The contact point as the wire carries it.
    #[must_use]
    pub fn wire(&self, point: &Point) -> ContactPoint {
        let obstacle = self.obstacle(point);
        let (removal_obstacle, needed_by) = obstacle.map_or((None, Vec::new()), |obstacle| {
            (Some(obstacle.reason), obstacle.needed_by)
        });
        ContactPoint {
            id: point.id.clone(),
            kind: point.kind.clone(),
            value: point.value.clone(),
            postal: point.postal.clone(),
            service: point.service.clone(),
            label: point.label.clone(),
            preferred: point.preferred,
            valid_from: point.valid_from.map(|day| day.to_string()),
            valid_to: point.valid_to.map(|day| day.to_string()),
            verification: VerificationState {
                status: status(point),
                verified_at: point.verified_at.map(Moment::to_timestamp),
                under_way: under_way(point),
            },
            deliverability: Deliverability {
                state: point.deliverability.state.clone(),
                since: point.deliverability.since.map(Moment::to_timestamp),
                reason: point.deliverability.reason.clone(),
            },
            signs_in: point.signs_in,
            replaces: point.replaces.clone(),
            allowed_actions: self.allowed_actions(point),
            removal_obstacle,
            needed_by,
            created_at: point.created_at.to_timestamp(),
            etag: point.etag(),
        }
    }
}

/// Whether a customer enters one of this kind; a kind that this version does not know comes from elsewhere.
#[must_use]
pub fn is_entered(kind: &ContactPointKind) -> bool {
    ContactPointKind::KNOWN.contains(kind)
}

/// The code that is on its way, as whoever asked for it was told.
fn under_way(point: &Point) -> Option<Verification> {
    let code = point.under_way.as_ref()?;
    let channel = code.channel.clone();
    Some(Verification {
        id: code.id.clone(),
        channel: channel.or_else(|| verification::channel(point, None).ok())?,
        resend_after: code.resend_after.to_timestamp(),
        expires_at: code.expires_at.to_timestamp(),
        attempts_left: code.attempts_left.into(),
    })
}

fn status(point: &Point) -> VerificationStatus {
    match (point.is_verified(), point.under_way.is_some()) {
        (true, _) => VerificationStatus::Verified,
        (false, true) => VerificationStatus::Pending,
        (false, false) => VerificationStatus::Unverified,
    }
}
