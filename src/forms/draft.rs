use crate::browser::{json, storage};
use portal_contract::attachment::Attachment;
use portal_contract::guide::{GuideAnswers, GuideTrail};
use portal_contract::{
    ContactOptionId, FromJson, IdempotencyKey, InteractionId, Json, Place, ToJson, TopicId,
};

/// Where a draft is kept: in this tab alone, for this customer alone, until it is sent or the customer signs out.
///
/// It survives a reload and the end of the session (`sessionStorage`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    name: String,
}

/// What was kept of what somebody writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The key of the intent: the same after a reload, so that what was taken and whose answer was lost is not sent twice.
    pub intent: IdempotencyKey,
    /// The words.
    pub text: String,
    /// The files that were uploaded already.
    pub attachments: Vec<Attachment>,
    /// What a new conversation is about; a reply has that already.
    pub about: Option<About>,
}

/// What a new conversation is about.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// By which way of getting in touch it begins; the best suited one when absent.
    pub option_id: Option<ContactOptionId>,
    /// Its topic.
    pub topic_id: Option<TopicId>,
    /// Its subject, as it is typed.
    pub subject: String,
    /// What was answered in a guide before.
    pub guide: Option<Carried>,
}

impl About {
    /// Nothing yet.
    #[must_use]
    pub fn nothing() -> Self {
        Self {
            option_id: None,
            topic_id: None,
            subject: String::new(),
            guide: None,
        }
    }

    /// Whether nothing of it would be missed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subject.trim().is_empty() && self.guide.is_none()
    }
}

/// The way through a guide that is carried into a conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// As the server reads it.
    pub trail: GuideTrail,
    /// As the customer reads it before it is sent.
    pub told: GuideAnswers,
}

impl Draft {
    /// The draft of a reply to an interaction.
    #[must_use]
    pub fn reply(subject: &str, interaction: &InteractionId) -> Self {
        Self {
            name: [subject, interaction.as_str()].join("."),
        }
    }

    /// The draft of a new conversation, be it a message or a call asked for.
    #[must_use]
    pub fn message(subject: &str) -> Self {
        Self {
            name: [subject, ".new"].concat(),
        }
    }

    /// The draft of a call that is asked for in a conversation.
    #[must_use]
    pub fn call(subject: &str, interaction: &InteractionId) -> Self {
        Self {
            name: [subject, ".call.", interaction.as_str()].concat(),
        }
    }

    /// Begins a conversation about this; what was written before stays, and goes on under `key`.
    pub fn begin(&self, about: About, key: IdempotencyKey) -> bool {
        let before = self.load();
        let (text, attachments) =
            before.map_or_else(Default::default, |kept| (kept.text, kept.attachments));
        self.keep(&Kept {
            intent: key,
            text,
            attachments,
            about: Some(about),
        })
    }

    /// The draft of feedback: the answer to a request, or what is said unasked about something.
    #[must_use]
    pub fn feedback(subject: &str, about: &str) -> Self {
        Self {
            name: [subject, ".feedback.", about].concat(),
        }
    }

    /// The draft of the use of a right over one's data, or of what is written about a request.
    #[must_use]
    pub fn data_request(subject: &str, about: &str) -> Self {
        Self {
            name: [subject, ".data-request.", about].concat(),
        }
    }

    /// The draft of asking to act for somebody.
    #[must_use]
    pub fn delegation(subject: &str) -> Self {
        Self {
            name: [subject, ".delegation"].concat(),
        }
    }

    /// The draft of a contact point that is being added.
    #[must_use]
    pub fn contact_point(subject: &str) -> Self {
        Self {
            name: [subject, ".contact-point"].concat(),
        }
    }

    /// What was kept, if anything was and it can still be read.
    #[must_use]
    pub fn load(&self) -> Option<Kept> {
        self.load_as()
    }

    /// The same of what is kept in a form of its own.
    #[must_use]
    pub fn load_as<T: FromJson>(&self) -> Option<T> {
        let kept = json::parse(&storage::get(self.key())?)?;
        T::from_json(&kept).ok()
    }

    /// Keeps it. `false` when this browser keeps nothing.
    pub fn keep(&self, kept: &impl ToJson) -> bool {
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
            let of = name.strip_prefix(subject);
            !of.is_some_and(|rest| rest.starts_with('.'))
        });
    }

    fn key(&self) -> storage::Key {
        storage::draft(&self.name)
    }
}

impl ToJson for Kept {
    fn to_json(&self) -> Json {
        object([
            ("intent", self.intent.to_json()),
            ("text", self.text.to_json()),
            ("attachments", self.attachments.to_json()),
            ("about", self.about.to_json()),
        ])
    }
}

impl FromJson for Kept {
    fn read(place: &Place) -> Self {
        Self {
            intent: place.field("intent"),
            text: place.field("text"),
            attachments: place.field("attachments"),
            about: place.field("about"),
        }
    }
}

impl ToJson for About {
    fn to_json(&self) -> Json {
        object([
            ("option_id", self.option_id.to_json()),
            ("topic_id", self.topic_id.to_json()),
            ("subject", self.subject.to_json()),
            ("guide", self.guide.to_json()),
        ])
    }
}

impl FromJson for About {
    fn read(place: &Place) -> Self {
        Self {
            option_id: place.field("option_id"),
            topic_id: place.field("topic_id"),
            subject: place.field("subject"),
            guide: place.field("guide"),
        }
    }
}

impl ToJson for Carried {
    fn to_json(&self) -> Json {
        object([
            ("trail", self.trail.to_json()),
            ("told", self.told.to_json()),
        ])
    }
}

impl FromJson for Carried {
    fn read(place: &Place) -> Self {
        Self {
            trail: place.field("trail"),
            told: place.field("told"),
        }
    }
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .to_vec(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(kept: &Kept) -> Kept {
        Kept::from_json(&kept.to_json()).expect("it is what was written")
    }

    #[test]
    fn what_is_kept_comes_back() {
        let reply = Kept {
            intent: "0f8fad5b".parse().unwrap(),
            text: "كتبت نصف الرد".into(),
            attachments: Vec::new(),
            about: None,
        };
        assert_eq!(back(&reply), reply);
        let trail = GuideTrail {
            guide_id: "no-power".parse().unwrap(),
            version: "1".parse().unwrap(),
            steps: Vec::new(),
        };
        let told = GuideAnswers {
            guide_id: "no-power".parse().unwrap(),
            title: "No power".into(),
            lang: "en".into(),
            answers: Vec::new(),
            outcome: None,
        };
        let message = Kept {
            about: Some(About {
                option_id: "write".parse().ok(),
                topic_id: "outage".parse().ok(),
                subject: "Dark since noon".into(),
                guide: Some(Carried { trail, told }),
            }),
            ..reply
        };
        assert_eq!(back(&message), message);
    }
}
