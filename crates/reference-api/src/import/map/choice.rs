//! Values of a fixed set, by what the file calls them.

use super::template::{Header, Template, quoted};
use super::{ChoiceMap, MapError, OnUnknown};
use crate::import::slug::slug;
use std::collections::BTreeMap;

/// A value of a fixed set.
pub struct Choice {
    key: String,
    from: Template,
    values: BTreeMap<String, String>,
    empty: Option<String>,
    on_unknown: OnUnknown,
}

impl Choice {
    pub fn new(key: &str, map: &ChoiceMap, header: &Header) -> Result<Self, MapError> {
        for (theirs, ours) in &map.values {
            if ours.trim().is_empty() {
                return Err(MapError::new(
                    format!("{key}.values.{theirs:?}"),
                    "is empty; write what the value is here",
                ));
            }
        }
        Ok(Self {
            key: key.to_owned(),
            from: Template::new(&format!("{key}.from"), &map.from, header)?,
            values: map.values.clone(),
            empty: map.empty.clone(),
            on_unknown: map.on_unknown,
        })
    }

    /// The same, where all that a value can be here is one of `allowed`.
    pub fn among(
        key: &str,
        map: &ChoiceMap,
        header: &Header,
        allowed: &[&str],
    ) -> Result<Self, MapError> {
        let choice = Self::new(key, map, header)?;
        if map.on_unknown == OnUnknown::Keep {
            let problem =
                "cannot be \"keep\": nothing else than the values of the map is known here";
            return Err(MapError::new(format!("{key}.on_unknown"), problem));
        }
        let given = map.values.values().chain(&map.empty);
        match given
            .into_iter()
            .find(|ours| !allowed.contains(&ours.as_str()))
        {
            None => Ok(choice),
            Some(ours) => Err(MapError::new(
                format!("{key}.values"),
                format!("{ours:?} is none of {}", quoted(allowed)),
            )),
        }
    }

    /// What the row's value is here; nothing where it is empty and the map does not say what that means.
    pub fn read_if_any(&self, row: &[String]) -> Result<Option<String>, String> {
        let says_nothing = self.empty.is_none() && self.from.fill(row).trim().is_empty();
        if says_nothing {
            return Ok(None);
        }
        self.read(row).map(Some)
    }

    /// What the row's value is here.
    pub fn read(&self, row: &[String]) -> Result<String, String> {
        let text = self.from.fill(row);
        let text = text.trim();
        if text.is_empty() {
            return self
                .empty
                .clone()
                .ok_or_else(|| format!("{}: the value is empty", self.key));
        }
        if let Some(ours) = self.values.get(text) {
            return Ok(ours.clone());
        }
        match self.on_unknown {
            OnUnknown::Keep => Ok(slug(text, '_')),
            OnUnknown::Reject => Err(format!(
                "{}: {text:?} is none of {}; add it to `{}.values`",
                self.key,
                quoted(&self.values.keys().collect::<Vec<_>>()),
                self.key
            )),
        }
    }
}
