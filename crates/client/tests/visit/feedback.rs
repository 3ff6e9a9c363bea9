//! What Maya is asked, what she says, and what comes of it.

use super::{House, JONAS, MAYA, Portal, matter, only};
use portal_client::{ApiError, Change, FeedbackChanges};
use portal_contract::feedback::{
    AnswerValue, Feedback, FeedbackKind, FeedbackRequest, FeedbackRequestState, FeedbackStatus,
    NewFeedback, NewFeedbackAbout, asked,
};
use portal_contract::interaction::FeedbackState;
use portal_contract::{Entries, FeedbackId, QuestionId};

type Answers = Entries<QuestionId, AnswerValue>;

fn answers(given: &[(&str, u64)]) -> Answers {
    let one = |(id, value): &(&str, u64)| (id.parse().unwrap(), AnswerValue::Number(*value));
    given.iter().map(one).collect()
}

fn answer(request: &FeedbackRequest, given: &[(&str, u64)]) -> NewFeedback {
    NewFeedback {
        request_id: Some(request.id.clone()),
        answers: Some(answers(given)),
        kind: None,
        about: None,
        text: None,
        contact_allowed: true,
    }
}

fn idea() -> NewFeedback {
    NewFeedback {
        request_id: None,
        answers: None,
        kind: Some(FeedbackKind::Idea),
        about: Some(NewFeedbackAbout {
            interaction_id: None,
            service_id: Some("app".to_owned()),
        }),
        text: Some("A dark theme, please.".to_owned()),
        contact_allowed: false,
    }
}

/// Maya, asked about a matter that she closed.
async fn asked_of(house: &House) -> (Portal, FeedbackRequest) {
    house.add(&house.maya, matter("4711-1", 3)).await;
    let portal = house.signed_in(MAYA).await;
    let id = only(&portal).await;
    let closed = portal.close(&id, &portal.new_key()).await.unwrap();
    assert_eq!(closed.feedback.state, FeedbackState::Requested);
    let mut open = portal.feedback_requests(None).await.unwrap().items;
    assert_eq!(open.len(), 1);
    let request = open.remove(0);
    assert_eq!(closed.feedback.request_id.as_ref(), Some(&request.id));
    (portal, request)
}

async fn ledger(portal: &Portal) -> Vec<Feedback> {
    portal.feedback(None).await.unwrap().items
}

#[tokio::test]
async fn an_answer_that_is_lost_pressed_twice_and_sent_from_a_reloaded_page_is_one() {
    let house = House::new().await;
    let (portal, request) = asked_of(&house).await;
    let key = portal.new_key();
    portal.transport().lose_answers(1);
    let (new, pressed_again) = (
        answer(&request, &[("csat", 5)]),
        answer(&request, &[("csat", 5)]),
    );
    let first = portal.give_feedback(&new, &key).await.unwrap();
    let second = portal.give_feedback(&pressed_again, &key).await.unwrap();
    assert_eq!(first, second);

    let reloaded = answer(&request, &[("csat", 1)]);
    let refused = portal.give_feedback(&reloaded, &portal.new_key()).await;
    let existing = Some(first.id.as_str().to_owned());
    assert_eq!(refused, Err(ApiError::Duplicate { existing }));
    assert_eq!(ledger(&portal).await, std::slice::from_ref(&first));
    let request = portal.feedback_request(&request.id).await.unwrap();
    assert_eq!(request.state, FeedbackRequestState::Answered);
    assert_eq!(request.feedback_id, Some(first.id));
}

#[tokio::test]
async fn portal_and_server_read_the_logic_alike() {
    let house = House::new().await;
    let (portal, request) = asked_of(&house).await;
    let given = [("csat", 2), ("nps", 4)];
    let shown = asked(&request.questions, &answers(&given));
    let shown: Vec<_> = shown.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(shown, ["csat", "why", "ces", "nps", "words"]);
    let mut new = answer(&request, &given);
    let slow = AnswerValue::Several(vec!["slow".to_owned()]);
    let all = new.answers.as_mut().unwrap();
    all.insert("why".parse().unwrap(), slow);
    let kept = portal.give_feedback(&new, &portal.new_key()).await.unwrap();
    assert_eq!(kept.answers.len(), 3);

    let changes = FeedbackChanges {
        answers: std::iter::once(("csat".parse().unwrap(), Some(AnswerValue::Number(5)))).collect(),
        ..FeedbackChanges::default()
    };
    let key = portal.new_key();
    let changed = portal
        .change_feedback(&kept.id, &changes, &kept.etag, &key)
        .await
        .unwrap();
    assert_eq!(changed.answers, answers(&[("csat", 5), ("nps", 4)]));
    let shown = asked(&changed.questions, &changed.answers);
    assert!(shown.iter().all(|question| question.id.as_str() != "why"));
}

