use super::*;
use portal_contract::interaction::Channel;
use portal_contract::preference_catalog::Frequency;
use portal_contract::preferences::{
    ChannelChoice, Preferences, Propagation, PropagationState, QuietHours, QuietRule, QuietWindow,
};
use portal_contract::{Entries, FieldCode, FieldError, Timestamp};

mod by_hand;
mod server;
mod two_tabs;

const TOPICS: [&str; 3] = ["offers", "news", "bills"];
const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Sms];

/// A document in which `on` says of every cell whether it is on.
fn document(on: bool) -> Preferences {
    let choice = || ChannelChoice {
        enabled: on,
        off_since: None,
        frequency: Some(Frequency::AtOnce),
        contact_point_id: None,
        locked: false,
        locked_reason: None,
    };
    let channels = || -> Entries<Channel, ChannelChoice> {
        CHANNELS
            .into_iter()
            .map(|channel| (channel, choice()))
            .collect()
    };
    Preferences {
        etag: "v0".parse().unwrap(),
        global_opt_out: false,
        global_opt_out_since: None,
        paused_until: None,
        paused_since: None,
        language: None,
        topics: TOPICS
            .into_iter()
            .map(|topic| (topic.parse().unwrap(), channels()))
            .collect(),
        quiet_hours: QuietHours {
            enabled: false,
            time_zone: None,
            windows: Vec::new(),
            channels: Vec::new(),
            outside: QuietRule::Hold,
            next: None,
        },
        survey_snooze_until: None,
        propagation: Propagation {
            state: PropagationState::Applied,
            effective_by: None,
        },
    }
}

fn cell(topic: &str, channel: Channel) -> Cell {
    Cell {
        topic: topic.parse().unwrap(),
        channel,
    }
}

fn offers() -> Cell {
    cell("offers", Channel::Email)
}

fn on(cell: Cell) -> Edit {
    Edit::Enabled(cell, true)
}

fn off(cell: Cell) -> Edit {
    Edit::Enabled(cell, false)
}

/// A day of March 2026, as a moment.
fn march(day: u32) -> Option<Timestamp> {
    Some(format!("2026-03-{day:02}T00:00:00Z").parse().unwrap())
}

fn nights(zone: &str, start: &str) -> QuietHours {
    QuietHours {
        enabled: true,
        time_zone: Some(zone.to_owned()),
        windows: vec![QuietWindow {
            days: vec!["mon".into()],
            start: start.to_owned(),
            end: "07:00".to_owned(),
        }],
        ..document(true).quiet_hours
    }
}

fn error_at(pointer: &str) -> FieldError {
    FieldError {
        pointer: pointer.to_owned(),
        code: FieldCode::Locked,
        detail: None,
        limit: None,
    }
}
