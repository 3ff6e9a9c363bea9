//! What a change changed, as people see it, and what it takes to put it back.

use super::catalogue::Catalogue;
use super::settings::Settings;
use portal_contract::Json;
use portal_contract::preference_history::ValueChange;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What stood in the settings at each place that changed; `null` for no decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Restores(BTreeMap<String, Value>);

impl Restores {
    /// Puts everything back.
    pub fn apply(&self, settings: &mut Settings) {
        for (pointer, value) in &self.0 {
            settings.set(pointer.clone(), value.clone());
        }
    }
}

/// The difference between two states of a customer's settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// What people see of it; empty when they see none.
    pub changes: Vec<ValueChange>,
    /// What it takes to put it back.
    pub restores: Restores,
}

/// What is different to somebody who reads the document. A decision that agrees with what held without it shows no difference.
#[must_use]
pub fn between(catalogue: &Catalogue, before: &Settings, after: &Settings) -> Difference {
    let pointers: BTreeSet<&str> = before.pointers().chain(after.pointers()).collect();
    let mut difference = Difference::default();
    for pointer in pointers {
        let (was, is) = (
            before.shown(catalogue, pointer),
            after.shown(catalogue, pointer),
        );
        if was != is {
            difference.changes.push(ValueChange {
                pointer: pointer.to_owned(),
                before: present(was),
                after: present(is),
            });
            let stood = before.get(pointer).cloned().unwrap_or(Value::Null);
            difference.restores.0.insert(pointer.to_owned(), stood);
        }
    }
    difference
}

/// Nothing is absent on the wire, not `null`.
pub(super) fn present(value: Value) -> Option<Json> {
    (!value.is_null()).then(|| value.into())
}
