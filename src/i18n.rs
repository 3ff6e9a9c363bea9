//! Sentences and formats in the customer's language.
//!
//! # Adding a sentence
//! 1. Put it into `public/locales/en.json` as `"area.thing": "A whole sentence with {named} arguments."`; one that
//!    counts is an object by plural category (`{"one": …, "other": …}`), chosen by its argument `count`.
//! 2. Put its translation into every other file of that folder. The build names what is missing, and where.
//! 3. Write it into markup as `{text::AREA_THING}`, or `{text::area_thing(named)}` where it has arguments; where a `String` is
//!    wanted, in an attribute say, as `t(text::AREA_THING)`.
//!
//! A placeholder for what a person wrote (`{name}`, `{file}`; the list is `USER_TEXT` in `i18n/build/generate.rs`) is
//! isolated, so that a right-to-left name does not turn the sentence around it.
//!
//! A screen's sentences travel with its part of the program: `cargo xtask` looks where each is used, numbers them and writes a file
//! for each folder of screens (docs/decisions/0024). Nothing is to be said about that here, as long as they are written
//! as above.
//!
//! Words are made where they are shown, once: another language draws everything anew (`I18n::locale`).

mod catalogue;
#[cfg(test)]
#[path = "i18n/build/check.rs"]
mod check;
mod format;
mod locale;
#[cfg(test)]
#[path = "i18n/build/source.rs"]
mod source;
mod start;
mod state;

pub use catalogue::{Arg, Count, Text};
pub use format::moments::{
    date, date_time, day, day_heading, day_key, day_short, duration, elapsed, month, month_short,
    relative, time, today,
};
pub use format::week::{
    clock_time, date_time_in, first_weekday, hour_in, is_elsewhere, own_zone, time_in, weekday,
    zone_name,
};
pub use format::zoned::{moment_at, wall_clock};
pub use format::{alphabetical, bytes, language_name, list, number, region_name};
pub use locale::Dir;
pub use start::{Settings, bring, provide_i18n, use_i18n};
pub use state::{formats, t};

/// Every sentence, checked when the portal is built. Generated from `public/locales/en.json`.
pub mod text {
    use super::catalogue::{Arg, Count, Text};

    include!(concat!(env!("OUT_DIR"), "/text.rs"));
}
