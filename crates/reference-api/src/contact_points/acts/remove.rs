//! A contact point goes.

use super::{Aftermath, Scene};
use crate::contact_points::point::Point;
use crate::contact_points::rows;
use crate::http::{ApiError, ApiResult, SessionId};
use crate::mail::ContactNotice;
use crate::preferences::{self, change::Act};
use crate::store::{StoreError, customers};
use portal_contract::ContactPointId;
use portal_contract::contact_point::ContactPointKind;
use rusqlite::Connection;

impl Scene {
    /// Removes a contact point, and tells it.
    ///
    /// # Errors
    /// `invalid-state` with the reason when the customer could not sign in without it, or a required topic goes there alone.
    pub fn remove(&self, tx: &Connection, points: &[Point], point: &Point) -> ApiResult<Aftermath> {
        let book = self.book(points);
        if let Some(obstacle) = book.obstacle(point) {
            return Err(
                ApiError::invalid_state(book.allowed_words(point)).reason(obstacle.reason.as_str())
            );
        }
        let mut aftermath = Aftermath::default();
        self.take_away(tx, point, None, &mut aftermath)?;
        self.keep_one_preferred(tx, &point.kind)?;
        aftermath
            .mails
            .extend(self.told(point, ContactNotice::Removed));
        self.settle(tx, points)?;
        Ok(aftermath)
    }

    /// The row goes, the choices that name it name its successor, and what could be done with its mailbox cannot be done any more:
    /// codes on their way there are void, and sessions other than this one end.
    pub(super) fn take_away(
        &self,
        tx: &Connection,
        point: &Point,
        successor: Option<&ContactPointId>,
        aftermath: &mut Aftermath,
    ) -> Result<(), StoreError> {
        let act = Act {
            catalogue: &self.catalogue,
            customer: &self.customer,
            author: &self.author,
            now: self.now,
        };
        preferences::contact_point_replaced(tx, act, &point.id, successor)?;
        rows::delete(tx, point)?;
        if point.signs_in {
            let keep = self.session.map(|session| session.0);
            let ended = customers::lock_others_out(tx, &self.customer, keep)?;
            aftermath.ended.extend(ended.into_iter().map(SessionId));
        }
        Ok(())
    }

    /// Where no contact point of the kind is preferred any more, the oldest that can be used is.
    pub(super) fn keep_one_preferred(
        &self,
        tx: &Connection,
        kind: &ContactPointKind,
    ) -> Result<(), StoreError> {
        let points = self.points(tx)?;
        let today = self.book(&points).today;
        let mut of_kind = points.iter().filter(|point| point.kind == *kind);
        if of_kind.clone().any(|point| point.preferred) {
            return Ok(());
        }
        match of_kind.find(|point| point.is_usable(today)) {
            Some(point) => rows::prefer(tx, &self.customer, point, true, self.now),
            None => Ok(()),
        }
    }
}
