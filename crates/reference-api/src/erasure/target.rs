//! Whose data is erased, and how much of it.

use super::rules::{goes_alone, with};
use crate::inventory::Category;
use crate::store::customers::CustomerId;
use portal_contract::data_request::{DataRequestScope, ScopeKind};

/// What an erasure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) customer: CustomerId,
    pub(crate) reach: Reach,
}

/// How much of a customer's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All of it, with the account.
    Whole,
    /// These categories; the account stays.
    Categories(Vec<Category>),
    /// These interactions, with everything beneath; a JSON list of their ids.
    Matters(String),
}

impl Target {
    /// What a request is about. A scope of another kind is about nothing that could be erased.
    pub(crate) fn of(customer: &CustomerId, scope: &DataRequestScope) -> Self {
        let reach = match scope.kind {
            ScopeKind::Everything => Reach::Whole,
            ScopeKind::Categories => Reach::Categories(
                scope
                    .categories
                    .iter()
                    .filter_map(|id| Category::named(id.as_str()))
                    .collect(),
            ),
            ScopeKind::Interactions => {
                Reach::Matters(serde_json::to_string(&scope.interaction_ids).expect("ids are JSON"))
            }
            ScopeKind::Field | ScopeKind::Other(_) => Reach::Categories(Vec::new()),
        };
        Self {
            customer: customer.clone(),
            reach,
        }
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.reach == Reach::Whole
    }

    /// Whether every row of this category is meant.
    pub(super) fn names(&self, category: Category) -> bool {
        match &self.reach {
            Reach::Whole => true,
            Reach::Categories(named) => named.contains(&category) && goes_alone(category),
            Reach::Matters(_) => false,
        }
    }

    /// Whether rows of this category go that belong to a conversation which is meant.
    pub(super) fn takes_beneath(&self, category: Category) -> bool {
        match &self.reach {
            Reach::Whole | Reach::Matters(_) => true,
            Reach::Categories(named) => named.iter().any(|one| with(*one).contains(&category)),
        }
    }

    /// Whether conversations are gone through, one by one.
    pub(super) fn walks(&self) -> bool {
        [
            Category::Interactions,
            Category::Messages,
            Category::Attachments,
        ]
        .into_iter()
        .any(|category| self.takes_beneath(category))
    }

    /// The interactions that are meant, as a JSON list; `None` for all.
    pub(super) fn ids(&self) -> Option<&str> {
        match &self.reach {
            Reach::Matters(ids) => Some(ids),
            Reach::Whole | Reach::Categories(_) => None,
        }
    }
}
