//! A mailbox (mbox) into email interactions.
//!
//! Two passes: the first keeps only what orders mails into threads, the second reads one thread at a time, so that memory
//! does not grow with the size of the mails.

pub mod mail;
pub mod mbox;
mod parties;
pub mod threads;
mod write;

use super::report::{Place, Report};
use super::{ImportError, Intake, Progress, Summary};
use crate::store::time::Moment;
use mail::Head;
use mbox::Mbox;
use std::collections::HashSet;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Whose mailbox it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One customer's: every thread in it is theirs. Made when nobody has the address yet.
    Customer(String),
    /// The company's: a mail is the customers' who wrote it or to whom it went, by the addresses that customers sign in with.
    Match,
}

/// How a mailbox is read.
#[derive(Clone, Debug)]
pub struct MailboxOptions {
    /// Whose it is.
    pub whose: Whose,
    /// Domains of the company's own addresses. Where they are given, others who write are third parties.
    pub company_domains: Vec<String>,
    /// BCP 47 tag of mails that name no language.
    pub lang: Option<String>,
}

/// A mail of the first pass: what orders it and where it stands.
pub(super) struct Listed {
    pub(super) place: Place,
    pub(super) offset: u64,
    pub(super) head: Head,
}

/// Imports every mail of the file that can be taken and reports the others. A mail that is here already (by its
/// `Message-ID`) is not taken twice.
///
/// # Errors
/// When the file is no mbox or cannot be read any further, the customer's address is none, or the database refuses.
pub fn import_mailbox(
    intake: &Intake<'_>,
    path: &Path,
    options: &MailboxOptions,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Summary, ImportError> {
    if let Whose::Customer(address) = &options.whose
        && !address
            .split_once('@')
            .is_some_and(|(mailbox, domain)| !mailbox.is_empty() && !domain.is_empty())
    {
        return Err(ImportError::Options(format!(
            "{address:?} is no email address"
        )));
    }
    let listed = list(path, intake.now, report, progress)?;
    let heads: Vec<Head> = listed.iter().map(|mail| mail.head.clone()).collect();
    let mut summary = Summary::default();
    let writer = write::Writer {
        intake,
        options,
        listed: &listed,
    };
    let mut file = File::open(path)?;
    for thread in threads::threads(&heads) {
        let nobodys = writer.write(&mut file, &thread, |ingested| summary.count(ingested))?;
        for mail in nobodys {
            report.reject(listed[mail].place, write::NOBODYS.to_owned())?;
        }
    }
    progress.finish();
    summary.rejected = report.count();
    Ok(summary)
}

/// The first pass.
fn list(
    path: &Path,
    now: Moment,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Vec<Listed>, ImportError> {
    let mut mbox = Mbox::new(BufReader::new(File::open(path)?))?;
    let mut listed: Vec<Listed> = Vec::new();
    let mut known = HashSet::new();
    while let Some(entry) = mbox.next_entry()? {
        progress.at(mbox.bytes_read());
        let place = Place::Message {
            ordinal: entry.ordinal,
            byte: entry.byte,
        };
        let Some(raw) = entry.raw else {
            report.reject(
                place,
                format!("is longer than {} bytes", mbox::MAX_MESSAGE_BYTES),
            )?;
            continue;
        };
        let received_at = mail::separator_moment(&entry.separator);
        match mail::parse(&raw).and_then(|mail| mail::head(&mail, &raw, received_at, now)) {
            Err(reason) => report.reject(place, reason)?,
            // The same mail twice in one file (two folders joined) is one mail.
            Ok(head) if !known.insert(head.id.clone()) => {}
            Ok(mut head) => {
                // Without a believable date, a mail comes right behind the one that was received before it.
                let before = listed.last().and_then(|mail| mail.head.sent_at);
                head.sent_at = head
                    .sent_at
                    .or_else(|| before.map(|before| before.plus_seconds(1)))
                    .or(Some(now));
                listed.push(Listed {
                    place,
                    offset: entry.byte,
                    head,
                });
            }
        }
    }
    Ok(listed)
}
