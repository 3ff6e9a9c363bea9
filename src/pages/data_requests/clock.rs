//! The legal clock as a picture, with its words beside it: when the request came in, by when it must be answered, why that was
//! moved, and when the clock stood still.

mod geometry;

use crate::browser::clock;
use crate::i18n::{Dir, Text, date, number, text, use_i18n};
use crate::ui::percent;
use geometry::{Bar, Picture, Times};
use portal_contract::Timestamp;
use portal_contract::data_request::{ClockReason, ClockState, DataRequest, Regime};
use portal_contract::data_request_event::{DataRequestEvent, DataRequestEventKind};
use portal_markup::{Child, View, view};

const DAY: f64 = 86_400_000.0;

/// A stretch in which the clock stood still; the last may not be over.
type Pause = (Timestamp, Option<Timestamp>);

/// One moment that carries a number.
struct Mark {
    at: f64,
    words: Text,
    /// The day, as it is shown.
    day: String,
}

/// The picture and its list; a sentence alone where the law names no day.
pub fn view(request: &DataRequest, events: &[DataRequestEvent]) -> View {
    let pauses = pauses(events);
    let now = clock::now();
    let marks = marks(request, now);
    let picture = request.due_at.as_ref().map(|due| {
        let original = request.original_due_at.as_ref().unwrap_or(due);
        let times = Times {
            received: clock::parse(&request.submitted_at),
            now,
            due: clock::parse(due),
            original: clock::parse(original),
            stopped: request.closed_at.as_ref().map(clock::parse),
            pauses: pauses
                .iter()
                .map(|(from, to)| (clock::parse(from), to.as_ref().map(clock::parse)))
                .collect(),
            marks: marks.iter().map(|mark| mark.at).collect(),
        };
        drawing(&times.picture(use_i18n().locale().dir == Dir::Rtl))
    });
    let rows: Vec<View> = marks.iter().enumerate().map(row).collect();
    view! {
        <figure class="chart clock">
            <figcaption>{standing(request, now)}</figcaption>
            {picture}
            <ol class="clock__marks">{rows}</ol>
        </figure>
        <div class="stack">
            {notes(request, &pauses)}
            {by_law(&request.regime).map(|words| view! { <p class="soft">{words}</p> })}
        </div>
    }
    .alone()
}

/// How much time is left, in a sentence.
fn standing(request: &DataRequest, now: f64) -> Text {
    let paused = match request.clock.reason {
        Some(ClockReason::Verification) => text::DATA_REQUEST_CLOCK_PAUSED_PROOF,
        Some(ClockReason::Clarification) => text::DATA_REQUEST_CLOCK_PAUSED_ANSWER,
        Some(_) | None => text::DATA_REQUEST_CLOCK_PAUSED,
    };
    match (&request.clock.state, &request.due_at) {
        (ClockState::Stopped, _) => text::DATA_REQUEST_CLOCK_STOPPED,
        (ClockState::Paused, _) => paused,
        (_, None) => text::DATA_REQUEST_CLOCK_NO_DAY,
        (_, Some(due)) => {
            let left = clock::parse(due) - now;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the days of a span that is not negative"
            )]
            match left {
                ..0.0 => text::data_request_clock_late(date(due)),
                _ if left < DAY => text::data_request_clock_today(date(due)),
                _ => text::data_request_clock_left((left / DAY) as u64, date(due)),
            }
        }
    }
}

/// The moments in their order.
fn marks(request: &DataRequest, now: f64) -> Vec<Mark> {
    let mark = |at: &Timestamp, words: Text| Mark {
        at: clock::parse(at),
        words,
        day: date(at),
    };
    let acknowledged = match (&request.acknowledged_at, &request.acknowledge_by) {
        (Some(at), _) => Some(mark(at, text::DATA_REQUEST_CLOCK_ACKNOWLEDGED)),
        (None, Some(by)) => Some(mark(by, text::DATA_REQUEST_CLOCK_ACKNOWLEDGE)),
        (None, None) => None,
    };
    let moved = request.original_due_at != request.due_at;
    let first = request
        .original_due_at
        .as_ref()
        .filter(|_| moved)
        .map(|at| mark(at, text::DATA_REQUEST_CLOCK_DUE_FIRST));
    let due = request.due_at.as_ref().map(|at| {
        let words = if moved {
            text::DATA_REQUEST_CLOCK_DUE_LONGER
        } else {
            text::DATA_REQUEST_CLOCK_DUE
        };
        mark(at, words)
    });
    let closed = request
        .closed_at
        .as_ref()
        .map(|at| mark(at, text::DATA_REQUEST_CLOCK_ENDED));
    // The page's clock may be behind the server's: what has happened is told before today all the same.
    let happened = [
        Some(&request.submitted_at),
        request.acknowledged_at.as_ref(),
    ];
    let now = happened
        .into_iter()
        .flatten()
        .map(clock::parse)
        .fold(now, f64::max);
    let today = request
        .closed_at
        .is_none()
        .then(|| clock::timestamp(now))
        .flatten();
    let today = today.map(|at| Mark {
        at: now,
        ..mark(&at, text::DATA_REQUEST_CLOCK_NOW)
    });
    let received = mark(&request.submitted_at, text::DATA_REQUEST_CLOCK_RECEIVED);
    let mut marks: Vec<Mark> = [Some(received), acknowledged, today, first, due, closed]
        .into_iter()
        .flatten()
        .collect();
    marks.sort_by(|one, other| one.at.total_cmp(&other.at));
    marks
}

