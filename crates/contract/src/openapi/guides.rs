//! The operations of guides, in the order of [`endpoints`].

use super::operation::{Entry, on};
use super::parts;
use crate::endpoints;
use crate::guide::{Guide, GuideRecord, GuideSummary, NewGuideOutcome};
use crate::problem::ProblemKind as Kind;
use crate::{GuideId, GuideNodeId};
use utoipa::openapi::path::HttpMethod::{Get, Post};

/// All of them.
pub(super) fn all() -> Vec<Entry> {
    vec![
        on(Get, endpoints::GUIDES, "listGuides", parts::GUIDES, "The guides on offer")
            .says("In the company's order, told in the customer's language, or the company's usual one.")
            .answers_page::<GuideSummary>("GuidePage", "The guides."),
        on(Get, endpoints::GUIDE, "getGuide", parts::GUIDES, "One guide")
            .says(
                "With all its nodes, in one language. The server promises that every answer names a node that is there, that every node \
                 can be reached from `start`, and that every node leads to an outcome.",
            )
            .knows::<GuideId>()
            .knows::<GuideNodeId>()
            .answers::<Guide>(200, "The guide."),
        on(Post, endpoints::GUIDE_OUTCOMES, "recordGuideOutcome", parts::GUIDES, "\"Did this solve it?\"")
            .says(
                "The way is checked: it begins at `start`, follows the answers, and ends at `node`, which is an outcome; in the version that it \
                 names, which need not be the one of today. Saying it again about the same outcome of the same version replaces what was said.",
            )
            .reads::<NewGuideOutcome>("application/json")
            .answers::<GuideRecord>(201, "What was taken down.")
            .keyed()
            .refuses(&[Kind::Validation]),
    ]
}
