//! Categories are named as the inventory names them.

use super::*;
use crate::inventory::categories::Category;

#[test]
fn categories_are_those_of_the_inventory() {
    let known: Vec<&str> = Category::ALL.into_iter().map(Category::as_str).collect();
    for set in all() {
        assert!(known.contains(&set.category), "{}", set.category);
    }
}
