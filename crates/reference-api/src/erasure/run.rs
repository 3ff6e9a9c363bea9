//! The run: many short transactions, each of which leaves the database whole. Whenever the program ends in between, the same call goes on
//! where it was: what is gone is not found again, and what was counted was counted with it.

use super::beneath;
use super::own;
use super::requests;
use super::rules::{Counts, RULES, Rule, Way};
use super::suppression;
use super::tally::Tally;
use super::target::{Reach, Target};
use super::walk::{self, Lot};
use super::{archive, files};
use crate::consents;
use crate::delegations;
use crate::http::{AppState, Change, SessionId};
use crate::inventory::Category;
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Place, Seq};
use crate::store::time::Moment;
use portal_contract::DataRequestId;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::time::Duration;

/// How long letters that are on their way are waited for: the mail server may be slow.
const LETTERS: Duration = Duration::from_secs(30);

/// An erasure under way.
#[derive(Clone)]
pub(super) struct Run {
    state: AppState,
    request: DataRequestId,
    target: Target,
    now: Moment,
}

/// Whether the rows of this erasure are gone already: what is left to do lies beyond them.
pub(super) fn rows_are_gone(db: &Connection, request: &DataRequestId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM erasures WHERE request_id = ?1 AND rows_gone_at IS NOT NULL";
    Ok(db.prepare_cached(sql)?.exists([request.as_str()])?)
}

