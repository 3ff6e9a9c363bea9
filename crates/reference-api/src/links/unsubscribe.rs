//! Switching a link's topics off.

use super::binding::Binding;
use super::reduces::is_of;
use crate::StoreError;
use crate::preferences::catalogue::{Catalogue, Topic};
use crate::preferences::change::{self, Act};
use crate::preferences::history::Author;
use crate::preferences::store;
use crate::store::time::Moment;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::interaction::Channel;
use portal_contract::preference_history::ChangeRoute;
use rusqlite::Connection;

/// Whether nothing of the link's topics comes any more over the channels of its contact point.
pub(crate) fn is_off(
    db: &Connection,
    catalogue: &Catalogue,
    binding: &Binding,
) -> Result<bool, StoreError> {
    let stored = store::load(db, &binding.customer)?;
    let settings = &stored.settings;
    Ok(binding.is_revoked
        || settings.global_opt_out()
        || places(catalogue, binding)
            .iter()
            .all(|(topic, channel)| !settings.choice(topic, channel).enabled))
}

/// Switches them off, whatever they were; what has to come stays. Whether anything changed.
pub(crate) fn switch_off(
    tx: &Connection,
    catalogue: &Catalogue,
    binding: &Binding,
    now: Moment,
) -> Result<bool, StoreError> {
    let author = Author::customer(ChangeRoute::OneClick, &binding.display_name);
    let act = Act {
        catalogue,
        customer: &binding.customer,
        author: &author,
        now,
    };
    let before = store::load(tx, &binding.customer)?;
    let mut after = before.settings.clone();
    for (topic, channel) in places(catalogue, binding) {
        after.switch(topic, &channel, false);
    }
    Ok(change::save(tx, act, &before, after, None)?.is_some())
}

/// The link's topics that can be switched off, over each channel that reaches its contact point.
fn places<'c>(catalogue: &'c Catalogue, binding: &Binding) -> Vec<(&'c Topic, Channel)> {
    // A contact point that is gone was an address: links are sent by mail.
    let kind = binding
        .place
        .as_ref()
        .map_or(ContactPointKind::Email, |(kind, _)| kind.clone());
    binding
        .topics
        .iter()
        .filter_map(|id| catalogue.topic(id.as_str()))
        .flat_map(|topic| topic.channels.iter().map(move |channel| (topic, channel)))
        .filter(|(topic, channel)| is_of(channel, &kind) && !topic.required.contains(channel))
        .map(|(topic, channel)| (topic, channel.clone()))
        .collect()
}
