//! Data requests as a terminal shows them.

use crate::cli::{in_a_line, quoted};
use crate::data_requests::Row;
use crate::store::time::{Moment, zone};
use portal_contract::data_request_event::{DataRequestEvent, DataRequestMessage};
use std::fmt::Write;

/// One line: what to quote, what, how it stands, by when.
pub(super) fn line(row: &Row) -> String {
    let standing = &row.standing;
    let by = match (standing.closed_at, standing.runs_at, standing.due_at) {
        (Some(closed), _, _) => format!("closed {}", day(row, closed)),
        (None, Some(runs), _) => format!("runs {}", day(row, runs)),
        (None, None, Some(due)) => format!("due {}", day(row, due)),
        (None, None, None) => String::new(),
    };
    let clock = match standing.clock.as_str() {
        "paused" => "  (clock paused)",
        _ => "",
    };
    format!(
        "{}  {:<26} {:<21} {by}{clock}",
        row.reference,
        standing.kind.as_str(),
        standing.state.as_str()
    )
}

/// Everything that the company sees of it.
pub(super) fn whole(
    row: &Row,
    messages: &[DataRequestMessage],
    events: &[DataRequestEvent],
) -> String {
    let mut text = line(row) + "\n";
    facts(&mut text, row);
    for message in messages {
        let question = message
            .question
            .as_ref()
            .map(|purpose| format!(" ({})", purpose.as_str()));
        let _ = writeln!(
            text,
            "\n{} {}{}:\n{}",
            message.at.as_str(),
            in_a_line(&message.author.display_name),
            question.as_deref().unwrap_or(""),
            quoted(&message.text)
        );
    }
    text.push('\n');
    for event in events {
        let _ = writeln!(text, "{}", happened(event));
    }
    text
}

fn facts(text: &mut String, row: &Row) {
    let standing = &row.standing;
    let mut fact = |name: &str, value: String| {
        let _ = writeln!(text, "  {name:<12} {value}");
    };
    fact("id", row.id.to_string());
    if let Some(customer) = &row.customer {
        fact("customer", customer.as_str().to_owned());
    }
    fact("law", format!("{}, {}", row.regime.as_str(), row.time_zone));
    fact(
        "submitted",
        standing.submitted_at.to_timestamp().as_str().to_owned(),
    );
    if let Some(by) = row
        .acknowledge_by
        .filter(|_| standing.acknowledged_at.is_none())
    {
        fact("acknowledge", format!("by {}", day(row, by)));
    }
    if let Some(due) = standing.due_at {
        let first = standing.original_due_at.filter(|first| *first != due);
        let first = first.map(|first| format!(" (at first {})", day(row, first)));
        fact("due", day(row, due) + first.as_deref().unwrap_or(""));
    }
    if let Some(expires) = standing.expires_at {
        fact("waits until", day(row, expires));
    }
    fact("scope", in_a_line(&scope(row)));
    for proposed in &row.proposed {
        let from = proposed.current.as_deref().unwrap_or("nothing");
        let change = format!("{}: {from} -> {}", proposed.field, proposed.value);
        fact("proposed", in_a_line(&change));
    }
    if let Some(words) = &row.text {
        fact("says", format!("\n{}", quoted(words)));
    }
    if let Some(reason) = &standing.status_reason {
        let note = standing.status_note.as_deref().unwrap_or("");
        fact("reason", in_a_line(&format!("{} {note}", reason.as_str())));
    }
}

fn scope(row: &Row) -> String {
    let scope = &row.scope;
    let mut parts = vec![scope.kind.as_str().to_owned()];
    parts.extend(scope.categories.iter().map(ToString::to_string));
    parts.extend(scope.interaction_ids.iter().map(ToString::to_string));
    parts.extend(scope.field.clone());
    for (word, day) in [("from", &scope.from), ("to", &scope.to)] {
        parts.extend(day.as_ref().map(|day| format!("{word} {day}")));
    }
    parts.join(" ")
}

fn happened(event: &DataRequestEvent) -> String {
    let mut line = format!(
        "{}  {:<8}  {}",
        event.at.as_str(),
        event.actor.as_str(),
        event.kind.as_str()
    );
    if let Some(to) = &event.to {
        let from = event
            .from
            .as_ref()
            .map(|from| format!("{} -> ", from.as_str()));
        let _ = write!(line, "  {}{}", from.as_deref().unwrap_or(""), to.as_str());
    }
    if let Some(due) = &event.due_at {
        let before = event
            .previous_due_at
            .as_ref()
            .map(|before| format!(", before {}", before.as_str()));
        let _ = write!(
            line,
            "  due {}{}",
            due.as_str(),
            before.as_deref().unwrap_or("")
        );
    }
    if let Some(reason) = &event.clock_reason {
        let _ = write!(line, "  ({})", reason.as_str());
    }
    if let Some(note) = &event.note {
        let _ = write!(line, "  {}", in_a_line(note));
    }
    line
}

/// The day of the law's zone.
fn day(row: &Row, moment: Moment) -> String {
    moment.day_in(&zone(Some(&row.time_zone))).to_string()
}
