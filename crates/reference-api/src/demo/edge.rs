//! The customer whose history holds everything that breaks a page.

use super::{SOURCE, content};
use crate::store::customers::NewCustomer;
use crate::store::ingest::{NewAuthor, NewInteraction, NewMessage, Thread};
use crate::store::time::Moment;
use portal_contract::interaction::{Channel, Direction, FeedbackState, InteractionStatus, Role};

/// Where the pathological customer signs in.
pub const EDGE_ADDRESS: &str = "edge.case@example.com";

const LONG_TEXT_CHARACTERS: usize = 200_000;
const LONG_THREAD_MESSAGES: usize = 10_000;
const HOUR: i64 = 60 * 60;

pub(super) fn edge_case(now: Moment) -> (NewCustomer, Vec<NewInteraction>) {
    let customer = NewCustomer {
        // An override that would turn the page around, a zero-width space, an emoji made of several code points.
        display_name: "Edge \u{202e}esaC\u{202c}\u{200b} 👩‍👩‍👧‍👦".to_owned(),
        locale: Some("en".to_owned()),
        time_zone: Some("Pacific/Chatham".to_owned()),
        addresses: vec![EDGE_ADDRESS.to_owned()],
        ..NewCustomer::default()
    };
    let kit = Kit { now };
    let interactions = vec![
        kit.one("script", "<script>alert(1)</script>", "The subject of this one is a script. It has to read as text: <b>not bold</b> & nothing else."),
        kit.one("long-text", "A message of 200,000 characters", &long_text()),
        kit.long_thread(),
        kit.pigeon(),
        kit.one("empty-subject", "", "There is no subject. The list still needs something to show."),
        kit.one("long-word", &"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(4), &"a".repeat(5_000)),
        kit.one("bidi", "invoice\u{202e}fdp.exe \u{2066}שלום\u{2069} 123 \u{200f}مرحبا", "Mixed: abc \u{202e}cba\u{202c} עברית 123, \u{200b}zero\u{200b}width\u{200d}, Z\u{351}\u{36b}\u{343}a\u{33c}lgo, 👩🏽‍🚀🏴‍☠️, tab\there,\n\n\n\n\nmany empty lines."),
        kit.hostile_mail(),
    ];
    (customer, interactions)
}

fn long_text() -> String {
    const LINE: &str =
        "The meter turns, the clock goes on, and nobody counts the words of this letter. ";
    let mut text: String = LINE
        .chars()
        .cycle()
        .take(LONG_TEXT_CHARACTERS - 4)
        .collect();
    text.push_str("END.");
    text
}

struct Kit {
    now: Moment,
}

impl Kit {
    fn one(&self, key: &str, subject: &str, text: &str) -> NewInteraction {
        let hash = key
            .bytes()
            .fold(7_i64, |hash, byte| (hash * 31 + i64::from(byte)) % 700);
        let at = self.now.plus_seconds(-(hash + 24) * HOUR);
        NewInteraction {
            source: SOURCE.to_owned(),
            source_reference: format!("{EDGE_ADDRESS} {key}"),
            reference: format!("EDGE-{}", key.to_uppercase()),
            subject: subject.to_owned(),
            lang: None,
            channel: Channel::Web,
            direction: Direction::Inbound,
            status: InteractionStatus::Open,
            topic: None,
            started_at: at,
            ended_at: None,
            first_response_at: None,
            first_response_by: None,
            resolved_at: None,
            expected_by: None,
            feedback: (FeedbackState::NotRequested, None),
            unread: false,
            thread: Thread::Whole,
            messages: vec![message("0", Role::Customer, "Edge Case", at, text)],
            notes: Vec::new(),
            handoffs: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Values that no version of the contract knows.
    fn pigeon(&self) -> NewInteraction {
        let mut matter = self.one("pigeon", "Sent by pigeon", "Coo.");
        matter.channel = Channel::from("carrier_pigeon");
        matter.status = InteractionStatus::from("escalated");
        matter.direction = Direction::from("sideways");
        for message in &mut matter.messages {
            message.channel = matter.channel.clone();
        }
        let at = matter.started_at.plus_seconds(HOUR);
        let mut answer = message(
            "1",
            Role::from("pigeon_keeper"),
            "The keeper",
            at,
            "Coo, coo.",
        );
        answer.channel = matter.channel.clone();
        matter.messages.push(answer);
        matter
    }

    fn hostile_mail(&self) -> NewInteraction {
        let mut matter = self.one(
            "hostile-mail",
            "A mail that tries everything",
            "This mail tries everything.\n\nThe last line, which has to be readable.",
        );
        matter.channel = Channel::Email;
        for message in &mut matter.messages {
            message.channel = Channel::Email;
            message.html = content::html("hostile").map(str::to_owned);
        }
        matter
    }

    /// A thread that nobody reads to its end.
    fn long_thread(&self) -> NewInteraction {
        const MINUTE: i64 = 60;
        let mut matter = self.one("long-thread", "10,000 messages", "");
        matter.channel = Channel::Chat;
        let count = i64::try_from(LONG_THREAD_MESSAGES).unwrap_or(i64::MAX);
        matter.started_at = self.now.plus_seconds(-(count + 30) * MINUTE);
        matter.messages = (1..=count)
            .map(|number| {
                let (role, name) = if number % 2 == 1 {
                    (Role::Customer, "Edge Case")
                } else {
                    (Role::Agent, "Patience Mbeki")
                };
                let at = matter.started_at.plus_seconds((number - 1) * MINUTE);
                let mut message = message(
                    &number.to_string(),
                    role,
                    name,
                    at,
                    &format!("Message {number} of {count}."),
                );
                message.channel = Channel::Chat;
                message
            })
            .collect();
        matter
    }
}

fn message(key: &str, role: Role, name: &str, at: Moment, text: &str) -> NewMessage {
    NewMessage {
        source_reference: key.to_owned(),
        author: NewAuthor {
            role,
            display_name: name.to_owned(),
        },
        channel: Channel::Web,
        sent_at: at,
        text: text.to_owned(),
        lang: None,
        html: None,
        attachments: Vec::new(),
    }
}
