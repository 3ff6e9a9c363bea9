//! Telling customers by mail that the company answered what they said.
//!
//! An answer may be written by another program on the same database, so nothing is sent where it is written: it is entered from when
//! on somebody may be told, and the server looks for what is due. Whoever saw the answer in the portal meanwhile gets no mail.

use super::entries;
use crate::http::AppState;
use crate::letters::Letters;
use crate::mail::{TopicMail, TopicMatter, compose_topic};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::FeedbackId;
use portal_contract::feedback::FeedbackStatus;
use portal_contract::reach::ReachAnswer;
use rusqlite::{Connection, params};
use std::time::Duration;

/// How often it is looked for what is due.
const EVERY: Duration = Duration::from_secs(60);

/// The most that are told in one transaction: others want to write too.
const BATCH: usize = 100;

/// Tells until the server goes down; `base` is where customers reach the portal.
pub async fn run(state: AppState, base: String) {
    loop {
        if let Err(error) = tell(&state, &base).await {
            tracing::warn!(%error, "customers could not be told of answers; it is tried again in a minute");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = state.shutdown.begun() => return,
        }
    }
}

/// Tells whoever may be told now. What has to wait (for the end of a pause, or of quiet hours) is entered for then.
///
/// # Errors
/// When the database refuses.
pub async fn tell(state: &AppState, base: &str) -> Result<(), StoreError> {
    loop {
        let (work, below) = (state.clone(), base.to_owned());
        let (looked_at, mails) = state
            .store
            .write(move |tx| {
                let letters = Letters {
                    state: &work,
                    base: &below,
                };
                settle(tx, letters)
            })
            .await?;
        for mail in mails {
            let letter = compose_topic(&state.config.company, &mail);
            state.mailer.send(letter);
        }
        if looked_at < BATCH {
            return Ok(());
        }
    }
}

/// An answer that somebody may have to be told of.
type Due = (i64, FeedbackId, CustomerId);

fn due(db: &Connection, now: Moment) -> Result<Vec<Due>, StoreError> {
    use crate::store::interactions::parsed;
    let mut statement = db.prepare_cached(
        "SELECT seq, id, customer_id FROM feedback WHERE tell_at <= ?1 ORDER BY tell_at LIMIT ?2",
    )?;
    let rows = statement.query_map(params![now, BATCH], |row| {
        Ok((row.get(0)?, parsed(row, 1)?, row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn settle(tx: &Connection, letters: Letters<'_>) -> Result<(usize, Vec<TopicMail>), StoreError> {
    let now = letters.state.clock.now();
    let due = due(tx, now)?;
    let count = due.len();
    let mut mails = Vec::new();
    for (seq, id, customer) in due {
        let (mail, later) = one(tx, letters, &id, &customer)?;
        mails.extend(mail);
        let later = later.filter(|at| *at > now);
        tx.prepare_cached("UPDATE feedback SET tell_at = ?2 WHERE seq = ?1")?
            .execute(params![seq, later])?;
    }
    Ok((count, mails))
}

/// The mail about this answer, or when to look again; neither where nobody is to be told.
fn one(
    tx: &Connection,
    letters: Letters<'_>,
    id: &FeedbackId,
    customer: &CustomerId,
) -> Result<(Option<TopicMail>, Option<Moment>), StoreError> {
    let config = &letters.state.config;
    let named = config.surveys.answers_topic.as_deref();
    let Some(topic) = named.and_then(|topic| config.catalogue.topic(topic)) else {
        return Ok((None, None));
    };
    let news = entries::find(tx, customer, id)?
        .filter(|row| row.unread && row.reply.is_some() && row.status != FeedbackStatus::Withdrawn);
    if news.is_none() {
        return Ok((None, None));
    }
    let reach = letters.reach(tx, customer, topic)?;
    match reach.answer {
        ReachAnswer::Yes => {
            let link = format!("{}/feedback/{id}", letters.base);
            let matter = TopicMatter::FeedbackAnswered { link };
            let mail = letters.write(tx, customer, topic, &reach, matter)?;
            Ok((mail, None))
        }
        ReachAnswer::Later => {
            let at = reach.at.as_ref().and_then(Moment::from_timestamp);
            Ok((None, at))
        }
        ReachAnswer::No | ReachAnswer::Other(_) => Ok((None, None)),
    }
}
