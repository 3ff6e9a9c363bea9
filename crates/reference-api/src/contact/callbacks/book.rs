//! Asking for a call, and moving one.

use super::{Call, room, rows};
use crate::contact::Way;
use crate::contact::hours::{Hours, Span};
use crate::contact::now::is_closed;
use crate::contact::slots::{Booking, slot_at};
use crate::contact_points;
use crate::contact_points::address::phone;
use crate::http::{ApiError, ApiResult};
use crate::store::StoreError;
use crate::store::customers::CustomerId;
use crate::store::interactions::Seq;
use crate::store::time::Moment;
use portal_contract::callback::{CallbackState, NewCallback};
use portal_contract::contact_point::{ContactPointKind, DeliverabilityState};
use portal_contract::{FieldCode, FieldError, Timestamp};
use rusqlite::Connection;

/// So many calls of one customer can be planned at once: somebody who takes more keeps others from getting any.
pub const MOST_PLANNED: usize = 3;

/// A call that is asked for, looked at and found good but for its time.
#[derive(Clone, Debug)]
pub struct Order {
    /// In E.164, and as people read it.
    number: (String, String),
    language: Option<String>,
    start: Moment,
}

impl Order {
    /// Reads what the customer asks for.
    ///
    /// # Errors
    /// With everything that is wrong with it, below `/callback`.
    pub fn read(
        db: &Connection,
        way: &Way,
        customer: &CustomerId,
        new: &NewCallback,
        now: Moment,
    ) -> Result<Result<Self, Vec<FieldError>>, StoreError> {
        let mut errors = Vec::new();
        let start = start(&new.starts_at).map_err(|error| errors.push(error));
        let number = number(db, customer, new, now)?.map_err(|error| errors.push(error));
        let offered = |tag: &String| way.languages.is_empty() || way.languages.contains(tag);
        if new.language.as_ref().is_some_and(|tag| !offered(tag)) {
            errors.push(wrong(
                "/language",
                FieldCode::NotOffered,
                "one of the way's languages",
            ));
        }
        let (Ok(start), Ok(number), true) = (start, number, errors.is_empty()) else {
            return Ok(Err(errors));
        };
        Ok(Ok(Self {
            number,
            language: new.language.clone(),
            start,
        }))
    }
}

fn wrong(pointer: &str, code: FieldCode, detail: &str) -> FieldError {
    FieldError {
        pointer: format!("/callback{pointer}"),
        code,
        detail: Some(detail.to_owned()),
        limit: None,
    }
}

fn start(told: &Timestamp) -> Result<Moment, FieldError> {
    Moment::from_timestamp(told).ok_or_else(|| {
        wrong(
            "/starts_at",
            FieldCode::InvalidFormat,
            "a moment that the calendar has",
        )
    })
}

type Number = (String, String);

/// The number to call: of a contact point, or one that is given for this call alone.
fn number(
    db: &Connection,
    customer: &CustomerId,
    new: &NewCallback,
    now: Moment,
) -> Result<Result<Number, FieldError>, StoreError> {
    let typed = new
        .number
        .as_deref()
        .filter(|number| !number.trim().is_empty());
    let Some(id) = &new.contact_point_id else {
        return Ok(match typed {
            Some(typed) => own_number(typed, new.country.as_deref()),
            None => Err(wrong(
                "/contact_point_id",
                FieldCode::Required,
                "a contact point, or a number",
            )),
        });
    };
    if typed.is_some() {
        let detail = "either a contact point or a number";
        return Ok(Err(wrong("/number", FieldCode::NotOffered, detail)));
    }
    let points = contact_points::all(db, customer, now)?;
    let found = points.into_iter().find(|point| point.id == *id);
    Ok(match found {
        None => Err(wrong(
            "/contact_point_id",
            FieldCode::Unknown,
            "no contact point of the customer's",
        )),
        // A number that was given to somebody else is not called, whoever asks for it.
        Some(point)
            if point.kind != ContactPointKind::Phone
                || point.deliverability.state == DeliverabilityState::Blocked =>
        {
            let detail = "no telephone number that can be called";
            Err(wrong("/contact_point_id", FieldCode::NotOffered, detail))
        }
        Some(point) => Ok((point.compared, point.value)),
    })
}

