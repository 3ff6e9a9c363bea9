use super::*;
use crate::i18n::{t, text};

fn json(text: &str) -> Json {
    Json::from(serde_json::from_str::<serde_json::Value>(text).unwrap())
}

fn names() -> Names {
    Names::new(text::KEYS.iter().map(|key| (*key).to_owned()))
}

#[test]
fn a_file_gives_its_direction() {
    let file = json(include_str!("../../public/locales/ar.json"));
    assert_eq!(direction(file.get("meta")), Dir::Rtl);
    assert_eq!(direction(&Json::Null), Dir::Ltr);
}

#[test]
fn the_console_names_file_key_and_reason() {
    let file = json("[]");
    let own = json(r#"{"overview.titel": "Start"}"#);
    let faults = put_own(&mut Catalogue::new(true), "sv", &file, &own, &names());
    assert!(
        faults.contains(&"/locales/sv.json: \"overview.title\" is missing".to_owned()),
        "{faults:?}"
    );
    let last = "config.json, texts.sv: \"overview.titel\" is not a key of en.json; the usual sentence stays";
    assert_eq!(faults.last().map(String::as_str), Some(last));
}

#[test]
fn a_record_is_followed_until_a_language_is_chosen() {
    let offered = ["en".to_owned(), "de".to_owned()];
    let follow = |record, chosen| to_follow(record, chosen, &offered, "en");
    assert_eq!(follow(Some("de-AT"), None).as_deref(), Some("de"));
    assert_eq!(follow(Some("de"), Some("en")), None);
    assert_eq!(follow(Some("ja"), None), None, "not on offer");
    assert_eq!(follow(Some("en-GB"), None), None, "in use");
    assert_eq!(follow(None, None), None);
}

#[test]
fn a_sentence_is_written_in_the_language_in_use() {
    for (tag, file, title) in [
        (
            "de",
            include_str!("../../public/locales/de.json"),
            "Übersicht",
        ),
        (
            "ar",
            include_str!("../../public/locales/ar.json"),
            "نظرة عامة",
        ),
    ] {
        let mut catalogue = Catalogue::default();
        let faults = catalogue.put_own(json(file).get("messages"), &names(), true);
        assert_eq!(faults, []);
        state::change(|state| {
            state.locale = Locale {
                tag: tag.to_owned(),
                dir: Dir::Ltr,
            };
            state.catalogue = catalogue;
        });
        assert_eq!(t(text::OVERVIEW_TITLE), title);
        assert_eq!(use_i18n().locale().tag, tag);
    }
}
