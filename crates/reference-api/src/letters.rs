//! Mails about a topic: whether and when one reaches a customer, where it goes, and the ways out at its foot.

use crate::http::AppState;
use crate::links;
use crate::mail::{TopicMail, TopicMatter};
use crate::preferences::answer;
use crate::preferences::catalogue::Topic;
use crate::preferences::{Surroundings, store as preferences};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use portal_contract::interaction::Channel;
use portal_contract::reach::Reach;
use rusqlite::{Connection, OptionalExtension, params};

/// What mails are written with.
#[derive(Clone, Copy)]
pub(crate) struct Letters<'l> {
    pub(crate) state: &'l AppState,
    /// Where customers reach the portal, without a slash at its end.
    pub(crate) base: &'l str,
}

impl Letters<'_> {
    /// What becomes of a mail about this topic that is sent now.
    pub(crate) fn reach(
        self,
        db: &Connection,
        customer: &CustomerId,
        topic: &Topic,
    ) -> Result<Reach, StoreError> {
        let (config, now) = (&self.state.config, self.state.clock.now());
        let stored = preferences::load(db, customer)?;
        let around = Surroundings::read(db, config, customer, now)?;
        Ok(answer::reach(
            &config.catalogue,
            &stored.settings,
            &around,
            topic,
            &Channel::Email,
            now,
        ))
    }

    /// The mail to the contact point that was found; none when there is none, or it is gone.
    pub(crate) fn write(
        self,
        tx: &Connection,
        customer: &CustomerId,
        topic: &Topic,
        reach: &Reach,
        matter: TopicMatter,
    ) -> Result<Option<TopicMail>, StoreError> {
        let Some(point) = &reach.contact_point_id else {
            return Ok(None);
        };
        let found: Option<(String, Option<String>)> = tx
            .prepare_cached(
                "SELECT p.value, c.locale FROM contact_points AS p JOIN customers AS c ON c.id = p.customer_id
                  WHERE p.id = ?1 AND p.customer_id = ?2",
            )?
            .query_row(params![point.as_str(), customer], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let Some((to, locale)) = found else {
            return Ok(None);
        };
        let is_optional = !topic.required.contains(&Channel::Email);
        let links = is_optional
            .then(|| {
                let (config, now) = (&self.state.config, self.state.clock.now());
                let topics = [topic.id.clone()];
                let binding = links::bind(tx, customer, point, &topics, now)?;
                let bases = [self.base, config.api_address(self.base)];
                Ok::<_, StoreError>(links::issue(&self.state.secrets, bases, binding, now))
            })
            .transpose()?;
        Ok(Some(TopicMail {
            customer: customer.clone(),
            to,
            topic: topic.text.get(locale.as_deref()).label.clone(),
            locale,
            matter,
            links,
        }))
    }
}
