//! The calls of guides.

use super::*;
use portal_contract::guide::{GuideTrail, NewGuideOutcome};

fn outcome() -> NewGuideOutcome {
    NewGuideOutcome {
        trail: GuideTrail {
            guide_id: "moving".parse().unwrap(),
            version: "v1".parse().unwrap(),
            steps: Vec::new(),
        },
        node: "done".parse().unwrap(),
        solved: true,
        words: None,
    }
}

/// Each call once, as [`every_call`] has them.
pub(super) fn calls(called: &mut Vec<Called>) {
    let guide = "moving".parse().unwrap();
    calls! { called;
        "GET /v1/guides?limit=50", Yes: |client| client.guides(None);
        "GET /v1/guides/moving", Yes: |client| client.guide(&guide);
        "POST /v1/guides/moving/outcomes", Yes: |client| client.record_guide_outcome(&outcome(), &key());
    }
}
