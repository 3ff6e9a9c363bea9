//! Choosing when the company calls: a day, then a time, on the customer's clock and on the company's.

use crate::api::{Read, use_api};
use crate::browser::{clock, focus, task};
use crate::i18n::{
    Text, day_heading, day_key, day_short, hour_in, is_elsewhere, own_zone, t, text, zone_name,
};
use crate::loading::Loaded;
use crate::ui::{Button, Icon, IconName, Notice, NoticeKind};
use portal_contract::callback::{CallbackSlot, CallbackSlots};
use portal_contract::{ContactOptionId, Timestamp};
use portal_markup::prelude::*;
use portal_markup::{Child, For, View, effect, memo, view};

/// The id of the group of times, for the summary of what is wrong.
const TIME: &str = "slot-time";
/// So many days are shown at first, and so many more at each press.
const DAYS: usize = 7;

/// The times, and the one that is chosen.
#[derive(Clone, Copy)]
pub struct Slots {
    read: Read<CallbackSlots>,
    day: RwSignal<Option<String>>,
    chosen: RwSignal<Option<Timestamp>>,
    problem: RwSignal<Option<Text>>,
    shown: RwSignal<usize>,
}

impl Slots {
    /// Those of a way that are free, on their way.
    #[must_use]
    pub fn of(option: ContactOptionId) -> Self {
        let read = use_api().read(move |client| {
            let option = option.clone();
            client.callback_slots(&option, None, None)
        });
        Self {
            read,
            day: RwSignal::new(None),
            chosen: RwSignal::new(None),
            problem: RwSignal::new(None),
            shown: RwSignal::new(DAYS),
        }
    }

    /// Where what is wrong stands, and what it is.
    #[must_use]
    pub fn problem(self) -> (&'static str, RwSignal<Option<Text>>) {
        (TIME, self.problem)
    }

    /// The chosen time; `None` when there is none, which is then said.
    #[must_use]
    pub fn check(self) -> Option<Timestamp> {
        let chosen = self.chosen.get_untracked();
        self.problem
            .set(chosen.is_none().then_some(text::CALLBACK_TIME_REQUIRED));
        chosen
    }

    /// Somebody was faster: what is free now is shown.
    pub fn taken(self) {
        self.chosen.set(None);
        self.problem.set(Some(text::CALLBACK_TAKEN));
        self.read.refetch();
    }

    /// A day is chosen; a time of another one no longer is.
    fn choose_day(self, day: String) {
        self.chosen.set(None);
        self.problem.set(None);
        self.day.set(Some(day));
    }
}

/// The times of one day.
#[derive(Clone, Debug, PartialEq)]
struct Day {
    key: String,
    slots: Vec<CallbackSlot>,
}

/// By the customer's calendar.
fn by_day(slots: &[CallbackSlot], day_of: impl Fn(&Timestamp) -> String) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for slot in slots {
        let key = day_of(&slot.starts_at);
        match days.iter_mut().find(|day| day.key == key) {
            Some(day) => day.slots.push(slot.clone()),
            None => days.push(Day {
                key,
                slots: vec![slot.clone()],
            }),
        }
    }
    days
}

/// The choice: two groups of radio buttons.
pub fn slots_view(slots: Slots) -> View {
    view! {
        <Loaded from=slots.read failed=text::CALLBACK_FAILED skeleton=bones let:free>
            {choice(slots, free)}
        </Loaded>
    }
    .alone()
}

fn choice(slots: Slots, free: Signal<CallbackSlots>) -> View {
    let days = memo(move || free.with(|free| by_day(&free.slots, day_key)));
    let zone = StoredValue::new(free.with_untracked(|free| free.time_zone.clone()));
    stay_true(slots, days);
    let is_empty = memo(move || days.with(Vec::is_empty));
    let shown = move || {
        if is_empty.get() {
            none()
        } else {
            groups(slots, days, zone)
        }
    };
    shown.alone()
}

/// What is chosen is among what is free; a day is always chosen.
fn stay_true(slots: Slots, days: Memo<Vec<Day>>) {
    effect(move || {
        let (day, time) = days.with(|days| {
            let chosen = slots.day.get_untracked();
            let same = days.iter().find(|day| Some(&day.key) == chosen.as_ref());
            let day = same.or(days.first());
            let time = slots.chosen.get_untracked();
            let free = |time: &Timestamp| {
                let of_day = |day: &Day| day.slots.iter().any(|slot| slot.starts_at == *time);
                day.is_some_and(of_day)
            };
            (day.map(|day| day.key.clone()), time.filter(free))
        });
        slots.day.set(day);
        slots.chosen.set(time);
    });
}

