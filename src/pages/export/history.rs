//! The conversations of an export: enough of each to list it, to find it, and to know where its messages stand.

use crate::browser::letters::small;
use portal_contract::interaction::{Channel, Direction, InteractionStatus, Participant};
use portal_contract::{InteractionId, Json, Timestamp};
use std::collections::BTreeMap;
use std::ops::Range;

/// A conversation as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// Its id.
    pub id: InteractionId,
    /// The number that people quote.
    pub reference: String,
    /// What it is about.
    pub subject: String,
    /// BCP 47 tag of the subject's language.
    pub lang: Option<String>,
    /// The channel on which it began.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// Where it stood when the export was made.
    pub status: InteractionStatus,
    /// What it is about, by the company's catalogue.
    pub topic: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// A file that came with a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// The message with which it came.
    pub message: Option<String>,
    /// The name that it was given.
    pub name: String,
    /// How large it is, in bytes.
    pub size: u64,
    /// Where it stands in the archive; nowhere when it is not held any more.
    pub path: Option<String>,
}

/// Everything about one conversation but its words.
#[derive(Clone, Debug, Default, PartialEq)]
struct Matter {
    /// What can be found by search, in lower case.
    words: String,
    /// Where its messages stand in their file, in its order.
    messages: Vec<Range<usize>>,
    files: Vec<Attached>,
}

/// The conversations of one export, the newest first.
#[derive(Debug, Default)]
pub struct History {
    conversations: Vec<Conversation>,
    matters: Vec<Matter>,
    places: BTreeMap<String, usize>,
    order: Vec<usize>,
    /// How many records could not be read, or belong to no conversation.
    passed_over: usize,
}

impl History {
    /// Adds a record of the conversations.
    pub fn add_conversation(&mut self, json: &Json) {
        let Some(conversation) = conversation(json) else {
            self.passed_over += 1;
            return;
        };
        let place = self.conversations.len();
        if self
            .places
            .insert(conversation.id.as_str().to_owned(), place)
            .is_some()
        {
            self.passed_over += 1;
        }
        let mut words = String::new();
        let named = people(json.get("participants"));
        let topic = conversation.topic.iter();
        let all = [&conversation.subject, &conversation.reference];
        all.into_iter()
            .chain(topic)
            .chain(&named)
            .for_each(|part| add_words(&mut words, part));
        self.matters.push(Matter {
            words,
            ..Matter::default()
        });
        self.conversations.push(conversation);
    }

    /// Adds a record of the messages, which stands at this place of its file.
    pub fn add_message(&mut self, json: &Json, at: Range<usize>) {
        let Some(matter) = self.matter(json) else {
            return;
        };
        matter.messages.push(at);
        let author = json.get("author").get("display_name").as_str();
        for part in author.into_iter().chain(json.get("text").as_str()) {
            add_words(&mut matter.words, part);
        }
    }

    /// Adds a record of the files.
    pub fn add_file(&mut self, json: &Json) {
        // What was uploaded and never sent belongs to no conversation yet.
        if *json.get("interaction_id") == Json::Null {
            return;
        }
        let Some(matter) = self.matter(json) else {
            return;
        };
        let name: String = json
            .field("file_name")
            .unwrap_or_else(|_| String::from("?"));
        add_words(&mut matter.words, &name);
        matter.files.push(Attached {
            message: json.field("message_id").ok().flatten(),
            name,
            size: json.field("size_bytes").unwrap_or(0),
            path: json.field("path").ok().flatten(),
        });
    }

    fn matter(&mut self, json: &Json) -> Option<&mut Matter> {
        let id = json.get("interaction_id").as_str();
        let place = id.and_then(|id| self.places.get(id)).copied();
        if place.is_none() {
            self.passed_over += 1;
        }
        self.matters.get_mut(place?)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.conversations.len()
    }

