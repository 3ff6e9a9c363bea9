//! One interaction with everything but its messages.

use super::{Seq, Viewer, moment, open, optional_moment, summaries};
use crate::contact::callbacks;
use crate::feedback;
use crate::guides;
use crate::interactions::{Call, Situation, allowed_actions};
use crate::store::StoreError;
use crate::store::attachments;
use crate::store::effort;
use crate::store::time::Moment;
use portal_contract::interaction::{
    Action, Channel, ChannelChange, Direction, Handoff, Interaction, InteractionFeedback,
    InteractionStatus, Participant,
};
use rusqlite::{Connection, Row};

/// The most related interactions that are shown.
const MOST_RELATED: i64 = 20;

/// What the decision on allowed actions hangs on, as the database has it.
#[derive(Clone, Debug)]
pub struct Standing {
    status: InteractionStatus,
    channel: Channel,
    direction: Direction,
    settled_at: Moment,
    call: Option<Call>,
}

impl Standing {
    /// What the customer may do now.
    #[must_use]
    pub fn allowed_actions(&self, now: Moment) -> Vec<Action> {
        let Self {
            status,
            channel,
            direction,
            settled_at,
            call,
        } = self;
        allowed_actions(
            &Situation {
                status,
                channel,
                direction,
                settled_at: *settled_at,
                call: call.clone(),
            },
            now,
        )
    }
}

/// Where an interaction stands.
///
/// # Errors
/// When the database refuses.
pub fn situation(db: &Connection, seq: Seq) -> Result<Standing, StoreError> {
    let call = callbacks::of(db, seq)?.map(|call| Call {
        state: call.state,
        starts_at: call.time.start,
        ends_at: call.time.end,
    });
    Ok(db
        .prepare_cached(
            "SELECT status, channel, direction, coalesce(ended_at, resolved_at, updated_at)
               FROM interactions WHERE seq = ?1",
        )?
        .query_row([seq], |row| {
            Ok(Standing {
                status: open(row, 0)?,
                channel: open(row, 1)?,
                direction: open(row, 2)?,
                settled_at: row.get(3)?,
                call,
            })
        })?)
}

/// The whole interaction, as `GET /v1/interactions/{id}` and the acts upon it answer, but for what was inferred from it.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn detail(
    db: &Connection,
    viewer: &Viewer,
    seq: Seq,
    now: Moment,
) -> Result<Interaction, StoreError> {
    let one = summaries(db, viewer, [seq])?.pop();
    let summary =
        one.ok_or_else(|| StoreError::Corrupt("an interaction that was just found".to_owned()))?;
    let (lang, feedback) = db
        .prepare_cached(
            "SELECT lang, feedback_state, feedback_expires_at FROM interactions WHERE seq = ?1",
        )?
        .query_row([seq], |row| {
            let expires_at = optional_moment(row, 2)?;
            Ok((
                row.get(0)?,
                InteractionFeedback {
                    state: open(row, 1)?,
                    expires_at,
                    request_id: None,
                    feedback_id: None,
                },
            ))
        })?;
    let effort = effort::of_interaction(db, seq, &summary.direction)?;
    let feedback = feedback::as_it_stands(db, seq, feedback, now)?;
    Ok(Interaction {
        id: summary.id,
        reference: summary.reference,
        subject: summary.subject,
        lang,
        channel: summary.channel,
        direction: summary.direction,
        status: summary.status,
        topic: summary.topic,
        started_at: summary.started_at,
        updated_at: summary.updated_at,
        ended_at: summary.ended_at,
        participants: all(db, PARTICIPANTS, seq, participant)?,
        handoffs: all(db, HANDOFFS, seq, handoff)?,
        channel_changes: all(db, CHANNEL_CHANGES, seq, channel_change)?,
        first_response_at: summary.first_response_at,
        first_response_by: summary.first_response_by,
        resolved_at: summary.resolved_at,
        expected_by: summary.expected_by,
        attachments: attachments::of_interaction(db, seq)?,
        feedback,
        guide: guides::carried(db, seq)?,
        callback: callbacks::of(db, seq)?.map(|call| call.to_wire()),
        related: related(db, viewer, seq)?,
        message_count: summary.message_count,
        signals: Vec::new(),
        effort,
        allowed_actions: situation(db, seq)?.allowed_actions(now),
        etag: summary.etag,
    })
}

const PARTICIPANTS: &str =
    "SELECT role, display_name FROM participants WHERE interaction_seq = ?1 ORDER BY position";
const HANDOFFS: &str =
    "SELECT at, from_whom, to_whom, reason FROM handoffs WHERE interaction_seq = ?1 ORDER BY at";
const CHANNEL_CHANGES: &str = "SELECT at, from_channel, to_channel FROM channel_changes WHERE interaction_seq = ?1 ORDER BY at";

fn all<T>(
    db: &Connection,
    sql: &str,
    seq: Seq,
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([seq], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn participant(row: &Row<'_>) -> rusqlite::Result<Participant> {
    Ok(Participant {
        role: open(row, 0)?,
        display_name: row.get(1)?,
    })
}

fn handoff(row: &Row<'_>) -> rusqlite::Result<Handoff> {
    Ok(Handoff {
        at: moment(row, 0)?,
        from: row.get(1)?,
        to: row.get(2)?,
        reason: row.get(3)?,
    })
}

fn channel_change(row: &Row<'_>) -> rusqlite::Result<ChannelChange> {
    Ok(ChannelChange {
        at: moment(row, 0)?,
        from: open(row, 1)?,
        to: open(row, 2)?,
    })
}

/// Others about the same matter, the newest first. Of another customer's, nothing is shown whatever the table says.
fn related(
    db: &Connection,
    viewer: &Viewer,
    seq: Seq,
) -> Result<Vec<portal_contract::interaction::InteractionSummary>, StoreError> {
    let mut statement = db.prepare_cached(
        "WITH related (seq) AS (
             SELECT other_seq FROM related_interactions WHERE interaction_seq = ?1
             UNION SELECT interaction_seq FROM related_interactions WHERE other_seq = ?1)
         SELECT i.seq FROM related CROSS JOIN interactions AS i ON i.seq = related.seq
          WHERE i.customer_id = ?2
          ORDER BY i.updated_at DESC, i.seq DESC LIMIT ?3",
    )?;
    let rows = statement.query_map((seq, &viewer.customer, MOST_RELATED), |row| row.get(0))?;
    summaries(db, viewer, rows.collect::<Result<Vec<Seq>, _>>()?)
}
