//! What a copy holds: of whom, which categories, which span of time, which interactions.

use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::{Moment, zone};
use jiff::civil::Date;
use portal_contract::data_request::{DataRequestKind, DataRequestScope, ScopeKind};
use rusqlite::{Connection, ToSql};
use std::collections::BTreeSet;

/// What a copy holds.
#[derive(Clone, Debug)]
pub struct Extent {
    /// Whose.
    pub customer: CustomerId,
    /// Which categories; none for all.
    pub categories: Option<BTreeSet<String>>,
    /// From this moment on.
    pub from: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// Whether what the company concluded stays out.
    pub without_inferences: bool,
    /// These interactions alone, as a JSON list of their ids.
    pub interactions: Option<String>,
    /// The last interaction that there was when the copy was begun: every file of it is about the same ones.
    pub last: i64,
}

impl Extent {
    /// What was asked for, days as they are in the customer's zone.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn of(
        db: &Connection,
        customer: &CustomerId,
        kind: &DataRequestKind,
        scope: &DataRequestScope,
        time_zone: Option<&str>,
    ) -> Result<Self, StoreError> {
        let last = "SELECT coalesce(max(seq), 0) FROM interactions";
        let categories = match scope.kind {
            ScopeKind::Categories => Some(
                scope
                    .categories
                    .iter()
                    .map(|id| id.as_str().to_owned())
                    .collect(),
            ),
            _ => None,
        };
        let zone = zone(time_zone);
        let day = |day: &Option<String>| day.as_deref().and_then(|day| day.parse::<Date>().ok());
        Ok(Self {
            customer: customer.clone(),
            categories,
            // To take elsewhere is what the customer gave and did, and not what the company concluded from it (WP 242, III).
            without_inferences: *kind == DataRequestKind::Portability,
            from: day(&scope.from).map(|day| Moment::start_of_day(day, &zone)),
            until: day(&scope.to)
                .and_then(|day| day.tomorrow().ok())
                .map(|day| Moment::start_of_day(day, &zone)),
            interactions: (scope.kind == ScopeKind::Interactions).then(|| {
                let ids: Vec<&str> = scope.interaction_ids.iter().map(|id| id.as_str()).collect();
                serde_json::json!(ids).to_string()
            }),
            last: db.query_row(last, [], |row| row.get(0))?,
        })
    }

    /// Whether it holds this category.
    pub fn has_category(&self, id: &str) -> bool {
        let chosen = self
            .categories
            .as_ref()
            .is_none_or(|chosen| chosen.contains(id));
        chosen && !(self.without_inferences && id == "inferences")
    }

    /// What a statement is given: of all that it could ask for, what it does.
    pub fn given<'a>(
        &'a self,
        sql: &str,
        own: &[(&'static str, &'a dyn ToSql)],
    ) -> Vec<(&'static str, &'a dyn ToSql)> {
        let mine: [(&'static str, &dyn ToSql); 5] = [
            (":customer", &self.customer),
            (":from", &self.from),
            (":until", &self.until),
            (":interactions", &self.interactions),
            (":last", &self.last),
        ];
        mine.into_iter()
            .chain(own.iter().copied())
            .filter(|(name, _)| asks_for(sql, name))
            .collect()
    }
}

fn asks_for(sql: &str, name: &str) -> bool {
    sql.match_indices(name).any(|(at, _)| {
        !sql[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}