    /// How many records could not be read, or belong to no conversation.
    #[must_use]
    pub fn passed_over(&self) -> usize {
        self.passed_over
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Conversation> {
        self.conversations.get(place)
    }

    /// Where this one stands.
    #[must_use]
    pub fn place_of(&self, id: &InteractionId) -> Option<usize> {
        self.places.get(id.as_str()).copied()
    }

    /// Where its messages stand in their file, the oldest first.
    #[must_use]
    pub fn messages(&self, place: usize) -> &[Range<usize>] {
        self.matters
            .get(place)
            .map_or(&[], |matter| &matter.messages)
    }

    /// The files that came with it.
    #[must_use]
    pub fn files(&self, place: usize) -> &[Attached] {
        self.matters.get(place).map_or(&[], |matter| &matter.files)
    }

    /// Whether every word stands in it; `words` as [`words_of`] gives them.
    #[must_use]
    pub fn holds(&self, place: usize, words: &[String]) -> bool {
        let matter = self.matters.get(place);
        matter.is_some_and(|matter| {
            words
                .iter()
                .all(|word| matter.words.contains(word.as_str()))
        })
    }

    /// Puts them in order: the newest first, whatever the file says.
    pub fn arrange(&mut self) {
        let mut places: Vec<usize> = (0..self.len()).collect();
        places.sort_by(|a, b| {
            self.conversations[*b]
                .started_at
                .cmp(&self.conversations[*a].started_at)
        });
        self.order = places;
    }

    /// All of them, in their order.
    #[must_use]
    pub fn in_order(&self) -> &[usize] {
        &self.order
    }
}

/// The words of a search: each is to be found, in any order.
#[must_use]
pub fn words_of(query: &str) -> Vec<String> {
    query.split_whitespace().map(small).collect()
}

/// Words of different places never make one: a line stands between them.
fn add_words(words: &mut String, part: &str) {
    words.push_str(&small(part));
    words.push('\n');
}

fn people(json: &Json) -> Vec<String> {
    let people: Vec<Participant> = match json {
        Json::Array(items) => items.iter().filter_map(|item| read(item).ok()).collect(),
        _ => Vec::new(),
    };
    people
        .into_iter()
        .map(|person| person.display_name)
        .collect()
}

fn read<T: portal_contract::FromJson>(json: &Json) -> Result<T, portal_contract::DecodeError> {
    T::from_json(json)
}

fn conversation(json: &Json) -> Option<Conversation> {
    Some(Conversation {
        id: json.field("id").ok()?,
        reference: json.field("reference").ok()?,
        subject: json.field("subject").ok()?,
        lang: json.field("lang").ok()?,
        channel: json.field("channel").ok()?,
        direction: json.field("direction").ok()?,
        status: json.field("status").ok()?,
        topic: json.get("topic").get("label").as_str().map(str::to_owned),
        started_at: json.field("started_at").ok()?,
        ended_at: json.field("ended_at").ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn one(id: &str, started_at: &str, subject: &str) -> Json {
        let value: Value = json!({
            "id": id, "reference": "47-11", "subject": subject, "lang": null, "channel": "email", "direction": "inbound",
            "status": "closed", "topic": {"id": "billing", "label": "Billing"}, "started_at": started_at,
            "updated_at": started_at, "ended_at": null, "participants": [{"role": "agent", "display_name": "Inês"}],
        });
        Json::from(value)
    }

    fn history() -> History {
        let mut history = History::default();
        history.add_conversation(&one("int_1", "2025-01-01T10:00:00Z", "Charged twice"));
        history.add_conversation(&one("int_2", "2026-01-01T10:00:00Z", "Zählerstand"));
        let message = json!({"id": "m", "interaction_id": "int_1", "author": {"display_name": "Maya"}, "text": "The INVOICE"});
        history.add_message(&Json::from(message), 7..20);
        let file = json!({"id": "f", "interaction_id": "int_2", "message_id": "m2", "file_name": "Meter.JPG", "size_bytes": 3, "path": "attachments/0001"});
        history.add_file(&Json::from(file));
        history.arrange();
        history
    }

    fn found(history: &History, query: &str) -> Vec<usize> {
        let words = words_of(query);
        {
            let all = history.in_order().iter().copied();
            all.filter(|place| history.holds(*place, &words)).collect()
        }
    }

    #[test]
    fn the_newest_stands_first_whatever_the_file_says() {
        assert_eq!(history().in_order(), [1, 0]);
    }

    #[test]
    fn every_word_is_looked_for_in_everything_of_a_conversation() {
        let history = history();
        assert_eq!(found(&history, ""), [1, 0]);
        assert_eq!(found(&history, "  invoice maya "), [0]);
        assert_eq!(found(&history, "ZÄHLER meter.jpg"), [1]);
        assert_eq!(found(&history, "inês billing 47-11"), [1, 0]);
        assert!(found(&history, "invoice meter").is_empty());
        // The end of one text and the beginning of the next are no word.
        assert!(found(&history, "twice47").is_empty());
    }

    #[test]
    fn what_belongs_to_no_conversation_is_counted() {
        let mut history = history();
        history.add_message(
            &Json::from(json!({"interaction_id": "int_9", "text": "x"})),
            0..1,
        );
        history.add_conversation(&Json::from(json!({"id": "int_3"})));
        history.add_file(&Json::from(json!({"interaction_id": null, "draft": true})));
        assert_eq!((history.len(), history.passed_over()), (2, 2));
        assert_eq!(history.messages(0).first(), Some(&(7..20)));
        assert_eq!(history.files(1)[0].message.as_deref(), Some("m2"));
    }
}
