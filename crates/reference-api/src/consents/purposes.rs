//! What the company uses personal data for, as its file says (`company.purposes`).

mod check;
mod words;

pub use words::{Local, in_language};

use crate::company_file::{self, FileError};
use jiff::civil::Date;
use portal_contract::PurposeId;
use portal_contract::consent::LawfulBasis;
use serde::{Deserialize, Deserializer, de::Error};
use std::collections::BTreeMap;
use std::path::Path;

/// The demonstration's purposes.
const DEMO: &str = include_str!("../demo/purposes.toml");

/// Every purpose, and who answers for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purposes {
    /// Who decides about the data (GDPR, article 4 (7)); absent where there are no purposes.
    pub controller: Option<Controller>,
    /// What receipts say of every purpose.
    #[serde(default)]
    pub methods: Local<Methods>,
    /// Sorts of data, by name.
    #[serde(default)]
    pub data: BTreeMap<String, DataSource>,
    /// Recipients, by name.
    #[serde(default, rename = "recipient")]
    pub recipients: BTreeMap<String, RecipientSource>,
    /// The purposes, in the order of the file.
    #[serde(default, rename = "purpose")]
    pub all: Vec<PurposeSource>,
}

/// Who decides about the data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// How receipts refer to the company.
    pub id: String,
    /// The company's name in law.
    pub name: String,
    /// Its address, line by line.
    pub address: Vec<String>,
    /// Where privacy questions go; what the portal has to tell the company goes there too.
    pub email: String,
    /// Where its privacy notice stands.
    pub url: String,
    /// Where to call, E.164.
    pub phone: Option<String>,
    /// Who answers for data protection there.
    pub contact: Option<String>,
    /// ISO 3166 codes of the places whose law applies.
    #[serde(default)]
    pub jurisdictions: Vec<String>,
    /// ISO 3166 codes of the places where data is stored.
    #[serde(default)]
    pub storage: Vec<String>,
}

/// What receipts say of every purpose, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Methods {
    /// How data comes to the company.
    pub collection: String,
    /// What is done with it.
    pub processing: String,
    /// How a decision is taken back.
    pub withdrawal: String,
    /// Which rights there are.
    pub rights: Vec<String>,
}

/// A sort of data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSource {
    /// What people call it.
    pub label: Local<String>,
    /// Whether it is of a special category, or sensitive.
    #[serde(default)]
    pub sensitive: bool,
    /// The categories of the inventory in which it is held here; none for what other systems hold.
    #[serde(default)]
    pub held_in: Vec<String>,
}

/// Somebody who receives data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientSource {
    /// The company, or the sort of companies.
    pub name: Local<String>,
    /// What they do with it.
    #[serde(default)]
    pub role: Local<String>,
    /// ISO 3166 code of the country in which it is used.
    pub country: Option<String>,
    /// What protects it there.
    #[serde(default)]
    pub safeguard: Local<String>,
}

/// One purpose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeSource {
    /// Its id.
    pub id: PurposeId,
    /// On which ground data is used.
    pub lawful_basis: LawfulBasis,
    /// Whether it is a sale or sharing of data, which Global Privacy Control switches off.
    #[serde(default)]
    pub sale_or_sharing: bool,
    /// How long data is kept, as an ISO 8601 duration.
    pub keep: String,
    /// How long a consent holds, as an ISO 8601 duration; absent for "until it is withdrawn".
    pub expires: Option<String>,
    /// Names of sorts of data.
    pub data: Vec<String>,
    /// Names of recipients; empty for nobody outside the company.
    pub recipients: Vec<String>,
    /// The words, by language.
    pub text: Local<PurposeText>,
    /// The versions of the notice, the oldest first.
    #[serde(rename = "notice")]
    pub notices: Vec<NoticeSource>,
}

/// What a purpose says in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeText {
    /// A few words.
    pub label: String,
    /// A sentence or two.
    pub description: String,
    /// The interest, or the law.
    pub basis: Option<String>,
    /// How long data is kept.
    pub retention: String,
}

/// A version of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeSource {
    /// Its name.
    pub version: String,
    /// The day that it came into force, `YYYY-MM-DD`.
    #[serde(deserialize_with = "day")]
    pub since: Date,
    /// Where its whole text stands.
    pub url: Option<String>,
    /// What it changed, by language.
    #[serde(default)]
    pub changes: Local<String>,
}

fn day<'de, D: Deserializer<'de>>(value: D) -> Result<Date, D::Error> {
    let text = String::deserialize(value)?;
    text.parse()
        .map_err(|_| D::Error::custom(format!("{text:?} is no day, such as \"2026-03-01\"")))
}

impl Purposes {
    /// Reads a file.
    ///
    /// # Errors
    /// With the place and what is wrong there.
    pub fn load(path: &Path) -> Result<Self, FileError> {
        company_file::load(path, Self::parse)
    }

    /// Reads the text of a file; `file` names it where something is wrong.
    ///
    /// # Errors
    /// With the place and what is wrong there.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        company_file::parse(file, text, |purposes| {
            check::check(&purposes)?;
            Ok(purposes)
        })
    }

    /// The demonstration's.
    #[must_use]
    pub fn demo() -> Self {
        Self::parse("demo/purposes.toml", DEMO)
            .expect("the demonstration's purposes are right; a test reads them")
    }

    /// The purpose of this id.
    #[must_use]
    pub fn find(&self, id: &PurposeId) -> Option<&PurposeSource> {
        self.all.iter().find(|purpose| purpose.id == *id)
    }
}

impl PurposeSource {
    /// The newest version of the notice.
    #[must_use]
    pub fn notice(&self) -> &NoticeSource {
        self.notices
            .last()
            .expect("a purpose has a notice; `check` refuses one without")
    }

    /// The version of the notice that was in force on this day; the first for a day before all.
    #[must_use]
    pub fn notice_on(&self, day: Date) -> &NoticeSource {
        let in_force = self.notices.iter().rev().find(|notice| notice.since <= day);
        in_force.unwrap_or(&self.notices[0])
    }

    /// Whether a version of this name was ever shown.
    #[must_use]
    pub fn has_notice(&self, version: &str) -> bool {
        self.notices.iter().any(|notice| notice.version == version)
    }
}

#[cfg(test)]
mod tests;
