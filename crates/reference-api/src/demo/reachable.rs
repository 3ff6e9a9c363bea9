//! Where the demonstration's people can be reached.

use super::content::{ContentError, Life, Reachable};
use super::moments::Teller;
use crate::contact_points::address::{self, Address, Refused};
use crate::contact_points::{Brought, NewPoint};
use crate::store::time::Moment;
use jiff::ToSpan;
use jiff::civil::Date;
use portal_contract::contact_point::{
    ContactPointKind, DeliverabilityReason, DeliverabilityState, PostalAddress,
};

/// The contact points of one customer besides the address of the sign-in.
pub(super) fn of(
    life: &Life,
    file: &'static str,
    teller: &Teller,
) -> Result<Vec<Brought>, ContentError> {
    life.contact_points
        .iter()
        .enumerate()
        .map(|(index, told)| {
            one(told, teller).map_err(|problem| ContentError {
                file,
                place: format!("contact_point {}", index + 1),
                problem,
            })
        })
        .collect()
}

fn one(told: &Reachable, teller: &Teller) -> Result<Brought, String> {
    let kind = ContactPointKind::from(told.kind.as_str());
    let address = read(told, &kind).map_err(|refused| refused.detail)?;
    let moment =
        |text: &Option<String>| text.as_deref().map(|text| teller.moment(text)).transpose();
    let undeliverable = match &told.deliverability {
        Some(state) => Some((
            DeliverabilityState::from(state.as_str()),
            moment(&told.since)?.ok_or("says that nothing arrives, but not since when")?,
            told.reason.as_deref().map(DeliverabilityReason::from),
        )),
        None => None,
    };
    Ok(Brought {
        point: NewPoint {
            kind,
            address,
            service: told.service.clone(),
            label: told.label.clone(),
            valid: (day(told.from_day, teller)?, day(told.to_day, teller)?),
            replaces: None,
        },
        preferred: told.preferred,
        verified_at: moment(&told.verified)?,
        undeliverable,
    })
}

fn read(told: &Reachable, kind: &ContactPointKind) -> Result<Address, Refused> {
    let country = told.country.as_deref();
    match kind {
        ContactPointKind::Email => address::email(&told.value),
        ContactPointKind::Phone => address::phone(&told.value, country),
        ContactPointKind::Postal => address::postal(&PostalAddress {
            lines: told.lines.clone(),
            postal_code: told.postal_code.clone(),
            country: told.country.clone().unwrap_or_default(),
        }),
        ContactPointKind::Push => address::token(&told.value),
        ContactPointKind::Messaging => address::messaging(&told.value, country),
        ContactPointKind::Social | ContactPointKind::Other(_) => address::handle(&told.value),
    }
}

fn day(offset: Option<i32>, teller: &Teller) -> Result<Option<Date>, String> {
    offset
        .map(|days| {
            teller
                .now
                .day_in(&teller.zone)
                .checked_add(days.days())
                .map_err(|error| error.to_string())
        })
        .transpose()
}

/// Contact points that break a page: the longest, the widest, those of other scripts, and those that pretend.
pub(super) fn edge_case(now: Moment) -> Vec<Brought> {
    let long = format!(
        "{}@{}.example",
        "a".repeat(64),
        ["b".repeat(60), "c".repeat(60), "d".repeat(50)].join(".")
    );
    let lines: Vec<String> = (1..=8)
        .map(|n| {
            format!(
                "{n} {}",
                "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch "
                    .repeat(2)
                    .trim()
            )
        })
        .map(|line| line.chars().take(100).collect())
        .collect();
    let postal = PostalAddress {
        lines,
        postal_code: Some("LL61 5UJ".to_owned()),
        country: "GB".to_owned(),
    };
    let told = [
        (
            ContactPointKind::Email,
            address::email(&long),
            "W".repeat(60),
        ),
        (
            ContactPointKind::Email,
            address::email("用户@例え.jp"),
            "<b>bold</b> & \u{202e}desrever\u{202c} 👩‍👩‍👧‍👦".to_owned(),
        ),
        (
            ContactPointKind::Email,
            address::email("دعم@مثال.com"),
            String::new(),
        ),
        (
            ContactPointKind::Phone,
            address::phone("+1 201 555 0123", None),
            "Donaudampfschifffahrtsgesellschaftskapitänstelefonnummer".to_owned(),
        ),
        (
            ContactPointKind::Postal,
            address::postal(&postal),
            String::new(),
        ),
        (
            ContactPointKind::Push,
            address::token(&"f".repeat(2048)),
            "A token without end".to_owned(),
        ),
    ];
    let points = told.into_iter().filter_map(|(kind, address, label)| {
        Some(Brought {
            point: NewPoint {
                kind,
                address: address.ok()?,
                service: None,
                label: Some(label).filter(|label| !label.is_empty()),
                valid: (None, None),
                replaces: None,
            },
            preferred: false,
            verified_at: Some(now.plus_seconds(-24 * 60 * 60)),
            undeliverable: None,
        })
    });
    points.collect()
}