impl Run {
    pub(super) fn new(state: &AppState, request: &DataRequestId, target: Target) -> Self {
        Self {
            state: state.clone(),
            request: request.clone(),
            target,
            now: state.clock.now(),
        }
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &Self) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let run = self.clone();
        self.state.store.write(move |tx| work(tx, &run)).await
    }

    /// Begins, unless it has begun: from here on nobody is signed in, and nobody can sign in.
    pub(super) async fn begin(&self) -> Result<(), StoreError> {
        let (ended, told) = self.write(|tx, run| run.lock_out(tx)).await?;
        for customer in told {
            self.state.changes.tell(Change::Data(customer));
        }
        for session in ended {
            self.state
                .changes
                .tell(Change::SessionEnded(SessionId(session)));
        }
        Ok(())
    }

    /// The sessions that end, and whoever else is to be told.
    fn lock_out(&self, tx: &Transaction<'_>) -> Result<(Vec<i64>, Vec<CustomerId>), StoreError> {
        let is_new = tx
            .prepare_cached(
                "INSERT OR IGNORE INTO erasures (request_id, customer_id, whole, began_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                self.request.as_str(),
                self.target.customer,
                self.target.is_whole(),
                self.now
            ])?;
        if is_new == 0 {
            return Ok((Vec::new(), Vec::new()));
        }
        let sessions = match self.target.names(Category::SignIn) {
            true => self.sessions(tx)?,
            false => Vec::new(),
        };
        let mut told = Vec::new();
        if self.target.is_whole() {
            told = delegations::end_all(tx, &self.target.customer, self.now)?;
            self.count(
                tx,
                &suppression::remember(tx, &self.state.secrets, &self.target, self.now)?,
            )?;
            for rule in RULES.iter().filter(|rule| rule.way == Way::First) {
                while self.erase(tx, rule)? {}
            }
        }
        Ok((sessions, told))
    }

    fn sessions(&self, tx: &Connection) -> Result<Vec<i64>, StoreError> {
        let mut statement = tx.prepare_cached("SELECT id FROM sessions WHERE customer_id = ?1")?;
        let rows = statement.query_map([&self.target.customer], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn count(&self, tx: &Connection, tally: &Tally) -> Result<(), StoreError> {
        tally.add_to(tx, self.request.as_str())
    }

    /// Erases some rows of a table; whether there may be more.
    fn erase(&self, tx: &Connection, rule: &Rule) -> Result<bool, StoreError> {
        let gone = own::erase(tx, &self.target, rule)?;
        if rule.counts == Counts::Rows {
            let mut tally = Tally::default();
            tally.goes(rule.category, gone);
            self.count(tx, &tally)?;
        }
        Ok(gone == own::BATCH)
    }

    /// Every row, until none is left but what must stay.
    pub(super) async fn rows(&self) -> Result<(), StoreError> {
        if self.target.walks() {
            while self.write(|tx, run| run.walk_on(tx)).await? {}
        }
        for rule in own::rules(&self.target) {
            match rule.way {
                Way::Proven => while self.write(|tx, run| run.prove(tx)).await? {},
                _ => while self.write(move |tx, run| run.erase(tx, rule)).await? {},
            }
        }
        // A letter that was being written when its address went knows nobody by now.
        if tokio::time::timeout(LETTERS, self.state.mailer.flushed())
            .await
            .is_err()
        {
            tracing::warn!("letters that wait for the mail server are not waited for");
        }
        Ok(())
    }

    /// The next conversations; whether there may be more.
    fn walk_on(&self, tx: &Transaction<'_>) -> Result<bool, StoreError> {
        let retention = self.state.config.retention.clone();
        let lot = walk::lot(tx, &self.target, &retention, self.walked(tx)?, self.now)?;
        let Some(last) = lot.last else {
            return Ok(false);
        };
        if let Some(seq) = self.too_long(tx, &lot)? {
            self.count(tx, &beneath::thin(tx, &self.target, seq)?)?;
            return Ok(true);
        }
        self.count(tx, &beneath::erase(tx, &self.target, &lot)?)?;
        if self.target.is_whole() {
            for kept in &lot.kept {
                archive::keep_letter(tx, self.request.as_str(), kept, self.now)?;
            }
            beneath::remove_kept(tx, &self.target, &lot)?;
        }
        tx.prepare_cached(
            "UPDATE erasures SET walked_at = ?2, walked_seq = ?3 WHERE request_id = ?1",
        )?
        .execute(params![self.request.as_str(), last.at, last.seq])?;
        Ok(true)
    }

    fn walked(&self, tx: &Connection) -> Result<Place, StoreError> {
        let place = tx
            .prepare_cached("SELECT walked_at, walked_seq FROM erasures WHERE request_id = ?1")?
            .query_row([self.request.as_str()], |row| {
                Ok((
                    row.get::<_, Option<Moment>>(0)?,
                    row.get::<_, Option<Seq>>(1)?,
                ))
            })?;
        Ok(match place {
            (Some(at), Some(seq)) => Place { at, seq },
            _ => walk::start(),
        })
    }

    /// A conversation that goes and has more messages than one transaction takes.
    fn too_long(&self, tx: &Connection, lot: &Lot) -> Result<Option<Seq>, StoreError> {
        if !self.target.takes_beneath(Category::Messages) {
            return Ok(None);
        }
        Ok(tx
            .prepare_cached(
                "SELECT seq FROM interactions WHERE seq IN (SELECT value FROM json_each(?1)) AND message_count > ?2 LIMIT 1",
            )?
            .query_row(params![walk::json(&lot.going), own::BATCH], |row| row.get(0))
            .optional()?)
    }

    /// The next decisions; whether there may be more.
    fn prove(&self, tx: &Transaction<'_>) -> Result<bool, StoreError> {
        let retention = self.state.config.retention.clone();
        let mark = consents::mark(&self.state.secrets, &self.target.customer);
        let request = self.request.as_str();
        let (tally, is_over) =
            archive::keep_proofs(tx, request, &self.target, &retention, &mark, self.now)?;
        self.count(tx, &tally)?;
        Ok(!is_over)
    }

    /// The last rows, the account among them.
    pub(super) async fn last(&self) -> Result<(), StoreError> {
        self.write(|tx, run| run.last_rows(tx)).await
    }

    fn last_rows(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let mut tally;
        if self.target.is_whole() {
            let retention = self.state.config.retention.clone();
            delegations::forget_delegate(tx, &self.target.customer)?;
            delegations::forget_person(tx, &self.target.customer)?;
            tally = requests::strip(tx, &self.target, &self.request, &retention, self.now)?;
            own::record(tx, &self.target, &mut tally)?;
            tx.prepare_cached("DELETE FROM outbox WHERE customer_id = ?1")?
                .execute([&self.target.customer])?;
            tx.prepare_cached("DELETE FROM customers WHERE id = ?1")?
                .execute([&self.target.customer])?;
        } else {
            tally = own::empty_record(tx, &self.target, self.now)?;
            own::spared(tx, &self.target, &mut tally)?;
        }
        self.count(tx, &tally)?;
        if !matches!(self.target.reach, Reach::Categories(_)) {
            // What was told to this customer alone, or about what is gone, tells of them.
            tx.prepare_cached(
                "DELETE FROM notices WHERE NOT EXISTS (SELECT 1 FROM notice_deliveries WHERE notice_seq = notices.seq)",
            )?
            .execute([])?;
        }
        tx.prepare_cached(
            "UPDATE erasures SET rows_gone_at = ?2, customer_id = NULL WHERE request_id = ?1",
        )?
        .execute(params![self.request.as_str(), self.now])?;
        Ok(())
    }
}

/// What lies outside of rows: contents in the folder, remains in the files of the database.
pub(super) async fn beyond_rows(state: &AppState) -> Result<(), StoreError> {
    files::remove(state).await?;
    state.store.scrub().await
}
