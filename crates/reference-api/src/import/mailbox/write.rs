//! The second pass: a thread of mails into one interaction.

use super::mail::{self, Head, Person};
use super::mbox::Mbox;
use super::parties::Parts;
use super::threads::MailThread;
use super::{Listed, MailboxOptions, Whose};
use crate::import::{ImportError, Intake};
use crate::store::StoreError;
use crate::store::customers::{self, CustomerId, NewCustomer};
use crate::store::ingest::{self, Ingested, NewAuthor, NewInteraction, NewMessage, Thread};
use portal_contract::interaction::{Channel, Direction, FeedbackState, InteractionStatus, Role};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};

const SOURCE: &str = "mail";
/// How long an answered thread stays open to the customer's "that did not help": 30 days.
const SETTLES_SECONDS: i64 = 30 * 24 * 60 * 60;

/// Why a mail of the company's mailbox is not taken.
pub(super) const NOBODYS: &str = "is neither from nor to a customer here; import their customers first, or name one with --customer";

/// What each customer, by address, has of a thread, and the mails that are nobody's.
type Shared = (Vec<(String, MailThread)>, Vec<usize>);

pub(super) struct Writer<'a> {
    pub(super) intake: &'a Intake<'a>,
    pub(super) options: &'a MailboxOptions,
    pub(super) listed: &'a [Listed],
}

