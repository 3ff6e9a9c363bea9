//! Purposes and how they stand, as the contract shows them.

use super::purposes::{Local, NoticeSource, PurposeSource, Purposes, in_language};
use super::records;
use super::standing::{Standing, allowed_decisions};
use crate::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use jiff::tz::TimeZone;
use portal_contract::consent::{Consent, DataCategory, NoticeVersion, Purpose, Recipient};
use rusqlite::Connection;

/// Words in the language of a reader.
pub(super) struct Reader<'a> {
    pub(super) language: Option<&'a str>,
    /// The company's languages, the usual one first.
    pub(super) usual: &'a [String],
}

impl Reader<'_> {
    pub(super) fn text(&self, texts: &Local<String>) -> Option<String> {
        self.of(texts).map(|(_, text)| text.clone())
    }

    pub(super) fn of<'t, T>(&self, texts: &'t Local<T>) -> Option<(&'t str, &'t T)> {
        in_language(texts, self.language, self.usual)
    }
}

/// Every purpose, in the language of the tag or the nearest that there is.
#[must_use]
pub fn purposes(purposes: &Purposes, language: Option<&str>, usual: &[String]) -> Vec<Purpose> {
    let reader = Reader { language, usual };
    purposes
        .all
        .iter()
        .map(|source| purpose(purposes, source, &reader))
        .collect()
}

fn purpose(purposes: &Purposes, source: &PurposeSource, reader: &Reader<'_>) -> Purpose {
    let (_, words) = reader
        .of(&source.text)
        .expect("a purpose has words; reading the file refuses one without");
    Purpose {
        id: source.id.clone(),
        label: words.label.clone(),
        description: words.description.clone(),
        lawful_basis: source.lawful_basis.clone(),
        basis_detail: words.basis.clone(),
        data_categories: data(purposes, source, reader),
        recipients: recipients(purposes, source, reader),
        retention: words.retention.clone(),
        sale_or_sharing: source.sale_or_sharing,
        notices: source
            .notices
            .iter()
            .rev()
            .map(|version| notice(version, reader))
            .collect(),
    }
}

pub(super) fn data(
    purposes: &Purposes,
    source: &PurposeSource,
    reader: &Reader<'_>,
) -> Vec<DataCategory> {
    source
        .data
        .iter()
        .filter_map(|name| Some((name, purposes.data.get(name)?)))
        .map(|(name, data)| DataCategory {
            id: name.clone(),
            label: reader.text(&data.label).unwrap_or_else(|| name.clone()),
            sensitive: data.sensitive,
        })
        .collect()
}

pub(super) fn recipients(
    purposes: &Purposes,
    source: &PurposeSource,
    reader: &Reader<'_>,
) -> Vec<Recipient> {
    source
        .recipients
        .iter()
        .filter_map(|name| Some((name, purposes.recipients.get(name)?)))
        .map(|(name, recipient)| Recipient {
            name: reader.text(&recipient.name).unwrap_or_else(|| name.clone()),
            role: reader.text(&recipient.role),
            country: recipient.country.clone(),
            safeguard: reader.text(&recipient.safeguard),
        })
        .collect()
}

fn notice(source: &NoticeSource, reader: &Reader<'_>) -> NoticeVersion {
    NoticeVersion {
        version: source.version.clone(),
        effective_from: Moment::start_of_day(source.since, &TimeZone::UTC).to_timestamp(),
        url: source.url.clone(),
        changes: reader.text(&source.changes),
    }
}

/// How every purpose stands with a customer, in the order of the file.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn consents(
    db: &Connection,
    purposes: &Purposes,
    customer: &CustomerId,
    now: Moment,
) -> Result<Vec<Consent>, StoreError> {
    let standings = standings(db, purposes, customer, now)?;
    let one = |(source, standing): (&PurposeSource, Standing)| consent(source, &standing);
    Ok(standings.into_iter().map(one).collect())
}

/// Every purpose, in the order of the file, beside how it stands with a customer.
pub(super) fn standings<'p>(
    db: &Connection,
    purposes: &'p Purposes,
    customer: &CustomerId,
    now: Moment,
) -> Result<Vec<(&'p PurposeSource, Standing)>, StoreError> {
    let records = records::of_customer(db, customer)?;
    let one = |source: &'p PurposeSource| {
        let own: Vec<_> = records
            .iter()
            .filter(|record| record.purpose == source.id)
            .cloned()
            .collect();
        (source, Standing::of(source, &own, now))
    };
    Ok(purposes.all.iter().map(one).collect())
}

fn consent(source: &PurposeSource, standing: &Standing) -> Consent {
    let decision = standing.in_force.as_ref();
    Consent {
        purpose_id: source.id.clone(),
        status: standing.status.clone(),
        decided_at: decision.map(|decision| decision.at.to_timestamp()),
        route: decision.map(|decision| decision.route.clone()),
        notice_version: decision.map(|decision| decision.notice_version.clone()),
        expires_at: standing.expires_at.map(Moment::to_timestamp),
        record_id: decision.map(|decision| decision.record.clone()),
        allowed_decisions: allowed_decisions(source, standing),
        signal_honoured_since: standing.signal_honoured_since.map(Moment::to_timestamp),
    }
}
