//! The list of customers that an import made, so that one can sign in as any of them.

use super::ImportError;
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
        writer.write_record([address, name, &count.to_string()])?;
    }
    writer.flush()?;
    Ok(customers.len())
}
