//! A contact point is shown to be the customer's.

use super::{Aftermath, Scene, find};
use crate::contact_points::point::Point;
use crate::contact_points::rows;
use crate::contact_points::verification::{self, Issued};
use crate::http::ApiResult;
use crate::mail::ContactNotice;
use crate::secrets::Secrets;
use portal_contract::contact_point::{ContactPointKind, Verification};
use portal_contract::interaction::Channel;
use portal_contract::{ContactPointId, VerificationId};
use rusqlite::Connection;

impl Scene {
    /// Has a code sent.
    ///
    /// # Errors
    /// `validation` when none can be sent over the channel, `quota-exceeded` when there were too many.
    pub(crate) fn send_code(
        &self,
        tx: &Connection,
        secrets: &Secrets,
        point: &Point,
        channel: Option<&Channel>,
    ) -> ApiResult<(Verification, Aftermath)> {
        let over = verification::channel(point, channel)?;
        let Issued {
            verification,
            code,
            good_for_seconds,
        } = verification::issue(tx, secrets, &self.customer, point, over, self.now)?;
        let notice = ContactNotice::Code {
            code,
            good_for_seconds,
        };
        let aftermath = Aftermath {
            mails: vec![self.mail(point, channel, notice)?],
            ended: Vec::new(),
        };
        Ok((verification, aftermath))
    }

    /// The right code was entered: the contact point is verified, and takes the place of the one that it replaces.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) fn confirm(
        &self,
        tx: &Connection,
        id: &ContactPointId,
        by: &VerificationId,
    ) -> ApiResult<Aftermath> {
        let before = self.points(tx)?;
        let was_verified = find(&before, id)?.is_verified();
        verification::consume(tx, by)?;
        rows::verified(tx, find(&before, id)?, self.now)?;
        let mut aftermath = Aftermath::default();
        let points = self.points(tx)?;
        let point = find(&points, id)?;
        let old = self.give_way(tx, &points, point, &mut aftermath)?;
        self.keep_one_preferred(tx, &point.kind)?;
        if !was_verified && point.signs_in {
            self.tell_of_sign_in(&points, point, old, &mut aftermath);
        }
        self.settle(tx, &before)?;
        Ok(aftermath)
    }

    /// The one in whose place `point` comes goes, and gives what it has. It stays where its going would leave the customer without
    /// sign-in, or a required topic without an address: an address that another customer signs in with does not sign in here,
    /// and one whose time has not begun cannot be written to.
    fn give_way<'p>(
        &self,
        tx: &Connection,
        points: &'p [Point],
        point: &Point,
        aftermath: &mut Aftermath,
    ) -> ApiResult<Option<&'p ContactPointId>> {
        let old = points
            .iter()
            .find(|other| Some(&other.id) == point.replaces.as_ref());
        let Some(old) = old.filter(|old| self.book(points).obstacle(old).is_none()) else {
            rows::stands_alone(tx, point, point.label.as_deref())?;
            return Ok(None);
        };
        let label = point.label.as_deref().or(old.label.as_deref());
        rows::stands_alone(tx, point, label)?;
        self.take_away(tx, old, Some(&point.id), aftermath)?;
        if old.preferred {
            rows::prefer(tx, &self.customer, point, true, self.now)?;
        }
        let by = Self::masked(point);
        aftermath
            .mails
            .extend(self.told(old, ContactNotice::Replaced { by }));
        Ok(Some(&old.id))
    }

    /// Who can sign in is told of a new way to do so.
    fn tell_of_sign_in(
        &self,
        points: &[Point],
        point: &Point,
        gone: Option<&ContactPointId>,
        aftermath: &mut Aftermath,
    ) {
        let address = Self::masked(point);
        let others = points.iter().filter(|other| {
            other.kind == ContactPointKind::Email
                && other.signs_in
                && other.id != point.id
                && Some(&other.id) != gone
        });
        let told = others.filter_map(|other| {
            let address = address.clone();
            self.told(other, ContactNotice::SignInAdded { address })
        });
        aftermath.mails.extend(told);
    }
}