fn none() -> View {
    view! {
        <Notice kind=NoticeKind::Empty icon=IconName::Calendar title=t(text::CALLBACK_NONE_TITLE)>
            <p>{text::CALLBACK_NONE}</p>
        </Notice>
    }
    .alone()
}

fn groups(slots: Slots, days: Memo<Vec<Day>>, zone: StoredValue<String>) -> View {
    let keys = move || {
        let count = slots.shown.get();
        days.with(|days| {
            let keys = days.iter().take(count).map(|day| day.key.clone());
            keys.collect::<Vec<String>>()
        })
    };
    let one = move |key: String| day_radio(slots, days, key);
    view! {
        <p class="field__hint" id="slot-zone">
            {move || days.with(|days| zones(days, &zone.get_value()))}
        </p>
        <fieldset class="form__group" aria-describedby="slot-zone">
            <legend>{text::CALLBACK_DAY}</legend>
            <div class="scale" data-kind="times">
                <For each=keys key=|key: &String| key.clone() children=one />
            </div>
            {more_days(slots, days)}
        </fieldset>
        {times(slots, days, zone)}
    }
    .alone()
}

/// Whose clock is shown.
fn zones(days: &[Day], zone: &str) -> String {
    let all = days.iter().flat_map(|day| &day.slots);
    let mut all = all.map(|slot| clock::parse(&slot.starts_at));
    let now = clock::now();
    let name = |zone: &str| zone_name(now, zone).unwrap_or_else(|| zone.to_owned());
    let own = name(&own_zone());
    t(if all.any(|at| is_elsewhere(at, zone)) {
        text::callback_zones(own, name(zone))
    } else {
        text::callback_zone(own)
    })
}

fn day_id(key: &str) -> String {
    ["slot-day-", key].concat()
}

fn day_radio(slots: Slots, days: Memo<Vec<Day>>, key: String) -> View {
    let found = {
        let key = key.clone();
        memo(move || days.with(|days| days.iter().find(|day| day.key == key).cloned()))
    };
    let name = found.with_untracked(|day| {
        let first = day.as_ref()?.slots.first()?;
        Some(day_short(&first.starts_at))
    });
    let count = move || {
        let count = found.with(|day| day.as_ref().map_or(0, |day| day.slots.len()));
        t(text::callback_free(count))
    };
    let id = day_id(&key);
    let chosen = key.clone();
    view! {
        <label class="point">
            <input
                type="radio"
                name="slot-day"
                id=id
                prop:checked=move || slots.day.with(|day| day.as_ref() == Some(&chosen))
                on:change=move |_| slots.choose_day(key.clone())
            />
            <span>{name} <span class="visually-hidden">", " {count}</span></span>
        </label>
    }
    .alone()
}

fn more_days(slots: Slots, days: Memo<Vec<Day>>) -> View {
    let has_more = memo(move || days.with(Vec::len) > slots.shown.get());
    let more = Callback::new(move |()| {
        let before = slots.shown.get_untracked();
        let first = days.with_untracked(|days| days.get(before).map(|day| day_id(&day.key)));
        slots.shown.set(before + DAYS);
        // The button may be gone; the focus goes on to the first day that came.
        task::run(async move {
            task::pause(0).await;
            focus::id(first.as_deref().unwrap_or(TIME));
        });
    });
    let button = move || {
        has_more
            .get()
            .then(|| view! { <div><Button on_press=more>{text::CALLBACK_MORE_DAYS}</Button></div> })
    };
    button.alone()
}

