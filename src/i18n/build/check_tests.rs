use super::super::source::parse;
use super::*;

fn locale(tag: &str, messages: &str) -> Locale {
    parse(
        tag,
        &format!(r#"{{"meta": {{"name": "x", "dir": "ltr"}}, "messages": {messages}}}"#),
    )
    .unwrap()
}

fn english() -> Locale {
    locale(
        "en",
        r#"{"a.hello": "Hello, {name}", "a.found": {"one": "One in {place}", "other": "{count} in {place}"}}"#,
    )
}

fn faults(tag: &str, messages: &str) -> Vec<String> {
    translation(&english(), &locale(tag, messages))
}

#[test]
fn a_whole_translation_is_taken() {
    assert_eq!(source(&english()), Vec::<String>::new());
    let german = r#"{"a.hello": "Hallo {name}", "a.found": {"one": "Eines in {place}", "other": "{count} in {place}"}}"#;
    assert_eq!(faults("de", german), Vec::<String>::new());
}

#[test]
fn a_fault_names_file_key_and_reason() {
    let lines = faults(
        "de",
        r#"{"a.hello": "Hallo {nmae}", "a.hallo": "?", "a.found": "viele"}"#,
    );
    assert_eq!(
        lines,
        [
            "public/locales/de.json: \"a.hello\" lacks {name}",
            "public/locales/de.json: \"a.hello\" has {nmae}, which en.json does not have there",
            "public/locales/de.json: \"a.found\" is counted in one of this file and en.json, and not in the other",
            "public/locales/de.json: \"a.hallo\" is not in en.json",
        ]
    );
    assert_eq!(
        faults("de", r#"{"a.hello": "Hallo {name}"}"#),
        ["public/locales/de.json: \"a.found\" is missing (English: \"{count} in {place}\")"]
    );
}

#[test]
fn a_language_has_the_categories_that_it_needs() {
    let polish = r#"{"a.hello": "{name}", "a.found": {"one": "Jedno w {place}", "few": "{count} w {place}", "other": "{count} w {place}"}}"#;
    assert_eq!(
        faults("pl", polish),
        [
            "public/locales/pl.json: \"a.found\" lacks the plural category \"many\", which \"pl\" needs"
        ]
    );
    let wrong = r#"{"a.hello": "{name}", "a.found": {"other": "{count}: {place}", "lots": "{count}: {place}"}}"#;
    assert_eq!(
        faults("ja", wrong),
        [
            "public/locales/ja.json: \"a.found\", form \"lots\" is no plural category (zero, one, two, few, many, other)"
        ]
    );
}

#[test]
fn the_number_may_be_left_out_only_where_it_can_be_no_other() {
    let arabic = |many: &str| {
        let message = r#"{"zero": "{place}", "one": "{place}", "two": "{place}", "few": "{count} {place}", "many": "MANY", "other": "{count} {place}"}"#;
        format!(
            r#"{{"a.hello": "{{name}}", "a.found": {}}}"#,
            message.replace("MANY", many)
        )
    };
    assert_eq!(
        faults("ar", &arabic("{count} {place}")),
        Vec::<String>::new()
    );
    assert_eq!(
        faults("ar", &arabic("{place}")),
        ["public/locales/ar.json: \"a.found\", form \"many\" lacks {count}"]
    );
}

#[test]
fn a_brace_that_is_no_placeholder_is_refused() {
    for bad in ["a { b", "a } b", "{}", "{Name}", "{na me}", "{{name}}"] {
        assert!(placeholders(bad).is_err(), "{bad}");
    }
    assert_eq!(placeholders("{a} {b_c} {a}"), Ok(vec!["a", "b_c"]));
}

#[test]
fn a_file_that_is_not_one_says_why() {
    let refuse = |messages: &str| {
        parse(
            "de",
            &format!(r#"{{"meta": {{"name": "x", "dir": "ltr"}}, "messages": {messages}}}"#),
        )
        .unwrap_err()
    };
    assert!(refuse(r#"{"a.b": "1", "a.b": "2"}"#).contains("\"a.b\" stands twice"));
    assert!(refuse(r#"{"a.b": 7}"#).contains("\"a.b\": a sentence is a text"));
    assert!(
        parse(
            "de",
            r#"{"meta": {"name": "x", "dir": "up"}, "messages": {}}"#
        )
        .is_err()
    );
    assert!(parse("de", "{").is_err());
}

#[test]
fn a_key_is_an_area_and_a_thing() {
    let odd = locale("en", r#"{"A.b": "x", "a..b": "x", "a.b2_c": "x"}"#);
    assert_eq!(source(&odd).len(), 2);
}
