//! That a form of the screen was refused, said first in the page's title: a tab that is come back to, and a screen reader
//! that reads the title, tell it before anything else.

use portal_markup::effect;
use portal_markup::prelude::*;

/// How many forms of the screen have something wrong with them.
#[derive(Clone, Copy)]
struct Wrong(RwSignal<usize>);

/// Makes the count known to everything below.
pub fn provide_problems() {
    provide_context(Wrong(RwSignal::new(0)));
}

/// Whether a form of the screen has something wrong with it; it is watched.
#[must_use]
pub fn has_problems() -> bool {
    let Wrong(count) = expect_context();
    count.get() > 0
}

/// Has the title tell `is_wrong` for as long as the form stands.
pub fn tell_in_title(is_wrong: Memo<bool>) {
    let Wrong(count) = expect_context();
    let told = StoredValue::new(false);
    let tell = move |wrong: bool| {
        if told.try_get_value().is_some_and(|told| told != wrong) {
            told.set_value(wrong);
            count.update(|count| *count = if wrong { *count + 1 } else { *count - 1 });
        }
    };
    effect(move || tell(is_wrong.get()));
    on_cleanup(move || tell(false));
}
