//! A request that was begun and not sent: kept in this tab for its customer alone, with the keys of its intents, so that it is one
//! request however often it is sent.

use super::super::whose::use_whose;
use crate::forms::Draft;
use crate::session::use_session;
use portal_contract::data_request::{DataRequestKind, NewDataRequest};
use portal_contract::{FromJson, IdempotencyKey, Json, Place, ToJson};

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Begun {
    /// The key under which it is made.
    pub intent: IdempotencyKey,
    /// The key under which it is then confirmed.
    pub confirming: IdempotencyKey,
    /// What is asked.
    pub said: NewDataRequest,
}

/// Where one about this right is kept.
pub fn draft(kind: &DataRequestKind) -> Draft {
    let about = use_whose().draft(kind.as_str());
    Draft::data_request(&use_session().subject(), &about)
}

impl ToJson for Begun {
    fn to_json(&self) -> Json {
        Json::Object(vec![
            ("intent".to_owned(), self.intent.to_json()),
            ("confirming".to_owned(), self.confirming.to_json()),
            ("said".to_owned(), self.said.to_json()),
        ])
    }
}

impl FromJson for Begun {
    fn read(place: &Place) -> Self {
        Self {
            intent: place.field("intent"),
            confirming: place.field("confirming"),
            said: place.field("said"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::artifact::ExportFormat;
    use portal_contract::data_request::{DataRequestScope, ProposedValue};

    #[test]
    fn what_is_kept_comes_back() {
        let begun = Begun {
            intent: "0f8fad5b".parse().unwrap(),
            confirming: "0f8fad5c".parse().unwrap(),
            said: NewDataRequest {
                kind: DataRequestKind::Rectification,
                scope: DataRequestScope {
                    interaction_ids: "int_1".parse().into_iter().collect(),
                    from: Some("2025-01-01".into()),
                    ..DataRequestScope::everything()
                },
                formats: vec![ExportFormat::Csv],
                proposed: vec![ProposedValue {
                    field: "date_of_birth".into(),
                    value: "1990-02-28".into(),
                    current: None,
                }],
                text: Some("كتبت نصف الطلب".into()),
            },
        };
        assert_eq!(Begun::from_json(&begun.to_json()), Ok(begun));
    }
}
