use super::*;
use crate::contact::hours::Span;

fn call() -> Call {
    let at = |text: &str| Moment::from_timestamp(&text.parse().unwrap()).unwrap();
    Call {
        uid: "1f0c7a52-8a5e-4b0e-9d55-7c7f8a1a2b3c".to_owned(),
        option: "callback".parse().unwrap(),
        state: CallbackState::Planned,
        time: Span {
            start: at("2026-03-05T09:00:00Z"),
            end: at("2026-03-05T09:15:00Z"),
        },
        zone_name: "Europe/Berlin".to_owned(),
        number: "+49 30 23125 123".to_owned(),
        language: None,
        sequence: 0,
        changed_at: at("2026-03-04T05:06:07Z"),
    }
}

fn written(call: &Call, subject: &str) -> String {
    file(&Entry {
        call,
        company: "Lumenfold",
        organizer: Some("no-reply@lumenfold.example"),
        subject,
        reference: "260304-7K4M2X",
        language: Language::English,
    })
}

/// The lines as a reader of RFC 5545 has them: unfolded.
fn lines(file: &str) -> Vec<String> {
    let unfolded = file.replace("\r\n ", "");
    unfolded
        .trim_end_matches("\r\n")
        .split("\r\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_planned_call_is_an_event_with_a_reminder() {
    let file = written(&call(), "My bill");
    assert!(file.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(
        lines(&file),
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//customer-portal//callbacks//EN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            "UID:1f0c7a52-8a5e-4b0e-9d55-7c7f8a1a2b3c",
            "SEQUENCE:0",
            "DTSTAMP:20260304T050607Z",
            "DTSTART:20260305T090000Z",
            "DTEND:20260305T091500Z",
            "STATUS:CONFIRMED",
            "SUMMARY:Lumenfold calls you: My bill",
            "DESCRIPTION:We call you on +49 30 23125 123.\\nReference: 260304-7K4M2X",
            "ORGANIZER;CN=\"Lumenfold\":mailto:no-reply@lumenfold.example",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "TRIGGER:-PT10M",
            "DESCRIPTION:Lumenfold calls you: My bill",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    );
}

#[test]
fn a_call_that_was_called_off_takes_its_event_away() {
    let cancelled = Call {
        state: CallbackState::Cancelled,
        sequence: 2,
        ..call()
    };
    let lines = lines(&written(&cancelled, "My bill"));
    for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2"] {
        assert!(lines.contains(&line.to_owned()), "{line}: {lines:?}");
    }
    assert!(!lines.contains(&"BEGIN:VALARM".to_owned()));
    assert!(lines.contains(&format!("UID:{}", call().uid)));
}

#[test]
fn what_people_wrote_adds_no_line_and_ends_no_value() {
    let plain = lines(&written(&call(), "x")).len();
    for hostile in [
        "x\r\nATTENDEE:mailto:evil@example.com",
        "x\nBEGIN:VALARM",
        "x\rEND:VEVENT",
        "x\u{2028}END:VEVENT\u{85}y\u{b}z\u{c}",
        "x\0y\u{1b}[31m",
        "a;b,c\\nd\\",
        "x\r\n folded",
    ] {
        let mut hostile_call = call();
        hostile_call.number = hostile.to_owned();
        let file = file(&Entry {
            call: &hostile_call,
            company: "Evil\"\r\nX:;CN=\"",
            organizer: Some("a\r\nb\"c@example.com"),
            subject: hostile,
            reference: hostile,
            language: Language::English,
        });
        let lines = lines(&file);
        assert_eq!(lines.len(), plain, "{hostile:?}: {lines:?}");
        let known = |line: &String| {
            [
                "BEGIN",
                "END",
                "VERSION",
                "PRODID",
                "METHOD",
                "UID",
                "SEQUENCE",
                "DTSTAMP",
                "DTSTART",
                "DTEND",
                "STATUS",
                "SUMMARY",
                "DESCRIPTION",
                "ORGANIZER;CN=",
                "ACTION",
                "TRIGGER",
            ]
            .iter()
            .any(|name| line.starts_with(name))
        };
        assert!(lines.iter().all(known), "{lines:?}");
        let controls = |c: char| c.is_control() && c != '\r' && c != '\n' && c != '\t';
        assert!(!file.contains(controls), "{file:?}");
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "{file:?}");
    }
    let summary = lines(&written(&call(), "a;b,c\\d"))[11].clone();
    assert_eq!(summary, "SUMMARY:Lumenfold calls you: a\\;b\\,c\\\\d");
}

#[test]
fn lines_are_folded_between_characters_and_unfold_to_what_was_written() {
    let long = "Zähler 🔌 القراءة ".repeat(20);
    let file = written(&call(), &long);
    for line in file.split("\r\n") {
        assert!(line.len() <= LINE, "{} bytes: {line:?}", line.len());
    }
    assert!(lines(&file).contains(&format!("SUMMARY:Lumenfold calls you: {long}")));
}

#[test]
fn it_is_told_in_the_customers_language() {
    let call = call();
    let told = |language| {
        let file = file(&Entry {
            call: &call,
            company: "Lumenfold",
            organizer: None,
            subject: "x",
            reference: "r",
            language,
        });
        lines(&file)[11].clone()
    };
    assert_eq!(told(Language::German), "SUMMARY:Lumenfold ruft Sie an: x");
    assert!(told(Language::Arabic).contains("تتصل بك"));
}
