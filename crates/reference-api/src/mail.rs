//! Outgoing mail. A task sends it, so that the time it takes shows in no answer.

mod contact;
mod delegations;
mod requests;
mod sentences;
mod texts;
mod topic;
mod transport;

use crate::clock::Clock;
use crate::config::Config;
use crate::store::Store;
use crate::store::customers::CustomerId;
use portal_contract::interaction::Channel;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use transport::Transport;

pub use contact::ContactNotice;
pub use delegations::{DelegationMail, DelegationStep, compose as compose_delegation};
pub use requests::{RequestMail, Step as RequestStep, compose as compose_request};
pub use texts::{CodePurpose, Letter};
pub(crate) use texts::{Language, Said};
pub use topic::{TopicLinks, TopicMail, TopicMatter, compose as compose_topic};

/// A one-time code on its way to an address.
#[derive(Clone, Debug)]
pub struct CodeMail {
    /// Whose it is and where it goes; an address that belongs to nobody here has no mail.
    pub to: Option<(CustomerId, String)>,
    /// BCP 47 tag of the language that it should be in.
    pub locale: Option<String>,
    /// The six digits.
    pub code: String,
    /// What the code is for.
    pub purpose: CodePurpose,
}

/// Something about a contact point, on its way there.
#[derive(Clone, Debug)]
pub struct ContactMail {
    /// Whose contact point it is.
    pub customer: CustomerId,
    /// Over which channel.
    pub channel: Channel,
    /// Where to.
    pub to: String,
    /// BCP 47 tag of the language that it should be in.
    pub locale: Option<String>,
    /// What to say.
    pub notice: ContactNotice,
}

/// How many letters are on their way to the mail server at once.
const AT_ONCE: usize = 32;

enum Job {
    Code(CodeMail),
    Contact(ContactMail),
    Letter(Letter),
    Mark(oneshot::Sender<()>),
}

/// Where mail is handed in.
#[derive(Clone)]
pub struct Mailer(mpsc::UnboundedSender<Job>);

impl Mailer {
    pub(crate) fn start(config: &Config, store: Store, clock: Clock) -> Self {
        let (sender, mut jobs) = mpsc::unbounded_channel();
        let transport = Transport::new(config, store.clone(), clock.clone());
        // What is no mail waits in the outbox for the company's own gateway.
        let outbox = Transport::Outbox { store, clock };
        let company = config.company.clone();
        tokio::spawn(async move {
            let mut under_way = JoinSet::new();
            while let Some(job) = jobs.recv().await {
                let letter = match job {
                    Job::Code(mail) => texts::compose(&company, &mail),
                    Job::Contact(mail) => Some(contact::compose(&company, mail)),
                    Job::Letter(letter) => Some(letter),
                    Job::Mark(reached) => {
                        while under_way.join_next().await.is_some() {}
                        // An error says that nobody waits any more.
                        let _ = reached.send(());
                        None
                    }
                };
                match letter {
                    // A mail server that takes its time for one of them holds up no other: a code lives for ten minutes.
                    Some(letter) if letter.channel == Channel::Email => {
                        while under_way.try_join_next().is_some() {}
                        if under_way.len() >= AT_ONCE {
                            under_way.join_next().await;
                        }
                        transport.hand_over(letter, &mut under_way).await;
                    }
                    Some(letter) => outbox.hand_over(letter, &mut under_way).await,
                    None => {}
                }
            }
        });
        Self(sender)
    }

    /// Hands a code in. The queue is bounded by the limits of sign-in.
    pub fn send_code(&self, mail: CodeMail) {
        self.hand_in(Job::Code(mail));
    }

    /// Hands in what a contact point is to be told. The queue is bounded by the limits of verification.
    pub fn tell_contact(&self, mail: ContactMail) {
        self.hand_in(Job::Contact(mail));
    }

    /// Hands in a letter that is written already.
    pub fn send(&self, letter: Letter) {
        self.hand_in(Job::Letter(letter));
    }

    fn hand_in(&self, job: Job) {
        if self.0.send(job).is_err() {
            tracing::error!("mail cannot be sent: the task that sends it is gone");
        }
    }

    /// Returns once everything that was handed in before has been sent.
    pub async fn flushed(&self) {
        let (reached, mark) = oneshot::channel();
        if self.0.send(Job::Mark(reached)).is_ok() {
            // An error says that the task is gone, and nothing waits any more.
            let _ = mark.await;
        }
    }
}
