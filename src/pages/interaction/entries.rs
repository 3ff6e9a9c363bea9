//! What stands in a thread, in order and by day. Pure: how moments become days is the caller's.

use portal_contract::Timestamp;
use portal_contract::interaction::{ChannelChange, Handoff, Interaction};
use portal_contract::message::Message;

/// One thing in the thread.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody wrote or spoke.
    Message(Message),
    /// It passed to other hands.
    Handoff(Handoff),
    /// It went on over another channel.
    ChannelChange(ChannelChange),
}

impl Entry {
    /// When.
    #[must_use]
    pub fn at(&self) -> &Timestamp {
        match self {
            Self::Message(message) => &message.sent_at,
            Self::Handoff(handoff) => &handoff.at,
            Self::ChannelChange(change) => &change.at,
        }
    }

    /// What tells it from every other entry of its thread.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Message(message) => message.id.as_str().to_owned(),
            Self::Handoff(handoff) => ["handoff", handoff.at.as_str(), &handoff.to].join(" "),
            Self::ChannelChange(change) => {
                ["channel", change.at.as_str(), change.to.as_str()].join(" ")
            }
        }
    }
}

/// The entries of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Which day, in the reader's zone.
    pub day: String,
    /// What happened, in order.
    pub entries: Vec<Entry>,
}

/// Puts the thread together: messages (newest first, as they are loaded) and what happened between them.
///
/// While earlier messages are not loaded, neither is what happened before the earliest one shown.
#[must_use]
pub fn days(
    messages: &[Message],
    about: &Interaction,
    has_earlier: bool,
    day_of: impl Fn(&Timestamp) -> String,
) -> Vec<Day> {
    let earliest = messages
        .last()
        .filter(|_| has_earlier)
        .map(|message| message.sent_at.clone());
    let shown = |at: &Timestamp| earliest.as_ref().is_none_or(|earliest| at >= earliest);
    let handoffs = about
        .handoffs
        .iter()
        .filter(|h| shown(&h.at))
        .cloned()
        .map(Entry::Handoff);
    let changes = about
        .channel_changes
        .iter()
        .filter(|c| shown(&c.at))
        .cloned()
        .map(Entry::ChannelChange);
    // What happened stands before what was then said about it at the same moment: the sort is stable.
    let mut entries: Vec<Entry> = handoffs
        .chain(changes)
        .chain(messages.iter().rev().cloned().map(Entry::Message))
        .collect();
    entries.sort_by(|a, b| a.at().cmp(b.at()));
    let mut days: Vec<Day> = Vec::new();
    for entry in entries {
        let day = day_of(entry.at());
        match days.last_mut() {
            Some(last) if last.day == day => last.entries.push(entry),
            _ => days.push(Day {
                day,
                entries: vec![entry],
            }),
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::effort::Effort;
    use portal_contract::interaction::{
        Channel, Direction, FeedbackState, InteractionFeedback, InteractionStatus, Participant,
        Role,
    };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn message(id: &str, sent_at: &str) -> Message {
        Message {
            id: id.parse().unwrap(),
            interaction_id: "i".parse().unwrap(),
            author: Participant {
                role: Role::Agent,
                display_name: "Inês".into(),
            },
            channel: Channel::Email,
            sent_at: at(sent_at),
            text: String::new(),
            lang: None,
            html: None,
            attachments: Vec::new(),
        }
    }

    fn about() -> Interaction {
        let then = at("2026-03-01T09:00:00Z");
        Interaction {
            id: "i".parse().unwrap(),
            reference: "1".into(),
            subject: String::new(),
            lang: None,
            channel: Channel::Phone,
            direction: Direction::Inbound,
            status: InteractionStatus::Open,
            topic: None,
            started_at: then.clone(),
            updated_at: then.clone(),
            ended_at: None,
            participants: Vec::new(),
            handoffs: vec![Handoff {
                at: then,
                from: "A".into(),
                to: "B".into(),
                reason: None,
            }],
            channel_changes: vec![ChannelChange {
                at: at("2026-03-02T10:00:00Z"),
                from: Channel::Phone,
                to: Channel::Email,
            }],
            first_response_at: None,
            first_response_by: None,
            resolved_at: None,
            expected_by: None,
            attachments: Vec::new(),
            feedback: InteractionFeedback {
                state: FeedbackState::NotRequested,
                expires_at: None,
                request_id: None,
                feedback_id: None,
            },
            guide: None,
            callback: None,
            signals: Vec::new(),
            effort: Effort {
                explained_times: None,
                explanations: Vec::new(),
            },
            related: Vec::new(),
            message_count: 2,
            allowed_actions: Vec::new(),
            etag: "e".parse().unwrap(),
        }
    }

    fn keys(days: &[Day]) -> Vec<Vec<String>> {
        days.iter()
            .map(|day| day.entries.iter().map(Entry::key).collect())
            .collect()
    }

    #[test]
    fn a_thread_reads_from_the_oldest_day_to_the_newest() {
        let messages = [
            message("m2", "2026-03-02T10:00:00Z"),
            message("m1", "2026-03-01T08:00:00Z"),
        ];
        let days = days(&messages, &about(), false, |at| at.day().to_owned());
        assert_eq!(
            keys(&days),
            [
                vec!["m1".to_owned(), "handoff 2026-03-01T09:00:00Z B".to_owned()],
                vec![
                    "channel 2026-03-02T10:00:00Z email".to_owned(),
                    "m2".to_owned()
                ],
            ]
        );
    }

    #[test]
    fn what_happened_before_the_earliest_loaded_message_waits_for_it() {
        let messages = [message("m2", "2026-03-02T10:00:00Z")];
        let days = days(&messages, &about(), true, |at| at.day().to_owned());
        assert_eq!(
            keys(&days),
            [[
                "channel 2026-03-02T10:00:00Z email".to_owned(),
                "m2".to_owned()
            ]]
        );
    }
}
