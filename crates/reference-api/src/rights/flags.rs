//! What stands at what is held: which rights hold for it, since when, and by which request.

use super::extent::stops;
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::parsed;
use crate::store::time::Moment;
use portal_contract::DataRequestId;
use portal_contract::data_request::{DataRequestKind as Kind, ScopeKind};
use portal_contract::inventory::RightInForce;
use rusqlite::{Connection, Row as SqlRow};

/// A right in force, and what it is about: everything when all three are absent.
#[derive(Debug)]
struct Flag {
    request: DataRequestId,
    kind: Kind,
    since: Moment,
    category: Option<Category>,
    /// The id of a conversation.
    interaction: Option<String>,
    field: Option<String>,
    /// Of a field: whether it was inferred.
    inferred: bool,
}

/// The rights of a customer that are in force now. Opt-outs are decisions about purposes and stand with these.
#[derive(Debug, Default)]
pub(crate) struct Flags(Vec<Flag>);

impl Flags {
    /// All of a customer's, the oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) fn read(db: &Connection, customer: &CustomerId) -> Result<Self, StoreError> {
        let mut statement = db.prepare_cached(
            "SELECT f.request_id, f.kind, f.since, f.category, i.id, f.field,
                    EXISTS (SELECT 1 FROM customer_attributes AS a
                             WHERE a.customer_id = ?1 AND f.field = 'attributes/' || a.key AND a.origin = 'inferred')
               FROM rights_in_force AS f LEFT JOIN interactions AS i ON i.seq = f.interaction_seq
              WHERE f.customer_id = ?1 AND f.ended_at IS NULL AND f.purpose_id IS NULL
                AND f.kind IN ('restriction', 'objection', 'automated_decision_review')
              ORDER BY f.since, f.request_id, f.position",
        )?;
        let rows = statement.query_map([customer], flag)?;
        Ok(Self(rows.collect::<Result<_, _>>()?))
    }

    /// Those that hold for a category, or for part of it; each request once.
    pub(crate) fn of_category(&self, category: Category) -> Vec<RightInForce> {
        let mut found: Vec<RightInForce> = Vec::new();
        for flag in self.0.iter().filter(|flag| flag.touches(category)) {
            if found.iter().all(|it| it.request_id != flag.request) {
                found.push(flag.wire());
            }
        }
        found
    }

    /// Those about one field or one conversation, as a record names them.
    pub(crate) fn of_record(
        &self,
        field: Option<&str>,
        interaction: Option<&str>,
    ) -> Vec<RightInForce> {
        let is_about = |flag: &&Flag| {
            flag.field.as_deref().is_some_and(|it| Some(it) == field)
                || flag
                    .interaction
                    .as_deref()
                    .is_some_and(|it| Some(it) == interaction)
        };
        self.0.iter().filter(is_about).map(Flag::wire).collect()
    }
}

impl Flag {
    fn scope(&self) -> ScopeKind {
        if self.interaction.is_some() {
            ScopeKind::Interactions
        } else if self.field.is_some() {
            ScopeKind::Field
        } else if self.category.is_some() {
            ScopeKind::Categories
        } else {
            ScopeKind::Everything
        }
    }

    fn touches(&self, category: Category) -> bool {
        match self.scope() {
            // Whoever restricts everything has everything marked (GDPR, article 4 (3)); what else is asked for stops some uses alone.
            ScopeKind::Everything => self.kind == Kind::Restriction || stops(&self.kind, category),
            ScopeKind::Interactions => category == Category::Interactions,
            ScopeKind::Field => {
                category
                    == if self.inferred {
                        Category::Inferences
                    } else {
                        Category::Profile
                    }
            }
            ScopeKind::Categories | ScopeKind::Other(_) => self.category == Some(category),
        }
    }

    fn wire(&self) -> RightInForce {
        RightInForce {
            kind: self.kind.clone(),
            scope: self.scope(),
            since: self.since.to_timestamp(),
            request_id: self.request.clone(),
        }
    }
}

fn flag(row: &SqlRow<'_>) -> rusqlite::Result<Flag> {
    Ok(Flag {
        request: parsed(row, 0)?,
        kind: row.get::<_, String>(1)?.into(),
        since: row.get(2)?,
        category: row
            .get::<_, Option<String>>(3)?
            .and_then(|name| Category::named(&name)),
        interaction: row.get(4)?,
        field: row.get(5)?,
        inferred: row.get(6)?,
    })
}
