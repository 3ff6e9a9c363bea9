//! Before a request is made: what is on offer, and what one would do.

use super::company;
use super::desk::{Customer, Law};
use super::{desk, labels, machine, rights, rows};
use crate::attributes;
use crate::erasure;
use crate::http::ApiResult;
use crate::inventory::Category;
use crate::rights::{ATTRIBUTE, stops, stops_field};
use crate::signals;
use crate::store::StoreError;
use crate::store::interactions::Viewer;
use crate::store::me;
use crate::store::time::Moment;
use portal_contract::artifact::ExportFormat;
use portal_contract::data_request::{DataRequestKind as Kind, DataRequestScope, ScopeKind};
use portal_contract::data_request_options::{
    AffectedCategory, DataRequestDraft, DataRequestOffer, DataRequestOptions, DataRequestPreview,
    OfferedCategory, OfferedField,
};
use portal_contract::me::Origin;
use rusqlite::{Connection, params};

/// The longest words of a customer about a request, in characters.
pub(super) const TEXT_CHARACTERS: u64 = 4_000;

/// What is on offer, in the order in which it is shown.
const OFFERED: &[Kind] = &[
    Kind::Access,
    Kind::Portability,
    Kind::Erasure,
    Kind::Rectification,
    Kind::Restriction,
    Kind::Objection,
    Kind::OptOutSaleSharing,
    Kind::LimitSensitive,
    Kind::AutomatedDecisionReview,
];

/// The kinds on offer.
pub(crate) fn offered_kinds() -> &'static [Kind] {
    OFFERED
}

/// The members of the record that are put right by asking.
const FIELDS: [&str; 3] = ["display_name", "date_of_birth", "jurisdiction"];

impl Customer {
    /// What is on offer for this customer.
    pub(crate) fn options(&self, db: &Connection) -> Result<DataRequestOptions, StoreError> {
        let law = self.law(db)?;
        let running = rows::running(db, &self.id)?;
        let calendar = law.calendar(&self.config.data_rights);
        let is_shown = |row: &&rows::Row| match self.acting {
            Some(_) => row.delegation == self.delegation(),
            None => true,
        };
        let offer = |kind: &Kind| DataRequestOffer {
            scopes: self.scopes(kind),
            formats: formats(kind),
            legal_reference: rights::legal_reference(&law.regime, kind)
                .map(|article| format!("{}{article}", rights::law(&law.regime))),
            step_up: self.makes_with_fresh_proof(kind),
            at_once: machine::takes_effect_at_once(kind),
            due_at: Some(calendar.due(self.now).to_timestamp()),
            cooling_off_days: (*kind == Kind::Erasure)
                .then(|| u64::from(self.config.data_rights.cooling_off_days)),
            running_id: running
                .iter()
                .find(|row| row.kind() == kind)
                .filter(is_shown)
                .map(|row| row.id.clone()),
            kind: kind.clone(),
        };
        Ok(DataRequestOptions {
            kinds: self.own_kinds().map(offer).collect(),
            categories: self.offered_categories(db)?,
            fields: match self.acting {
                Some(_) => Vec::new(),
                None => self.offered_fields(db)?,
            },
            text_characters: TEXT_CHARACTERS,
            complaint_url: Some(desk::complaint_url(&self.config.data_rights, &law.regime)),
            regime: law.regime,
            time_zone: law.time_zone,
        })
    }

    /// What a request of this kind can be about.
    fn scopes(&self, kind: &Kind) -> Vec<ScopeKind> {
        let covered = |scope: &&ScopeKind| match &self.acting {
            Some(acting) => acting.covers_scope(scope),
            None => true,
        };
        let scopes = rights::scopes(kind).iter();
        scopes.filter(covered).cloned().collect()
    }

