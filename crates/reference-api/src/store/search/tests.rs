use super::excerpt::around;
use super::words::{fold, tokens};
use super::*;

fn words(query: &str) -> Vec<(String, bool)> {
    Query::parse(query)
        .words()
        .iter()
        .map(|word| (word.text.clone(), word.is_beginning))
        .collect()
}

#[test]
fn whatever_is_typed_becomes_words() {
    for (typed, expected) in [
        ("late bill", vec![("late", false), ("bill", true)]),
        (
            "\"late\" AND (bill*) NOT x:y",
            vec![
                ("late", false),
                ("and", false),
                ("bill", false),
                ("not", false),
                ("x", false),
                ("y", true),
            ],
        ),
        ("4711-22", vec![("4711", false), ("22", true)]),
        ("GRÖSSE", vec![("grosse", true)]),
        ("فاتورة", vec![("فاتورة", true)]),
        ("  ", vec![]),
    ] {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(word, last)| (word.to_owned(), last))
            .collect();
        assert_eq!(words(typed), expected, "{typed}");
    }
}

#[test]
fn signs_and_scripts_without_spaces_are_looked_for_as_they_stand() {
    for typed in ["*", "(", "\"", "👍", "请求退款"] {
        let query = Query::parse(typed);
        assert!(query.words().is_empty(), "{typed}");
        assert_eq!(query.literals(), [typed]);
    }
    let mixed = Query::parse("router 故障");
    assert_eq!(
        (mixed.words().len(), mixed.literals()),
        (1, ["故障".to_owned()].as_slice())
    );
}

#[test]
fn accents_and_case_are_folded_away_and_other_marks_kept() {
    assert_eq!(fold("Ångström"), "angstrom");
    assert_eq!(fold("ÉCLAIR"), "eclair");
    assert_eq!(fold("हिन्दी"), "हिन्दी");
    let found: Vec<_> = tokens("a-b, हिन्दी!").map(|token| token.text).collect();
    assert_eq!(found, ["a", "b", "हिन्दी"]);
}

#[test]
fn an_excerpt_shows_what_was_found_as_it_was_written() {
    let text = format!(
        "{} The BÍLL was\n\nlate, {}",
        "filler ".repeat(30),
        "more ".repeat(60)
    );
    let found = around(&text, &Query::parse("bill")).unwrap();
    assert_eq!(found.hit, "BÍLL");
    assert!(
        found.before.starts_with("…filler") && found.before.ends_with("The "),
        "{found:?}"
    );
    assert!(
        found.after.starts_with(" was late, more") && found.after.ends_with("more…"),
        "{found:?}"
    );
    assert!(found.before.chars().count() <= 62 && found.after.chars().count() <= 122);
}

#[test]
fn an_excerpt_of_a_text_without_spaces_is_cut_between_characters() {
    let text = "請".repeat(500) + "故障" + &"求".repeat(500);
    let found = around(&text, &Query::parse("故障")).unwrap();
    assert_eq!(found.hit, "故障");
    assert!(found.before.starts_with('…') && found.after.ends_with('…'));
}

#[test]
fn a_text_without_spaces_is_cut_into_pairs() {
    assert_eq!(pairs_of("请求退款").trim(), "请求 求退 退款 款");
    assert_eq!(pairs_of("Router 故障, ok").trim(), "故障 障");
    assert_eq!(pairs_of("nothing here"), "");
    assert_eq!(
        pairs::terms("请求a退"),
        ["pairs : \"请求\"", "pairs : \"退\" *"]
    );
    assert!(pairs::are_enough("退款") && !pairs::are_enough("请求退"));
}
