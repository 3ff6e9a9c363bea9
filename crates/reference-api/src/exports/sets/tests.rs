//! Categories are named as the inventory names them, and nothing that is held is forgotten.

use super::*;
use crate::inventory::categories::{Category, TABLES};
use crate::store::{Store, StoreError};
use std::collections::BTreeSet;

#[test]
fn categories_are_those_of_the_inventory() {
    let known: Vec<&str> = Category::ALL.into_iter().map(Category::as_str).collect();
    for set in all() {
        assert!(known.contains(&set.category), "{}", set.category);
    }
}

/// Columns that say nothing about anybody: places of rows, whose they are (all of them are the customer's), versions.
const OF_THE_DATABASE: &[&str] = &[
    "seq",
    "rowid",
    "position",
    "customer_id",
    "version",
    "compared",
    "message_seq",
    "delegation_seq",
    "request_seq",
    "interaction_seq",
];

/// Columns that a copy does not have, and why.
const LEFT: &[(&str, &str)] = &[
    ("attachments.stored_as", "its name in the folder"),
    ("data_request_artifacts.stored_as", "its name in the folder"),
    ("callbacks.sequence", "counts changes for calendars"),
    ("callbacks.begins", "whether its conversation began with it"),
    (
        "challenges.address_hash",
        "a keyed hash of what stands there",
    ),
    ("challenges.id", "part of what signs in"),
    ("challenges.session_id", "the place of a session"),
    ("challenges.resend_after", "when another could be sent"),
    (
        "contact_point_verifications.code_hash",
        "a secret, as those of sign-in",
    ),
    (
        "contact_point_verifications.resend_after",
        "when another could be sent",
    ),
    ("data_requests.progress_done", "stands with the copy"),
    ("data_requests.progress_total", "stands with the copy"),
    (
        "data_requests.company_acted_at",
        "the newest step of the timeline",
    ),
    (
        "data_requests.filed_role",
        "stands with who acts for the customer",
    ),
    (
        "data_requests.delegate_seen_at",
        "about whoever acts, not about the customer",
    ),
    ("erasures.walked_at", "how far the run has come"),
    ("erasures.walked_seq", "how far the run has come"),
    ("erasures.rows_gone_at", "how far the run has come"),
    ("events.etag", "a version"),
    (
        "feedback.company_acted_at",
        "the newest step of its history",
    ),
    ("feedback.tell_at", "when a mail is due"),
    ("ingested.digest", "a hash of what stands there"),
    (
        "interactions.company_wrote_at",
        "the newest message of ours",
    ),
    ("interactions.message_count", "counts what stands there"),
    ("interactions.last_position", "counts what stands there"),
    ("link_bindings.id", "part of what the link is good for"),
    ("outbox.id", "the place of a row"),
    ("sessions.id", "the place of a row"),
    (
        "messages.remote_images",
        "whether pictures of elsewhere were taken out",
    ),
];

/// The words of a text of SQL.
fn words(sql: &str) -> BTreeSet<&str> {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect()
}

/// Tables of which a copy has records, each with the words of every statement that reads it.
fn read() -> Vec<(&'static str, BTreeSet<String>)> {
    let sources: Vec<String> = all()
        .flat_map(|set| set.sources)
        .map(|source| [source.columns, source.from, source.owner].join(" "))
        .collect();
    let tables: BTreeSet<&str> = TABLES.iter().map(|held| held.table).collect();
    let of = |table: &str| {
        let reading = sources.iter().filter(|sql| words(sql).contains(table));
        reading
            .flat_map(|sql| words(sql))
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    tables.into_iter().map(|table| (table, of(table))).collect()
}

fn columns(table: &str) -> Vec<String> {
    let store = Store::in_memory().unwrap();
    store
        .read_blocking(|db| {
            let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
            let names = statement.query_map([table], |row| row.get(0))?;
            Ok::<_, StoreError>(names.collect::<Result<Vec<String>, _>>()?)
        })
        .unwrap()
}

#[test]
fn every_column_of_what_is_held_is_in_a_set_or_named_as_left_out() {
    let is_left_out = |name: &str| {
        let named = LEFT_OUT.iter().flat_map(|left| left.tables);
        named
            .chain(LEFT.iter().map(|(column, _)| column))
            .any(|one| *one == name)
    };
    let mut forgotten = Vec::new();
    for (table, words) in read() {
        if is_left_out(table) {
            continue;
        }
        for column in columns(table) {
            let name = format!("{table}.{column}");
            let is_known = words.contains(&column) || OF_THE_DATABASE.contains(&column.as_str());
            if !is_known && !is_left_out(&name) {
                forgotten.push(name);
            }
        }
    }
    assert!(
        forgotten.is_empty(),
        "put into a set, or name with the reason: {forgotten:#?}"
    );
}
