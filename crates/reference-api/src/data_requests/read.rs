//! What a customer reads of their requests.

use super::desk::Customer;
use super::{messages, rows, timeline};
use crate::http::ApiResult;
use crate::store::StoreError;
use crate::store::interactions::{Page, Place};
use portal_contract::DataRequestId;
use portal_contract::data_request::DataRequest;
use portal_contract::data_request_event::{DataRequestEvent, DataRequestMessage};
use rusqlite::Connection;

impl Customer {
    /// A page of the requests, the newest first.
    pub(crate) fn page(
        &self,
        db: &Connection,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Page<DataRequest>, StoreError> {
        let Page { items, next } = rows::page(db, &self.id, self.delegation(), after, limit)?;
        let items = items.into_iter().map(|row| self.whole(db, row));
        Ok(Page {
            items: items.collect::<Result<_, _>>()?,
            next,
        })
    }

    /// One request.
    pub(crate) fn one(&self, db: &Connection, id: &DataRequestId) -> ApiResult<DataRequest> {
        let row = self.find(db, id)?;
        Ok(self.whole(db, row)?)
    }

    /// A page of what was said, the oldest first.
    pub(crate) fn messages(
        &self,
        db: &Connection,
        id: &DataRequestId,
        after: Option<Place>,
        limit: usize,
    ) -> ApiResult<Page<DataRequestMessage>> {
        let row = self.find(db, id)?;
        Ok(messages::page(db, row.seq, after, limit)?)
    }

    /// A page of the timeline, the oldest first.
    pub(crate) fn events(
        &self,
        db: &Connection,
        id: &DataRequestId,
        after: Option<Place>,
        limit: usize,
    ) -> ApiResult<Page<DataRequestEvent>> {
        let row = self.find(db, id)?;
        Ok(timeline::page(db, row.seq, after, limit)?)
    }
}
