//! A customer's own side of feedback: what they are asked, and what they said.

use super::surveys::Surveys;
use super::{entries, improvements, requests};
use crate::config::Config;
use crate::http::{ApiError, ApiResult};
use crate::preferences::store as preferences;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Page, Place};
use crate::store::time::Moment;
use portal_contract::feedback::{
    Feedback, FeedbackAsked, FeedbackKind, FeedbackOptions, FeedbackRequest, FeedbackService,
};
use portal_contract::improvement::Improvement;
use portal_contract::{FeedbackId, FeedbackRequestId};
use rusqlite::Connection;
use std::sync::Arc;

/// What can be said unasked.
pub(super) const UNASKED: [FeedbackKind; 4] = [
    FeedbackKind::Compliment,
    FeedbackKind::Complaint,
    FeedbackKind::Idea,
    FeedbackKind::Remark,
];

/// How many requests the overview shows.
const SHOWN: usize = 3;

/// Who reads or acts, when, and what the company's file says.
#[derive(Clone)]
pub struct Ledger {
    /// The customer.
    pub customer: CustomerId,
    /// BCP 47 tag of the language that they chose.
    pub locale: Option<String>,
    /// The languages that the company writes in, the usual one first.
    pub usual: Vec<String>,
    /// What the company asks.
    pub surveys: Arc<Surveys>,
    /// Now.
    pub now: Moment,
}

impl Ledger {
    /// The side of this customer.
    #[must_use]
    pub fn of(config: &Config, customer: &CustomerId, locale: Option<&str>, now: Moment) -> Self {
        Self {
            customer: customer.clone(),
            locale: locale.map(str::to_owned),
            usual: config.company.locales.clone(),
            surveys: config.surveys.clone(),
            now,
        }
    }

    pub(super) fn tag(&self) -> Option<&str> {
        self.locale.as_deref()
    }

    /// Whether the customer wants not to be asked at the moment.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn is_snoozed(&self, db: &Connection) -> Result<bool, StoreError> {
        let stored = preferences::load(db, &self.customer)?;
        let until = stored.settings.survey_snooze_until();
        Ok(until.is_some_and(|until| until > self.now))
    }

    /// A page of the open requests, the newest first; none while the customer wants not to be asked.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn open_requests(
        &self,
        db: &Connection,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Page<FeedbackRequest>, StoreError> {
        if self.is_snoozed(db)? {
            return Ok(Page::cut(Vec::new(), limit));
        }
        requests::open_page(db, self, after, limit)
    }

    /// The few that the overview shows.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn first_requests(&self, db: &Connection) -> Result<Vec<FeedbackAsked>, StoreError> {
        let asked = |request: FeedbackRequest| FeedbackAsked {
            id: request.id,
            label: request.about.label,
            lang: request.about.lang,
            expires_at: request.expires_at,
        };
        let page = self.open_requests(db, None, SHOWN)?;
        Ok(page.items.into_iter().map(asked).collect())
    }

    /// One request, in whatever state.
    ///
    /// # Errors
    /// `not-found` when there is none of this customer's.
    pub fn request(&self, db: &Connection, id: &FeedbackRequestId) -> ApiResult<FeedbackRequest> {
        let row = requests::find(db, self, id)?.ok_or_else(ApiError::not_found)?;
        Ok(requests::wire(db, self, row)?)
    }

    /// A page of the ledger, the newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn entries(
        &self,
        db: &Connection,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Page<Feedback>, StoreError> {
        entries::page(db, self, after, limit)
    }

    /// One entry of the ledger.
    ///
    /// # Errors
    /// `not-found` when there is none of this customer's.
    pub fn entry(&self, db: &Connection, id: &FeedbackId) -> ApiResult<Feedback> {
        let row = entries::find(db, &self.customer, id)?.ok_or_else(ApiError::not_found)?;
        Ok(entries::wire(db, self, row)?)
    }

    /// Notes that the customer has looked at an entry.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn mark_seen(&self, db: &Connection, id: &FeedbackId) -> Result<(), StoreError> {
        entries::mark_seen(db, &self.customer, id, self.now)
    }

    /// A page of what changed because of what customers said, the newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn improvements(
        &self,
        db: &Connection,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Page<Improvement>, StoreError> {
        improvements::page(db, self, after, limit)
    }

    /// What can be said unasked.
    #[must_use]
    pub fn options(&self) -> FeedbackOptions {
        let service = |service: &super::surveys::Service| FeedbackService {
            id: service.id.clone(),
            label: service.named(self.tag(), &self.usual).1.to_owned(),
        };
        let offered = self.surveys.is_offered();
        FeedbackOptions {
            kinds: if offered {
                UNASKED.to_vec()
            } else {
                Vec::new()
            },
            services: self.surveys.services.iter().map(service).collect(),
            text_characters: self.surveys.text_characters,
        }
    }
}
