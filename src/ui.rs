//! Generic components: they know no API, no routes and no language. Words come in as arguments.

mod button;
mod dialog;
mod icon;
mod notice;
mod search_box;

pub use button::{Button, ButtonKind, IconButton, Size, Tone};
pub use dialog::Dialog;
pub use icon::{Icon, IconName};
pub use notice::{Notice, NoticeKind};
pub use search_box::SearchBox;
