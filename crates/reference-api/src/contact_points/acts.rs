//! What a customer does with contact points. Each act writes rows, and `Scene::settle` tells everybody who has to know: one
//! entry of the history and one event for each contact point, made from what is different afterwards.

mod add;
mod confirm;
mod difference;
mod remove;

use super::mask::masked;
use super::point::{self, Point};
use super::rows::{self, Changes};
use super::rules::Book;
use super::verification;
use crate::http::{ApiError, ApiResult, SessionId};
use crate::mail::{ContactMail, ContactNotice};
use crate::preferences::Catalogue;
use crate::preferences::history::{self, Author, NewChange};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::events;
use crate::store::time::{Moment, zone};
use portal_contract::contact_point::{
    ContactPoint, ContactPointKind, DeliverabilityReason, DeliverabilityState,
};
use portal_contract::preference_history::ChangeSubject;
use portal_contract::{ContactPointId, FieldCode};
use rusqlite::Connection;
use std::sync::Arc;

pub use difference::{Change, difference};

/// Whose contact points they are, who acts, and when.
#[derive(Clone)]
pub struct Scene {
    /// The customer.
    pub customer: CustomerId,
    /// By which session they came; it goes on when the others end.
    pub session: Option<SessionId>,
    /// BCP 47 tag of their language.
    pub locale: Option<String>,
    /// IANA name of their zone.
    pub time_zone: Option<String>,
    /// Who does it, by which way.
    pub author: Author,
    /// The company's topics.
    pub catalogue: Arc<Catalogue>,
    /// When.
    pub now: Moment,
}

/// What is left to do once the transaction is kept.
#[derive(Debug, Default)]
pub struct Aftermath {
    /// What is to be sent.
    pub mails: Vec<ContactMail>,
    /// Sessions that ended.
    pub ended: Vec<SessionId>,
}

impl Scene {
    /// All contact points, as they stand.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn points(&self, db: &Connection) -> Result<Vec<Point>, StoreError> {
        point::all(db, &self.customer, self.now)
    }

    /// The rules, over these contact points.
    #[must_use]
    pub fn book<'b>(&'b self, points: &'b [Point]) -> Book<'b> {
        Book {
            points,
            catalogue: &self.catalogue,
            today: self.now.day_in(&zone(self.time_zone.as_deref())),
        }
    }

    /// One of them as the wire carries it, as it stands now.
    ///
    /// # Errors
    /// `not-found` when there is none of this id.
    pub fn wire(&self, db: &Connection, id: &ContactPointId) -> ApiResult<ContactPoint> {
        let points = self.points(db)?;
        let point = find(&points, id)?;
        Ok(self.book(&points).wire(point))
    }

    /// Changes label, preference and time. What changes nothing leaves no trace.
    ///
    /// # Errors
    /// `validation` when an unverified one is to be preferred, or the only one that a required topic goes to is to have an end.
    pub fn change(
        &self,
        tx: &Connection,
        points: &[Point],
        point: &Point,
        changes: &Changes,
    ) -> ApiResult<()> {
        self.check(points, point, changes)?;
        let differs = changes
            .label
            .as_ref()
            .is_some_and(|label| *label != point.label)
            || changes
                .valid_from
                .is_some_and(|day| day != point.valid_from)
            || changes.valid_to.is_some_and(|day| day != point.valid_to);
        if differs {
            rows::change(tx, point, changes, self.now)?;
        }
        if let Some(preferred) = changes
            .preferred
            .filter(|wanted| *wanted != point.preferred)
        {
            rows::prefer(tx, &self.customer, point, preferred, self.now)?;
        }
        Ok(self.settle(tx, points)?)
    }

    fn check(&self, points: &[Point], point: &Point, changes: &Changes) -> ApiResult<()> {
        if changes.preferred == Some(true) && !point.is_verified() {
            return Err(ApiError::field(
                "/preferred",
                FieldCode::Locked,
                "an address is preferred once it is verified",
                None,
            ));
        }
        let valid_from = changes.valid_from.unwrap_or(point.valid_from);
        let valid_to = changes.valid_to.unwrap_or(point.valid_to);
        let pointer = if changes.valid_to.is_some() {
            "/valid_to"
        } else {
            "/valid_from"
        };
        if valid_from
            .zip(valid_to)
            .is_some_and(|(first, last)| last < first)
        {
            return Err(ApiError::field(
                pointer,
                FieldCode::InvalidFormat,
                "the last day comes before the first",
                None,
            ));
        }
        let book = self.book(points);
        let ends = valid_to.is_some() || valid_from.is_some_and(|first| first > book.today);
        let differs = valid_from != point.valid_from || valid_to != point.valid_to;
        if differs && ends && !book.needed_by(point).is_empty() {
            return Err(ApiError::field(
                pointer,
                FieldCode::Locked,
                "a required topic goes there alone",
                None,
            ));
        }
        Ok(())
    }

    /// Enters what is different from `before`: one entry of the history, and an event for each contact point.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn settle(&self, tx: &Connection, before: &[Point]) -> Result<(), StoreError> {
        let after = self.points(tx)?;
        let Change { values, events } = difference(before, &after);
        history::record(
            tx,
            &NewChange::of(
                &self.customer,
                self.now,
                &self.author,
                ChangeSubject::ContactPoint,
                values,
            ),
        )?;
        for (kind, id, etag) in &events {
            let resource = ("contact_point", id.as_str());
            events::emit_about(tx, &self.customer, kind, resource, etag.as_ref(), self.now)?;
        }
        Ok(())
    }

    /// What one of them is to be told; nothing where nothing is sent any more. A mailbox of which somebody said "this isn't me" is told
    /// all the same: whoever found a link of its mails can say so, and this warns the one whose it is.
    fn told(&self, point: &Point, notice: ContactNotice) -> Option<ContactMail> {
        let is_disowned = point.deliverability.reason == Some(DeliverabilityReason::NotThisPerson);
        let is_blocked = point.deliverability.state == DeliverabilityState::Blocked && !is_disowned;
        if !point.is_verified() || is_blocked {
            return None;
        }
        self.mail(point, None, notice).ok()
    }

    fn mail(
        &self,
        point: &Point,
        channel: Option<&portal_contract::interaction::Channel>,
        notice: ContactNotice,
    ) -> ApiResult<ContactMail> {
        Ok(ContactMail {
            customer: self.customer.clone(),
            channel: verification::channel(point, channel)?,
            to: match point.kind {
                ContactPointKind::Phone => point.compared.clone(),
                _ => point.value.clone(),
            },
            locale: self.locale.clone(),
            notice,
        })
    }

    fn masked(point: &Point) -> String {
        masked(&point.kind, &point.value)
    }
}

/// The one of this id.
///
/// # Errors
/// `not-found` when there is none: another customer's is none.
pub fn find<'p>(points: &'p [Point], id: &ContactPointId) -> ApiResult<&'p Point> {
    points
        .iter()
        .find(|point| point.id == *id)
        .ok_or_else(ApiError::not_found)
}
