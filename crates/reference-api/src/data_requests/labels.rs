//! What the categories of data are called.

use crate::inventory::Category;

/// What people call it, in the language of the tag; in English where there is no other.
pub(super) fn category(category: Category, locale: Option<&str>) -> &'static str {
    let [english, german, arabic] = words(category);
    match locale.and_then(|tag| tag.split('-').next()) {
        Some("de") => german,
        Some("ar") => arabic,
        _ => english,
    }
}

fn words(category: Category) -> [&'static str; 3] {
    match category {
        Category::Profile => ["About you", "Zu Ihrer Person", "معلومات عنك"],
        Category::ContactPoints => ["Contact details", "Kontaktdaten", "بيانات الاتصال"],
        Category::Interactions => ["Conversations", "Vorgänge", "المحادثات"],
        Category::Messages => ["Messages", "Nachrichten", "الرسائل"],
        Category::Attachments => ["Files", "Dateien", "الملفات"],
        Category::Preferences => ["Preferences", "Einstellungen", "التفضيلات"],
        Category::Consents => ["Consents", "Einwilligungen", "الموافقات"],
        Category::Feedback => ["Feedback", "Rückmeldungen", "الملاحظات"],
        Category::Notices => ["Notices", "Hinweise", "الإشعارات"],
        Category::Inferences => [
            "What we concluded",
            "Was wir geschlossen haben",
            "ما استنتجناه",
        ],
        Category::SignIn => [
            "Sign-in and security",
            "Anmeldung und Sicherheit",
            "تسجيل الدخول والأمان",
        ],
        Category::DataRequests => ["Data requests", "Anträge zu Ihren Daten", "طلبات البيانات"],
    }
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
