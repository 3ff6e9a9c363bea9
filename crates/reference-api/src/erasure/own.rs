//! Rows that belong to no conversation: counted by the preview and taken by the run, by the same rules.

use super::retention::Ground;
use super::rules::{Counts, RULES, Rule, Way};
use super::tally::Tally;
use super::target::{Reach, Target};
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::time::Moment;
use rusqlite::{Connection, params};

/// The most rows that go in one transaction: others want to write too.
pub(super) const BATCH: u64 = 1_000;

/// What a customer may have taken out of their record while they have one.
const CLEARS: &str =
    "preferred_name = NULL, pronouns = NULL, date_of_birth = NULL, accommodations = '[]'";
const CLEARED: &str = "(preferred_name IS NOT NULL) + (pronouns IS NOT NULL) + (date_of_birth IS NOT NULL) + (accommodations <> '[]')";

/// A contact point that does not sign in: one that does is the account's.
const SIGNS_IN: &str = "(kind = 'email' AND EXISTS (SELECT 1 FROM login_addresses AS l
    WHERE l.address = contact_points.compared AND l.customer_id = contact_points.customer_id))";

/// The rules by which rows go by themselves, in their order.
pub(super) fn rules(target: &Target) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| {
        let by_itself = match rule.way {
            Way::First | Way::Own | Way::Proven => true,
            Way::Beneath => rule.category != Category::Interactions,
            Way::With(_) | Way::Last => false,
        };
        by_itself && target.names(rule.category)
    })
}

/// Which rows of a table: the customer's, or those among them that can be spared.
pub(super) fn rows(target: &Target, rule: &Rule) -> String {
    let whose = rule.whose();
    match (&target.reach, rule.table) {
        (Reach::Categories(_), "contact_points") => format!("{whose} AND NOT {SIGNS_IN}"),
        // Conversations that stay keep theirs; what has none yet goes.
        (Reach::Categories(_), "attachments" | "messages") => {
            format!("{whose} AND interaction_seq IS NULL")
        }
        _ => whose.to_owned(),
    }
}

fn count(
    db: &Connection,
    rule: &Rule,
    what: &str,
    rows: &str,
    target: &Target,
) -> Result<u64, StoreError> {
    let sql = format!(
        "SELECT coalesce(sum({what}), 0) FROM {} WHERE {rows}",
        rule.table
    );
    Ok(db
        .prepare_cached(&sql)?
        .query_row([&target.customer], |row| row.get(0))?)
}

/// What the rows that go by themselves would come to.
pub(super) fn foretell(
    db: &Connection,
    target: &Target,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    for rule in rules(target) {
        let is_letter = matches!(rule.table, "attachments" | "messages");
        let rows = match (&target.reach, is_letter) {
            // Those of conversations were counted with them.
            (Reach::Whole, true) => format!("{} AND interaction_seq IS NULL", rule.whose()),
            _ => rows(target, rule),
        };
        if rule.counts == Counts::Rows && rule.way != Way::Proven {
            tally.goes(rule.category, count(db, rule, "1", &rows, target)?);
        }
    }
    record(db, target, tally)?;
    spared(db, target, tally)
}

/// The customer's own row: it goes last and whole, or is emptied as far as an account allows.
pub(super) fn record(
    db: &Connection,
    target: &Target,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let last = RULES
        .iter()
        .filter(|rule| rule.way == Way::Last && target.names(rule.category));
    for rule in last {
        let Counts::Fields(fields) = rule.counts else {
            continue;
        };
        let all = count(db, rule, fields, rule.whose(), target)?;
        let goes = match target.is_whole() {
            true => all,
            false => count(db, rule, CLEARED, rule.whose(), target)?,
        };
        tally.goes(rule.category, goes);
        tally.stays(rule.category, Ground::Account, all - goes, None);
    }
    Ok(())
}

/// What an account cannot do without, of the categories that were named.
pub(super) fn spared(
    db: &Connection,
    target: &Target,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let Reach::Categories(named) = &target.reach else {
        return Ok(());
    };
    for rule in RULES
        .iter()
        .filter(|rule| rule.counts == Counts::Rows && named.contains(&rule.category))
    {
        let rows = match rule.table {
            "contact_points" => format!("{} AND {SIGNS_IN}", rule.whose()),
            _ if !target.names(rule.category) => rule.whose().to_owned(),
            _ => continue,
        };
        let records = count(db, rule, "1", &rows, target)?;
        tally.stays(rule.category, Ground::Account, records, None);
    }
    Ok(())
}

/// Erases some rows; how many.
pub(super) fn erase(tx: &Connection, target: &Target, rule: &Rule) -> Result<u64, StoreError> {
    let (table, key, rows) = (rule.table, rule.key, rows(target, rule));
    let sql = format!(
        "DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {rows} LIMIT ?2)"
    );
    Ok(tx
        .prepare_cached(&sql)?
        .execute(params![target.customer, BATCH])? as u64)
}

/// Empties the customer's record as far as an account allows, and gives what went.
pub(super) fn empty_record(
    tx: &Connection,
    target: &Target,
    now: Moment,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    if !target.names(Category::Profile) {
        return Ok(tally);
    }
    record(tx, target, &mut tally)?;
    tx.prepare_cached(&format!(
        "UPDATE customers SET {CLEARS}, version = version + 1, updated_at = ?2 WHERE id = ?1"
    ))?
    .execute(params![target.customer, now])?;
    Ok(tally)
}
