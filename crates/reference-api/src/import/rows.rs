//! The rows of a CSV file into the database.

use super::map::{Map, Outcome, Plan};
use super::report::{Place, Report};
use super::table::{Dialect, Row, Table};
use super::{ImportError, Intake, Progress, Summary};
use crate::store::ingest::{self, Ingested};
use crate::store::{Store, StoreError};
use portal_contract::interaction::Role;
use rusqlite::{Connection, ErrorCode, Transaction};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Read;

/// Rows of one transaction: large enough that the disk does not set the pace, small enough that an interrupted import has
/// kept nearly everything.
const BATCH: usize = 1000;

/// Imports every row of `input` that can be taken and reports the others. Reads as a stream.
///
/// # Errors
/// When the map does not fit the file, the file cannot be read any further, or the database refuses.
pub fn import_csv(
    intake: &Intake<'_>,
    input: impl Read,
    map: &Map,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Summary, ImportError> {
    let (mut table, names) = begin(input, map.dialect()?)?;
    let mut rows = Rows {
        plan: Plan::new(map, names)?,
        lines: HashMap::new(),
        intake,
    };
    run(
        intake.store,
        &mut table,
        report,
        progress,
        |transaction, row| rows.take(transaction, row),
    )
}

/// The table of a file and what its columns are called.
pub(super) fn begin<R: Read>(
    input: R,
    dialect: Dialect,
) -> Result<(Table<R>, Vec<String>), ImportError> {
    let mut table = Table::new(input, dialect)?;
    match table.next_row()? {
        None => Err(ImportError::NoHeader),
        Some(Ok(row)) => Ok((table, row.fields)),
        Some(Err((line, bad))) => Err(ImportError::BadHeader {
            line,
            reason: bad.to_string(),
        }),
    }
}

/// What became of a row, or why it was not taken.
pub(super) type Taken = Result<Ingested, String>;

/// Has every row taken, so many in one transaction, and reports those that are not.
pub(super) fn run(
    store: &Store,
    table: &mut Table<impl Read>,
    report: &mut Report<'_>,
    progress: &Progress,
    mut take: impl FnMut(&Transaction<'_>, &Row) -> Result<Taken, StoreError>,
) -> Result<Summary, ImportError> {
    let mut summary = Summary::default();
    loop {
        let (batch, mut rejected) = read_batch(table)?;
        if batch.is_empty() && rejected.is_empty() {
            break;
        }
        store.write_blocking(|transaction| {
            for row in &batch {
                match take(transaction, row)? {
                    Ok(ingested) => summary.count(ingested),
                    Err(reason) => rejected.push((row.line, reason)),
                }
            }
            Ok(())
        })?;
        rejected.sort_by_key(|(line, _)| *line);
        for (line, reason) in rejected {
            report.reject(Place::Line(line), reason)?;
        }
        progress.at(table.bytes_read());
    }
    progress.at(table.bytes_read());
    progress.finish();
    summary.rejected = report.count();
    Ok(summary)
}

/// Does the work of one row whole or not at all.
pub(super) fn whole<E: From<StoreError>>(
    transaction: &Transaction<'_>,
    work: impl FnOnce() -> Result<Ingested, E>,
) -> Result<Ingested, E> {
    let sql = |text| transaction.execute_batch(text).map_err(StoreError::from);
    sql("SAVEPOINT one_row")?;
    let done = work();
    sql(match done {
        Ok(_) => "RELEASE one_row",
        Err(_) => "ROLLBACK TO one_row; RELEASE one_row",
    })?;
    done
}

/// Rows that were not taken: their line, and why.
type Rejected = Vec<(u64, String)>;

fn read_batch(table: &mut Table<impl Read>) -> Result<(Vec<Row>, Rejected), ImportError> {
    let (mut batch, mut rejected) = (Vec::new(), Vec::new());
    while batch.len() + rejected.len() < BATCH {
        match table.next_row()? {
            None => break,
            Some(Ok(row)) => batch.push(row),
            Some(Err((line, bad))) => rejected.push((line, bad.to_string())),
        }
    }
    Ok((batch, rejected))
}

struct Rows<'a> {
    plan: Plan,
    /// The line on which each reference stood, by its hash.
    lines: HashMap<[u8; 16], u64>,
    intake: &'a Intake<'a>,
}

impl Rows<'_> {
    fn take(&mut self, transaction: &Transaction<'_>, row: &Row) -> Result<Taken, StoreError> {
        let outcome = match self.plan.read(row) {
            Ok(outcome) => outcome,
            Err(reason) => return Ok(Err(reason)),
        };
        let reference = &outcome.interaction.reference;
        if let Some(line) = self.remember(reference, row.line) {
            return Ok(Err(format!(
                "reference: {reference:?} stands already on line {line}"
            )));
        }
        let written = whole(transaction, || {
            write_outcome(transaction, outcome, self.intake)
        });
        match written {
            Ok(ingested) => Ok(Ok(ingested)),
            Err(StoreError::Sqlite(error))
                if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
            {
                Ok(Err(format!(
                    "the customer has another interaction with this reference, or the row breaks a rule of the database: {error}"
                )))
            }
            Err(error) => Err(error),
        }
    }

    /// Gives the line on which the reference stood before.
    fn remember(&mut self, reference: &str, line: u64) -> Option<u64> {
        let mut key = [0; 16];
        key.copy_from_slice(&Sha256::digest(reference.as_bytes())[..16]);
        match self.lines.get(&key) {
            Some(before) => Some(*before),
            None => {
                self.lines.insert(key, line);
                None
            }
        }
    }
}

fn write_outcome(
    connection: &Connection,
    outcome: Outcome,
    intake: &Intake<'_>,
) -> Result<Ingested, StoreError> {
    let Outcome {
        customer,
        mut interaction,
    } = outcome;
    for message in &mut interaction.messages {
        let author = &mut message.author;
        if author.role == Role::Customer && author.display_name.is_empty() {
            author.display_name.clone_from(&customer.display_name);
        }
    }
    let key = intake.customer(connection, &customer)?;
    ingest::ingest(connection, &key, &interaction, intake.files)
}