#[tokio::test]
async fn a_refused_answer_names_its_question() {
    let house = House::new().await;
    let (portal, request) = asked_of(&house).await;
    let new = answer(&request, &[("nps", 11)]);
    let refused = portal.give_feedback(&new, &portal.new_key()).await;
    let Err(ApiError::Validation(errors)) = refused else {
        panic!("{refused:?}");
    };
    let places: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(places, ["/answers/csat", "/answers/nps"]);
}

#[tokio::test]
async fn rather_not_is_taken_and_the_matter_still_leads_to_the_question() {
    let house = House::new().await;
    let (portal, request) = asked_of(&house).await;
    let declined = portal
        .decline_feedback_request(&request.id, &portal.new_key())
        .await
        .unwrap();
    assert_eq!(declined.state, FeedbackRequestState::Declined);
    assert_eq!(portal.feedback_requests(None).await.unwrap().items, []);
    assert_eq!(portal.overview().await.unwrap().feedback_requests, []);
    let about = request.about.interaction_id.as_ref().unwrap();
    let interaction = portal.interaction(about).await.unwrap();
    assert_eq!(interaction.feedback.request_id, Some(request.id));
}

#[tokio::test]
async fn what_is_said_unasked_is_changed_on_its_version_and_withdrawn() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let options = portal.feedback_options().await.unwrap();
    assert!(options.services.iter().any(|service| service.id == "app"));
    let given = portal
        .give_feedback(&idea(), &portal.new_key())
        .await
        .unwrap();
    let changes = FeedbackChanges {
        text: Change::Set("A darker theme, please.".to_owned()),
        ..FeedbackChanges::default()
    };
    let change = |etag| {
        let (portal, changes, id) = (portal.clone(), changes.clone(), given.id.clone());
        async move {
            let key = portal.new_key();
            portal.change_feedback(&id, &changes, &etag, &key).await
        }
    };
    let changed = change(given.etag.clone()).await.unwrap();
    assert_eq!(changed.text.as_deref(), Some("A darker theme, please."));
    let stale = change(given.etag.clone()).await;
    assert!(
        matches!(
            stale,
            Err(ApiError::PreconditionFailed { current: Some(_) })
        ),
        "{stale:?}"
    );

    portal.transport().lose_answers(1);
    let key = portal.new_key();
    let withdrawn = portal.withdraw_feedback(&given.id, &key).await.unwrap();
    assert_eq!(
        (withdrawn.status, withdrawn.text),
        (FeedbackStatus::Withdrawn, None)
    );
    let jonas = house.signed_in(JONAS).await;
    assert_eq!(
        jonas.feedback_entry(&given.id).await,
        Err(ApiError::NotFound)
    );
    assert_eq!(ledger(&jonas).await, []);
}

#[tokio::test]
async fn what_changed_because_of_it_is_shown_to_whoever_said_it() {
    let house = House::new().await;
    let portal = house.signed_in(MAYA).await;
    let given = portal
        .give_feedback(&idea(), &portal.new_key())
        .await
        .unwrap();
    improve(&house, &given.id).await;
    let shown = portal.improvements(None).await.unwrap().items.remove(0);
    assert_eq!(shown.yours, std::slice::from_ref(&given.id));
    assert_eq!(portal.overview().await.unwrap().feedback_unread_count, 1);
    let entry = portal.feedback_entry(&given.id).await.unwrap();
    assert!(entry.unread);
    assert_eq!(
        (entry.status, entry.improvement),
        (FeedbackStatus::Done, Some(shown))
    );
    assert_eq!(portal.overview().await.unwrap().feedback_unread_count, 0);
}

async fn improve(house: &House, id: &FeedbackId) {
    use reference_api::feedback::company::{self, CompanyError, ImprovementText, NewImprovement};
    use reference_api::store::time::Moment;
    let text = ImprovementText {
        title: "A dark theme".to_owned(),
        you_said: "Too bright.".to_owned(),
        we_did: "Darker.".to_owned(),
    };
    let new = NewImprovement {
        state: "done".into(),
        texts: std::iter::once(("en".to_owned(), text)).collect(),
        others: 0,
    };
    let (id, now) = (id.clone(), Moment::from_millis(super::NOW));
    let work = move |tx: &rusqlite::Transaction<'_>| {
        let improvement = company::add_improvement(tx, &new, now)?;
        company::link(tx, &improvement, &id, now)
    };
    let linked: Result<_, CompanyError> = house.api.state.store.transact(work).await;
    linked.unwrap();
}
