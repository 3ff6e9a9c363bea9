//! What lies beneath conversations: counted by the preview and taken by the run, by the same rules.

use super::own::BATCH;
use super::retention::{Ground, Retention};
use super::rules::{RULES, Rule, Way};
use super::tally::Tally;
use super::target::Target;
use super::walk::{self, Kept, Lot};
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::interactions::Seq;
use crate::store::time::Moment;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// What of a conversation a law can want kept: the letter, and not what the company made of it.
const LETTER: [Category; 3] = [
    Category::Interactions,
    Category::Messages,
    Category::Attachments,
];

/// The rules by which rows beneath a conversation go, those of the conversation last.
pub(super) fn rules(target: &Target) -> impl Iterator<Item = &'static Rule> {
    RULES
        .iter()
        .filter(|rule| rule.way == Way::Beneath && target.takes_beneath(rule.category))
}

fn column(rule: &Rule) -> &'static str {
    match rule.category {
        Category::Interactions => "seq",
        _ => "interaction_seq",
    }
}

fn count(db: &Connection, rule: &Rule, seqs: &[Seq]) -> Result<u64, StoreError> {
    count_those(db, rule, "true", seqs)
}

fn count_those(db: &Connection, rule: &Rule, which: &str, seqs: &[Seq]) -> Result<u64, StoreError> {
    let sql = format!(
        "SELECT count(*) FROM {} WHERE {} IN (SELECT value FROM json_each(?1)) AND {which}",
        rule.table,
        column(rule)
    );
    Ok(db
        .prepare_cached(&sql)?
        .query_row([walk::json(seqs)], |row| row.get(0))?)
}

/// A file that was never sent is no part of the letter.
fn is_letter(rule: &Rule) -> &'static str {
    match rule.category {
        Category::Attachments => "draft = 0",
        _ => "true",
    }
}

fn unsent(rule: &Rule) -> String {
    format!("NOT ({})", is_letter(rule))
}

fn kept_of(lot: &Lot) -> Vec<Seq> {
    lot.kept.iter().map(|kept| kept.seq).collect()
}

fn delete(tx: &Connection, rule: &Rule, seqs: &[Seq]) -> Result<u64, StoreError> {
    delete_those(tx, rule, "true", seqs)
}

fn delete_those(
    tx: &Connection,
    rule: &Rule,
    which: &str,
    seqs: &[Seq],
) -> Result<u64, StoreError> {
    let sql = format!(
        "DELETE FROM {} WHERE {} IN (SELECT value FROM json_each(?1)) AND {which}",
        rule.table,
        column(rule)
    );
    Ok(tx.prepare_cached(&sql)?.execute([walk::json(seqs)])? as u64)
}

/// What the conversations of a target would come to. Rows of a category of which every row is meant are counted elsewhere, all together.
pub(super) fn foretell(
    db: &Connection,
    target: &Target,
    retention: &Retention,
    now: Moment,
    tally: &mut Tally,
) -> Result<(), StoreError> {
    let mut after = walk::start();
    loop {
        let lot = walk::lot(db, target, retention, after, now)?;
        for rule in rules(target) {
            let counts_here = LETTER.contains(&rule.category) || !target.names(rule.category);
            if counts_here {
                tally.goes(rule.category, count(db, rule, &going(&lot, rule))?);
            }
            if LETTER.contains(&rule.category) {
                stays(db, rule, &lot.kept, tally)?;
                tally.goes(
                    rule.category,
                    count_those(db, rule, &unsent(rule), &kept_of(&lot))?,
                );
            }
        }
        match lot.last {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// The conversations from which rows of this rule go: from one that stays, everything but the letter.
fn going(lot: &Lot, rule: &Rule) -> Vec<Seq> {
    let mut seqs = lot.going.clone();
    if !LETTER.contains(&rule.category) {
        seqs.extend(kept_of(lot));
    }
    seqs
}

/// Counts rows of conversations that stay.
fn stays(db: &Connection, rule: &Rule, kept: &[Kept], tally: &mut Tally) -> Result<(), StoreError> {
    let mut by_end: BTreeMap<(&Ground, Moment), Vec<Seq>> = BTreeMap::new();
    for one in kept {
        by_end
            .entry((&one.ground, one.until))
            .or_default()
            .push(one.seq);
    }
    for ((ground, until), seqs) in by_end {
        let records = count_those(db, rule, is_letter(rule), &seqs)?;
        tally.stays(rule.category, ground.clone(), records, Some(until));
    }
    Ok(())
}

/// Erases a lot: everything beneath conversations that go, and what is no letter beneath those that stay. What stays of these is counted
/// and left in its place.
pub(super) fn erase(tx: &Connection, target: &Target, lot: &Lot) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    forget_changes(tx, target, lot)?;
    for rule in rules(target) {
        if LETTER.contains(&rule.category) {
            stays(tx, rule, &lot.kept, &mut tally)?;
            tally.goes(
                rule.category,
                delete_those(tx, rule, &unsent(rule), &kept_of(lot))?,
            );
        }
        tally.goes(rule.category, delete(tx, rule, &going(lot, rule))?);
    }
    Ok(tally)
}

/// Removes conversations whose letters lie in the archive by now: they were counted as what stays.
pub(super) fn remove_kept(tx: &Connection, target: &Target, lot: &Lot) -> Result<(), StoreError> {
    let seqs = kept_of(lot);
    for rule in rules(target).filter(|rule| LETTER.contains(&rule.category)) {
        delete(tx, rule, &seqs)?;
    }
    Ok(())
}

/// Erases some messages of a conversation that goes and is too long for one transaction, and their files.
pub(super) fn thin(tx: &Connection, target: &Target, seq: Seq) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    let some = "SELECT seq FROM messages WHERE interaction_seq = ?1 ORDER BY seq LIMIT ?2";
    for (category, sql) in [
        (
            Category::Attachments,
            format!("DELETE FROM attachments WHERE message_seq IN ({some})"),
        ),
        (
            Category::Messages,
            format!("DELETE FROM messages WHERE seq IN ({some})"),
        ),
    ] {
        if target.takes_beneath(category) {
            let gone = tx.prepare_cached(&sql)?.execute(params![seq, BATCH])?;
            tally.goes(category, gone as u64);
        }
    }
    Ok(tally)
}

/// That these conversations changed, and what was said about conclusions from them, is told to nobody any more.
fn forget_changes(tx: &Connection, target: &Target, lot: &Lot) -> Result<(), StoreError> {
    if !target.takes_beneath(Category::Interactions) {
        return Ok(());
    }
    let seqs = walk::json(&lot.going);
    tx.prepare_cached(
        "DELETE FROM events WHERE customer_id = ?1 AND resource = 'interaction'
            AND resource_id IN (SELECT id FROM interactions WHERE seq IN (SELECT value FROM json_each(?2)))",
    )?
    .execute((&target.customer, &seqs))?;
    tx.prepare_cached(
        "DELETE FROM preference_changes WHERE customer_id = ?1 AND subject = 'signal'
            AND EXISTS (SELECT 1 FROM json_each(changes) AS change, interactions AS i
                         WHERE i.seq IN (SELECT value FROM json_each(?2))
                           AND instr(change.value ->> 'pointer', '/interactions/' || i.id || '/') = 1)",
    )?
    .execute((&target.customer, &seqs))?;
    Ok(())
}
