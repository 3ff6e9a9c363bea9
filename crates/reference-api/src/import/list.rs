//! The list of customers that an import made, so that one can sign in as any of them.

use super::ImportError;
use crate::exports::neutral;
use crate::store::Store;
use std::path::Path;

/// Writes address, name and number of interactions of every customer with interactions of `source`, those with most first.
/// Gives how many customers there are.
///
/// # Errors
/// When the file cannot be written or the database refuses.
pub fn write_customers(store: &Store, source: &str, path: &Path) -> Result<usize, ImportError> {
    let customers: Vec<(String, String, i64)> = store.read_blocking(|connection| {
        let mut statement = connection.prepare(
            "SELECT (SELECT written_as FROM login_addresses a WHERE a.customer_id = c.id ORDER BY created_at LIMIT 1),
                    c.display_name, count(*)
               FROM interactions i JOIN customers c ON c.id = i.customer_id
              WHERE i.source = ?1 GROUP BY c.id ORDER BY count(*) DESC, 1",
        )?;
        let rows = statement.query_map([source], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })?;
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["address", "name", "interactions"])?;
    for (address, name, count) in &customers {
        // Whoever opens it in a spreadsheet computes nothing that a customer wrote.
        writer.write_record([&*neutral(address), &*neutral(name), &count.to_string()])?;
    }
    writer.flush()?;
    Ok(customers.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::customers::{self, NewCustomer};
    use crate::store::time::Moment;

    #[test]
    fn a_name_that_is_a_formula_is_written_as_words() {
        let store = Store::in_memory().unwrap();
        let now = Moment::from_millis(1_772_600_767_000);
        let customer = NewCustomer {
            display_name: "=HYPERLINK(\"http://evil.example\")".to_owned(),
            addresses: vec!["+mallory@example.com".to_owned()],
            ..NewCustomer::default()
        };
        store
            .write_blocking(|tx| {
                let id = customers::insert(tx, &customer, now)?;
                tx.execute(
                    "INSERT INTO interactions (id, customer_id, reference, source, subject, channel, direction, status,
                                               started_at, updated_at, feedback_state)
                     VALUES ('int_1', ?1, 'R-1', 'test', 's', 'email', 'inbound', 'open', ?2, ?2, 'not_requested')",
                    rusqlite::params![id, now],
                )?;
                Ok(())
            })
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("customers.csv");
        assert_eq!(write_customers(&store, "test", &path).unwrap(), 1);
        let written = std::fs::read_to_string(path).unwrap();
        let row = written.lines().nth(1).unwrap();
        assert!(
            row.starts_with("'+mallory@example.com,\"'=HYPERLINK("),
            "{row}"
        );
    }
}
