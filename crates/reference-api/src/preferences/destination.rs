//! Where a message of a channel goes: which of the customer's contact points, or why none.

use jiff::civil::Date;
use portal_contract::ContactPointId;
use portal_contract::contact_point::{ContactPointKind, DeliverabilityState};
use portal_contract::interaction::Channel;

/// What matters of a contact point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its id.
    pub id: ContactPointId,
    /// What sort of place it is.
    pub kind: ContactPointKind,
    /// Whether it is the one of its kind that is used unless a choice says otherwise.
    pub preferred: bool,
    /// Whether the customer has shown that it is theirs.
    pub verified: bool,
    /// The first day on which it is used.
    pub valid_from: Option<Date>,
    /// The last day on which it is used.
    pub valid_to: Option<Date>,
    /// Whether what is sent there arrives.
    pub deliverability: DeliverabilityState,
}

impl Point {
    fn is_in_its_time(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    fn is_blocked(&self) -> bool {
        self.deliverability == DeliverabilityState::Blocked
    }

    /// Whether what is sent there comes back now and then.
    #[must_use]
    pub fn is_bouncing(&self) -> bool {
        self.deliverability == DeliverabilityState::Bouncing
    }
}

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination<'p> {
    /// There; it may come back (`is_bouncing`), and is tried all the same.
    To(&'p Point),
    /// There is no contact point of the kind.
    None,
    /// There is one, but not on this day.
    NotInItsTime(&'p Point),
    /// There is one, but nobody has shown that it is the customer's.
    NotVerified(&'p Point),
    /// There is one, but nothing is sent there any more.
    Blocked(&'p Point),
}

/// Where a message over `channel` goes on `day`: to the one that was chosen, or to the best of the kind. A choice of what is
/// there no longer is none.
#[must_use]
pub fn destination<'p>(
    points: &'p [Point],
    channel: &Channel,
    chosen: Option<&ContactPointId>,
    day: Date,
) -> Destination<'p> {
    let Some(kind) = ContactPointKind::reached_by(channel) else {
        return Destination::None;
    };
    let of_kind = || points.iter().filter(|point| point.kind == kind);
    let chosen = of_kind().find(|point| Some(&point.id) == chosen);
    let mut candidates: Vec<&Point> = match chosen {
        Some(point) => vec![point],
        None => of_kind().collect(),
    };
    // The preferred one first, then those whose mail does not come back; the sort keeps the oldest first.
    candidates.sort_by_key(|point| (!point.preferred, point.is_bouncing()));
    choose(&candidates, day)
}

/// The first candidate that passes every step; otherwise the step that none of them passes, and the best that came up to it.
fn choose<'p>(candidates: &[&'p Point], day: Date) -> Destination<'p> {
    let Some(best) = candidates.first() else {
        return Destination::None;
    };
    let in_time: Vec<_> = candidates
        .iter()
        .filter(|point| point.is_in_its_time(day))
        .collect();
    let Some(best_in_time) = in_time.first() else {
        return Destination::NotInItsTime(best);
    };
    let verified: Vec<_> = in_time.iter().filter(|point| point.verified).collect();
    let Some(best_verified) = verified.first() else {
        return Destination::NotVerified(best_in_time);
    };
    match verified.iter().find(|point| !point.is_blocked()) {
        Some(point) => Destination::To(point),
        None => Destination::Blocked(best_verified),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn point(id: &str, kind: ContactPointKind) -> Point {
        Point {
            id: id.parse().unwrap(),
            kind,
            preferred: false,
            verified: true,
            valid_from: None,
            valid_to: None,
            deliverability: DeliverabilityState::Ok,
        }
    }

    const TODAY: Date = Date::constant(2026, 3, 4);

    fn goes(points: &[Point], chosen: Option<&str>) -> String {
        let chosen = chosen.map(|id| id.parse().unwrap());
        match destination(points, &Channel::Email, chosen.as_ref(), TODAY) {
            Destination::To(point) => point.id.to_string(),
            Destination::None => "none".to_owned(),
            Destination::NotInItsTime(point) => format!("{} not in its time", point.id),
            Destination::NotVerified(point) => format!("{} not verified", point.id),
            Destination::Blocked(point) => format!("{} blocked", point.id),
        }
    }

    #[test]
    fn the_preferred_one_is_used_unless_another_was_chosen() {
        let email = || point("one", ContactPointKind::Email);
        let mut two = point("two", ContactPointKind::Email);
        two.preferred = true;
        let points = [email(), two.clone(), point("tel", ContactPointKind::Phone)];
        assert_eq!(goes(&points, None), "two");
        assert_eq!(goes(&points, Some("one")), "one");
        assert_eq!(goes(&points, Some("gone")), "two");
        assert_eq!(goes(&points, Some("tel")), "two");
        assert_eq!(goes(&points[2..], None), "none");
        two.deliverability = DeliverabilityState::Blocked;
        assert_eq!(goes(&[email(), two.clone()], None), "one");
        assert_eq!(goes(&[email(), two.clone()], Some("two")), "two blocked");
    }

    #[test]
    fn the_step_that_none_passes_is_the_reason() {
        let mut one = point("one", ContactPointKind::Email);
        one.verified = false;
        assert_eq!(goes(std::slice::from_ref(&one), None), "one not verified");
        one.valid_to = Some(Date::constant(2026, 3, 3));
        assert_eq!(goes(&[one.clone()], None), "one not in its time");
        one.valid_to = Some(TODAY);
        one.valid_from = Some(TODAY);
        one.verified = true;
        assert_eq!(goes(&[one.clone()], None), "one");
        one.deliverability = DeliverabilityState::Bouncing;
        assert_eq!(goes(&[one.clone()], None), "one");
        assert_eq!(
            goes(&[one.clone(), point("two", ContactPointKind::Email)], None),
            "two"
        );
        one.deliverability = DeliverabilityState::Blocked;
        assert_eq!(goes(&[one], None), "one blocked");
    }

    #[test]
    fn nothing_is_sent_over_a_channel_of_no_contact_point() {
        let points = [point("one", ContactPointKind::Email)];
        assert_eq!(
            destination(&points, &Channel::Chat, None, TODAY),
            Destination::None
        );
    }
}
