//! Asking how it went.

use super::surveys::{Survey, Surveys};
use super::{DAY_SECONDS, requests};
use crate::preferences::store as preferences;
use crate::rights::{Use, holds_back};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::{Seq, open};
use crate::store::time::Moment;
use crate::store::{events, ids};
use portal_contract::FeedbackRequestId;
use portal_contract::event::EventKind;
use portal_contract::interaction::{Channel, Direction, FeedbackState, InteractionStatus};
use rusqlite::{Connection, OptionalExtension, params};

/// A matter, as far as asking hangs on it.
struct Matter {
    seq: Seq,
    customer: CustomerId,
    status: InteractionStatus,
    channel: Channel,
    direction: Direction,
    topic: Option<String>,
    feedback: FeedbackState,
}

fn matter(db: &Connection, seq: Seq) -> Result<Matter, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT customer_id, status, channel, direction, topic_id, feedback_state
               FROM interactions WHERE seq = ?1",
        )?
        .query_row([seq], |row| {
            Ok(Matter {
                seq,
                customer: row.get(0)?,
                status: open(row, 1)?,
                channel: open(row, 2)?,
                direction: open(row, 3)?,
                topic: row.get(4)?,
                feedback: open(row, 5)?,
            })
        })?)
}

/// Asks about a matter that was just settled, if a survey is about such a matter, nobody was asked about it before, the customer wants
/// to be asked, and was not asked about another one lately. That the interaction changed is told by the caller.
///
/// # Errors
/// When the database refuses.
pub fn after_settling(
    db: &Connection,
    surveys: &Surveys,
    seq: Seq,
    now: Moment,
) -> Result<Option<FeedbackRequestId>, StoreError> {
    let matter = matter(db, seq)?;
    if matter.feedback != FeedbackState::NotRequested {
        return Ok(None);
    }
    let Some(survey) = fitting(surveys, &matter) else {
        return Ok(None);
    };
    if is_quiet(db, surveys, &matter.customer, now)?
        || holds_back(db, &matter.customer, Use::Asking, Some(seq))?
    {
        return Ok(None);
    }
    request(db, survey, &matter.customer, matter.seq, now).map(Some)
}

fn fitting<'s>(surveys: &'s Surveys, matter: &Matter) -> Option<&'s Survey> {
    surveys.all.iter().find(|survey| {
        let topic = matter.topic.as_deref();
        survey
            .asks
            .fits(&matter.status, &matter.channel, &matter.direction, topic)
    })
}

/// Whether the customer is to be left alone: by their own word, or because they were asked lately.
fn is_quiet(
    db: &Connection,
    surveys: &Surveys,
    customer: &CustomerId,
    now: Moment,
) -> Result<bool, StoreError> {
    let stored = preferences::load(db, customer)?;
    if stored
        .settings
        .survey_snooze_until()
        .is_some_and(|until| until > now)
    {
        return Ok(true);
    }
    let last: Option<Moment> = db
        .prepare_cached("SELECT max(requested_at) FROM feedback_requests WHERE customer_id = ?1")?
        .query_row([customer], |row| row.get(0))?;
    let rest = i64::from(surveys.quiet_days) * DAY_SECONDS;
    Ok(last.is_some_and(|last| last.plus_seconds(rest) > now))
}

/// Writes a request about a matter, whatever the rules say: the rules are asked before. That the interaction changed is told by the caller.
///
/// # Errors
/// When the database refuses; there is at most one request about a matter.
pub fn request(
    db: &Connection,
    survey: &Survey,
    customer: &CustomerId,
    seq: Seq,
    now: Moment,
) -> Result<FeedbackRequestId, StoreError> {
    let (hash, questions) = survey.version();
    db.prepare_cached(
        "INSERT OR IGNORE INTO survey_versions (hash, survey_id, questions) VALUES (?1, ?2, ?3)",
    )?
    .execute((&hash, &survey.id, questions))?;
    let id: FeedbackRequestId = ids::fresh("frq", now);
    let expires_at = now.plus_seconds(i64::from(survey.expires_days) * DAY_SECONDS);
    db.prepare_cached(
        "INSERT INTO feedback_requests (id, customer_id, survey_hash, interaction_seq, requested_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![id.as_str(), customer, hash, seq, now, expires_at])?;
    db.prepare_cached("UPDATE interactions SET feedback_expires_at = ?2 WHERE seq = ?1")?
        .execute((seq, expires_at))?;
    requests::note_on_interaction(db, seq, &FeedbackState::Requested)?;
    let about = ("feedback_request", id.as_str());
    events::emit_about(
        db,
        customer,
        &EventKind::FeedbackRequestCreated,
        about,
        None,
        now,
    )?;
    Ok(id)
}

/// Asks about what was settled lately elsewhere than in the portal: by an import, or by another program on the same database. Looks at
/// most at `most` matters after the row `after`, and gives the customers who were asked, and the last row that it looked at when there may
/// be more.
///
/// # Errors
/// When the database refuses.
pub(crate) fn after_elsewhere(
    db: &Connection,
    surveys: &Surveys,
    now: Moment,
    after: Seq,
    most: usize,
) -> Result<(Vec<CustomerId>, Option<Seq>), StoreError> {
    let since = now.plus_seconds(-i64::from(surveys.ask_within_days) * DAY_SECONDS);
    // Without the hint the planner would rather walk the whole table in the order that is asked for.
    let mut statement = db.prepare_cached(
        "SELECT seq FROM interactions INDEXED BY interactions_settled
          WHERE feedback_state = 'not_requested' AND coalesce(resolved_at, ended_at) > ?1 AND seq > ?2
          ORDER BY seq LIMIT ?3",
    )?;
    let found = statement.query_map(params![since, after, most], |row| row.get(0))?;
    let found: Vec<Seq> = found.collect::<Result<_, _>>()?;
    let mut asked = Vec::new();
    for seq in &found {
        if after_settling(db, surveys, *seq, now)?.is_some() {
            let customer = matter(db, *seq)?.customer;
            events::emit(db, &customer, *seq, &EventKind::InteractionUpdated, now)?;
            asked.push(customer);
        }
    }
    let more = (found.len() == most)
        .then(|| found.last().copied())
        .flatten();
    Ok((asked, more))
}

/// Asks about a matter at once, for a demonstration: whatever the customer was asked lately.
///
/// # Errors
/// When the database refuses.
pub(crate) fn at_once(
    db: &Connection,
    surveys: &Surveys,
    interaction: &portal_contract::InteractionId,
    now: Moment,
) -> Result<Option<(CustomerId, FeedbackRequestId)>, StoreError> {
    let found: Option<Seq> = db
        .prepare_cached("SELECT seq FROM interactions WHERE id = ?1")?
        .query_row([interaction.as_str()], |row| row.get(0))
        .optional()?;
    let Some(seq) = found else { return Ok(None) };
    let matter = matter(db, seq)?;
    let asked: Option<FeedbackRequestId> = requests::of_interaction(db, seq)?.0;
    let survey = fitting(surveys, &matter).or_else(|| surveys.all.last());
    let id = match (asked, survey) {
        (Some(id), _) => id,
        (None, Some(survey)) => {
            let id = request(db, survey, &matter.customer, seq, now)?;
            events::emit(
                db,
                &matter.customer,
                seq,
                &EventKind::InteractionUpdated,
                now,
            )?;
            id
        }
        (None, None) => return Ok(None),
    };
    Ok(Some((matter.customer, id)))
}
