//! A contact point as it is kept.

use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::Place;
use crate::store::time::Moment;
use jiff::civil::Date;
use portal_contract::contact_point::{
    ContactPointKind, DeliverabilityReason, DeliverabilityState, PostalAddress,
};
use portal_contract::interaction::Channel;
use portal_contract::{ContactPointId, Etag, VerificationId};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// The most contact points of a customer. All of them fit on one page, and every rule looks at all of them.
pub const MOST: usize = 50;

/// A place at which the company can reach a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub(super) seq: i64,
    /// Its id.
    pub id: ContactPointId,
    /// What sort of place it is.
    pub kind: ContactPointKind,
    /// As it is shown.
    pub value: String,
    /// As it is compared, and as machines reach it.
    pub compared: String,
    /// The parts of a postal address.
    pub postal: Option<PostalAddress>,
    /// The service of a messaging or social account.
    pub service: Option<String>,
    /// What the customer calls it.
    pub label: Option<String>,
    /// Whether it is the one of its kind that is used unless a choice says otherwise.
    pub preferred: bool,
    /// The first day on which it is used.
    pub valid_from: Option<Date>,
    /// The last day on which it is used, that day included.
    pub valid_to: Option<Date>,
    /// Since when it is shown to be the customer's.
    pub verified_at: Option<Moment>,
    /// Whether what is sent there arrives.
    pub deliverability: Deliverability,
    /// Whether the customer signs in with it.
    pub signs_in: bool,
    /// The code that is on its way.
    pub under_way: Option<UnderWay>,
    /// The one in whose place it comes as soon as it is verified.
    pub replaces: Option<ContactPointId>,
    /// When it was added.
    pub created_at: Moment,
    version: i64,
}

/// A code that is on its way and can be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// Its id.
    pub id: VerificationId,
    /// Over which channel it went; unknown for codes of before that was kept.
    pub channel: Option<Channel>,
    /// From when another can be asked for.
    pub resend_after: Moment,
    /// Until when it is good.
    pub expires_at: Moment,
    /// How many tries remain.
    pub attempts_left: u32,
}

/// Whether what is sent there arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deliverability {
    /// Whether.
    pub state: DeliverabilityState,
    /// Since when not.
    pub since: Option<Moment>,
    /// Why not.
    pub reason: Option<DeliverabilityReason>,
}

impl Point {
    /// Whether it is shown to be the customer's.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.verified_at.is_some()
    }

    /// Whether it is used on this day of the customer's calendar.
    #[must_use]
    pub fn is_in_its_time(&self, today: Date) -> bool {
        self.valid_from.is_none_or(|first| first <= today)
            && self.valid_to.is_none_or(|last| today <= last)
    }

    /// Whether anything is sent there on this day: it is verified, in its time, and not blocked.
    #[must_use]
    pub fn is_usable(&self, today: Date) -> bool {
        self.is_verified()
            && self.is_in_its_time(today)
            && self.deliverability.state != DeliverabilityState::Blocked
    }

    /// Where it stands in the customer's list.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            at: self.created_at,
            seq: self.seq,
        }
    }

    /// Its version.
    #[must_use]
    pub fn etag(&self) -> Etag {
        format!("cp-{}", self.version)
            .parse()
            .expect("letters, a dash and digits are an etag")
    }
}

/// All contact points of a customer, the oldest first.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn all(db: &Connection, customer: &CustomerId, now: Moment) -> Result<Vec<Point>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT p.seq, p.id, p.kind, p.value, p.compared, p.service, p.label, p.preferred, p.valid_from, p.valid_to,
                    p.verified_at, p.deliverability, p.deliverability_since, p.deliverability_reason, p.version, p.created_at,
                    p.postal_lines, p.postal_code, p.country,
                    (SELECT old.id FROM contact_points AS old WHERE old.seq = p.replaces),
                    EXISTS (SELECT 1 FROM login_addresses AS l
                             WHERE p.kind = 'email' AND l.address = p.compared AND l.customer_id = p.customer_id),
                    v.id, v.channel, v.resend_after, v.expires_at, v.attempts_left
               FROM contact_points AS p
               LEFT JOIN contact_point_verifications AS v ON v.id =
                    (SELECT w.id FROM contact_point_verifications AS w
                      WHERE w.contact_point_seq = p.seq AND w.consumed = 0 AND w.attempts_left > 0 AND w.expires_at > ?2
                      ORDER BY w.created_at DESC LIMIT 1)
              WHERE p.customer_id = ?1
              ORDER BY p.seq",
        )?
        .query_map(params![customer, now], read)?
        .collect::<Result<_, _>>()?)
}

/// Whose contact point this is.
///
/// # Errors
/// When the database refuses.
pub fn owner(db: &Connection, id: &ContactPointId) -> Result<Option<CustomerId>, StoreError> {
    Ok(db
        .prepare_cached("SELECT customer_id FROM contact_points WHERE id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Point> {
    Ok(Point {
        seq: row.get(0)?,
        id: id(row, 1)?,
        kind: ContactPointKind::from(row.get::<_, String>(2)?),
        value: row.get(3)?,
        compared: row.get(4)?,
        postal: postal(row)?,
        service: row.get(5)?,
        label: row.get(6)?,
        preferred: row.get(7)?,
        valid_from: day(row, 8)?,
        valid_to: day(row, 9)?,
        verified_at: row.get(10)?,
        deliverability: Deliverability {
            state: DeliverabilityState::from(row.get::<_, String>(11)?),
            since: row.get(12)?,
            reason: row
                .get::<_, Option<String>>(13)?
                .map(DeliverabilityReason::from),
        },
        version: row.get(14)?,
        created_at: row.get(15)?,
        replaces: match row.get::<_, Option<String>>(19)? {
            Some(_) => Some(id(row, 19)?),
            None => None,
        },
        signs_in: row.get(20)?,
        under_way: under_way(row)?,
    })
}

fn under_way(row: &Row<'_>) -> rusqlite::Result<Option<UnderWay>> {
    let Some(id) = row.get::<_, Option<String>>(21)? else {
        return Ok(None);
    };
    let channel: String = row.get(22)?;
    Ok(Some(UnderWay {
        id: VerificationId::try_from(id).map_err(|error| unreadable(21, error))?,
        channel: (!channel.is_empty()).then(|| Channel::from(channel)),
        resend_after: row.get(23)?,
        expires_at: row.get(24)?,
        attempts_left: row.get(25)?,
    }))
}

fn postal(row: &Row<'_>) -> rusqlite::Result<Option<PostalAddress>> {
    let (lines, postal_code, country): (Option<String>, Option<String>, Option<String>) =
        (row.get(16)?, row.get(17)?, row.get(18)?);
    let Some((lines, country)) = lines.zip(country) else {
        return Ok(None);
    };
    Ok(Some(PostalAddress {
        lines: serde_json::from_str(&lines).map_err(|error| unreadable(16, error))?,
        postal_code,
        country,
    }))
}

fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<ContactPointId> {
    ContactPointId::try_from(row.get::<_, String>(at)?).map_err(|error| unreadable(at, error))
}

fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Date>> {
    row.get::<_, Option<String>>(at)?
        .map(|text| text.parse().map_err(|error| unreadable(at, error)))
        .transpose()
}

fn unreadable(at: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(error))
}