fn own_number(typed: &str, country: Option<&str>) -> Result<Number, FieldError> {
    match phone(typed, country) {
        Ok(address) => Ok((address.compared, address.shown)),
        Err(refused) => Err(FieldError {
            pointer: "/callback/number".to_owned(),
            ..refused.into()
        }),
    }
}

/// Plans the call of this interaction, which has none, or one that was made or called off: this one takes its place. `begins` says
/// whether the interaction begins with it.
///
/// # Errors
/// `validation` where there is no such slot, `invalid-state` where it is taken, or the customer has calls enough.
pub fn book(
    db: &Connection,
    way: &Way,
    (interaction, customer): (Seq, &CustomerId),
    order: &Order,
    begins: bool,
    now: Moment,
) -> ApiResult<()> {
    let plan = Plan::of(way)?;
    let time = plan.claim(
        db,
        (interaction, customer),
        order.start,
        "/callback/starts_at",
        now,
    )?;
    let call = Call {
        uid: uuid::Uuid::new_v4().to_string(),
        option: way.id.clone(),
        state: CallbackState::Planned,
        time,
        zone_name: plan.hours.zone_name.clone(),
        number: order.number.1.clone(),
        language: order.language.clone(),
        sequence: 0,
        changed_at: now,
    };
    rows::insert(db, (interaction, customer), &order.number.0, &call)?;
    if !begins {
        rows::joins(db, interaction, now)?;
    }
    Ok(())
}

/// Moves the call of this interaction. To the time that it has already it is not moved.
///
/// # Errors
/// As [`book`].
pub fn reschedule(
    db: &Connection,
    way: &Way,
    (interaction, customer): (Seq, &CustomerId),
    call: &Call,
    to: &Timestamp,
    now: Moment,
) -> ApiResult<()> {
    let pointer = "/starts_at";
    let to = start(to).map_err(|error| {
        ApiError::validation(vec![FieldError {
            pointer: pointer.to_owned(),
            ..error
        }])
    })?;
    if call.time.start == to && call.state == CallbackState::Planned {
        return Ok(());
    }
    let plan = Plan::of(way)?;
    let time = plan.claim(db, (interaction, customer), to, pointer, now)?;
    rows::move_to(db, interaction, time, &plan.hours.zone_name, now)?;
    Ok(())
}

/// How a way plans its calls.
struct Plan<'w> {
    way: &'w Way,
    hours: &'w Hours,
    booking: &'w Booking,
}

impl<'w> Plan<'w> {
    fn of(way: &'w Way) -> ApiResult<Self> {
        match (&way.hours, &way.booking) {
            (Some(hours), Some(booking)) => Ok(Self {
                way,
                hours,
                booking,
            }),
            _ => Err(ApiError::invalid_state(Vec::new()).reason("closed")),
        }
    }

    /// The slot that begins at `start`, if the customer may have it.
    fn claim(
        &self,
        db: &Connection,
        (interaction, customer): (Seq, &CustomerId),
        start: Moment,
        pointer: &str,
        now: Moment,
    ) -> ApiResult<Span> {
        let refused = |reason| Err(ApiError::invalid_state(Vec::new()).reason(reason));
        if is_closed(db, &self.way.id, now)? {
            return refused("closed");
        }
        if start <= now {
            let detail = "this slot has begun";
            return Err(ApiError::field(pointer, FieldCode::Past, detail, None));
        }
        let Some(slot) = slot_at(self.hours, self.booking, now, start) else {
            let detail = "no slot begins at this moment";
            return Err(ApiError::field(pointer, FieldCode::Unknown, detail, None));
        };
        let own = rows::planned_by(db, customer, interaction, now)?;
        if own
            .iter()
            .any(|call| call.start < slot.end && slot.start < call.end)
        {
            return refused("already_booked");
        }
        if own.len() >= MOST_PLANNED {
            return refused("too_many_planned");
        }
        let taken: Vec<Span> = rows::planned_but(db, self.way, slot, interaction)?;
        if room(&taken, slot, self.booking.capacity) == 0 {
            return refused("slot_taken");
        }
        Ok(slot)
    }
}
