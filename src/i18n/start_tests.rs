use super::*;
use crate::i18n::{t, text};

fn json(text: &str) -> Json {
    Json::from(serde_json::from_str::<serde_json::Value>(text).unwrap())
}

#[test]
fn a_file_gives_its_direction_and_its_sentences() {
    let file = json(include_str!("../../public/locales/ar.json"));
    let (locale, catalogue, faults) = assemble("ar", "/locales/ar.json", &file, &Json::Null);
    assert_eq!((locale.tag.as_str(), locale.dir), ("ar", Dir::Rtl));
    assert!(catalogue.is_whole());
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn the_console_names_file_key_and_reason() {
    let file = json(r#"{"meta": {"dir": "ltr"}, "messages": []}"#);
    let overrides = json(r#"{"overview.titel": "Start"}"#);
    let (_, _, faults) = assemble("sv", "/locales/sv.json", &file, &overrides);
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
        let (locale, catalogue, _) = assemble(tag, tag, &json(file), &Json::Null);
        state::change(|state| {
            state.locale = locale;
            state.catalogue = catalogue;
        });
        assert_eq!(t(text::OVERVIEW_TITLE), title);
        assert_eq!(use_i18n().locale().tag, tag);
    }
}
