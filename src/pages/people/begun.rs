//! What was begun of asking to act for somebody, kept in this tab for its customer alone, with the key of the intent: it is one
//! question however often it is sent.

use crate::forms::Draft;
use crate::session::use_session;
use portal_contract::data_request::DataRequestKind;
use portal_contract::delegation::DelegationRole;
use portal_contract::{FromJson, IdempotencyKey, InventoryCategoryId, Json, Place, ToJson};

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Begun {
    /// The key under which it is asked.
    pub intent: IdempotencyKey,
    /// What has been entered so far.
    pub entered: Entered,
}

/// What has been entered, be it complete or not.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Entered {
    pub role: Option<DelegationRole>,
    pub email: String,
    pub kinds: Vec<DataRequestKind>,
    /// Whether it is about some categories alone.
    pub is_some: bool,
    pub categories: Vec<InventoryCategoryId>,
    /// The last day, `2026-08-31`.
    pub until: String,
    pub words: String,
}

/// Where it is kept.
pub fn draft() -> Draft {
    Draft::delegation(&use_session().subject())
}

impl ToJson for Begun {
    fn to_json(&self) -> Json {
        let Entered {
            role,
            email,
            kinds,
            is_some,
            categories,
            until,
            words,
        } = &self.entered;
        let members = [
            ("intent", self.intent.to_json()),
            ("role", role.to_json()),
            ("email", email.to_json()),
            ("kinds", kinds.to_json()),
            ("is_some", is_some.to_json()),
            ("categories", categories.to_json()),
            ("until", until.to_json()),
            ("words", words.to_json()),
        ];
        Json::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
    }
}

impl FromJson for Begun {
    fn read(place: &Place) -> Self {
        Self {
            intent: place.field("intent"),
            entered: Entered {
                role: place.field("role"),
                email: place.field("email"),
                kinds: place.field("kinds"),
                is_some: place.field("is_some"),
                categories: place.field("categories"),
                until: place.field("until"),
                words: place.field("words"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let nothing = Begun {
            intent: "0f8fad5b".parse().unwrap(),
            entered: Entered::default(),
        };
        assert_eq!(Begun::from_json(&nothing.to_json()), Ok(nothing.clone()));
        let half = Begun {
            entered: Entered {
                role: Some(DelegationRole::Executor),
                email: "keiko@example.com".into(),
                kinds: vec![DataRequestKind::Access, DataRequestKind::Erasure],
                is_some: true,
                categories: "messages".parse().into_iter().collect(),
                until: "2027-02-28".into(),
                words: "كتبت نصف الطلب".into(),
            },
            ..nothing
        };
        assert_eq!(Begun::from_json(&half.to_json()), Ok(half));
    }
}