/// When the clock stood still, as the timeline tells it.
fn pauses(events: &[DataRequestEvent]) -> Vec<Pause> {
    let mut pauses: Vec<Pause> = Vec::new();
    for event in events {
        match (&event.kind, pauses.last_mut()) {
            (DataRequestEventKind::ClockPaused, _) => pauses.push((event.at.clone(), None)),
            (DataRequestEventKind::ClockResumed, Some((_, to @ None))) => {
                *to = Some(event.at.clone());
            }
            _ => {}
        }
    }
    pauses
}

/// Why it takes longer, and when it stood still.
fn notes(request: &DataRequest, pauses: &[Pause]) -> View {
    let longer = request.extension.as_ref().map(|extension| {
        view! {
            <p>
                {text::data_request_clock_longer(date(&extension.notified_at))} " "
                <bdi>{extension.reason.clone()}</bdi>
            </p>
        }
    });
    let still: Vec<View> = pauses
        .iter()
        .map(|(from, to)| {
            let words = match to {
                Some(to) => text::data_request_clock_pause(date(from), date(to)),
                None => text::data_request_clock_pause_since(date(from)),
            };
            view! { <p>{words}</p> }.alone()
        })
        .collect();
    view! {
        {longer}
        {still}
    }
}

fn by_law(regime: &Regime) -> Option<Text> {
    match regime {
        Regime::Gdpr => Some(text::DATA_REQUEST_CLOCK_REGIME_GDPR),
        Regime::UkGdpr => Some(text::DATA_REQUEST_CLOCK_REGIME_UK),
        Regime::Ccpa => Some(text::DATA_REQUEST_CLOCK_REGIME_CCPA),
        Regime::Other(_) => None,
    }
}

fn row((at, mark): (usize, &Mark)) -> View {
    view! {
        <li>
            <span class="clock__number number" aria-hidden="true">
                {number((at + 1) as u64)}
            </span>
            <span>{mark.words.clone()}</span>
            " "
            <span class="soft">{mark.day.clone()}</span>
        </li>
    }
    .alone()
}

/// The line, and the numbers of the list above their moments. The list says all of it.
fn drawing(picture: &Picture) -> View {
    let bar = |class: &'static str, bar: &Bar| {
        view! {
            <rect class=class x=percent(bar.x) width=percent(bar.width) y="44" height="12"></rect>
        }
        .alone()
    };
    let still: Vec<View> = picture
        .still
        .iter()
        .map(|it| bar("clock__still", it))
        .collect();
    let marks = picture.marks.iter().enumerate().map(|(at, mark)| {
        view! {
            <line class="clock__lead" x1=percent(mark.badge) x2=percent(mark.at) y1="24" y2="44"></line>
            <line class="clock__lead" x1=percent(mark.at) x2=percent(mark.at) y1="44" y2="60"></line>
            <circle class="clock__badge" cx=percent(mark.badge) cy="14" r="11"></circle>
            <text x=percent(mark.badge) y="18">
                {number((at + 1) as u64)}
            </text>
        }
    });
    view! {
        <svg class="clock__plot" aria-hidden="true" height="64">
            <defs>
                <pattern
                    id="clock-still"
                    width="6"
                    height="6"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <rect class="chart__ground" width="6" height="6"></rect>
                    <path class="chart__hatch" d="M0 3h6"></path>
                </pattern>
            </defs>
            <rect class="chart__ground" width="100%" y="44" height="12" rx="3"></rect>
            {picture.added.as_ref().map(|it| bar("clock__added", it))}
            {bar("chart__solid", &picture.gone)}
            {still}
            {marks.collect::<Vec<_>>()}
        </svg>
    }
    .alone()
}
