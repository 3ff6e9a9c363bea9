//! The second line of a row: the channel, the topic, and what matters now.

use crate::browser::clock;
use crate::i18n::{Arg, Text, date, date_time, elapsed, text};
use crate::widgets::channel::channel_arg;
use portal_contract::interaction::{Direction, InteractionSummary, Standing};

/// "Email · Billing · answered in 2 hours (promised 4 hours)".
pub fn facts(item: &InteractionSummary, now: f64) -> Text {
    let progress = progress(item, now);
    let rest = match &item.topic {
        Some(topic) => text::row_pair(Arg::User(topic.label.clone()), progress),
        None => progress,
    };
    text::row_pair(channel_arg(&item.channel), rest)
}

/// What matters now: a promise that is still open first, what was kept of it otherwise.
fn progress(item: &InteractionSummary, now: f64) -> Text {
    let is_late = |by| clock::parse(by) < now;
    let is_ours = item.status.standing() == Standing::WaitingForCompany;
    match (
        &item.first_response_at,
        &item.first_response_by,
        &item.expected_by,
    ) {
        (None, Some(by), _) if is_ours && is_late(by) => text::row_answer_late(date_time(by)),
        (None, Some(by), _) if is_ours => text::row_answer_promised(date_time(by)),
        (_, _, Some(by)) if is_ours && is_late(by) => text::row_solution_late(date(by)),
        (_, _, Some(by)) if is_ours => text::row_solution_promised(date(by)),
        (Some(at), Some(by), _) => text::row_answered_promised(
            elapsed(&item.started_at, at),
            elapsed(&item.started_at, by),
        ),
        (Some(at), None, _) => text::row_answered(elapsed(&item.started_at, at)),
        (None, _, _) if item.direction == Direction::Outbound => text::ROW_FROM_US,
        (None, _, _) => text::row_messages(item.message_count),
    }
}