fn times(slots: Slots, days: Memo<Vec<Day>>, zone: StoredValue<String>) -> View {
    let of_day = memo(move || {
        let key = slots.day.get();
        let found = |days: &Vec<Day>| {
            days.iter()
                .find(|day| Some(&day.key) == key.as_ref())
                .cloned()
        };
        days.with(found)
    });
    let legend = move || {
        let first = of_day.with(|day| Some(day.as_ref()?.slots.first()?.starts_at.clone()));
        let day = first.map_or_else(String::new, |at| day_heading(&at, clock::now()));
        t(text::callback_time_on(day))
    };
    let free = move || of_day.get().map_or_else(Vec::new, |day| day.slots);
    let twice = move |slot: &CallbackSlot| {
        of_day.with_untracked(|day| {
            day.as_ref()
                .is_some_and(|day| shown_twice(&day.slots, slot))
        })
    };
    let one = move |slot: CallbackSlot| {
        let names_offset = twice(&slot);
        time_radio(slots, &slot, &zone.get_value(), names_offset)
    };
    let problem = move || {
        slots.problem.get().map(|problem| {
            view! {
                <p class="field__error" id="slot-error">
                    <Icon name=IconName::Alert />
                    <span>{problem}</span>
                </p>
            }
        })
    };
    let described = move || slots.problem.with(Option::is_some).then_some("slot-error");
    view! {
        <fieldset class="form__group" id=TIME tabindex="-1" aria-describedby=described>
            <legend>{legend}</legend>
            {problem}
            <div class="scale" data-kind="times">
                <For each=free key=|slot: &CallbackSlot| slot.starts_at.to_string() children=one />
            </div>
        </fieldset>
    }
    .alone()
}

/// Whether clocks show the time of a slot at two moments of its day: where they are set back.
fn shown_twice(slots: &[CallbackSlot], slot: &CallbackSlot) -> bool {
    let own = own_zone();
    let shown = |slot: &CallbackSlot| hour_in(&slot.starts_at, &own, false);
    let same = slots.iter().filter(|other| shown(other) == shown(slot));
    same.count() > 1
}

fn time_radio(slots: Slots, slot: &CallbackSlot, zone: &str, names_offset: bool) -> View {
    let at = slot.starts_at.clone();
    let shown = hour_in(&at, &own_zone(), names_offset);
    let theirs = is_elsewhere(clock::parse(&at), zone).then(|| {
        let there = hour_in(&at, zone, false);
        view! {
            " "
            <span class="point__note" aria-hidden="true">
                {there.clone()}
            </span>
            <span class="visually-hidden">", " {text::callback_at_company(there)}</span>
        }
    });
    let chosen = at.clone();
    let choose = move |_| {
        slots.problem.set(None);
        slots.chosen.set(Some(at.clone()));
    };
    view! {
        <label class="point">
            <input
                type="radio"
                name="slot-time"
                prop:checked=move || slots.chosen.with(|it| it.as_ref() == Some(&chosen))
                on:change=choose
            />
            <span>{shown} {theirs}</span>
        </label>
    }
    .alone()
}

fn bones() -> View {
    view! {
        <div class="skeleton" aria-hidden="true">
            <span class="bone" data-size="block"></span>
        </div>
    }
    .alone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(at: &str) -> CallbackSlot {
        let at: Timestamp = at.parse().expect("it is a moment");
        CallbackSlot {
            starts_at: at.clone(),
            ends_at: at,
            left: 1,
        }
    }

    #[test]
    fn a_slot_stands_on_the_day_of_the_customers_calendar() {
        let slots = [
            slot("2026-11-23T14:00:00Z"),
            slot("2026-11-23T15:30:00Z"),
            slot("2026-11-24T14:00:00Z"),
        ];
        // In Tokyo it is the next day from 15:00 UTC on.
        let tokyo = |at: &Timestamp| {
            let day = if clock::parse(at) % 86_400_000.0 >= 54_000_000.0 {
                clock::day_number(at.day()).map(|day| clock::day_of_number(day + 1))
            } else {
                Some(at.day().to_owned())
            };
            day.expect("it is a day")
        };
        let days = by_day(&slots, tokyo);
        let shape: Vec<_> = days
            .iter()
            .map(|day| (day.key.as_str(), day.slots.len()))
            .collect();
        assert_eq!(shape, [("2026-11-23", 1), ("2026-11-24", 2)]);
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_apart() {
        let slots = [slot("2026-10-25T00:30:00Z"), slot("2026-10-26T00:30:00Z")];
        // Without `Intl` both are 00:30.
        assert!(shown_twice(&slots, &slots[0]));
        assert!(!shown_twice(&slots[..1], &slots[0]));
    }
}
