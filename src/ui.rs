//! Generic components: they know no API, no routes and no language. Words come in as arguments.

mod button;
mod dialog;
mod icon;
mod notice;
mod percent;
mod search_box;

pub use button::{Button, ButtonKind, IconButton, Size, Tone};
pub use dialog::Dialog;
pub use icon::{Icon, IconName};
pub use notice::{Notice, NoticeKind};
pub use percent::{hundredths_of_a_percent, percent};
pub use search_box::SearchBox;
