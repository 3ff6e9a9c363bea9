//! What waits, at one glance.

use crate::data_request::DataRequestRunning;
use crate::effort::YearInTouch;
use crate::feedback::FeedbackAsked;
use crate::interaction::{Channel, InteractionSummary};
use crate::notice::Notice;

record! {
    /// How many interactions began in a month over a channel.
    pub struct ActivityCount {
        /// The month in the customer's zone, `2026-03`.
        pub month: String,
        /// The channel.
        pub channel: Channel,
        /// How many.
        pub count: u64,
    }
}

record! {
    /// `GET /v1/overview`.
    pub struct Overview {
        /// What waits for the customer, the longest wait first; at most 5.
        pub waiting_for_customer: Vec<InteractionSummary>,
        /// How many wait for the customer in all.
        pub waiting_for_customer_count: u64,
        /// What waits for the company, the nearest promise first; at most 5.
        pub waiting_for_company: Vec<InteractionSummary>,
        /// How many wait for the company in all.
        pub waiting_for_company_count: u64,
        /// What last happened; at most 5.
        pub recent: Vec<InteractionSummary>,
        /// The last twelve months with today's, oldest first; months and channels without any are left out.
        pub activity: Vec<ActivityCount>,
        /// What the company asks, in the order of `GET /v1/feedback-requests`; at most 3.
        pub feedback_requests: Vec<FeedbackAsked>,
        /// How many pieces of feedback the company has answered or moved on since the customer last looked.
        pub feedback_unread_count: u64,
        /// What the company tells by itself, in the order of `GET /v1/notices`; at most 3.
        pub notices: Vec<Notice>,
        /// How many notices are shown in all.
        pub notices_count: u64,
        /// The data requests that run: first those that wait for the customer, then by `due_at` or `runs_at`; at most 3.
        pub data_requests: Vec<DataRequestRunning>,
        /// How many data requests run in all.
        pub data_requests_count: u64,
        /// What contact was like over those twelve months; absent when there was none.
        pub year: Option<YearInTouch>,
    }
}
