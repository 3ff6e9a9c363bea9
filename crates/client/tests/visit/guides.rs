//! What Maya solves by a guide, and what she begins with her answers where she cannot.

use super::{House, MAYA, Portal};
use portal_client::ApiError;
use portal_contract::guide::{Guide, GuideOutcomeKind, GuideStep, GuideTrail, NewGuideOutcome};
use portal_contract::starting::NewInteraction;
use portal_contract::{FieldCode, GuideNodeId};

/// The guide, gone through by these answers.
async fn gone_through(
    portal: &Portal,
    id: &str,
    answers: &[&str],
) -> (Guide, GuideTrail, GuideNodeId) {
    let guide = portal.guide(&id.parse().unwrap()).await.unwrap();
    let (mut at, mut steps) = (guide.start.clone(), Vec::new());
    for label in answers {
        let node = guide.nodes.get(&at).unwrap();
        let answer = node.answers.iter().find(|answer| answer.label == *label);
        let answer = answer.unwrap_or_else(|| panic!("{at} has no answer {label:?}"));
        steps.push(GuideStep {
            node_id: at,
            answer_id: answer.id.clone(),
        });
        at = answer.next.clone();
    }
    let trail = GuideTrail {
        guide_id: guide.id.clone(),
        version: guide.version.clone(),
        steps,
    };
    (guide, trail, at)
}

fn beginning(guide: &Guide, trail: GuideTrail, at: &GuideNodeId) -> NewInteraction {
    let outcome = guide.nodes.get(at).unwrap().outcome.clone().unwrap();
    let prefill = outcome.prefill.unwrap();
    NewInteraction {
        option_id: prefill
            .option_id
            .unwrap_or_else(|| "message".parse().unwrap()),
        topic_id: prefill.topic.map(|topic| topic.id),
        subject: prefill.subject,
        text: "It began on Monday.".to_owned(),
        attachment_ids: Vec::new(),
        callback: None,
        guide: Some(trail),
    }
}

#[tokio::test]
async fn a_guide_is_found_gone_through_and_judged_once_whatever_is_lost() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let offered = portal.guides(None).await.unwrap().items;
    assert!(
        offered
            .iter()
            .any(|guide| guide.id.as_str() == "no-internet")
    );
    let answers = ["One device only"];
    let (guide, trail, node) = gone_through(&portal, "no-internet", &answers).await;
    let outcome = guide.nodes.get(&node).unwrap().outcome.clone().unwrap();
    assert_eq!(outcome.kind, GuideOutcomeKind::Instruction);
    assert_eq!(outcome.steps.len(), 4);
    let said = NewGuideOutcome {
        trail,
        node,
        solved: true,
        words: None,
    };
    portal.transport().lose_answers(1);
    let record = portal
        .record_guide_outcome(&said, &portal.new_key())
        .await
        .unwrap();
    assert!(record.solved);
    let again = portal
        .record_guide_outcome(&said, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(again.id, record.id, "one word about one outcome");
}

#[tokio::test]
async fn what_was_answered_stands_in_the_interaction_that_begins_with_it() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let answers = [
        "Nothing at home has internet",
        "None at all",
        "No, it stays dark",
    ];
    let (guide, trail, at) = gone_through(&portal, "no-internet", &answers).await;
    let new = beginning(&guide, trail, &at);
    let begun = portal
        .start_interaction(&new, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(begun.subject, "The router stays dark");
    let read = portal.interaction(&begun.id).await.unwrap();
    let told = read.guide.unwrap();
    let said: Vec<&str> = told.answers.iter().map(|one| one.answer.as_str()).collect();
    assert_eq!(said, answers);
    assert_eq!(
        told.answers[1].question,
        "Which light is on at the front of the router?"
    );
    assert!(told.outcome.unwrap().starts_with("The router is broken."));
}

#[tokio::test]
async fn a_way_that_the_guide_does_not_have_begins_nothing() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let (guide, mut trail, at) = gone_through(&portal, "moving", &["Later", "Abroad"]).await;
    trail.steps[1].answer_id = "the-moon".parse().unwrap();
    let new = beginning(&guide, trail, &at);
    let refused = portal.start_interaction(&new, &portal.new_key()).await;
    let Err(ApiError::Validation(errors)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(errors[0].pointer, "/guide/steps/1/answer_id");
    assert_eq!(errors[0].code, FieldCode::Unknown);
}
