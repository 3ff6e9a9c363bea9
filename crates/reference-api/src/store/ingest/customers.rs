//! Customers who come from elsewhere.

use crate::store::StoreError;
use crate::store::customers::{self, CustomerId, NewCustomer};
use crate::store::time::Moment;
use rusqlite::Connection;

/// The customer with one of `new`'s addresses, or a new one. Of a known customer nothing but missing addresses is written:
/// what the customer chose stays.
///
/// # Errors
/// When the database refuses, for instance because the addresses belong to different customers.
pub fn customer(
    connection: &Connection,
    new: &NewCustomer,
    now: Moment,
) -> Result<CustomerId, StoreError> {
    let mut known = None;
    for address in &new.addresses {
        known = known.or(customers::by_address(connection, address)?);
    }
    let Some(id) = known else {
        return customers::insert(connection, new, now);
    };
    for address in &new.addresses {
        customers::add_address(connection, &id, address, now)?;
    }
    Ok(id)
}
