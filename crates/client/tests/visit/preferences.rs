//! What Maya wants to be told, from two tabs at once.

use super::{House, JONAS, MAYA, Portal};
use portal_client::ApiError;
use portal_client::preferences::{Cell, Edit, Editing, QuestionKind, Settled};
use portal_contract::interaction::Channel;
use portal_contract::preference_history::{ChangeRoute, PreferenceChange};
use portal_contract::preferences::Preferences;
use portal_contract::reach::{ReachAnswer, ReachCode};
use portal_contract::{FromJson, Json, PreferenceChangeId};

fn offers() -> Cell {
    Cell {
        topic: "tariff_offers".parse().unwrap(),
        channel: Channel::Email,
    }
}

fn is_on(document: &Preferences) -> bool {
    offers().of(document).unwrap().enabled
}

/// A tab: its connection, and the document in its customer's hands.
struct Tab {
    portal: Portal,
    editing: Editing,
}

impl Tab {
    async fn open(house: &House) -> Self {
        let portal = house.signed_in(MAYA).await;
        let editing = Editing::new(portal.preferences().await.unwrap());
        Self { portal, editing }
    }

    /// One save and its answer; nothing when there is nothing to save.
    async fn save(&mut self) -> Option<Settled> {
        let save = self.editing.next_save(|| self.portal.new_key())?;
        Some(match self.portal.save_preferences(&save).await {
            Ok(document) => self.editing.saved(document),
            Err(ApiError::PreconditionFailed {
                current: Some(json),
            }) => self
                .editing
                .outdated(Preferences::from_json(&json).unwrap()),
            Err(ApiError::Validation(errors)) => self.editing.refused(&errors),
            Err(error) => panic!("{error:?}"),
        })
    }

    /// Saves until there is nothing more to save.
    async fn settle(&mut self) {
        while self.save().await.is_some() {}
    }

    async fn says(&mut self, edit: Edit) {
        self.editing.say(edit);
        self.settle().await;
    }

    async fn undo(&self, change: &PreferenceChangeId) -> Result<Preferences, ApiError> {
        let key = self.portal.new_key();
        self.portal.undo_preference_change(change, &key).await
    }

    async fn history(&self) -> Vec<PreferenceChange> {
        self.portal.preference_history(None).await.unwrap().items
    }
}

#[tokio::test]
async fn every_choice_of_the_catalogue_stands_in_the_document() {
    let house = House::new().await;
    let tab = Tab::open(&house).await;
    let catalog = tab.portal.preference_catalog().await.unwrap();
    let document = tab.editing.shown();
    let mut cells = 0;
    for topic in catalog.groups.iter().flat_map(|group| &group.topics) {
        for offered in &topic.channels {
            let cell = Cell {
                topic: topic.id.clone(),
                channel: offered.channel.clone(),
            };
            assert!(cell.of(&document).is_some(), "{cell:?}");
            cells += 1;
        }
    }
    assert!(cells > 30, "{cells}");
}

#[tokio::test]
async fn two_tabs_change_two_things_and_both_hold() {
    let house = House::new().await;
    let (mut one, mut two) = (Tab::open(&house).await, Tab::open(&house).await);
    one.says(Edit::Enabled(offers(), false)).await;
    two.says(Edit::Language(Some("de".to_owned()))).await;
    let document = one.portal.preferences().await.unwrap();
    assert!(!is_on(&document));
    assert_eq!(document.language.as_deref(), Some("de"));
    assert_eq!(two.editing.shown(), document);
    let history = one.history().await;
    assert_eq!(history.len(), 2);
    assert!(history.iter().all(|e| e.route == ChangeRoute::Portal));
}

#[tokio::test]
async fn an_opt_out_is_saved_once_though_its_answer_is_lost() {
    let house = House::new().await;
    let mut tab = Tab::open(&house).await;
    assert!(is_on(&tab.editing.shown()));
    tab.portal.transport().lose_answers(2);
    tab.says(Edit::Enabled(offers(), false)).await;
    assert!(tab.editing.is_settled());
    assert!(!is_on(tab.editing.confirmed()));
    assert_eq!(tab.history().await.len(), 1);
    assert!(tab.portal.transport().replayed() > 0);
}

#[tokio::test]
async fn an_opt_out_is_said_again_on_a_newer_version() {
    let house = House::new().await;
    let (mut one, mut two) = (Tab::open(&house).await, Tab::open(&house).await);
    one.says(Edit::Language(Some("de".to_owned()))).await;
    two.editing.say(Edit::Enabled(offers(), false));
    assert_eq!(two.save().await, Some(Settled::Merged));
    assert_eq!(two.save().await, Some(Settled::Saved));
    assert!(!is_on(&one.portal.preferences().await.unwrap()));
}