    /// The kinds on offer to them: whoever acts for another has those that are covered and can be about something.
    fn own_kinds(&self) -> impl Iterator<Item = &'static Kind> {
        OFFERED.iter().filter(|kind| match &self.acting {
            Some(acting) => acting.covers(kind) && !self.scopes(kind).is_empty(),
            None => true,
        })
    }

    fn offered_categories(&self, db: &Connection) -> Result<Vec<OfferedCategory>, StoreError> {
        let mut offered = Vec::new();
        let covered = |category: &Category| match &self.acting {
            Some(acting) => acting.covers_category(&category.id()),
            None => true,
        };
        for category in Category::ALL.into_iter().filter(covered) {
            let kinds = self
                .own_kinds()
                .filter(|kind| can_be_chosen(kind, category))
                .cloned();
            offered.push(OfferedCategory {
                id: category.id(),
                label: labels::category(category, self.locale.as_deref()).to_owned(),
                records: self.count(db, category)?,
                kinds: kinds.collect(),
            });
        }
        Ok(offered)
    }

    /// How many records of a category are held: the rows of the first of its tables, that the others hang on.
    fn count(&self, db: &Connection, category: Category) -> Result<u64, StoreError> {
        let Some(held) = category.tables().next() else {
            return Ok(0);
        };
        let sql = format!("SELECT count(*) FROM {} WHERE {}", held.table, held.whose);
        Ok(db
            .prepare_cached(&sql)?
            .query_row([&self.id], |row| row.get(0))?)
    }

    pub(super) fn offered_fields(&self, db: &Connection) -> Result<Vec<OfferedField>, StoreError> {
        let record = me::read(db, &self.id)?;
        let locale = self.locale.as_deref();
        let mut fields: Vec<OfferedField> = FIELDS
            .iter()
            .filter_map(|field| {
                Some(OfferedField {
                    label: labels::field(field, locale)?.to_owned(),
                    value: match *field {
                        "display_name" => Some(record.display_name.clone()),
                        "date_of_birth" => record.date_of_birth.clone(),
                        _ => record.jurisdiction.as_ref().map(|place| place.code.clone()),
                    },
                    kinds: kinds_of_field(field, &Origin::ToldUs),
                    field: (*field).to_owned(),
                })
            })
            .collect();
        let viewer = Viewer {
            customer: self.id.clone(),
            locale: self.locale.clone(),
            time_zone: None,
        };
        let desk = signals::Desk {
            config: &self.config,
            viewer: &viewer,
            now: self.now,
        };
        let attributes = attributes::of_customer(db, desk)?.into_iter();
        let by_asking = attributes.filter(|attribute| !attribute.editable);
        fields.extend(by_asking.map(|attribute| {
            let field = format!("{ATTRIBUTE}{}", attribute.key);
            OfferedField {
                kinds: kinds_of_field(&field, &attribute.origin),
                field,
                label: attribute.label,
                value: Some(attribute.value),
            }
        }));
        Ok(fields)
    }

    /// What a request would do, were it made now.
    pub(crate) fn preview(
        &self,
        db: &Connection,
        draft: &DataRequestDraft,
    ) -> ApiResult<DataRequestPreview> {
        self.check_scope(db, &draft.kind, &draft.scope)?;
        let law = self.law(db)?;
        let mut preview = self.affected(db, &law, draft)?;
        if self.acting.is_some() {
            // What conversations are about is nobody's but the person's to read.
            for ending in &mut preview.ends {
                ending.labels.clear();
            }
        }
        Ok(preview)
    }

    fn affected(
        &self,
        db: &Connection,
        law: &Law,
        draft: &DataRequestDraft,
    ) -> Result<DataRequestPreview, StoreError> {
        if draft.kind == Kind::Erasure {
            return self.foretell_erasure(db, law, draft);
        }
        let due = law.calendar(&self.config.data_rights).due(self.now);
        let affected = match draft.scope.kind {
            ScopeKind::Field | ScopeKind::Other(_) => Vec::new(),
            ScopeKind::Interactions => self.of_interactions(db, &draft.scope)?,
            ScopeKind::Everything | ScopeKind::Categories => {
                self.of_categories(db, &draft.scope)?
            }
        };
        Ok(DataRequestPreview {
            kind: draft.kind.clone(),
            scope: draft.scope.clone(),
            affected,
            retained: Vec::new(),
            ends: Vec::new(),
            ends_account: false,
            due_at: Some(due.to_timestamp()),
            runs_at: None,
        })
    }

    fn foretell_erasure(
        &self,
        db: &Connection,
        law: &Law,
        draft: &DataRequestDraft,
    ) -> Result<DataRequestPreview, StoreError> {
        let due = law.calendar(&self.config.data_rights).due(self.now);
        let reader = erasure::Reader {
            config: &self.config,
            customer: &self.id,
            locale: self.locale.as_deref(),
            label: &|category| labels::category(category, self.locale.as_deref()).to_owned(),
        };
        let foretold = erasure::preview(db, reader, &draft.scope, self.now)?;
        Ok(DataRequestPreview {
            kind: draft.kind.clone(),
            scope: draft.scope.clone(),
            affected: foretold.affected,
            retained: foretold.retained,
            ends: foretold.ends,
            ends_account: foretold.ends_account,
            due_at: Some(due.to_timestamp()),
            runs_at: Some(self.would_run_at().to_timestamp()),
        })
    }

    fn of_categories(
        &self,
        db: &Connection,
        scope: &DataRequestScope,
    ) -> Result<Vec<AffectedCategory>, StoreError> {
        let mut affected = Vec::new();
        for category in Category::ALL {
            let chosen = scope.kind == ScopeKind::Everything
                || scope.categories.iter().any(|id| *id == category.id());
            if chosen {
                affected.push(self.affected_category(category, self.count(db, category)?));
            }
        }
        Ok(affected)
    }

    fn of_interactions(
        &self,
        db: &Connection,
        scope: &DataRequestScope,
    ) -> Result<Vec<AffectedCategory>, StoreError> {
        let ids = serde_json::to_string(&scope.interaction_ids).expect("ids are texts");
        let mut affected = Vec::new();
        for (category, table) in [
            (
                Category::Interactions,
                "SELECT i.seq FROM interactions AS i",
            ),
            (
                Category::Messages,
                "SELECT m.seq FROM messages AS m JOIN interactions AS i ON i.seq = m.interaction_seq",
            ),
            (
                Category::Attachments,
                "SELECT a.seq FROM attachments AS a JOIN interactions AS i ON i.seq = a.interaction_seq",
            ),
        ] {
            let sql = format!(
                "SELECT count(*) FROM ({table} WHERE i.customer_id = ?1 AND i.id IN (SELECT value FROM json_each(?2)))"
            );
            let count = db
                .prepare_cached(&sql)?
                .query_row(params![self.id, ids], |row| row.get(0))?;
            affected.push(self.affected_category(category, count));
        }
        Ok(affected)
    }

    fn affected_category(&self, category: Category, count: u64) -> AffectedCategory {
        AffectedCategory {
            category: category.id(),
            label: labels::category(category, self.locale.as_deref()).to_owned(),
            count,
        }
    }

    /// When an erasure would run, were it confirmed now.
    pub(super) fn would_run_at(&self) -> Moment {
        company::after_cooling_off(self.desk(), self.now)
    }
}

/// As what a copy can be written.
pub(super) fn formats(kind: &Kind) -> Vec<ExportFormat> {
    if rights::is_copy(kind) {
        vec![ExportFormat::Json, ExportFormat::Csv]
    } else {
        Vec::new()
    }
}

/// Whether a request of this kind can be about this category by itself.
pub(super) fn can_be_chosen(kind: &Kind, category: Category) -> bool {
    let has_categories = rights::scopes(kind).contains(&ScopeKind::Categories);
    has_categories
        && match kind {
            Kind::Erasure => erasure::goes_alone(category),
            Kind::Restriction | Kind::Objection => stops(kind, category),
            _ => true,
        }
}

/// The kinds on offer that can be about this field.
fn kinds_of_field(field: &str, origin: &Origin) -> Vec<Kind> {
    let can = |kind: &&Kind| {
        rights::scopes(kind).contains(&ScopeKind::Field) && stops_field(kind, field, origin)
    };
    OFFERED.iter().filter(can).cloned().collect()
}
