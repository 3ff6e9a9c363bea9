//! Reading a merge patch (RFC 7396) of the preferences, and saying of each member that cannot be taken why not.

mod cells;
mod quiet;
mod values;

use super::catalogue::Catalogue;
use super::settings::{self, Settings};
use super::surroundings::Surroundings;
use crate::store::time::Moment;
use portal_contract::{FieldCode, FieldError};
use serde_json::{Map, Value};

/// What a patch is read against.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'r> {
    /// What there is to choose.
    pub catalogue: &'r Catalogue,
    /// Where the customer can be reached, and what they consented to.
    pub around: &'r Surroundings,
    /// The languages that the company writes in.
    pub locales: &'r [String],
    /// What time it is.
    pub now: Moment,
}

/// The settings with the patch applied.
///
/// # Errors
/// With every member that cannot be taken.
pub fn apply(
    patch: &Map<String, Value>,
    before: &Settings,
    rules: Rules<'_>,
) -> Result<Settings, Vec<FieldError>> {
    let mut reader = Reader {
        rules,
        before,
        settings: before.clone(),
        errors: Vec::new(),
    };
    for (name, value) in patch {
        reader.take(name, value);
    }
    if reader.errors.is_empty() {
        Ok(reader.settings)
    } else {
        Err(reader.errors)
    }
}

/// The settings as they become, and what could not be taken so far.
struct Reader<'r> {
    rules: Rules<'r>,
    before: &'r Settings,
    settings: Settings,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn take(&mut self, name: &str, value: &Value) {
        let pointer = below("", name);
        match name {
            "global_opt_out" => self.set(settings::GLOBAL_OPT_OUT, values::switch(value)),
            "paused_until" => self.set_later(settings::PAUSED_UNTIL, value),
            "survey_snooze_until" => self.set_later(settings::SURVEY_SNOOZE_UNTIL, value),
            "language" => {
                let language = values::language(value, self.rules.locales);
                self.set(settings::LANGUAGE, language);
            }
            "topics" => self.take_topics(&pointer, value),
            "quiet_hours" => self.take_quiet_hours(&pointer, value),
            _ => self.refuse(&pointer, values::not_offered("this cannot be changed here")),
        }
    }

    /// A moment to come, or none. The moment that stands there already is taken, though it has passed since.
    fn set_later(&mut self, pointer: &str, value: &Value) {
        let read = values::later(value, self.rules.now);
        if self.before.get(pointer) != Some(value) {
            self.set(pointer, read);
        }
    }

    /// Decides, or notes why that cannot be taken.
    fn set(&mut self, pointer: &str, read: Result<Value, Refusal>) {
        match read {
            Ok(value) => self.settings.set(pointer, value),
            Err(refusal) => self.refuse(pointer, refusal),
        }
    }

    fn refuse(&mut self, pointer: &str, refusal: Refusal) {
        self.errors.push(FieldError {
            pointer: pointer.to_owned(),
            code: refusal.code,
            detail: Some(refusal.detail),
            limit: refusal.limit,
        });
    }
}

/// Why a value cannot be taken.
#[derive(Debug)]
struct Refusal {
    code: FieldCode,
    detail: String,
    limit: Option<u64>,
}

impl Refusal {
    fn new(code: FieldCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            limit: None,
        }
    }
}

/// The pointer of the member `name` below `pointer` (RFC 6901).
fn below(pointer: &str, name: &str) -> String {
    let escaped = name.replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{escaped}")
}
