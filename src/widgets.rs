//! Views that more than one screen shows. They know words and addresses, but no API of their own.

mod channel;
mod chart;
mod code_step;
mod company_sign_in;
mod contact_link;
mod data_request;
mod elsewhere;
mod fact;
mod guides;
mod history_step;
mod interaction_row;
mod item_bones;
mod moment;
mod not_found;
mod notice_page;
mod page_head;
mod places;
mod request_scope;
mod retained;
mod section_nav;
mod sign_in_form;
mod slots;
mod status;
mod step_up;
mod writing;

pub use channel::{channel_arg, channel_icon, channel_word, plain_words};
pub use chart::{Activity, activity_chart, chart_fill, chart_patterns};
pub use code_step::{CodeIds, CodeStep, send_code_word, spent_banner};
pub use company_sign_in::{Asking, CompanyLink, CompanyPlace, Ways, proven_here, unproven, ways};
pub use contact_link::contact_link;
pub use data_request::{
    delegated_kinds, delegated_word, request_chip, request_standing, request_state_word,
    request_word,
};
pub use elsewhere::{Elsewhere, OpenElsewhere};
pub use fact::fact;
pub use guides::guides;
pub use history_step::history_step;
pub use interaction_row::{Standings, interaction_row, row_bones, subject};
pub use item_bones::item_bones;
pub use moment::keep_moments_true;
pub use not_found::not_found;
pub use notice_page::notice_page;
pub use page_head::PageHead;
pub use places::{all_places, places, way_to_place};
pub use request_scope::{ScopeNames, scope_days, scope_matter, scope_subjects, scope_words};
pub use retained::retained;
pub use section_nav::{back_to_messages, data_nav, section_nav, tabs};
pub use sign_in_form::SignInForm;
pub use slots::{Slots, slots_view};
pub use status::{StatusChip, standing_word};
pub use step_up::{Proof, Proving, StepUp, StepUpDialog};
pub use writing::{Parts, SendFile, Writing, came_before, writing_form};
