use crate::erasure::rules::RULES;
use crate::inventory::TABLES;

#[test]
fn every_table_that_holds_something_about_customers_has_a_rule() {
    for held in TABLES {
        let found = RULES
            .iter()
            .filter(|rule| (rule.table, rule.category) == (held.table, held.category));
        assert_eq!(found.count(), 1, "{} of {:?}", held.table, held.category);
    }
    for rule in RULES {
        // Says where it is missing.
        rule.whose();
    }
}
