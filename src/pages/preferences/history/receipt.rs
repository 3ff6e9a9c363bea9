//! A receipt to keep: the entry as plain text, which every device reads and nobody has to trust this portal for later.

use super::names::Names;
use super::told;
use crate::i18n::{date_time, t, text};
use portal_client::query;
use portal_contract::preference_history::PreferenceChange;

/// The text.
#[must_use]
pub fn receipt(company: &str, names: &Names, change: &PreferenceChange) -> String {
    let mut lines = vec![
        [company, " – ", &t(text::HISTORY_RECEIPT_TITLE)].concat(),
        t(text::history_receipt_number(change.id.as_str())),
        t(text::history_receipt_when(
            date_time(&change.at),
            change.at.as_str(),
        )),
        told::route(change),
        String::new(),
    ];
    let values = told::values(names, change).into_iter();
    lines.extend(values.map(|it| t(text::history_receipt_change(it.what, it.before, it.after))));
    lines.push(String::new());
    lines.join("\r\n")
}

/// The address of the text: it is in it, so that keeping it asks nobody.
#[must_use]
pub fn address(text: &str) -> String {
    let mut address = "data:text/plain;charset=utf-8,".to_owned();
    query::encode(&mut address, text);
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_stands_in_its_address() {
        assert_eq!(address("a b"), "data:text/plain;charset=utf-8,a%20b");
        assert!(address("Ä#").ends_with("%C3%84%23"));
    }
}
