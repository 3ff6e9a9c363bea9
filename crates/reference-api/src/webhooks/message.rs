//! What a message says.

use crate::store::ids;
use crate::store::time::Moment;
use serde_json::{Value, json};

/// A message, ready to be signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// `webhook-id`: the same at every attempt, so that a receiver can tell what it has.
    pub id: String,
    /// What it tells of.
    pub kind: String,
    /// The body, the same at every attempt.
    pub body: String,
}

/// A step of a request, as it is told.
pub(super) struct StepTold {
    pub(super) at: Moment,
    pub(super) event_id: String,
    pub(super) request_id: String,
    pub(super) reference: String,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) due_at: Option<Moment>,
    pub(super) actor: String,
}

impl StepTold {
    /// Its message.
    pub(super) fn message(self, id: String, kind: String) -> Message {
        let data = json!({
            "id": self.request_id,
            "reference": self.reference,
            "kind": self.kind,
            "state": self.state,
            "due_at": self.due_at.map(Moment::to_timestamp),
            "actor": self.actor,
            "event_id": self.event_id,
        });
        Message::of(id, kind, self.at, &data)
    }
}

impl Message {
    fn of(id: String, kind: String, at: Moment, data: &Value) -> Self {
        let body = json!({ "type": kind, "timestamp": at.to_timestamp(), "data": data });
        Self {
            id,
            kind,
            body: body.to_string(),
        }
    }
}

/// A message that tells of nothing, to see whether it arrives.
#[must_use]
pub fn trial(now: Moment) -> Message {
    let id: portal_contract::DataRequestEventId = ids::fresh("msg", now);
    Message::of(
        id.as_str().to_owned(),
        "webhook.test".to_owned(),
        now,
        &json!({}),
    )
}
