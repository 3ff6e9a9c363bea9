//! What customers are asked, what they say about the company, and what became of it.
//!
//! A matter that was settled is asked about once, by the company's surveys and the customer's wishes ([`ask`]). The customer answers,
//! or says something unasked ([`Ledger`]); the company reads, answers and acts ([`company`]), and counts ([`report`]).

mod answers;
pub mod ask;
pub mod company;
mod entries;
mod give;
mod improvements;
mod ledger;
pub mod report;
mod requests;
mod surveys;
pub mod telling;

pub use ledger::Ledger;
pub use surveys::{Survey, Surveys};

pub(crate) use entries::unread_count;
pub(crate) use requests::{as_it_stands, expire};

const DAY_SECONDS: i64 = 24 * 60 * 60;
