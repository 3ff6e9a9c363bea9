//! What an address says of a right that is used.

use super::segment;
use portal_client::query;
use portal_contract::data_request::DataRequestKind;
use portal_contract::{DelegationId, InteractionId, InventoryCategoryId};

/// What the use of a right begins with that an address says.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Asked {
    /// Which right.
    pub kind: Option<DataRequestKind>,
    /// About which category of data.
    pub category: Option<InventoryCategoryId>,
    /// About which interaction.
    pub interaction: Option<InteractionId>,
    /// About which entry of the customer's record.
    pub field: Option<String>,
    /// In whose name, where that is not the customer's own.
    pub on_behalf: Option<DelegationId>,
}

impl Asked {
    /// This right, about whatever is chosen then.
    #[must_use]
    pub fn kind(kind: DataRequestKind) -> Self {
        Self {
            kind: Some(kind),
            ..Self::default()
        }
    }

    pub(super) fn path(&self) -> String {
        let mut address = format!("/{}/{}/{}", segment::DATA, segment::REQUESTS, segment::NEW);
        let said = [
            (
                segment::KIND,
                self.kind.as_ref().map(DataRequestKind::as_str),
            ),
            (
                segment::CATEGORY,
                self.category.as_ref().map(InventoryCategoryId::as_str),
            ),
            (
                segment::INTERACTION,
                self.interaction.as_ref().map(InteractionId::as_str),
            ),
            (segment::FIELD, self.field.as_deref()),
            (
                segment::FOR,
                self.on_behalf.as_ref().map(DelegationId::as_str),
            ),
        ];
        for (name, value) in said {
            if let Some(value) = value {
                query::add(&mut address, name, value);
            }
        }
        address
    }
}
