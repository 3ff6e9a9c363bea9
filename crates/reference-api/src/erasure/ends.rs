//! What else ends with an erasure: matters that are open, calls that are planned, permissions, ways to sign in.

use super::target::{Reach, Target};
use crate::config::Config;
use crate::consents::{self, in_language};
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::consent::ConsentStatus;
use portal_contract::data_request_options::{Ending, EndingKind};
use portal_contract::interaction::{InteractionStatus, Standing};
use rusqlite::{Connection, params};

/// The most that are named, of each sort.
const NAMED: usize = 5;

/// What else would end, in the language of the tag; nothing of a sort of which there is none.
pub(super) fn ends(
    db: &Connection,
    config: &Config,
    target: &Target,
    tag: Option<&str>,
    now: Moment,
) -> Result<Vec<Ending>, StoreError> {
    let mut endings = Vec::new();
    if target.takes_beneath(Category::Interactions) {
        endings.push(ending(EndingKind::Interaction, open_matters(db, target)?));
        endings.push(ending(EndingKind::Callback, planned_calls(db, target)?));
    }
    if target.is_whole() {
        endings.push(ending(
            EndingKind::Consent,
            permissions(db, config, target, tag, now)?,
        ));
        endings.push(counted(db, target, EndingKind::DataRequest, RUNNING)?);
        endings.push(counted(db, target, EndingKind::Artifact, FILES)?);
    }
    if target.names(Category::SignIn) {
        let devices = "SELECT count(*) FROM sessions WHERE customer_id = ?1";
        endings.push(counted(db, target, EndingKind::SignIn, devices)?);
    }
    endings.retain(|ending| ending.count > 0);
    Ok(endings)
}

/// Other requests that run. The erasure itself does not end: it is done.
const RUNNING: &str = "SELECT count(*) FROM data_requests WHERE customer_id = ?1 AND closed_at IS NULL AND kind <> 'erasure'";

/// Files of copies that can still be fetched.
const FILES: &str = "SELECT count(*) FROM data_request_artifacts AS a JOIN data_requests AS r ON r.seq = a.request_seq
    WHERE r.customer_id = ?1 AND a.state = 'ready'";

fn ending(kind: EndingKind, mut labels: Vec<String>) -> Ending {
    let count = labels.len() as u64;
    labels.truncate(NAMED);
    Ending {
        kind,
        count,
        labels,
    }
}

fn counted(
    db: &Connection,
    target: &Target,
    kind: EndingKind,
    sql: &str,
) -> Result<Ending, StoreError> {
    let count = db
        .prepare_cached(sql)?
        .query_row([&target.customer], |row| row.get(0))?;
    Ok(Ending {
        kind,
        count,
        labels: Vec::new(),
    })
}

fn open_matters(db: &Connection, target: &Target) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT subject, status FROM interactions
          WHERE customer_id = ?1 AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2)))
          ORDER BY updated_at DESC, seq DESC",
    )?;
    let mut rows = statement.query(params![target.customer, target.ids()])?;
    let mut subjects = Vec::new();
    while let Some(row) = rows.next()? {
        let status = InteractionStatus::from(row.get::<_, String>(1)?);
        if status.standing() != Standing::Done {
            subjects.push(row.get(0)?);
        }
    }
    Ok(subjects)
}

fn planned_calls(db: &Connection, target: &Target) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT i.subject FROM callbacks AS c JOIN interactions AS i ON i.seq = c.interaction_seq
          WHERE c.customer_id = ?1 AND c.state = 'planned' AND (?2 IS NULL OR i.id IN (SELECT value FROM json_each(?2)))
          ORDER BY c.starts_at",
    )?;
    let rows = statement.query_map(params![target.customer, target.ids()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the customer allowed and did not take back.
fn permissions(
    db: &Connection,
    config: &Config,
    target: &Target,
    tag: Option<&str>,
    now: Moment,
) -> Result<Vec<String>, StoreError> {
    let purposes = &config.purposes;
    let consents = consents::consents(db, purposes, &target.customer, now)?;
    let granted = consents
        .into_iter()
        .filter(|consent| consent.status == ConsentStatus::Granted);
    Ok(granted
        .filter_map(|consent| {
            let text = &purposes.find(&consent.purpose_id)?.text;
            let (_, words) = in_language(text, tag, &config.company.locales)?;
            Some(words.label.clone())
        })
        .collect())
}

/// Whether nobody could sign in any more.
pub(super) fn ends_account(target: &Target) -> bool {
    target.reach == Reach::Whole
}
