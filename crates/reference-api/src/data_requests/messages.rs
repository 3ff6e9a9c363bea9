//! What was said about a request.

use super::rows::{self, Row, Seq};
use super::standing::Step;
use super::timeline::{self, About};
use super::transition::{Desk, TransitionError, tell, transition};
use crate::store::StoreError;
use crate::store::ids;
use crate::store::interactions::{Page, Place, parsed};
use crate::store::time::Moment;
use portal_contract::DataRequestMessageId;
use portal_contract::data_request::DataRequestState as State;
use portal_contract::data_request_event::{
    DataRequestActor as Actor, DataRequestEventKind as EventKind, DataRequestMessage,
    QuestionPurpose,
};
use portal_contract::event::EventKind as Change;
use portal_contract::interaction::{Participant, Role};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};

/// Until when the answer to a message is waited for.
pub(super) const ANSWER_BY: &str = "SELECT answer_by FROM data_request_messages WHERE id = ?1";

/// Something to be said.
pub(super) struct Saying<'a> {
    pub(super) role: Role,
    pub(super) author: &'a str,
    pub(super) text: &'a str,
    pub(super) question: Option<(QuestionPurpose, Moment)>,
    pub(super) answers: Option<DataRequestMessageId>,
}

fn insert(
    tx: &Connection,
    request: Seq,
    saying: &Saying<'_>,
    now: Moment,
) -> Result<DataRequestMessageId, StoreError> {
    let id: DataRequestMessageId = ids::fresh("drm", now);
    let (question, answer_by) = saying.question.clone().unzip();
    tx.prepare_cached(
        "INSERT INTO data_request_messages (id, request_seq, at, role, author, text, question, answer_by, answers)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id.as_str(),
        request,
        now,
        saying.role.as_str(),
        saying.author,
        saying.text,
        question.as_ref().map(|purpose| purpose.as_str()),
        answer_by,
        saying.answers.as_ref().map(DataRequestMessageId::as_str),
    ])?;
    Ok(id)
}

/// The question of the company that waits for an answer.
pub(super) fn open_question(
    db: &Connection,
    request: Seq,
) -> Result<Option<DataRequestMessageId>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT id FROM data_request_messages
              WHERE request_seq = ?1 AND question IS NOT NULL AND answered_at IS NULL ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([request], |row| parsed(row, 0))
        .optional()?)
}

/// The customer writes, or whoever acts for them. While the company waits for an answer, that is it.
pub(super) fn from_customer(
    tx: &Connection,
    desk: Desk<'_>,
    row: &Row,
    (actor, author): (Actor, &str),
    text: &str,
) -> Result<DataRequestMessage, TransitionError> {
    let waits = matches!(
        row.standing.state,
        State::AwaitingCustomer | State::AwaitingVerification
    );
    let question = if waits {
        open_question(tx, row.seq)?
    } else {
        None
    };
    let saying = Saying {
        role: match actor {
            Actor::Delegate => Role::ThirdParty,
            _ => Role::Customer,
        },
        author,
        text,
        question: None,
        answers: question.clone(),
    };
    let id = insert(tx, row.seq, &saying, desk.now)?;
    let about = About::message(&id);
    let kind = if question.is_some() {
        EventKind::Answer
    } else {
        EventKind::CustomerMessage
    };
    timeline::note(tx, row.seq, &actor, kind, &about, desk.now)?;
    match question {
        Some(question) => {
            tx.prepare_cached("UPDATE data_request_messages SET answered_at = ?2 WHERE id = ?1")?
                .execute(params![question.as_str(), desk.now])?;
            transition(tx, desk, &row.id, &actor, &Step::Answer)?;
        }
        None => changed(tx, row, desk.now)?,
    }
    Ok(one(tx, &id)?)
}

/// The company writes.
pub(super) fn from_company(
    tx: &Connection,
    desk: Desk<'_>,
    row: &Row,
    author: &str,
    text: &str,
) -> Result<(), StoreError> {
    let saying = Saying {
        role: Role::Agent,
        author,
        text,
        question: None,
        answers: None,
    };
    let id = insert(tx, row.seq, &saying, desk.now)?;
    let about = About::message(&id);
    let kind = EventKind::CompanyMessage;
    timeline::note(tx, row.seq, &Actor::Company, kind, &about, desk.now)?;
    rows::company_acted(tx, row.seq, desk.now)?;
    changed(tx, row, desk.now)
}

/// The company asks; the request waits for the answer.
pub(super) fn ask(
    tx: &Connection,
    desk: Desk<'_>,
    row: &Row,
    author: &str,
    text: &str,
    (purpose, answer_by): (QuestionPurpose, Moment),
) -> Result<Row, TransitionError> {
    let step = Step::Ask {
        purpose: purpose.clone(),
        answer_by,
    };
    let after = transition(tx, desk, &row.id, &Actor::Company, &step)?;
    let saying = Saying {
        role: Role::Agent,
        author,
        text,
        question: Some((purpose, answer_by)),
        answers: None,
    };
    let id = insert(tx, row.seq, &saying, desk.now)?;
    let about = About::message(&id);
    timeline::note(
        tx,
        row.seq,
        &Actor::Company,
        EventKind::Question,
        &about,
        desk.now,
    )?;
    Ok(after)
}

fn changed(tx: &Connection, row: &Row, now: Moment) -> Result<(), StoreError> {
    rows::touch(tx, row.seq, now)?;
    match rows::any(tx, &row.id)? {
        Some(row) => tell(tx, &row, &Change::DataRequestUpdated, now),
        None => Ok(()),
    }
}

const SELECT: &str = "SELECT seq, id, at, role, author, text, question, answer_by, answers, answered_at FROM data_request_messages";

fn one(db: &Connection, id: &DataRequestMessageId) -> Result<DataRequestMessage, StoreError> {
    let sql = format!("{SELECT} WHERE id = ?1");
    let found = db
        .prepare_cached(&sql)?
        .query_row([id.as_str()], placed)
        .map(|(_, message)| message)?;
    Ok(found)
}

/// A page of it, the oldest first.
pub(super) fn page(
    db: &Connection,
    request: Seq,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<DataRequestMessage>, StoreError> {
    let sql = format!("{SELECT} WHERE request_seq = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
    let mut statement = db.prepare_cached(&sql)?;
    let after = after.map_or(0, |place| place.seq);
    let rows = statement.query_map(params![request, after, limit + 1], placed)?;
    Ok(Page::cut(rows.collect::<Result<_, _>>()?, limit))
}

fn placed(row: &SqlRow<'_>) -> rusqlite::Result<(Place, DataRequestMessage)> {
    let at: Moment = row.get(2)?;
    let moment = |column: usize| -> rusqlite::Result<_> {
        let moment: Option<Moment> = row.get(column)?;
        Ok(moment.map(Moment::to_timestamp))
    };
    let message = DataRequestMessage {
        id: parsed(row, 1)?,
        at: at.to_timestamp(),
        author: Participant {
            role: row.get::<_, String>(3)?.into(),
            display_name: row.get(4)?,
        },
        text: row.get(5)?,
        question: row.get::<_, Option<String>>(6)?.map(Into::into),
        answer_by: moment(7)?,
        answers: row
            .get::<_, Option<String>>(8)?
            .and_then(|id| id.parse().ok()),
        answered_at: moment(9)?,
    };
    let place = Place {
        at,
        seq: row.get(0)?,
    };
    Ok((place, message))
}
