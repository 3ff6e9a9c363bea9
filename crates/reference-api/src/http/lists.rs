//! Lists by pages, and their cursors: a place in a list, sealed.
//!
//! What is in one concerns nobody outside (it would tell how many rows the whole database has), and one that was made up, cut, or
//! given to somebody else, or for another filter, is refused. The seal is a synthetic-IV construction: the tag is an HMAC of the
//! list and the place, and the place is masked by an HMAC of the tag.

use super::{ApiError, AppState, Query};
use crate::secrets::{hex, unhex};
use crate::store::customers::CustomerId;
use crate::store::interactions::{Page as Found, Place};
use crate::store::time::Moment;
use portal_contract::page::MAX_LIMIT;
use portal_contract::{Cursor, FieldCode, Page};

const USAGE: &str = "cursor";
const MASK: &str = "cursor mask";
const HALF: usize = 16;

/// Which list a cursor belongs to.
pub(crate) struct List<'l> {
    state: &'l AppState,
    customer: &'l CustomerId,
    /// What else the list hangs on: its name, its interaction, its filter.
    parts: Vec<&'l str>,
}

impl<'l> List<'l> {
    /// The list of this customer that `parts` name.
    pub(crate) fn new(
        state: &'l AppState,
        customer: &'l CustomerId,
        parts: impl IntoIterator<Item = &'l str>,
    ) -> Self {
        Self {
            state,
            customer,
            parts: parts.into_iter().collect(),
        }
    }

    /// The cursor of a place.
    pub(crate) fn seal(&self, place: Place) -> Cursor {
        let mut plain = [0; HALF];
        plain[..8].copy_from_slice(&place.at.millis().to_be_bytes());
        plain[8..].copy_from_slice(&place.seq.to_be_bytes());
        let tag = self.tag(&plain);
        let sealed = self.masked(plain, &tag);
        let text = hex(&[tag, sealed].concat());
        text.parse().expect("64 hexadecimal digits are an id")
    }

    /// The place behind which a page begins; none for the first page.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub(crate) fn after(&self, query: &Query) -> Result<Option<Place>, ApiError> {
        query
            .get("cursor")
            .map(|cursor| self.open(cursor))
            .transpose()
    }

    /// A page of a list that is at hand whole, in the order that the company's settings give it: there is nothing to sort by but where an
    /// item stands, and none is added while somebody reads. Without `limit` it is one page, as far as a page goes.
    ///
    /// # Errors
    /// As [`open`](Self::open), and `validation` with `?limit`.
    pub(crate) fn page_of_all<T>(&self, all: Vec<T>, query: &Query) -> Result<Page<T>, ApiError> {
        let limit = match query.get("limit") {
            Some(_) => query.limit()?,
            None => usize::try_from(MAX_LIMIT).unwrap_or(usize::MAX),
        };
        let after = self.after(query)?.map_or(0, |place| place.seq);
        let skipped = usize::try_from(after).unwrap_or(usize::MAX);
        let more = all.len() > skipped.saturating_add(limit);
        let behind = i64::try_from(skipped.saturating_add(limit)).unwrap_or(i64::MAX);
        let place = Place {
            at: Moment::from_millis(0),
            seq: behind,
        };
        Ok(Page {
            items: all.into_iter().skip(skipped).take(limit).collect(),
            next_cursor: more.then(|| self.seal(place)),
            has_more: more,
        })
    }

    /// What was found, as the wire carries it.
    pub(crate) fn page<T>(&self, found: Found<T>) -> Page<T> {
        let next_cursor = found.next.map(|place| self.seal(place));
        Page {
            items: found.items,
            has_more: next_cursor.is_some(),
            next_cursor,
        }
    }

    /// The place of a cursor.
    ///
    /// # Errors
    /// `validation` with `?cursor` when it was not sealed for this list.
    pub(crate) fn open(&self, cursor: &str) -> Result<Place, ApiError> {
        self.try_open(cursor).ok_or_else(|| {
            let detail = "not a cursor of this list: begin again without one";
            ApiError::field("?cursor", FieldCode::InvalidFormat, detail, None)
        })
    }

    fn try_open(&self, cursor: &str) -> Option<Place> {
        let bytes = unhex(cursor)?;
        let (tag, sealed) = bytes.split_at_checked(HALF)?;
        let plain = self.masked(sealed.try_into().ok()?, tag);
        if self.tag(&plain) != tag {
            return None;
        }
        let number = |bytes: &[u8]| Some(i64::from_be_bytes(bytes.try_into().ok()?));
        Some(Place {
            at: Moment::from_millis(number(&plain[..8])?),
            seq: number(&plain[8..])?,
        })
    }

    fn tag(&self, plain: &[u8]) -> [u8; HALF] {
        let mut parts = vec![self.customer.as_str().as_bytes(), plain];
        parts.extend(self.parts.iter().map(|part| part.as_bytes()));
        first_half(self.state.secrets.mac(USAGE, &parts))
    }

    fn masked(&self, mut bytes: [u8; HALF], tag: &[u8]) -> [u8; HALF] {
        let mask = first_half(self.state.secrets.mac(MASK, &[tag]));
        bytes
            .iter_mut()
            .zip(mask)
            .for_each(|(byte, mask)| *byte ^= mask);
        bytes
    }
}

fn first_half(hash: [u8; 32]) -> [u8; HALF] {
    let mut half = [0; HALF];
    half.copy_from_slice(&hash[..HALF]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestApi;

    #[tokio::test]
    async fn a_cursor_opens_for_its_own_list_alone() {
        let api = TestApi::new();
        let one: CustomerId = "cus_1".to_owned().try_into().unwrap();
        let two: CustomerId = "cus_2".to_owned().try_into().unwrap();
        let place = Place {
            at: Moment::from_millis(1_772_600_767_125),
            seq: 42,
        };
        let list = List::new(&api.state, &one, ["interactions", "q", "bill"]);
        let cursor = list.seal(place);
        assert_eq!(list.try_open(cursor.as_str()), Some(place));
        assert_eq!(
            List::new(&api.state, &two, ["interactions", "q", "bill"]).try_open(cursor.as_str()),
            None
        );
        assert_eq!(
            List::new(&api.state, &one, ["interactions", "q", "bil", "l"])
                .try_open(cursor.as_str()),
            None
        );
        let flipped = cursor.as_str().replacen(&cursor.as_str()[40..41], "0", 1);
        for garbled in [
            "",
            "zz",
            "abc",
            "ü",
            &cursor.as_str()[1..],
            &format!("{cursor}00"),
        ] {
            assert_eq!(list.try_open(garbled), None, "{garbled}");
        }
        assert!(flipped == cursor.as_str() || list.try_open(&flipped).is_none());
    }
}
