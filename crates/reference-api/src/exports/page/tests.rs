use super::*;
use crate::mail::Language;
use crate::store::time::zone;
use serde_json::json;

fn manner(language: Language) -> Manner {
    Manner {
        words: Words::of(language),
        zone: zone(Some("Europe/Berlin")),
    }
}

fn shown(language: Language, fields: &[(&str, Value)]) -> String {
    let mut bytes = Vec::new();
    let fields = fields.iter().map(|(name, value)| (*name, value));
    manner(language).fields(&mut bytes, fields).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_people_wrote_becomes_no_markup() {
    let hostile = "<script>alert(1)</script><img src=x onerror='a'>\"&\0";
    let html = shown(
        Language::English,
        &[("text", json!(hostile)), (hostile, json!([hostile]))],
    );
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
    assert!(html.contains("&lt;script&gt;"), "{html}");
}

#[test]
fn a_page_runs_nothing_and_asks_nobody() {
    let mut bytes = Vec::new();
    manner(Language::Arabic)
        .begin(&mut bytes, "</title><script>")
        .unwrap();
    let html = String::from_utf8(bytes).unwrap();
    assert!(
        html.contains("default-src 'none'; style-src 'sha256-"),
        "{html}"
    );
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(!html.contains("<script") && !html.contains("http:") && !html.contains("https:"));
    let style = base64(&Sha256::digest(STYLE.as_bytes()));
    assert!(html.contains(&style) && html.contains(&format!("<style>{STYLE}</style>")));
}

#[test]
fn words_of_the_contract_are_told_in_the_customers_language_and_words_of_people_are_not() {
    let fields = [("channel", json!("email")), ("text", json!("email"))];
    let html = shown(Language::German, &fields);
    assert!(
        html.contains("<dt>Kanal</dt><dd dir=\"auto\">E-Mail</dd>"),
        "{html}"
    );
    assert!(
        html.contains("<dt>Text</dt><dd dir=\"auto\">email</dd>"),
        "{html}"
    );
}

#[test]
fn moments_are_shown_on_the_customers_clock() {
    let html = shown(
        Language::English,
        &[("sent_at", json!("2026-07-01T10:00:00Z"))],
    );
    assert!(html.contains("2026-07-01 12:00"), "{html}");
    let html = shown(
        Language::English,
        &[("text", json!("2026-07-01T10:00:00Z"))],
    );
    assert!(html.contains("2026-07-01T10:00:00Z"), "{html}");
}

#[test]
fn addresses_hold_names_of_every_script() {
    assert_eq!(
        encoded("attachments/0001-é#.pdf"),
        "attachments/0001-%C3%A9%23.pdf"
    );
}

#[test]
fn sums_are_written_as_policies_want_them() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
    ] {
        assert_eq!(base64(bytes.as_bytes()), text);
    }
}
