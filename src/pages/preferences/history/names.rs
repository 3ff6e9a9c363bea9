//! What people call the things that changed. The history stands without: an id in plain words does until then.

use crate::api::Api;
use crate::pages::preferences::screen::topics;
use crate::widgets::plain_words;
use portal_markup::memo;
use portal_markup::prelude::*;

/// Ids and names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    topics: Vec<(String, String)>,
    purposes: Vec<(String, String)>,
    points: Vec<(String, String)>,
}

/// Asks for them; until they are there, and where they cannot be had, ids stand in their place.
pub fn read(api: Api) -> Memo<Names> {
    let catalogue = api.read(|client| client.preference_catalog());
    let purposes = api.read(|client| async move { Ok(client.purposes(None).await?.items) });
    let points = api.read(|client| async move { Ok(client.contact_points(None).await?.items) });
    memo(move || {
        let mut names = Names::default();
        if let Some(Ok(catalogue)) = catalogue.get() {
            let named = topics(&catalogue).map(|it| (it.id.to_string(), it.label.clone()));
            names.topics = named.collect();
        }
        if let Some(Ok(purposes)) = purposes.get() {
            let named = purposes.into_iter().map(|it| (it.id.to_string(), it.label));
            names.purposes = named.collect();
        }
        if let Some(Ok(points)) = points.get() {
            let named = points.into_iter().map(|it| (it.id.to_string(), it.value));
            names.points = named.collect();
        }
        names
    })
}

fn found(names: &[(String, String)], id: &str) -> Option<String> {
    let (_, name) = names.iter().find(|(known, _)| known == id)?;
    Some(name.clone())
}

impl Names {
    /// A topic.
    #[must_use]
    pub fn topic(&self, id: &str) -> String {
        found(&self.topics, id).unwrap_or_else(|| plain_words(id))
    }

    /// A purpose.
    #[must_use]
    pub fn purpose(&self, id: &str) -> String {
        found(&self.purposes, id).unwrap_or_else(|| plain_words(id))
    }

    /// A contact point in one line; nothing where it is gone.
    #[must_use]
    pub fn point(&self, id: &str) -> Option<String> {
        found(&self.points, id).map(|value| value.replace('\n', ", "))
    }
}
