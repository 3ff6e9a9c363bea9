//! A page of a list: no totals, an opaque cursor, and whether there is more.

use crate::{Cursor, FromJson, Json, Place, ToJson};

/// The most items that a page holds, whatever `limit` asks for.
pub const MAX_LIMIT: u64 = 100;

/// The items that a page holds when `limit` is not given.
pub const DEFAULT_LIMIT: u64 = 50;

/// One page of a list. Paging is stable: what is added while a reader pages neither repeats nor skips an item.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the order that the list's documentation gives.
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last.
    pub next_cursor: Option<Cursor>,
    /// Whether there is a next page.
    pub has_more: bool,
}

impl<T: FromJson> FromJson for Page<T> {
    fn read(place: &Place) -> Self {
        place.expect_object();
        Self {
            items: place.field("items"),
            next_cursor: place.field("next_cursor"),
            has_more: place.field("has_more"),
        }
    }
}

impl<T: ToJson> ToJson for Page<T> {
    fn to_json(&self) -> Json {
        Json::Object(vec![
            ("items".to_owned(), self.items.to_json()),
            ("next_cursor".to_owned(), self.next_cursor.to_json()),
            ("has_more".to_owned(), self.has_more.to_json()),
        ])
    }
}
