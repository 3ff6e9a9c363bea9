//! Outgoing mail. A task sends it, so that the time it takes shows in no answer.

mod texts;
mod transport;

use crate::clock::Clock;
use crate::config::Config;
use crate::store::Store;
use tokio::sync::{mpsc, oneshot};
use transport::Transport;

pub use texts::CodePurpose;

/// A one-time code on its way to an address.
#[derive(Clone, Debug)]
pub struct CodeMail {
    /// Where to; an address that belongs to nobody here has no mail.
    pub to: Option<String>,
    /// BCP 47 tag of the language that it should be in.
    pub locale: Option<String>,
    /// The six digits.
    pub code: String,
    /// What the code is for.
    pub purpose: CodePurpose,
}

enum Job {
    Code(CodeMail),
    Mark(oneshot::Sender<()>),
}

/// Where mail is handed in.
#[derive(Clone)]
pub struct Mailer(mpsc::UnboundedSender<Job>);

impl Mailer {
    pub(crate) fn start(config: &Config, store: Store, clock: Clock) -> Self {
        let (sender, mut jobs) = mpsc::unbounded_channel();
        let transport = Transport::new(config, store, clock);
        let company = config.company.clone();
        tokio::spawn(async move {
            while let Some(job) = jobs.recv().await {
                match job {
                    Job::Code(mail) => {
                        if let Some(letter) = texts::compose(&company, &mail) {
                            transport.send(letter).await;
                        }
                    }
                    Job::Mark(reached) => drop(reached.send(())),
                }
            }
        });
        Self(sender)
    }

    /// Hands a code in. The queue is bounded by the limits of sign-in.
    pub fn send_code(&self, mail: CodeMail) {
        if self.0.send(Job::Code(mail)).is_err() {
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
