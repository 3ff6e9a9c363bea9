//! Each fault, with its file, its node and its reason; and that a guide without one leads everywhere to an outcome.

use super::*;
use crate::guides::Guides;

mod trees;

const TOP: &str = r#"
    id = "tea"
    start = "thirst"
    [text.en]
    title = "Tea"
    description = "For whom is thirsty."
"#;

/// A question with these answers, each `id -> next`.
fn question(id: &str, answers: &[(&str, &str)]) -> String {
    let mut text = format!("[[node]]\nid = \"{id}\"\ntext.en.text = \"{id}?\"\n");
    for (answer, next) in answers {
        let _ = writeln!(
            text,
            "[[node.answer]]\nid = \"{answer}\"\nnext = \"{next}\"\nlabel.en = \"{answer}\""
        );
    }
    text
}

fn outcome(id: &str) -> String {
    format!("[[node]]\nid = \"{id}\"\noutcome = \"answer\"\ntext.en.text = \"{id}.\"\n")
}

fn guide(nodes: &[String]) -> String {
    format!("{TOP}{}", nodes.concat())
}

fn names() -> Names {
    Names {
        topics: Some(["kitchen".parse().unwrap()].into()),
        options: Some(["bell".parse().unwrap()].into()),
    }
}

/// What is told of this text.
fn told(text: &str) -> Vec<String> {
    match parse("tea.toml", text, &names()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

fn good() -> String {
    guide(&[
        question("thirst", &[("yes", "drink"), ("no", "wait")]),
        outcome("drink"),
        outcome("wait"),
    ])
}

#[test]
fn a_good_guide_is_read() {
    assert_eq!(told(&good()), [""; 0]);
    let guide = parse("tea.toml", &good(), &names()).unwrap();
    assert_eq!((guide.nodes.len(), guide.questions()), (3, Some(1)));
}

#[test]
fn every_fault_of_the_shape_is_told_at_once() {
    let text = guide(&[
        question(
            "thirst",
            &[("yes", "kettle"), ("no", "nowhere"), ("no", "stop")],
        ),
        question("kettle", &[("again", "pot"), ("once-more", "kettle")]),
        question("pot", &[("back", "kettle")]),
        "[[node]]\nid = \"stop\"\ntext.en.text = \"stop\"\n".to_owned(),
        outcome("far"),
        outcome("far"),
    ]);
    assert_eq!(
        told(&text),
        [
            r#"tea.toml, node "thirst": two answers say "no" in "en"; nobody could tell them apart"#,
            r#"tea.toml, node "thirst": the answer "no" stands twice; every answer of a question has an id of its own"#,
            r#"tea.toml, node "thirst": the answer "no" leads to the node "nowhere", which is missing"#,
            r#"tea.toml, node "kettle": is in a loop without a way out: kettle → pot → kettle; let one answer lead out of it"#,
            r#"tea.toml, node "stop": has neither answers nor an outcome: a dead end"#,
            r#"tea.toml, node "far": stands twice; every node has an id of its own"#,
            r#"tea.toml, node "far": is out of reach: no answer leads there from the start"#,
            r#"tea.toml, node "far": is out of reach: no answer leads there from the start"#,
        ]
    );
}

#[test]
fn a_start_that_is_missing_or_names_nothing_is_told() {
    let none = good().replace("start = \"thirst\"", "");
    assert_eq!(
        told(&none),
        [r#"tea.toml: "start" is missing; it names the node that the guide begins with"#]
    );
    let wrong = good().replace("start = \"thirst\"", "start = \"hunger\"");
    assert_eq!(
        told(&wrong),
        [r#"tea.toml: "start" names the node "hunger", which is missing"#]
    );
}

#[test]
fn a_loop_with_a_way_out_is_none() {
    let text = guide(&[
        question("thirst", &[("yes", "kettle"), ("no", "wait")]),
        question("kettle", &[("boils", "wait"), ("cold", "thirst")]),
        outcome("wait"),
    ]);
    assert_eq!(told(&text), [""; 0]);
    let guide = parse("tea.toml", &text, &names()).unwrap();
    assert_eq!(guide.questions(), None, "a question can come again");
}

#[test]
fn a_loop_that_a_missing_node_would_lead_out_of_is_told_as_the_missing_node_alone() {
    let text = guide(&[question("thirst", &[("yes", "thirst"), ("no", "gone")])]);
    assert_eq!(
        told(&text),
        [r#"tea.toml, node "thirst": the answer "no" leads to the node "gone", which is missing"#]
    );
}

#[test]
fn a_language_that_lacks_something_or_comes_from_nowhere_is_told() {
    let text = good()
        .replace(
            "[text.en]",
            "[text.de]\ntitle = \"Tee\"\ndescription = \"\"\n[text.en]",
        )
        .replace(
            "text.en.text = \"drink.\"",
            "text.en.text = \"drink.\"\ntext.fr.text = \"boire\"\ntext.en.help = \"hot\"",
        );
    assert_eq!(
        told(&text),
        [
            r#"tea.toml: "description" in "de" is empty"#,
            r#"tea.toml, node "thirst": "text" is missing in "de""#,
            r#"tea.toml, node "thirst": the answer "yes" is missing in "de""#,
            r#"tea.toml, node "thirst": the answer "no" is missing in "de""#,
            r#"tea.toml, node "drink": "text" is missing in "de""#,
            r#"tea.toml, node "drink": "text" is in "fr", in which the guide has no [text.fr]"#,
            r#"tea.toml, node "drink": "help" is missing in "de""#,
            r#"tea.toml, node "wait": "text" is missing in "de""#,
        ]
    );
    assert_eq!(
        told(&good().replace("[text.en]", "[text.Englisch]"))[0],
        r#"tea.toml: "Englisch" is no tag of a language, such as en or pt-BR"#
    );
}

#[test]
fn what_is_empty_too_long_or_too_many_is_told() {
    let many: Vec<String> = (0..13).map(|at| format!("a{at}")).collect();
    let answers: Vec<(&str, &str)> = many.iter().map(|id| (id.as_str(), "wait")).collect();
    let text = guide(&[
        question("thirst", &answers),
        outcome("wait").replace("wait.", &"x".repeat(401)),
    ])
    .replace("thirst?", "  ");
    assert_eq!(
        told(&text),
        [
            r#"tea.toml, node "thirst": "text" in "en" is empty"#,
            r#"tea.toml, node "thirst": has 13 answers; 12 are the most"#,
            r#"tea.toml, node "wait": "text" in "en" has 401 characters; 400 are the most"#,
        ]
    );
    let row: Vec<String> = (0..201)
        .map(|at| question(&format!("q{at}"), &[("on", &format!("q{}", at + 1))]))
        .chain([outcome("q201")])
        .collect();
    let row = guide(&row).replace("start = \"thirst\"", "start = \"q0\"");
    assert_eq!(
        told(&row),
        ["tea.toml: has 201 questions in a row; 200 are the most"]
    );
}

#[test]
fn an_outcome_of_another_kind_or_with_what_it_lacks_is_told() {
    let ending = |tail: &str| {
        let node = format!("[[node]]\nid = \"thirst\"\ntext.en.text = \"x\"\n{tail}\n");
        told(&guide(&[node])).join("\n")
    };
    let node = r#"tea.toml, node "thirst": "#;
    for (tail, reason) in [
        (
            "outcome = \"party\"",
            r#""party" is no outcome: answer, instruction, link or interaction"#,
        ),
        (
            "outcome = \"instruction\"",
            r#"an outcome "instruction" has "steps": what to do, in order"#,
        ),
        (
            "outcome = \"link\"",
            r#"an outcome "link" has "link": an https address, or the path of a screen"#,
        ),
        (
            "outcome = \"link\"\nlink = \"/a\"",
            r#"what the link says ("link") is missing in "en""#,
        ),
        (
            "outcome = \"answer\"\ntext.en.link = \"there\"",
            r#"has words for a link and no "link" of its own, which says where it goes"#,
        ),
        (
            "outcome = \"answer\"\ntext.en.steps = [\"a\"]",
            r#""steps" belong to an outcome "instruction""#,
        ),
        (
            "outcome = \"answer\"\ntopic = \"cellar\"",
            r#"the topic "cellar" is none of the company's topics"#,
        ),
        (
            "outcome = \"interaction\"\noption = \"horn\"",
            r#"the option "horn" is none of the company's ways to get in touch ("company.contact")"#,
        ),
    ] {
        assert_eq!(ending(tail), format!("{node}{reason}"), "{tail}");
    }
    for address in [
        "javascript:alert(1)",
        "http://a.example",
        "//a.example",
        "https://",
        "/a b",
        "data:,x",
    ] {
        let tail = format!("outcome = \"link\"\nlink = \"{address}\"\ntext.en.link = \"there\"");
        let reason =
            "is neither an https address nor the path of a screen, such as \"/preferences\"";
        assert_eq!(ending(&tail), format!("{node}{address:?} {reason}"));
    }
    assert_eq!(
        ending(
            "outcome = \"interaction\"\ntopic = \"kitchen\"\noption = \"bell\"\ntext.en.subject = \"Tea\""
        ),
        ""
    );
}

#[test]
fn what_belongs_to_an_outcome_is_told_at_a_question() {
    let text = good().replace(
        "text.en.text = \"thirst?\"",
        "text.en.text = \"t?\"\noutcome = \"answer\"",
    );
    assert_eq!(
        told(&text),
        [
            r#"tea.toml, node "thirst": has answers and an outcome; a node is a question or an outcome"#
        ]
    );
    let text = good().replace(
        "text.en.text = \"thirst?\"",
        "text.en.text = \"t?\"\noption = \"bell\"\ntext.en.subject = \"x\"",
    );
    assert_eq!(
        told(&text),
        [
            r#"tea.toml, node "thirst": "option" belongs to an outcome"#,
            r#"tea.toml, node "thirst": "subject" belongs to an outcome"#,
        ]
    );
}

#[test]
fn ids_are_plain_and_a_key_that_nobody_knows_is_refused_with_its_line() {
    let text = good()
        .replace("id = \"tea\"", "id = \"Te a\"")
        .replace("\"drink\"", "\"dr/nk\"");
    assert_eq!(
        told(&text),
        [
            r#"tea.toml: "Te a" is no id: an id is 1 to 64 of a-z, 0-9, "_" and "-""#,
            r#"tea.toml, node "dr/nk": "dr/nk" is no id: an id is 1 to 64 of a-z, 0-9, "_" and "-""#,
        ]
    );
    let told = told(&good().replace("start =", "begin ="));
    assert!(
        told[0].contains("unknown field `begin`") && told[0].contains("line 3"),
        "{told:?}"
    );
}

#[test]
fn every_file_is_told_of_and_two_of_one_guide_are_too() {
    let (one, other) = (
        good(),
        good()
            .replace("\"drink\"", "\"sip\"")
            .replace("next = \"sip\"", "next = \"sup\""),
    );
    let texts = [
        ("1.toml", one.as_str()),
        ("2.toml", "nonsense"),
        ("3.toml", &one),
        ("4.toml", &other),
    ];
    let faults = Guides::parse(texts, &names()).unwrap_err();
    let told = faults.told();
    assert!(
        told.starts_with("4 faults\n2.toml: is not a guide: "),
        "{told}"
    );
    assert!(
        told.contains(
            "\n3.toml: the guide \"tea\" stands in 1.toml too; every guide has an id of its own\n"
        ),
        "{told}"
    );
    assert!(told.contains("\n4.toml, node \"thirst\": the answer \"yes\" leads to the node \"sup\", which is missing\n"), "{told}");
}

#[test]
fn the_guides_of_the_demonstration_are_good_and_whole_in_three_languages() {
    let guides = crate::demo::guides();
    assert_eq!(guides.all().count(), 3);
    for guide in guides.all() {
        let languages: Vec<_> = guide.text.keys().map(String::as_str).collect();
        assert_eq!(languages, ["ar", "de", "en"], "{}", guide.id);
        assert!(guide.nodes.iter().any(|node| node.ending.is_some()));
    }
}

#[test]
fn the_example_of_the_documentation_is_a_good_guide() {
    let page = include_str!("../../../../../docs/guides.md");
    let (_, rest) = page.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let guide = parse("docs/guides.md", example, &Names::default()).unwrap();
    assert_eq!((guide.nodes.len(), guide.questions()), (5, Some(2)));
    let broken = example
        .replace("next = \"restart\"", "next = \"restrat\"")
        .replace("text = \"Dann muss es", "help = \"Dann muss es");
    let faults = parse("guides/no-hot-water.toml", &broken, &Names::default()).unwrap_err();
    let lines = page.split("```\nreference-api: 3 faults\n").nth(1).unwrap();
    for fault in &faults[..2] {
        assert!(lines.contains(&fault.to_string()), "{fault}");
    }
}
