//! What was promised to the customer against what happened.

use super::dates::{DateColumn, plus_days, read_maybe};
use super::plan::Binder;
use super::template::Template;
use super::{MapError, PromiseMap, PromiseOf};
use crate::store::time::Moment;
use portal_contract::interaction::Standing;

/// The map's promise, bound to the columns of the file.
pub struct PromisePlan {
    of: PromiseOf,
    from: DateColumn,
    within_days: i32,
    outcome: Option<Template>,
    kept: Vec<String>,
    broken: Vec<String>,
    met_at: Option<DateColumn>,
}

/// What was promised, and how it went.
#[derive(Default)]
pub struct Promised {
    pub first_response_at: Option<Moment>,
    pub first_response_by: Option<Moment>,
    pub resolved_at: Option<Moment>,
    pub expected_by: Option<Moment>,
}

impl Promised {
    /// Reads a row's promise; nothing where the map names none, or the row has no day from which it ran.
    pub fn read(
        plan: Option<&PromisePlan>,
        row: &[String],
        standing: Standing,
    ) -> Result<Self, String> {
        let Some(plan) = plan else {
            return Ok(Self::default());
        };
        let Some(from) = plan.from.read(row)? else {
            return Ok(Self::default());
        };
        let day = |days| plus_days(from, days);
        let by = Some(day(plan.within_days));
        let met = read_maybe(plan.met_at.as_ref(), row)?;
        let met = match (met, plan.kept(row)?) {
            (Some(met), _) => Some(met),
            (None, Some(kept)) if standing == Standing::Done => {
                Some(day(plan.within_days.saturating_add(i32::from(!kept))))
            }
            (None, _) => None,
        };
        Ok(match plan.of {
            PromiseOf::FirstResponse => Self {
                first_response_at: met,
                first_response_by: by,
                ..Self::default()
            },
            PromiseOf::Resolution => Self {
                resolved_at: met,
                expected_by: by,
                ..Self::default()
            },
        })
    }
}

impl PromisePlan {
    /// Binds the map's promise to the columns of the file.
    pub fn bind(binder: &Binder, map: &PromiseMap) -> Result<Self, MapError> {
        if map.within_days < 0 {
            return Err(MapError::new("promise.within_days", "cannot be negative"));
        }
        if let Some(both) = map.kept.iter().find(|value| map.broken.contains(value)) {
            return Err(MapError::new(
                "promise.broken",
                format!("{both:?} stands in `promise.kept` too"),
            ));
        }
        Ok(Self {
            of: map.of,
            from: binder.date("promise.from", &map.from, 0)?,
            within_days: map.within_days,
            outcome: binder.maybe("promise.outcome", map.outcome.as_ref())?,
            kept: map.kept.clone(),
            broken: map.broken.clone(),
            met_at: binder.maybe_date("promise.met_at", map.met_at.as_ref())?,
        })
    }

    fn kept(&self, row: &[String]) -> Result<Option<bool>, String> {
        let Some(outcome) = self
            .outcome
            .as_ref()
            .and_then(|outcome| outcome.fill_if_any(row))
        else {
            return Ok(None);
        };
        let outcome = outcome.trim();
        if self.kept.iter().any(|value| value == outcome) {
            Ok(Some(true))
        } else if self.broken.iter().any(|value| value == outcome) {
            Ok(Some(false))
        } else {
            Err(format!(
                "promise.outcome: {outcome:?} stands neither in `promise.kept` nor in `promise.broken`"
            ))
        }
    }
}
