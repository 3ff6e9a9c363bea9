//! Asking to act for somebody. What is answered, and what can be read afterwards, is the same whether the address is known or not.

use super::history::{self, Entry};
use super::rows::{self, New, Row};
use crate::contact_points::mask::masked;
use crate::data_requests::{Desk, offered_kinds};
use crate::http::quota::{self, DAY, Limit, Quota};
use crate::http::{ApiError, ApiResult};
use crate::inventory::Category;
use crate::store::customers::{self, CustomerId};
use crate::store::ids;
use crate::store::time::Moment;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use portal_contract::contact_point::ContactPointKind;
use portal_contract::delegation::{
    DelegationActor as Actor, DelegationEventKind as Kind, DelegationRole as Role,
    DelegationSide as Side, DelegationState as State, NewDelegation,
};
use portal_contract::{DelegationId, FieldCode, FieldError};
use rusqlite::Connection;

/// As what somebody can act here.
pub(crate) const ROLES: [Role; 3] = [Role::Parent, Role::Agent, Role::Executor];

/// The longest time, in days.
pub(crate) const MAX_DAYS: u64 = 365;

/// The time when none is chosen, in days.
pub(crate) const DEFAULT_DAYS: u64 = 90;

/// The longest words, in characters.
pub(crate) const TEXT_CHARACTERS: u64 = 1_000;

/// How long an answer is waited for, in seconds.
const DECIDE_SECONDS: i64 = 14 * 24 * 60 * 60;

/// How often one customer may ask, a day.
const ASKS_A_DAY: u32 = 5;

/// How many mails one address gets of this, a day, whoever asks.
const MAILS_A_DAY: u32 = 3;

/// The longest address that SMTP carries (RFC 5321), in bytes.
const LONGEST_ADDRESS: usize = 254;

struct Errors(Vec<FieldError>);

impl Errors {
    fn add(&mut self, pointer: impl Into<String>, code: FieldCode, detail: &str) {
        self.0.push(FieldError {
            limit: (code == FieldCode::TooLong).then_some(TEXT_CHARACTERS),
            pointer: pointer.into(),
            code,
            detail: Some(detail.to_owned()),
        });
    }
}

/// Asks. Everything that is wrong is told at once.
///
/// # Errors
/// `validation`; `duplicate-active-request` with the one that waits or holds already; `quota-exceeded` when it was asked too often.
pub(crate) fn ask(
    tx: &Connection,
    desk: Desk<'_>,
    asker: &CustomerId,
    zone: &TimeZone,
    mut new: NewDelegation,
) -> ApiResult<Row> {
    let now = desk.now;
    let mut errors = Errors(Vec::new());
    check_address(tx, asker, &new.email, &mut errors)?;
    check_cover(&new, &mut errors);
    let ends_at = check_until(new.until.as_deref(), zone, now, &mut errors);
    new.text = check_text(new.text.take(), &new.role, &mut errors);
    if !errors.0.is_empty() {
        return Err(ApiError::validation(errors.0));
    }
    new.kinds.dedup();
    new.categories.dedup();
    let folded = customers::fold(&new.email);
    let mac = desk.secrets.mac("delegation address", &[folded.as_bytes()]);
    refuse_second(tx, asker, &mac, now)?;
    let of_asker = desk
        .secrets
        .mac("delegations asked", &[asker.as_str().as_bytes()]);
    quota::take(tx, &[daily(of_asker, ASKS_A_DAY)], now)?;
    let of_address = desk.secrets.mac("delegations mailed", &[folded.as_bytes()]);
    // Beyond that it waits in the portal, where the person sees it when they sign in.
    let is_mailed = quota::take(tx, &[daily(of_address, MAILS_A_DAY)], now).is_ok();
    let person = customers::by_address(tx, &new.email)?;
    let id: DelegationId = ids::fresh("dgn", now);
    let address = masked(&ContactPointKind::Email, new.email.trim());
    rows::insert(
        tx,
        &New {
            id: &id,
            delegate: asker,
            person: person.as_ref(),
            role: &new.role,
            kinds: &new.kinds,
            categories: &new.categories,
            text: new.text.as_deref(),
            address: &address,
            mac: &mac,
            now,
            decide_by: now.plus_seconds(DECIDE_SECONDS).min(ends_at),
            ends_at,
        },
    )?;
    let row = rows::any(tx, &id)?.ok_or_else(ApiError::not_found)?;
    // Entered for an address that nobody has, too: the same work, and the letter finds nobody.
    let entry = Entry {
        is_mailed,
        ..Entry::of(Kind::Requested, Actor::Delegate)
    };
    history::enter(tx, &row, &entry, now)?;
    Ok(row)
}

