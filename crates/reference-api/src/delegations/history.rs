//! What happened to a delegation: its history, the mail to the person, and the change feeds of both.

use super::rows::{self, Row, Seq};
use crate::data_requests::rows::Seq as RequestSeq;
use crate::store::interactions::{Page, Place, parsed};
use crate::store::time::Moment;
use crate::store::{StoreError, events, ids};
use portal_contract::delegation::{
    DelegationActor as Actor, DelegationEvent, DelegationEventKind as Kind, DelegationSide as Side,
};
use portal_contract::event::EventKind;
use portal_contract::{DataRequestId, DelegationEventId};
use rusqlite::{Connection, Row as SqlRow, params};

/// Something to be entered.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'e> {
    pub(crate) kind: Kind,
    pub(crate) actor: Actor,
    /// The data request that it is about.
    pub(crate) request: Option<RequestSeq>,
    /// What the company said.
    pub(crate) note: Option<&'e str>,
    /// The one side that learns of it, where the other does not.
    pub(crate) side: Option<Side>,
    /// Whether the person is written to.
    pub(crate) is_mailed: bool,
}

impl Entry<'_> {
    pub(crate) fn of(kind: Kind, actor: Actor) -> Self {
        Self {
            kind,
            actor,
            request: None,
            note: None,
            side: None,
            is_mailed: false,
        }
    }

    pub(crate) fn about(self, request: RequestSeq) -> Self {
        Self {
            request: Some(request),
            ..self
        }
    }

    pub(crate) fn mailed(self) -> Self {
        Self {
            is_mailed: true,
            ..self
        }
    }
}

/// Enters it. Tell the readers of both after the commit.
pub(crate) fn enter(
    tx: &Connection,
    row: &Row,
    entry: &Entry<'_>,
    now: Moment,
) -> Result<(), StoreError> {
    let id: DelegationEventId = ids::fresh("dge", now);
    tx.prepare_cached(
        "INSERT INTO delegation_events (id, delegation_seq, at, kind, actor, request_seq, note, side)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        id.as_str(),
        row.seq,
        now,
        entry.kind.as_str(),
        entry.actor.as_str(),
        entry.request,
        entry.note,
        entry.side.as_ref().map(Side::as_str),
    ])?;
    if entry.is_mailed {
        let event = tx.last_insert_rowid();
        tx.prepare_cached("INSERT INTO delegation_letters (event_seq) VALUES (?1)")?
            .execute([event])?;
    }
    tell(tx, row, entry, now)
}

/// Enters what was done with a data request, if it was made under a delegation.
pub(crate) fn enter_request(
    tx: &Connection,
    delegation: Option<Seq>,
    kind: Kind,
    request: RequestSeq,
    now: Moment,
) -> Result<(), StoreError> {
    let Some(seq) = delegation else {
        return Ok(());
    };
    let Some(row) = rows::at(tx, seq)? else {
        return Ok(());
    };
    let actor = match kind {
        Kind::ErasureConfirmed | Kind::ErasureCancelled => Actor::Person,
        _ => Actor::Delegate,
    };
    let is_mailed = kind == Kind::RequestMade;
    let entry = Entry {
        is_mailed,
        ..Entry::of(kind, actor).about(request)
    };
    enter(tx, &row, &entry, now)
}

fn tell(tx: &Connection, row: &Row, entry: &Entry<'_>, now: Moment) -> Result<(), StoreError> {
    let kind = match entry.kind {
        Kind::Requested => EventKind::DelegationCreated,
        _ => EventKind::DelegationUpdated,
    };
    let sides = [(&row.delegate, Side::Delegate), (&row.person, Side::Person)];
    for (customer, side) in sides {
        let hears = entry.side.is_none() || entry.side == Some(side);
        if let Some(customer) = customer.as_ref().filter(|_| hears) {
            let about = ("delegation", row.id.as_str());
            events::emit_about(tx, customer, &kind, about, None, now)?;
        }
    }
    Ok(())
}

/// A page of it for one side, the newest first.
pub(crate) fn page(
    db: &Connection,
    row: &Row,
    side: &Side,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<DelegationEvent>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT e.seq, e.id, e.at, e.kind, e.actor, r.id, r.kind, r.reference, e.note
           FROM delegation_events AS e LEFT JOIN data_requests AS r ON r.seq = e.request_seq
          WHERE e.delegation_seq = ?1 AND (e.side IS NULL OR e.side = ?2) AND e.seq < ?3 ORDER BY e.seq DESC LIMIT ?4",
    )?;
    let before = after.map_or(i64::MAX, |place| place.seq);
    let rows = statement.query_map(params![row.seq, side.as_str(), before, limit + 1], placed)?;
    Ok(Page::cut(rows.collect::<Result<_, _>>()?, limit))
}

fn placed(row: &SqlRow<'_>) -> rusqlite::Result<(Place, DelegationEvent)> {
    let at: Moment = row.get(2)?;
    let request: Option<String> = row.get(5)?;
    let event = DelegationEvent {
        id: parsed(row, 1)?,
        at: at.to_timestamp(),
        kind: row.get::<_, String>(3)?.into(),
        actor: row.get::<_, String>(4)?.into(),
        data_request_id: request.and_then(|id| DataRequestId::try_from(id).ok()),
        data_request_kind: row.get::<_, Option<String>>(6)?.map(Into::into),
        reference: row.get(7)?,
        note: row.get(8)?,
    };
    let place = Place {
        at,
        seq: row.get(0)?,
    };
    Ok((place, event))
}
