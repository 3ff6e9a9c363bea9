//! Asking how it goes since, by the company's rules.

use super::check_ins::{CheckIns, Rule};
use super::file::{Audience, NewNotice};
use super::write::put;
use crate::rights::{Use, holds_back};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{self, Seq};
use crate::store::time::Moment;
use portal_contract::interaction::Action;
use portal_contract::notice::NoticeKind;
use rusqlite::{Connection, params};

const DAY: i64 = 24 * 60 * 60;

/// A matter that was resolved, after which a rule asks.
struct Resolved {
    seq: Seq,
    id: String,
    customer: CustomerId,
    at: Moment,
}

/// Makes the check-ins that are due, and gives whom to tell. About a matter is asked once, also when it was taken up again and
/// resolved again; about what the customer could not take up again, never.
///
/// # Errors
/// When the database refuses.
pub fn make_due(
    db: &Connection,
    check_ins: &CheckIns,
    now: Moment,
) -> Result<Vec<CustomerId>, StoreError> {
    let mut told = Vec::new();
    for rule in &check_ins.rules {
        for resolved in resolved(db, rule, now)? {
            if holds_back(db, &resolved.customer, Use::CheckingIn, Some(resolved.seq))? {
                continue;
            }
            let allowed = interactions::situation(db, resolved.seq)?.allowed_actions(now);
            if allowed.contains(&Action::Reopen) {
                let notice = notice(rule, &resolved);
                let recipient = (resolved.customer.clone(), Some(resolved.seq));
                put(db, &notice, &[recipient], now)?;
                told.push(resolved.customer);
            }
        }
    }
    Ok(told)
}

fn key(interaction: &str) -> String {
    format!("check-in.{interaction}")
}

fn notice(rule: &Rule, resolved: &Resolved) -> NewNotice {
    let since = resolved.at.plus_seconds(i64::from(rule.after_days) * DAY);
    NewNotice {
        key: key(&resolved.id),
        kind: NoticeKind::CheckIn,
        severity: rule.severity.clone(),
        topic: rule.topic.clone(),
        about_topic: None,
        since,
        expected_end: None,
        until: Some(since.plus_seconds(i64::from(rule.shown_for_days) * DAY)),
        // Whom it concerns is known by the interaction; no address is needed.
        audience: Audience::Customers(Vec::new()),
        content: rule.content.clone(),
    }
}

/// What was resolved long enough ago and not too long, and was never asked about.
fn resolved(db: &Connection, rule: &Rule, now: Moment) -> Result<Vec<Resolved>, StoreError> {
    let latest = now.plus_seconds(-i64::from(rule.after_days) * DAY);
    let oldest = latest.plus_seconds(-i64::from(rule.shown_for_days) * DAY);
    let mut statement = db.prepare_cached(
        "SELECT i.seq, i.id, i.customer_id, i.resolved_at, i.topic_id
           FROM interactions AS i INDEXED BY interactions_by_resolution
          WHERE i.resolved_at > ?1 AND i.resolved_at <= ?2 AND i.status IN ('resolved', 'closed')
            AND NOT EXISTS (SELECT 1 FROM notices AS n WHERE n.key = 'check-in.' || i.id)
          ORDER BY i.resolved_at, i.seq",
    )?;
    let rows = statement.query_map(params![oldest, latest], |row| {
        let topic: Option<String> = row.get(4)?;
        let resolved = Resolved {
            seq: row.get(0)?,
            id: row.get(1)?,
            customer: row.get(2)?,
            at: row.get(3)?,
        };
        Ok((resolved, topic))
    })?;
    let mut fitting = Vec::new();
    for row in rows {
        let (resolved, topic) = row?;
        let is_meant =
            |wanted: &portal_contract::TopicId| Some(wanted.as_str()) == topic.as_deref();
        if rule.topics.is_empty() || rule.topics.iter().any(is_meant) {
            fitting.push(resolved);
        }
    }
    Ok(fitting)
}