fn daily(bucket: [u8; 32], uses: u32) -> Quota {
    Quota {
        bucket,
        limits: vec![Limit { uses, within: DAY }],
    }
}

/// One at a time for an address. By what whoever asked can see: that somebody answered is not told by this either.
fn refuse_second(tx: &Connection, asker: &CustomerId, mac: &[u8], now: Moment) -> ApiResult<()> {
    let Some(before) = rows::about(tx, asker, mac)? else {
        return Ok(());
    };
    match before.standing_for(&Side::Delegate, now).state {
        State::AwaitingPerson | State::AwaitingCompany | State::Active => {
            Err(ApiError::duplicate_active_request(before.id.as_str()))
        }
        _ => Ok(()),
    }
}

fn check_address(
    tx: &Connection,
    asker: &CustomerId,
    typed: &str,
    errors: &mut Errors,
) -> ApiResult<()> {
    let address = typed.trim();
    if address.is_empty() {
        errors.add("/email", FieldCode::Required, "the person's email address");
    } else if address.len() > LONGEST_ADDRESS || address.parse::<lettre::Address>().is_err() {
        let looks = "an email address looks like name@example.com";
        errors.add("/email", FieldCode::InvalidFormat, looks);
    } else if customers::by_address(tx, address)?.as_ref() == Some(asker) {
        errors.add("/email", FieldCode::NotOffered, "this is your own address");
    }
    Ok(())
}

fn check_cover(new: &NewDelegation, errors: &mut Errors) {
    if !ROLES.contains(&new.role) {
        errors.add("/role", FieldCode::NotOffered, "parent, agent or executor");
    }
    if new.kinds.is_empty() {
        errors.add("/kinds", FieldCode::Required, "at least one");
    }
    for (at, kind) in new.kinds.iter().enumerate() {
        if !offered_kinds().contains(kind) || new.kinds[..at].contains(kind) {
            let detail = "a kind of data request, once";
            errors.add(format!("/kinds/{at}"), FieldCode::NotOffered, detail);
        }
    }
    for (at, id) in new.categories.iter().enumerate() {
        if Category::named(id.as_str()).is_none() || new.categories[..at].contains(id) {
            let detail = "a category of the inventory, once";
            errors.add(format!("/categories/{at}"), FieldCode::Unknown, detail);
        }
    }
}

/// The last moment of the last day, in the asker's zone.
fn check_until(until: Option<&str>, zone: &TimeZone, now: Moment, errors: &mut Errors) -> Moment {
    let today = now.day_in(zone);
    let later = |days: u64| {
        let days = i64::try_from(days).unwrap_or(i64::MAX);
        today.checked_add(days.days()).unwrap_or(Date::MAX)
    };
    let last = match until.map(str::trim).filter(|text| !text.is_empty()) {
        None => later(DEFAULT_DAYS),
        // jiff reads more shapes than the contract has.
        Some(text) => match Date::strptime("%Y-%m-%d", text) {
            Ok(day) if day.to_string() != text => refused_day(errors, today),
            Ok(day) if day < today => {
                errors.add("/until", FieldCode::Past, "today or later");
                today
            }
            Ok(day) if day > later(MAX_DAYS) => {
                errors.add("/until", FieldCode::NotOffered, "at most a year from now");
                today
            }
            Ok(day) => day,
            Err(_) => refused_day(errors, today),
        },
    };
    let next = last.checked_add(1.day()).unwrap_or(Date::MAX);
    Moment::start_of_day(next, zone).plus_seconds(-1)
}

fn refused_day(errors: &mut Errors, today: Date) -> Date {
    errors.add(
        "/until",
        FieldCode::InvalidFormat,
        "a day, such as 2026-03-04",
    );
    today
}

fn check_text(text: Option<String>, role: &Role, errors: &mut Errors) -> Option<String> {
    let text = text
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty());
    let length = text.as_deref().map_or(0, |text| text.chars().count());
    if u64::try_from(length).is_ok_and(|length| length > TEXT_CHARACTERS) {
        errors.add("/text", FieldCode::TooLong, "fewer words");
    }
    if text.is_none() && *role == Role::Executor {
        let detail = "the company decides: say what shows that you are the executor";
        errors.add("/text", FieldCode::Required, detail);
    }
    text
}
