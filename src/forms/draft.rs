use crate::browser::{json, storage};
use portal_contract::attachment::Attachment;
use portal_contract::{FromJson, IdempotencyKey, InteractionId, Json, ToJson};

/// Where a draft is kept: in this tab alone, for this customer alone, until it is sent or the customer signs out.
///
/// It survives a reload and the end of the session (`sessionStorage`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    name: String,
}

/// What was kept of a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The key of the intent: the same after a reload, so that a reply whose answer was lost is not sent twice.
    pub intent: IdempotencyKey,
    /// The words.
    pub text: String,
    /// The files that were uploaded already.
    pub attachments: Vec<Attachment>,
}

impl Draft {
    /// The draft of a reply to an interaction.
    #[must_use]
    pub fn reply(subject: &str, interaction: &InteractionId) -> Self {
        Self {
            name: [subject, interaction.as_str()].join("."),
        }
    }

    /// What was kept, if anything was and it can still be read.
    #[must_use]
    pub fn load(&self) -> Option<Kept> {
        let kept = json::parse(&storage::get(self.key())?)?;
        Kept::from_json(&kept).ok()
    }

    /// Keeps it. `false` when this browser keeps nothing.
    pub fn keep(&self, kept: &Kept) -> bool {
        storage::set(self.key(), &json::write(&kept.to_json()))
    }

    /// Forgets it: it was sent, or thrown away.
    pub fn forget(&self) {
        storage::remove(self.key());
    }

    /// Forgets every draft: the customer has left.
    pub fn purge() {
        storage::clear_drafts(|_| true);
    }

    /// Forgets the drafts of everybody but this customer, who is at this tab now.
    pub fn purge_others(subject: &str) {
        storage::clear_drafts(|name| {
            name.split_once('.')
                .is_none_or(|(owner, _)| owner != subject)
        });
    }

    fn key(&self) -> storage::Key {
        storage::draft(&self.name)
    }
}

impl ToJson for Kept {
    fn to_json(&self) -> Json {
        Json::Object(vec![
            ("intent".to_owned(), self.intent.to_json()),
            ("text".to_owned(), self.text.to_json()),
            ("attachments".to_owned(), self.attachments.to_json()),
        ])
    }
}

impl FromJson for Kept {
    fn from_json(json: &Json) -> Result<Self, portal_contract::DecodeError> {
        Ok(Self {
            intent: json.field("intent")?,
            text: json.field("text")?,
            attachments: json.field("attachments")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let kept = Kept {
            intent: "0f8fad5b".parse().unwrap(),
            text: "كتبت نصف الرد".into(),
            attachments: Vec::new(),
        };
        assert_eq!(Kept::from_json(&kept.to_json()), Ok(kept));
    }
}