impl Writer<'_> {
    /// Writes a thread, for each customer what they have of it, and gives those of its mails that are nobody's.
    pub(super) fn write(
        &self,
        file: &mut File,
        thread: &MailThread,
        mut written: impl FnMut(Ingested),
    ) -> Result<Vec<usize>, ImportError> {
        let (parts, nobodys) = self.parts(thread)?;
        for (address, thread) in parts {
            written(self.write_part(file, address, &thread)?);
        }
        Ok(nobodys)
    }

    fn write_part(
        &self,
        file: &mut File,
        address: String,
        thread: &MailThread,
    ) -> Result<Ingested, ImportError> {
        let customer = self.customer(address, thread);
        let mut interaction = self.interaction(&customer, thread);
        for place in &thread.mails {
            interaction
                .messages
                .push(self.message(file, &self.listed[*place], &customer)?);
        }
        Ok(self.intake.store.write_blocking(|transaction| {
            let key = self.intake.customer(transaction, &customer)?;
            interaction.source_reference = self
                .known_thread(transaction, &key, thread)?
                .unwrap_or_else(|| format!("{} {}", customer.addresses[0], thread.root));
            ingest::ingest(transaction, &key, &interaction, self.intake.files)
        })?)
    }

    fn heads(&self, thread: &MailThread) -> impl Iterator<Item = &Head> {
        thread.mails.iter().map(|place| &self.listed[*place].head)
    }

    /// Whose it is: the address of each customer with their part of it, and what is nobody's.
    fn parts(&self, thread: &MailThread) -> Result<Shared, StoreError> {
        if let Whose::Customer(address) = &self.options.whose {
            let whole = (address.trim().to_lowercase(), thread.clone());
            return Ok((vec![whole], Vec::new()));
        }
        let parts = self.intake.store.read_blocking(|connection| {
            let mut parts = Parts::default();
            for place in &thread.mails {
                let head = &self.listed[*place].head;
                let mut named = Vec::new();
                for address in [&head.from.address].into_iter().chain(&head.to) {
                    if let Some(customer) = customers::by_address(connection, address)? {
                        named.push((customer, address.clone()));
                    }
                }
                parts.add(&thread.root, *place, named);
            }
            Ok(parts)
        })?;
        let of = parts.of.into_iter().map(|part| (part.address, part.thread));
        Ok((of.collect(), parts.nobodys))
    }

    /// The customer with this address, as their mails name them.
    fn customer(&self, address: String, thread: &MailThread) -> NewCustomer {
        let mut theirs = self
            .heads(thread)
            .filter(|head| head.from.address == address);
        NewCustomer {
            display_name: theirs
                .find_map(|head| head.from.name.clone())
                .unwrap_or_else(|| mailbox_name(&address)),
            addresses: vec![address],
            ..NewCustomer::default()
        }
    }

    /// What an earlier import called this thread, when any of its mails, or of those they answer, is here already.
    fn known_thread(
        &self,
        connection: &Connection,
        customer: &CustomerId,
        thread: &MailThread,
    ) -> Result<Option<String>, StoreError> {
        let mut statement = connection.prepare_cached(
            "SELECT i.source_reference FROM interactions i JOIN messages m ON m.interaction_seq = i.seq
              WHERE i.customer_id = ?1 AND i.source = ?2 AND m.source_reference = ?3",
        )?;
        for head in self.heads(thread) {
            for id in [&head.id].into_iter().chain(&head.references) {
                let found = statement
                    .query_row(params![customer, SOURCE, id], |row| row.get(0))
                    .optional()?;
                if found.is_some() {
                    return Ok(found);
                }
            }
        }
        Ok(None)
    }

    fn interaction(&self, customer: &NewCustomer, thread: &MailThread) -> NewInteraction {
        let address = customer.addresses[0].as_str();
        let first = &self.listed[thread.mails[0]].head;
        let last = self.heads(thread).last().unwrap_or(first);
        let last_at = last.sent_at.unwrap_or(self.intake.now);
        let settled = last_at.plus_seconds(SETTLES_SECONDS) < self.intake.now;
        let by_customer = |head: &Head| head.from.address == address;
        let status = match (by_customer(last), settled) {
            (true, false) => InteractionStatus::Open,
            (false, false) => InteractionStatus::Resolved,
            (_, true) => InteractionStatus::Closed,
        };
        let done = status != InteractionStatus::Open;
        let first_response_at = by_customer(first)
            .then(|| {
                self.heads(thread)
                    .find(|head| !by_customer(head) && !head.automated)
            })
            .flatten()
            .and_then(|head| head.sent_at);
        NewInteraction {
            source: SOURCE.to_owned(),
            source_reference: String::new(),
            reference: quotable(address, &thread.root),
            subject: mail::without_prefixes(&first.subject).to_owned(),
            lang: self.options.lang.clone(),
            channel: Channel::Email,
            direction: if by_customer(first) {
                Direction::Inbound
            } else {
                Direction::Outbound
            },
            ended_at: (status == InteractionStatus::Closed).then_some(last_at),
            resolved_at: done.then_some(last_at),
            status,
            topic: None,
            started_at: first.sent_at.unwrap_or(self.intake.now),
            first_response_at,
            first_response_by: None,
            expected_by: None,
            feedback: (FeedbackState::NotRequested, None),
            unread: false,
            thread: Thread::Grows,
            messages: Vec::new(),
            notes: Vec::new(),
            handoffs: Vec::new(),
            others: Vec::new(),
        }
    }

    fn message(
        &self,
        file: &mut File,
        listed: &Listed,
        customer: &NewCustomer,
    ) -> Result<NewMessage, ImportError> {
        file.seek(SeekFrom::Start(listed.offset))?;
        let entry = Mbox::new(BufReader::new(&mut *file))?.next_entry()?;
        let raw = entry
            .and_then(|entry| entry.raw)
            .ok_or_else(|| ImportError::Options("the file changed while it was read".to_owned()))?;
        let mail = mail::parse(&raw)
            .map_err(|_| ImportError::Options("the file changed while it was read".to_owned()))?;
        let body = mail::body(&mail);
        Ok(NewMessage {
            source_reference: listed.head.id.clone(),
            author: self.author(&listed.head, customer)?,
            channel: Channel::Email,
            sent_at: listed.head.sent_at.unwrap_or(self.intake.now),
            text: body.text,
            lang: body.lang,
            html: body.html,
            attachments: body.attachments,
        })
    }

    fn author(&self, head: &Head, customer: &NewCustomer) -> Result<NewAuthor, StoreError> {
        let Person { name, address } = &head.from;
        let domain = address.rsplit('@').next().unwrap_or_default();
        let domains = &self.options.company_domains;
        let role = if *address == customer.addresses[0] {
            Role::Customer
        } else if head.automated {
            Role::Automated
        } else if domains.iter().any(|ours| ours.eq_ignore_ascii_case(domain))
            || (domains.is_empty() && !self.is_of_a_customer(address)?)
        {
            Role::Agent
        } else {
            Role::ThirdParty
        };
        Ok(NewAuthor {
            role,
            display_name: name.clone().unwrap_or_else(|| mailbox_name(address)),
        })
    }

    /// Nobody who can write to a customer and is one is taken for the company.
    fn is_of_a_customer(&self, address: &str) -> Result<bool, StoreError> {
        self.intake
            .store
            .read_blocking(|connection| Ok(customers::by_address(connection, address)?.is_some()))
    }
}

/// What stands before the `@`, for people who give no name.
fn mailbox_name(address: &str) -> String {
    address.split('@').next().unwrap_or(address).to_owned()
}

/// A number to quote that is the same at every import: `M-` and eight digits of a hash.
fn quotable(address: &str, root: &str) -> String {
    let hash = Sha256::digest(format!("{address} {root}").as_bytes());
    let digits: String = hash[..5].iter().map(|byte| format!("{byte:02X}")).collect();
    format!("M-{digits}")
}
