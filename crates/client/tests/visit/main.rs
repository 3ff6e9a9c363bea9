//! A customer's visit, call by call, with the reference API's own router as the network.

#![expect(
    clippy::unwrap_used,
    reason = "a test of its own crate: what fails to unwrap fails the test"
)]

mod consents;
mod contact;
mod contact_points;
mod feedback;
mod frame;
mod guides;
mod history;
mod links;
mod network;
mod preferences;
mod privacy;
mod signing_in;
mod thread;

use network::Network;
use portal_client::Client;
use portal_contract::interaction::InteractionSummary;
use portal_contract::session::{ConfirmChallenge, StartEmailSignIn};
use reference_api::store::customers::CustomerId;
use reference_api::store::ingest::{
    Files, NewAuthor, NewInteraction, NewMessage, NewNote, NewTopic, Thread, ingest,
};
use reference_api::store::time::Moment;
use reference_api::testing::{NOW, TestApi};

const MAYA: &str = "maya.lindqvist@example.com";
const JONAS: &str = "jonas.weber@example.com";
const DAY: i64 = 24 * 60 * 60 * 1000;

type Portal = Client<Network>;

/// An API with two customers.
struct House {
    api: TestApi,
    maya: CustomerId,
    jonas: CustomerId,
}

impl House {
    async fn new() -> Self {
        Self::on(TestApi::new()).await
    }

    async fn on(api: TestApi) -> Self {
        let maya = api.customer(MAYA, "Maya Lindqvist").await;
        let jonas = api.customer(JONAS, "Jonas Weber").await;
        Self { api, maya, jonas }
    }

    /// A browser in which nobody is signed in.
    fn browser(&self) -> Portal {
        Client::new(Network::to(&self.api))
    }

    /// A browser in which this address is signed in, by the code of the outbox.
    async fn signed_in(&self, email: &str) -> Portal {
        let portal = self.browser();
        let challenge = portal.start_email_sign_in(&start(email)).await.unwrap();
        let code = self.api.latest_code(email).await.unwrap();
        let confirm = ConfirmChallenge {
            challenge_id: challenge.id,
            code,
        };
        portal.confirm_email(&confirm).await.unwrap();
        portal
    }

    /// Gives a customer this interaction.
    async fn add(&self, customer: &CustomerId, new: NewInteraction) {
        let (customer, files) = (customer.clone(), Files::in_directory(self.api.files()));
        let work = move |tx: &rusqlite::Transaction<'_>| ingest(tx, &customer, &new, &files);
        self.api.state.store.write(work).await.unwrap();
    }
}

fn start(email: &str) -> StartEmailSignIn {
    StartEmailSignIn {
        email: email.to_owned(),
        locale: None,
    }
}

/// An open matter that began `days` ago, with one message and one note that is nobody's business.
fn matter(reference: &str, days: i64) -> NewInteraction {
    use portal_contract::interaction::{
        Channel, Direction, FeedbackState, InteractionStatus, Role,
    };
    let began = Moment::from_millis(NOW - days * DAY);
    NewInteraction {
        source: "test".to_owned(),
        source_reference: reference.to_owned(),
        reference: reference.to_owned(),
        subject: format!("Meter reading {reference}"),
        lang: Some("en".to_owned()),
        channel: Channel::Email,
        direction: Direction::Inbound,
        status: InteractionStatus::Open,
        topic: Some(NewTopic {
            id: "meter".to_owned(),
            label: "Meter".to_owned(),
            labels: Vec::new(),
        }),
        started_at: began,
        ended_at: None,
        first_response_at: None,
        first_response_by: None,
        resolved_at: None,
        expected_by: None,
        feedback: (FeedbackState::NotRequested, None),
        unread: false,
        thread: Thread::Whole,
        messages: vec![NewMessage {
            source_reference: "1".to_owned(),
            author: NewAuthor {
                role: Role::Customer,
                display_name: "Maya Lindqvist".to_owned(),
            },
            channel: Channel::Email,
            sent_at: began,
            text: "The meter shows 4711.".to_owned(),
            lang: None,
            html: None,
            attachments: Vec::new(),
        }],
        notes: vec![NewNote {
            author_name: "Noor".to_owned(),
            written_at: began,
            text: "quibbling pettifogger".to_owned(),
        }],
        handoffs: Vec::new(),
        others: Vec::new(),
    }
}

/// The whole history of a filter, page by page.
async fn every_page(
    portal: &Portal,
    filter: &portal_contract::filter::InteractionFilter,
) -> Vec<InteractionSummary> {
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let page = portal.interactions(filter, cursor.as_ref()).await.unwrap();
        items.extend(page.items);
        cursor = page.next_cursor;
        if !page.has_more {
            return items;
        }
    }
}

/// The one interaction that a customer has.
async fn only(portal: &Portal) -> portal_contract::InteractionId {
    let mut all = every_page(portal, &Default::default()).await;
    assert_eq!(all.len(), 1);
    all.remove(0).id
}
