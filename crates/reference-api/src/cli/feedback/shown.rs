//! Feedback as a terminal shows it.

use crate::cli::{in_a_line, quoted};
use crate::feedback::company::Piece;
use portal_contract::feedback::AnswerValue;

/// In a line of a list.
pub(super) fn line(piece: &Piece) -> String {
    const SHOWN: usize = 60;
    let words = in_a_line(&said(piece));
    let words: String = words.chars().take(SHOWN).collect();
    let (at, kind, status) = (piece.given_at.to_timestamp(), &piece.kind, &piece.status);
    format!(
        "{}  {}  {:<10}  {:<9}  {words}",
        piece.id,
        at.day(),
        kind.as_str(),
        status.as_str()
    )
}

/// What was said, in a line.
fn said(piece: &Piece) -> String {
    if let Some(text) = &piece.text {
        return text.clone();
    }
    let answers = piece
        .answers
        .iter()
        .map(|(id, value)| format!("{id}: {}", answer(value)));
    answers.collect::<Vec<_>>().join(", ")
}

fn answer(value: &AnswerValue) -> String {
    match value {
        AnswerValue::Number(number) => number.to_string(),
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Several(choices) => choices.join(" + "),
        AnswerValue::Other(_) => "?".to_owned(),
    }
}

/// All of it.
pub(super) fn whole(piece: &Piece) -> String {
    let mut lines = vec![
        format!(
            "{} ({}), {}",
            piece.id,
            piece.kind.as_str(),
            piece.status.as_str()
        ),
        format!("given {}", piece.given_at.to_timestamp()),
    ];
    if let Some(at) = piece.edited_at {
        lines.push(format!("changed by the customer {}", at.to_timestamp()));
    }
    let may = if piece.contact_allowed {
        "may"
    } else {
        "may not"
    };
    lines.push(format!(
        "customer {}, who {may} be asked about it",
        piece.customer.as_str()
    ));
    for question in &piece.questions {
        if let Some(value) = piece.answers.get(&question.id) {
            lines.push(format!(
                "\n{}\n{}",
                in_a_line(&question.text),
                quoted(&answer(value))
            ));
        }
    }
    if let Some(text) = &piece.text {
        lines.push(format!("\n{}", quoted(text)));
    }
    if let Some(reply) = &piece.reply {
        lines.push(format!(
            "\nAnswered {} by {}\n{}",
            reply.at,
            in_a_line(&reply.by.display_name),
            quoted(&reply.text)
        ));
    }
    lines.push(String::new());
    for step in &piece.history {
        let note = step
            .note
            .as_deref()
            .map(|note| format!(": {}", in_a_line(note)));
        lines.push(format!(
            "{}  {}{}",
            step.at,
            step.status.as_str(),
            note.unwrap_or_default()
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::time::Moment;
    use portal_contract::feedback::{FeedbackKind, FeedbackStatus};
    use serde_json::json;

    fn piece() -> Piece {
        let question = json!({
            "id": "csat", "kind": "csat", "text": "How was it?", "lang": "en", "options": [], "multiple": false,
            "required": true
        });
        Piece {
            id: "fbk_1".parse().unwrap(),
            customer: "cus_1".to_owned().try_into().unwrap(),
            kind: FeedbackKind::Answer,
            given_at: Moment::from_millis(1_772_600_767_000),
            status: FeedbackStatus::Declined,
            contact_allowed: false,
            questions: vec![serde_json::from_value(question).unwrap()],
            answers: serde_json::from_value(json!({"csat": 2, "why": ["slow", "tone"]})).unwrap(),
            text: None,
            edited_at: None,
            reply: None,
            history: serde_json::from_value(json!([
                {"status": "declined", "at": "2026-03-05T08:00:00Z", "note": "The law forbids it."}
            ]))
            .unwrap(),
        }
    }

    #[test]
    fn a_piece_is_listed_in_a_line_and_shown_whole() {
        assert_eq!(
            line(&piece()),
            "fbk_1  2026-03-04  answer      declined   csat: 2, why: slow + tone"
        );
        let shown = whole(&piece());
        for part in [
            "How was it?\n  > 2",
            "cus_1, who may not be asked",
            "2026-03-05T08:00:00Z  declined: The law forbids it.",
        ] {
            assert!(shown.contains(part), "{shown}");
        }
    }

    #[test]
    fn no_line_of_a_customer_looks_like_one_of_ours() {
        let said = Piece {
            text: Some(
                "Thanks.\n\nAnswered 2026-03-05 by Lumenfold\r\n  > \u{1b}[31mGranted.".to_owned(),
            ),
            ..piece()
        };
        let shown = whole(&said);
        assert!(
            shown.contains("\n  > Thanks.\n  > \n  > Answered"),
            "{shown}"
        );
        assert!(
            !shown.contains("\nAnswered") && !shown.contains(['\u{1b}', '\r']),
            "{shown}"
        );
    }

    #[test]
    fn words_of_several_lines_are_listed_in_one() {
        let said = Piece {
            text: Some("one\ntwo".to_owned()),
            ..piece()
        };
        assert!(line(&said).ends_with("one two"));
    }
}
