use super::{Category, NOT_PERSONAL, TABLES};
use crate::testing::TestApi;
use std::collections::BTreeSet;

/// Every table of the schema: those by which the search keeps its words, and the database its own, are parts of others.
async fn schema() -> BTreeSet<String> {
    let api = TestApi::new();
    api.state
        .store
        .read(|db| {
            let mut statement = db.prepare(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                    AND name NOT LIKE 'search\\_%' ESCAPE '\\'",
            )?;
            let names = statement.query_map([], |row| row.get(0))?;
            Ok::<_, crate::StoreError>(names.collect::<Result<BTreeSet<String>, _>>()?)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn every_table_is_accounted_for() {
    let schema = schema().await;
    let named: BTreeSet<String> = TABLES
        .iter()
        .map(|held| held.table)
        .chain(NOT_PERSONAL.iter().map(|(table, _)| *table))
        .map(str::to_owned)
        .collect();
    let forgotten: Vec<_> = schema.difference(&named).collect();
    assert!(
        forgotten.is_empty(),
        "add to TABLES, or to NOT_PERSONAL with the reason: {forgotten:?}"
    );
    let gone: Vec<_> = named.difference(&schema).collect();
    assert!(gone.is_empty(), "there is no such table: {gone:?}");
}

#[tokio::test]
async fn every_condition_is_one_of_its_table() {
    let api = TestApi::new();
    for held in TABLES {
        let sql = format!("SELECT count(*) FROM {} WHERE {}", held.table, held.whose);
        let counted: Result<i64, _> = api
            .state
            .store
            .read(move |db| {
                db.query_row(&sql, ["nobody"], |row| row.get(0))
                    .map_err(crate::StoreError::from)
            })
            .await;
        assert_eq!(counted.ok(), Some(0), "{held:?}");
    }
}

#[test]
fn a_table_is_either_about_customers_or_not() {
    for (table, _) in NOT_PERSONAL {
        assert!(TABLES.iter().all(|held| held.table != *table), "{table}");
    }
}

#[test]
fn a_category_is_found_by_its_name() {
    for category in Category::ALL {
        assert_eq!(Category::named(category.id().as_str()), Some(category));
    }
    assert_eq!(Category::named("customers"), None);
}
