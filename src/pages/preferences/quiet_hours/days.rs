//! The days on which a quiet time begins.

use super::editor::Editor;
use super::week::place;
use crate::i18n::{first_weekday, t, text, weekday};
use portal_contract::preferences::{QuietWindow, Weekday};
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// The numbers of the days from Monday (0) on, in the order in which a week runs where the reader lives.
pub fn in_order() -> [u8; 7] {
    let first = first_weekday();
    [0, 1, 2, 3, 4, 5, 6].map(|day| (day + first) % 7)
}

/// A day as it is seen where there is little room; where the language has no short name that is short, by its letter.
pub fn seen(number: u8) -> String {
    let short = weekday(number, "short");
    if short.chars().count() > 3 {
        weekday(number, "narrow")
    } else {
        short
    }
}

/// A switch for each day.
pub fn days(editor: Editor, at: usize) -> View {
    let day = |number: u8| day(editor, at, number);
    view! {
        <div class="days" role="group" aria-label=t(text::quiet_days(at + 1))>
            {in_order().map(day).into_iter().collect::<Vec<_>>()}
        </div>
    }
    .alone()
}

fn day(editor: Editor, at: usize, number: u8) -> View {
    let which = &Weekday::KNOWN[usize::from(number)];
    let is_on = move || {
        editor.hours().with(|hours| {
            let window = hours.windows.get(at);
            window.is_some_and(|window| window.days.contains(which))
        })
    };
    let change = move |event| {
        let on = event_target_checked(&event);
        editor.act(move |hours| {
            if let Some(window) = hours.windows.get_mut(at) {
                set(window, which, on);
            }
        });
    };
    view! {
        <label class="day">
            <input type="checkbox" aria-label=weekday(number, "long") prop:checked=is_on on:change=change />
            <span aria-hidden="true">{seen(number)}</span>
        </label>
    }
    .alone()
}

/// In the order of the week, so that the same days are the same window.
fn set(window: &mut QuietWindow, day: &Weekday, on: bool) {
    window.days.retain(|other| other != day);
    if on {
        window.days.push(day.clone());
        window.days.sort_by_key(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_in_the_order_of_the_week_whatever_was_pressed_first() {
        let mut window = QuietWindow {
            days: vec![Weekday::Friday],
            start: "22:00".into(),
            end: "07:00".into(),
        };
        set(&mut window, &Weekday::Monday, true);
        set(&mut window, &Weekday::Sunday, true);
        set(&mut window, &Weekday::Friday, false);
        assert_eq!(window.days, [Weekday::Monday, Weekday::Sunday]);
    }
}
