//! What is held back at this moment.

use super::extent::ATTRIBUTE;
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::Seq;
use crate::store::time::Moment;
use portal_contract::data_request::{DataRequestKind as Kind, DataRequestScope, ScopeKind};
use portal_contract::me::Origin;
use portal_contract::{DataRequestId, PurposeId};
use rusqlite::{Connection, OptionalExtension, params};

/// A use of data that the customer can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Writing about what is not required.
    Writing,
    /// Asking how it went.
    Asking,
    /// Asking how it goes since.
    CheckingIn,
    /// Going by what was inferred.
    Concluding,
    /// Going by what else is noted about the customer.
    Knowing,
}

impl Use {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [
        Self::Writing,
        Self::Asking,
        Self::CheckingIn,
        Self::Concluding,
        Self::Knowing,
    ];

    /// The categories whose restriction stops it.
    fn categories(self) -> &'static [Category] {
        match self {
            Self::Writing => &[
                Category::ContactPoints,
                Category::Preferences,
                Category::Profile,
            ],
            Self::Asking => &[Category::Feedback, Category::Interactions],
            Self::CheckingIn => &[Category::Notices, Category::Interactions],
            Self::Concluding => &[
                Category::Inferences,
                Category::Interactions,
                Category::Messages,
            ],
            Self::Knowing => &[Category::Profile],
        }
    }

    /// The rights that stop it. An opt-out stops purposes, and no use by itself.
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Writing | Self::Knowing => &[Kind::Restriction],
            Self::Asking | Self::CheckingIn => &[Kind::Restriction, Kind::Objection],
            Self::Concluding => &[
                Kind::Restriction,
                Kind::Objection,
                Kind::AutomatedDecisionReview,
            ],
        }
    }

    /// Whether a right of this kind stops it.
    pub(super) fn is_stopped_by(self, kind: &Kind) -> bool {
        self.kinds().contains(kind)
    }

    /// Whether a right about this category stops it.
    pub(super) fn concerns(self, category: Category) -> bool {
        self.categories().contains(&category)
    }
}

/// Names as a JSON array, for SQL.
fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    serde_json::to_string(&names).expect("names are JSON")
}

/// Whether a right in force stops this use, about the interaction where it is about one.
///
/// # Errors
/// When the database refuses.
pub(crate) fn holds_back(
    db: &Connection,
    customer: &CustomerId,
    what: Use,
    interaction: Option<Seq>,
) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM rights_in_force
              WHERE customer_id = ?1 AND ended_at IS NULL AND purpose_id IS NULL AND field IS NULL
                AND kind IN (SELECT value FROM json_each(?2))
                AND (category IS NULL OR category IN (SELECT value FROM json_each(?3)))
                AND (interaction_seq IS NULL OR interaction_seq = ?4)",
        )?
        .exists(params![
            customer,
            names(what.kinds().iter().map(Kind::as_str)),
            names(what.categories().iter().map(|category| category.as_str())),
            interaction
        ])?)
}

/// Whether a right in force stops going by this attribute: one about everything of its sort, or about it alone.
///
/// # Errors
/// When the database refuses.
pub(crate) fn holds_back_attribute(
    db: &Connection,
    customer: &CustomerId,
    key: &str,
    origin: &Origin,
) -> Result<bool, StoreError> {
    let what = match origin {
        Origin::Inferred => Use::Concluding,
        _ => Use::Knowing,
    };
    if holds_back(db, customer, what, None)? {
        return Ok(true);
    }
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM rights_in_force WHERE customer_id = ?1 AND ended_at IS NULL AND field = ?2",
        )?
        .exists(params![customer, format!("{ATTRIBUTE}{key}")])?)
}

/// What a right is about, one row each.
#[derive(Clone, Debug, Default)]
struct About<'a> {
    category: Option<&'a str>,
    interaction: Option<Seq>,
    field: Option<&'a str>,
    purpose: Option<&'a PurposeId>,
}

/// A right that comes into force.
pub(super) struct Begun<'a> {
    pub(super) request: &'a DataRequestId,
    pub(super) customer: &'a CustomerId,
    pub(super) kind: &'a str,
    pub(super) scope: &'a DataRequestScope,
    /// Purposes about which something was decided because of it.
    pub(super) purposes: &'a [PurposeId],
    pub(super) now: Moment,
}

/// Puts a right in force.
pub(super) fn begin(tx: &Connection, begun: &Begun<'_>) -> Result<(), StoreError> {
    let mut about = scoped(tx, begun)?;
    about.extend(begun.purposes.iter().map(|purpose| About {
        purpose: Some(purpose),
        ..About::default()
    }));
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO rights_in_force
             (request_id, position, customer_id, kind, category, interaction_seq, field, purpose_id, since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (position, about) in about.iter().enumerate() {
        insert.execute(params![
            begun.request.as_str(),
            position,
            begun.customer,
            begun.kind,
            about.category,
            about.interaction,
            about.field,
            about.purpose.map(PurposeId::as_str),
            begun.now
        ])?;
    }
    Ok(())
}

fn scoped<'a>(tx: &Connection, begun: &Begun<'a>) -> Result<Vec<About<'a>>, StoreError> {
    Ok(match begun.scope.kind {
        ScopeKind::Everything | ScopeKind::Other(_) => vec![About::default()],
        ScopeKind::Categories => begun
            .scope
            .categories
            .iter()
            .map(|category| About {
                category: Some(category.as_str()),
                ..About::default()
            })
            .collect(),
        ScopeKind::Interactions => interactions(tx, begun)?,
        ScopeKind::Field => vec![About {
            field: begun.scope.field.as_deref(),
            ..About::default()
        }],
    })
}

/// The customer's own among those that are named.
fn interactions<'a>(tx: &Connection, begun: &Begun<'a>) -> Result<Vec<About<'a>>, StoreError> {
    let mut find =
        tx.prepare_cached("SELECT seq FROM interactions WHERE id = ?1 AND customer_id = ?2")?;
    let mut about = Vec::new();
    for id in &begun.scope.interaction_ids {
        let seq: Option<Seq> = find
            .query_row(params![id.as_str(), begun.customer], |row| row.get(0))
            .optional()?;
        about.extend(seq.map(|seq| About {
            interaction: Some(seq),
            ..About::default()
        }));
    }
    Ok(about)
}

/// Ends what is in force by this request; whether anything was, and the purposes that were decided about because of it.
pub(super) fn end(
    tx: &Connection,
    request: &DataRequestId,
    now: Moment,
) -> Result<(bool, Vec<PurposeId>), StoreError> {
    let mut statement = tx.prepare_cached(
        "UPDATE rights_in_force SET ended_at = ?2 WHERE request_id = ?1 AND ended_at IS NULL RETURNING purpose_id",
    )?;
    let rows = statement.query_map(params![request.as_str(), now], |row| {
        row.get::<_, Option<String>>(0)
    })?;
    let ended: Vec<Option<String>> = rows.collect::<Result<_, _>>()?;
    let was_in_force = !ended.is_empty();
    let purposes = ended.into_iter().flatten().filter_map(|id| id.parse().ok());
    Ok((was_in_force, purposes.collect()))
}

/// Since when this request has been in force, while it is.
pub(super) fn since(
    db: &Connection,
    request: &DataRequestId,
) -> Result<Option<Moment>, StoreError> {
    let sql = "SELECT min(since) FROM rights_in_force WHERE request_id = ?1 AND ended_at IS NULL";
    Ok(db
        .prepare_cached(sql)?
        .query_row([request.as_str()], |row| row.get(0))?)
}
