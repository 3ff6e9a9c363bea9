//! Views that more than one screen shows. They know words and addresses, but no API of their own.

mod channel;
mod chart;
mod code_step;
mod contact_link;
mod fact;
mod guides;
mod interaction_row;
mod item_bones;
mod moment;
mod not_found;
mod page_head;
mod section_nav;
mod sign_in_form;
mod slots;
mod status;
mod step_up;
mod writing;

pub use channel::{channel_icon, channel_word, plain_words};
pub use chart::{Activity, activity_chart};
pub use code_step::{CodeIds, CodeStep, send_code_word, spent_banner};
pub use contact_link::contact_link;
pub use fact::fact;
pub use guides::guides;
pub use interaction_row::{Standings, interaction_row, row_bones};
pub use item_bones::item_bones;
pub use moment::keep_moments_true;
pub use not_found::not_found;
pub use page_head::PageHead;
pub use section_nav::{back_to_messages, section_nav, tabs};
pub use sign_in_form::SignInForm;
pub use slots::{Slots, slots_view};
pub use status::{StatusChip, standing_word};
pub use step_up::{StepUp, StepUpDialog};
pub use writing::{Parts, SendFile, Writing, came_before, writing_form};
