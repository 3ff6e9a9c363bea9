//! What the categories of data are called.

use crate::inventory::{Category, Tongue};

/// What people call it, in the language of the tag; in English where there is no other. The inventory's own words: one thing has one
/// name wherever the customer meets it.
pub(crate) fn category(category: Category, locale: Option<&str>) -> &'static str {
    Tongue::of(locale, &[]).name_of(category)
}

/// What a field of the record is called.
pub(super) fn field(field: &str, locale: Option<&str>) -> Option<&'static str> {
    let [english, german, arabic] = match field {
        "display_name" => ["Name", "Name", "الاسم"],
        "date_of_birth" => ["Date of birth", "Geburtsdatum", "تاريخ الميلاد"],
        "jurisdiction" => ["Country", "Land", "البلد"],
        _ => return None,
    };
    Some(match locale.and_then(|tag| tag.split('-').next()) {
        Some("de") => german,
        Some("ar") => arabic,
        _ => english,
    })
}
