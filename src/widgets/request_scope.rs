//! What a data request is about, in the customer's words: which categories, which days, which conversations, which entry.

use super::{plain_words, subject};
use crate::api::{PortalClient, use_api};
use crate::i18n::{Text, day, list, t, text};
use portal_client::ApiError;
use portal_contract::data_request::{DataRequest, DataRequestScope, ScopeKind};
use portal_contract::data_request_options::DataRequestOptions;
use portal_contract::{InteractionId, InventoryCategoryId};
use portal_markup::memo;
use portal_markup::prelude::*;

/// More conversations than these in one place are counted, and not called by their names.
const NAMED: usize = 20;

/// What the parts of a scope are called, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScopeNames {
    /// Categories.
    pub categories: Vec<(InventoryCategoryId, String)>,
    /// Entries of the customer's record.
    pub entries: Vec<(String, String)>,
    /// Conversations.
    pub subjects: Vec<(InteractionId, String)>,
}

impl ScopeNames {
    /// Those of what is on offer.
    #[must_use]
    pub fn offered(options: DataRequestOptions) -> Self {
        let categories = options.categories.into_iter();
        let fields = options.fields.into_iter();
        Self {
            categories: categories.map(|it| (it.id, it.label)).collect(),
            entries: fields.map(|it| (it.field, it.label)).collect(),
            subjects: Vec::new(),
        }
    }

    /// What a conversation is called.
    #[must_use]
    pub fn subject(&self, id: &InteractionId) -> Option<&str> {
        name(&self.subjects, id)
    }
}

fn name<'n, I: PartialEq>(names: &'n [(I, String)], id: &I) -> Option<&'n str> {
    let found = names.iter().find(|(known, _)| known == id);
    found.map(|(_, name)| name.as_str())
}

/// All of it, in one line.
#[must_use]
pub fn scope_words(scope: &DataRequestScope, names: &ScopeNames) -> String {
    let what = scope_matter(scope, names);
    match scope_days(scope) {
        Some(days) => [&*what, " · ", &t(days)].concat(),
        None => what,
    }
}

/// What of it, whenever it is from.
#[must_use]
pub fn scope_matter(scope: &DataRequestScope, names: &ScopeNames) -> String {
    match scope.kind {
        ScopeKind::Categories => {
            // Where one is not on offer any more, its id is close to words.
            let label = |id: &InventoryCategoryId| {
                let known = name(&names.categories, id).map(str::to_owned);
                known.unwrap_or_else(|| plain_words(id.as_str()))
            };
            list(&scope.categories.iter().map(label).collect::<Vec<_>>())
        }
        ScopeKind::Interactions => conversations(&scope.interaction_ids, names),
        ScopeKind::Field => {
            let entry = scope.field.as_ref();
            match entry.and_then(|field| name(&names.entries, field)) {
                Some(label) => t(text::data_request_scope_entry(label.to_owned())),
                None => t(text::DATA_REQUEST_SCOPE_FIELD),
            }
        }
        ScopeKind::Everything | ScopeKind::Other(_) => t(text::DATA_REQUEST_SCOPE_EVERYTHING),
    }
}

/// One by its name, several counted and named; one that is held no more is counted all the same.
fn conversations(ids: &[InteractionId], names: &ScopeNames) -> String {
    let count = t(text::data_request_scope_interactions(ids.len() as u64));
    let known: Vec<&str> = ids.iter().filter_map(|id| names.subject(id)).collect();
    match (ids, &*known) {
        ([_], [one]) => t(text::data_request_scope_conversation(subject(one))),
        (_, []) => count,
        _ => {
            let named = |one: &&str| t(text::data_request_scope_conversation(subject(one)));
            [
                &*count,
                ": ",
                &list(&known.iter().map(named).collect::<Vec<_>>()),
            ]
            .concat()
        }
    }
}

/// From when to when, where it is not all of it.
#[must_use]
pub fn scope_days(scope: &DataRequestScope) -> Option<Text> {
    match (&scope.from, &scope.to) {
        (Some(from), Some(to)) => Some(text::data_request_scope_between(day(from), day(to))),
        (Some(from), None) => Some(text::data_request_scope_from(day(from))),
        (None, Some(to)) => Some(text::data_request_scope_to(day(to))),
        (None, None) => None,
    }
}

/// What the conversations that these requests are about are called; read when it changes which they are. Nothing waits for it.
#[must_use]
pub fn scope_subjects(
    requests: impl Fn() -> Vec<DataRequest> + 'static,
) -> Memo<Vec<(InteractionId, String)>> {
    let ids = memo(move || {
        let mut ids: Vec<InteractionId> = Vec::new();
        for request in requests() {
            for id in request.scope.interaction_ids {
                if ids.len() < NAMED && !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        ids
    });
    let read = use_api().read(move |client| {
        let ids = ids.get();
        async move { subjects(&client, ids).await }
    });
    memo(move || {
        read.get()
            .and_then(Result::ok)
            .into_iter()
            .flatten()
            .collect()
    })
}

async fn subjects(
    client: &PortalClient,
    ids: Vec<InteractionId>,
) -> Result<Vec<(InteractionId, String)>, ApiError> {
    let mut subjects = Vec::new();
    for id in ids {
        match client.subject(&id).await {
            Ok(subject) => subjects.push((id, subject)),
            // It is held no more.
            Err(ApiError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(subjects)
}
