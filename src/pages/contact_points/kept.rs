//! What was typed of a new contact point and not sent yet: it survives a reload, as a reply does.

use super::fields::Fields;
use crate::forms::Draft;
use crate::session::use_session;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::{ContactPointId, FromJson, IdempotencyKey, Json, Place, ToJson};
use portal_markup::effect;
use portal_markup::prelude::*;

/// Everything in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    pub kind: ContactPointKind,
    /// The one whose place is taken.
    pub replaces: Option<ContactPointId>,
    country: String,
    /// What stands in the fields, in their order.
    texts: Vec<String>,
    /// The key under which just this was sent and not answered: sent again it is the same act.
    intent: Option<IdempotencyKey>,
}

impl Entered {
    /// What stands in the fields now. They are watched.
    pub fn of(fields: Fields, replaces: Option<&ContactPointId>) -> Self {
        Self {
            kind: fields.kind.get(),
            replaces: replaces.cloned(),
            country: fields.country.get(),
            texts: fields.all().map(|field| field.raw().get()).to_vec(),
            intent: None,
        }
    }

    /// Puts it back into the fields.
    pub fn restore(&self, fields: Fields) {
        fields.kind.set(self.kind.clone());
        fields.country.set(self.country.clone());
        for (field, text) in fields.all().into_iter().zip(&self.texts) {
            field.raw().set(text.clone());
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.texts == other.texts && self.kind == other.kind && self.country == other.country
    }
}

/// Where it is kept.
#[derive(Clone)]
pub struct Keeper(Draft);

impl Keeper {
    /// For whoever is signed in.
    pub fn here() -> Self {
        Self(Draft::contact_point(&use_session().subject()))
    }

    /// What was kept.
    pub fn kept(&self) -> Option<Entered> {
        self.0.load_as()
    }

    /// It was sent, or thrown away.
    pub fn forget(&self) {
        self.0.forget();
    }

    /// Keeps what is typed from now on. What stands there untouched is not kept.
    pub fn follow(&self, fields: Fields, replaces: Option<ContactPointId>) {
        let begun = untrack(|| Entered::of(fields, replaces.as_ref()));
        let keeper = self.clone();
        effect(move || {
            let entered = Entered::of(fields, replaces.as_ref());
            let kept = keeper.kept();
            if kept.as_ref().is_some_and(|kept| kept.is_same(&entered)) {
                return;
            }
            if kept.is_some() || !begun.is_same(&entered) {
                keeper.0.keep(&entered);
            }
        });
    }

    /// The key under which what is typed now is sent: the one before, as long as it says the same.
    pub fn intent(
        &self,
        entered: Entered,
        fresh: impl FnOnce() -> IdempotencyKey,
    ) -> IdempotencyKey {
        let before = self.kept().filter(|kept| kept.is_same(&entered));
        let key = before.and_then(|kept| kept.intent).unwrap_or_else(fresh);
        self.0.keep(&Entered {
            intent: Some(key.clone()),
            ..entered
        });
        key
    }
}

impl ToJson for Entered {
    fn to_json(&self) -> Json {
        let member = |name: &str, value: Json| (name.to_owned(), value);
        Json::Object(vec![
            member("kind", self.kind.to_json()),
            member("replaces", self.replaces.to_json()),
            member("country", self.country.to_json()),
            member("texts", self.texts.to_json()),
            member("intent", self.intent.to_json()),
        ])
    }
}

impl FromJson for Entered {
    fn read(place: &Place) -> Self {
        Self {
            kind: place.field("kind"),
            replaces: place.field("replaces"),
            country: place.field("country"),
            texts: place.field("texts"),
            intent: place.field("intent"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let entered = Entered {
            kind: ContactPointKind::Social,
            replaces: Some("cp_1".parse().unwrap()),
            country: "PT".into(),
            texts: vec![String::new(), "@أمل".into()],
            intent: Some("0f8fad5b".parse().unwrap()),
        };
        assert_eq!(Entered::from_json(&entered.to_json()), Ok(entered));
    }
}
