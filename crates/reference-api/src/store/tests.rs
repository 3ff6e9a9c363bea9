use super::*;

#[test]
fn a_newer_database_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.db");
    drop(Store::open(&path).unwrap());
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    let error = Store::open(&path)
        .err()
        .expect("a newer database is refused");
    assert!(
        error
            .to_string()
            .starts_with("the database has version 999"),
        "{error}"
    );
}

#[test]
fn a_failing_step_leaves_the_database_as_it_was() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations::migrate_with(&mut connection, &["CREATE TABLE a (x)"]).unwrap();
    let steps = [
        "CREATE TABLE a (x)",
        "CREATE TABLE b (x)",
        "CREATE TABEL c (x)",
    ];
    assert!(migrations::migrate_with(&mut connection, &steps).is_err());
    let version: u32 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1);
    assert!(connection.prepare("SELECT x FROM b").is_err());
}

#[tokio::test]
async fn work_that_panics_or_fails_leaves_nothing_behind() {
    let store = Store::in_memory().unwrap();
    let insert =
        "INSERT INTO customers (id, display_name, created_at, updated_at) VALUES ('c', 'A', 0, 0)";
    let panicked = store
        .write(move |tx| {
            tx.execute(insert, [])?;
            if tx.changes() == 1 {
                panic!("in the middle of the work");
            }
            Ok(())
        })
        .await;
    assert!(matches!(panicked, Err(StoreError::Interrupted)));
    let failed: Result<(), StoreError> = store
        .write(move |tx| {
            tx.execute(insert, [])?;
            Err(StoreError::Corrupt("a test".into()))
        })
        .await;
    assert!(failed.is_err());
    let rows: i64 = store
        .read(|db| Ok(db.query_row("SELECT count(*) FROM customers", [], |row| row.get(0))?))
        .await
        .unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sees_one_state_while_the_writer_goes_on() {
    let store = Store::in_memory().unwrap();
    let writer = store.clone();
    let insert =
        "INSERT INTO customers (id, display_name, created_at, updated_at) VALUES ('c', 'A', 0, 0)";
    let count = |db: &Connection| -> Result<i64, StoreError> {
        Ok(db.query_row("SELECT count(*) FROM customers", [], |row| row.get(0))?)
    };
    let (before, after) = store
        .read(move |db| {
            let before = count(db)?;
            writer.write_blocking(|tx| Ok(tx.execute(insert, [])?))?;
            Ok((before, count(db)?))
        })
        .await
        .unwrap();
    assert_eq!((before, after), (0, 0));
    assert_eq!(store.read(count).await.unwrap(), 1);
}
