//! Which topics come on which channels, and whether anything comes at all.

use super::plan::{Said, SaidOfTopic};
use super::{Refused, Visit};
use crate::preferences::apply::{self, apply};
use crate::preferences::history::{self, Author};
use crate::preferences::store;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::preference_history::ChangeRoute;
use serde_json::{Map, Value, json};

impl Visit<'_> {
    /// Applies what the row says of topics, by the rules that hold for the customer too.
    pub(super) fn topics(&mut self, said: &Said) -> Result<(), Refused> {
        let desk = self.desk;
        let before = store::load(desk.tx, &self.customer)?;
        let mut patch = Map::new();
        if let Some(out) = said.global_opt_out {
            if !out && before.settings.global_opt_out() {
                self.kept
                    .push("global_opt_out: everything is off here, and stays off".to_owned());
            } else if !self.said_later("/global_opt_out", said.at)? {
                patch.insert("global_opt_out".to_owned(), json!(out));
            }
        }
        let mut topics = Map::new();
        for one in &said.topics {
            let members = self.members(one, &before.settings, said.at)?;
            if !members.is_empty() {
                let channels = topics.entry(&one.topic).or_insert_with(|| json!({}));
                channels[&one.channel] = Value::Object(members);
            }
        }
        if !topics.is_empty() {
            patch.insert("topics".to_owned(), Value::Object(topics));
        }
        if patch.is_empty() {
            return Ok(());
        }
        let author = Author::nobody(ChangeRoute::Import);
        apply(
            desk.tx,
            desk.config,
            &self.customer,
            &author,
            &patch,
            desk.now,
        )
        .map_err(refused)?;
        self.changed |= store::load(desk.tx, &self.customer)? != before;
        Ok(())
    }

    /// What changes of one topic over one channel.
    fn members(
        &mut self,
        said: &SaidOfTopic,
        settings: &crate::preferences::Settings,
        at: Option<Moment>,
    ) -> Result<Map<String, Value>, StoreError> {
        let SaidOfTopic { topic, channel, .. } = said;
        let pointer = |member: &str| format!("/topics/{topic}/{channel}/{member}");
        let mut members = Map::new();
        if let Some(on) = said.enabled {
            let is_off = settings.get(&pointer("enabled")) == Some(&json!(false));
            if on && (is_off || settings.global_opt_out()) {
                self.kept.push(format!(
                    "{topic} by {channel}: is switched off here, and stays off"
                ));
            } else if !self.said_later(&pointer("enabled"), at)? {
                members.insert("enabled".to_owned(), json!(on));
            }
        }
        if let Some(frequency) = &said.frequency
            && !self.said_later(&pointer("frequency"), at)?
        {
            members.insert("frequency".to_owned(), json!(frequency));
        }
        Ok(members)
    }

    /// Whether this was changed here, other than by an import, after the row was written; at any time, when the row does not say.
    fn said_later(&self, pointer: &str, at: Option<Moment>) -> Result<bool, StoreError> {
        let last = history::last_word(self.desk.tx, &self.customer, pointer)?;
        Ok(last.is_some_and(|last| at.is_none_or(|at| last > at)))
    }
}

fn refused(refused: apply::Refused) -> Refused {
    match refused {
        apply::Refused::Store(error) => Refused::Store(error),
        apply::Refused::Fields(errors) => {
            let told = errors.iter().map(|error| {
                let detail = error.detail.as_deref().unwrap_or_default();
                format!("{}: {} {detail}", error.pointer, error.code.as_str())
            });
            Refused::Because(told.collect::<Vec<_>>().join("; "))
        }
    }
}
