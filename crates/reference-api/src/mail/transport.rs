//! Where mail goes: a mail server, or the outbox table.

use super::texts::Letter;
use crate::clock::Clock;
use crate::config::{Config, Mail, MailTls};
use crate::store::time::Moment;
use crate::store::{Store, StoreError};
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use rusqlite::params;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How many times a letter is tried, and how long the first pause is; each further one is twice as long.
const TRIES: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(if cfg!(test) { 10 } else { 2000 });

pub(super) enum Transport {
    Smtp {
        server: Arc<AsyncSmtpTransport<Tokio1Executor>>,
        from: Mailbox,
    },
    Outbox {
        store: Store,
        clock: Clock,
    },
}

impl Transport {
    pub(super) fn new(config: &Config, store: Store, clock: Clock) -> Self {
        config
            .mail
            .as_ref()
            .and_then(|mail| {
                smtp(mail)
                    .inspect_err(|error| tracing::error!(%error, "mail is not configured right"))
                    .ok()
            })
            .unwrap_or(Self::Outbox { store, clock })
    }

    /// Sends a letter, or has it under way: what goes to a mail server takes as long as that does, and is tried again.
    pub(super) async fn hand_over(&self, letter: Letter, under_way: &mut JoinSet<()>) {
        match self {
            Self::Smtp { server, from } => {
                let (server, from) = (server.clone(), from.clone());
                under_way.spawn(async move { send_by_smtp(&server, &from, &letter).await });
            }
            Self::Outbox { store, clock } => {
                let now = clock.now();
                if let Err(error) = store.write(move |tx| keep(tx, &letter, now)).await {
                    tracing::error!(%error, "a mail could not be put into the outbox");
                }
            }
        }
    }
}

/// A transport to this server.
fn smtp(mail: &Mail) -> Result<Transport, String> {
    let builder = match mail.tls {
        MailTls::Implicit => AsyncSmtpTransport::<Tokio1Executor>::relay(&mail.host),
        MailTls::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&mail.host),
        MailTls::None => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(
            &mail.host,
        )),
    };
    let mut builder = builder.map_err(|error| error.to_string())?;
    if let Some(port) = mail.port {
        builder = builder.port(port);
    }
    if let (Some(user), Some(password)) = (&mail.username, &mail.password) {
        builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
    }
    let from = mail
        .from
        .parse()
        .map_err(|_| "mail.from is no address".to_owned())?;
    Ok(Transport::Smtp {
        server: Arc::new(builder.timeout(Some(Duration::from_secs(20))).build()),
        from,
    })
}

async fn send_by_smtp(
    server: &AsyncSmtpTransport<Tokio1Executor>,
    from: &Mailbox,
    letter: &Letter,
) {
    let Some(message) = build(from, letter) else {
        tracing::error!("a mail could not be written: its address cannot stand in a header");
        return;
    };
    let mut pause = FIRST_PAUSE;
    for attempt in 1..=TRIES {
        match server.send(message.clone()).await {
            Ok(_) => return,
            // The server's words may quote the address: they are not logged.
            Err(error) if error.is_permanent() || attempt == TRIES => {
                tracing::error!(
                    attempt,
                    permanent = error.is_permanent(),
                    "a mail could not be sent"
                );
                return;
            }
            Err(_) => tokio::time::sleep(pause).await,
        }
        pause *= 2;
    }
}

fn build(from: &Mailbox, letter: &Letter) -> Option<Message> {
    let mut message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, letter.to.parse().ok()?))
        .subject(letter.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .ok()?;
    for (name, value) in &letter.headers {
        let name = HeaderName::new_from_ascii((*name).to_owned()).ok()?;
        let value = HeaderValue::new(name, value.clone());
        message.headers_mut().insert_raw(value);
    }
    Some(message)
}

/// How many letters the outbox keeps: enough to look at, and no archive of who signed in.
const KEPT: u32 = 200;

fn keep(tx: &rusqlite::Transaction<'_>, letter: &Letter, now: Moment) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO outbox (channel, recipient, subject, body, code, locale, sent_at, headers, customer_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        letter.channel.as_str(),
        letter.to,
        letter.subject,
        letter.body,
        letter.code,
        letter.locale,
        now,
        header_lines(letter),
        letter.customer
    ])?;
    tx.prepare_cached(
        "DELETE FROM outbox WHERE id <= (SELECT id FROM outbox ORDER BY id DESC LIMIT 1 OFFSET ?1)",
    )?
    .execute([KEPT])?;
    Ok(())
}

fn header_lines(letter: &Letter) -> String {
    let lines: Vec<String> = letter
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests;