#[tokio::test]
async fn switched_off_again_elsewhere_is_asked_about_before_it_is_switched_on() {
    let house = House::new().await;
    let mut one = Tab::open(&house).await;
    one.says(Edit::Enabled(offers(), false)).await;
    let mut two = Tab::open(&house).await;
    house.api.state.clock.advance(60);
    one.says(Edit::Enabled(offers(), true)).await;
    house.api.state.clock.advance(60);
    one.says(Edit::Enabled(offers(), false)).await;
    // The second tab saw "off" all the while, and cannot know.
    two.says(Edit::Enabled(offers(), true)).await;
    let question = two.editing.questions()[0].clone();
    assert_eq!(question.kind, QuestionKind::OptInOverOptOut);
    assert!(!is_on(&two.editing.shown()));
    two.editing.answer(&question, true);
    two.settle().await;
    assert!(is_on(&one.portal.preferences().await.unwrap()));
}

#[tokio::test]
async fn what_is_required_stays_on_and_says_so() {
    let house = House::new().await;
    let mut tab = Tab::open(&house).await;
    let required = Cell {
        topic: "contract_changes".parse().unwrap(),
        channel: Channel::Email,
    };
    tab.editing.say(Edit::Enabled(offers(), false));
    tab.editing.say(Edit::Enabled(required.clone(), false));
    let refused = [Edit::Enabled(required.clone(), false)]
        .into_iter()
        .collect();
    assert_eq!(tab.save().await, Some(Settled::RolledBack(refused)));
    tab.settle().await;
    let document = tab.portal.preferences().await.unwrap();
    assert!(required.of(&document).unwrap().enabled);
    assert!(!is_on(&document), "the opt-out beside it held");
}

#[tokio::test]
async fn an_undo_restores_what_was_and_can_be_undone() {
    let house = House::new().await;
    let mut tab = Tab::open(&house).await;
    let before = tab.editing.shown();
    tab.says(Edit::GlobalOptOut(true)).await;
    let change = tab.history().await.remove(0);
    assert!(change.undoable);
    assert_eq!(change.changes[0].pointer, "/global_opt_out");
    assert_eq!(change.changes[0].after, Some(Json::Bool(true)));
    let undone = tab.undo(&change.id).await.unwrap();
    assert_eq!(undone.topics, before.topics);
    assert!(!undone.global_opt_out);
    let again = tab.undo(&change.id).await;
    assert!(
        matches!(again, Err(ApiError::InvalidState { .. })),
        "{again:?}"
    );
    let undoing = tab.history().await.remove(0);
    assert_eq!(undoing.undoes, Some(change.id));
    assert!(tab.undo(&undoing.id).await.unwrap().global_opt_out);
}

#[tokio::test]
async fn the_server_says_whether_a_message_would_come_and_why_not() {
    let house = House::new().await;
    let mut tab = Tab::open(&house).await;
    assert_eq!(
        tab.portal.reach(&offers(), None).await.unwrap().answer,
        ReachAnswer::Yes
    );
    tab.says(Edit::Enabled(offers(), false)).await;
    let at = "2026-03-29T12:00:00Z".parse().unwrap();
    let reach = tab.portal.reach(&offers(), Some(&at)).await.unwrap();
    assert_eq!(reach.answer, ReachAnswer::No);
    assert_eq!(reach.reasons.last().unwrap().code, ReachCode::TopicOff);
    let nowhere = Cell {
        topic: "nothing".parse().unwrap(),
        channel: Channel::Email,
    };
    let refused = tab.portal.reach(&nowhere, None).await;
    let Err(ApiError::Validation(errors)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(errors[0].pointer, "?topic");
}

#[tokio::test]
async fn one_customers_choices_and_changes_are_nobody_elses() {
    let house = House::new().await;
    let mut maya = Tab::open(&house).await;
    maya.says(Edit::Enabled(offers(), false)).await;
    let change = maya.history().await.remove(0);
    let jonas = house.signed_in(JONAS).await;
    assert!(is_on(&jonas.preferences().await.unwrap()));
    assert_eq!(jonas.preference_history(None).await.unwrap().items, []);
    let key = jonas.new_key();
    let undone = jonas.undo_preference_change(&change.id, &key).await;
    assert_eq!(undone, Err(ApiError::NotFound));
}
