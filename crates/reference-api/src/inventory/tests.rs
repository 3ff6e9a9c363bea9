use super::{Category, Reader, all, records};
use crate::store::Store;
use crate::store::customers::{CustomerId, by_address};
use crate::store::time::Moment;
use crate::testing::{Kept, NOW, TestApi};
use portal_contract::inventory::InventoryRecord;
use std::collections::HashSet;
use std::sync::LazyLock;

const MAYA: &str = "maya.lindqvist@example.com";

/// The demonstration, and Maya in it.
fn demonstration() -> (Store, tempfile::TempDir, CustomerId) {
    static TOLD: LazyLock<Kept> = LazyLock::new(|| Kept::demonstration(Moment::from_millis(NOW)));
    let (store, folder) = TOLD.unpacked();
    let maya = store
        .read_blocking(|db| by_address(db, MAYA))
        .unwrap()
        .unwrap();
    (store, folder, maya)
}

fn every_record(
    store: &Store,
    reader: &Reader<'_>,
    customer: &CustomerId,
    category: Category,
    limit: usize,
) -> Vec<InventoryRecord> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store
            .read_blocking(|db| records(db, reader, (customer, category), after, limit))
            .unwrap();
        found.extend(page.items);
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

#[tokio::test]
async fn what_is_counted_is_what_is_listed_page_by_page_and_each_once() {
    let (store, _folder, maya) = demonstration();
    let api = TestApi::new();
    let reader = Reader::new(&api.state.config, Some("de"));
    let categories = store
        .read_blocking(|db| all(db, &reader, &maya, api.state.clock.now()))
        .unwrap();
    assert_eq!(categories.len(), Category::ALL.len());
    for (held, category) in categories.iter().zip(Category::ALL) {
        let small = every_record(&store, &reader, &maya, category, 3);
        let large = every_record(&store, &reader, &maya, category, 100);
        assert_eq!(small, large, "{category:?}");
        assert_eq!(small.len() as u64, held.records, "{category:?}");
        let names: HashSet<_> = small.iter().map(|record| &record.id).collect();
        assert_eq!(names.len(), small.len(), "{category:?}: a name twice");
        let by_source: u64 = held.sources.iter().map(|source| source.records).sum();
        assert_eq!(by_source, held.records, "{category:?}");
        for record in &small {
            assert!(
                !record.label.is_empty() && !record.value.is_empty(),
                "{record:?}"
            );
            assert!(!record.value.ends_with("_value"), "no words for {record:?}");
        }
    }
    let held = |category: Category| {
        categories
            .iter()
            .find(|held| held.id == category.id())
            .unwrap()
            .records
    };
    assert!(held(Category::Messages) > held(Category::Interactions));
    assert!(held(Category::Inferences) >= 4);
}

#[tokio::test]
async fn notes_among_colleagues_are_in_no_record() {
    let (store, _folder, maya) = demonstration();
    let api = TestApi::new();
    let reader = Reader::new(&api.state.config, None);
    let notes: Vec<String> = store
        .read_blocking(|db| {
            let mut statement = db.prepare("SELECT text FROM internal_notes")?;
            let notes = statement.query_map([], |row| row.get(0))?;
            Ok::<_, crate::StoreError>(notes.collect::<Result<_, _>>()?)
        })
        .unwrap();
    assert!(!notes.is_empty());
    for category in Category::ALL {
        for record in every_record(&store, &reader, &maya, category, 100) {
            assert!(
                notes
                    .iter()
                    .all(|note| !record.value.contains(note.as_str()))
            );
        }
    }
}
