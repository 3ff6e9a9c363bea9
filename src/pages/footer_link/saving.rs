//! Saving what was pressed, by the link's bearer.

use super::visit::{Said, Visit};
use crate::api::{Api, use_api};
use crate::forms::Write;
use crate::i18n::Text;
use portal_client::ApiError;
use portal_client::preferences::{Edit, Editing};
use portal_contract::FromJson;
use portal_contract::preferences::Preferences;
use portal_markup::prelude::*;

/// What was pressed, and how it is told once it is done.
pub type Pressed = (Vec<Edit>, Text);

/// What every part of the screen shares.
#[derive(Clone, Copy)]
pub struct Desk {
    pub visit: Visit,
    /// The choices as the server last told them: on this screen nothing is shown as done that is not.
    pub document: RwSignal<Preferences>,
    pub save: Write<Pressed, Said>,
}

impl Desk {
    /// Begins with what the link opened.
    pub fn new(visit: Visit) -> Self {
        let api = use_api();
        let facts = visit
            .facts()
            .expect("the page is drawn once the link is open");
        let document = RwSignal::new(facts.document.clone());
        let editing = StoredValue::new(Editing::new(facts.document));
        let save = Write::new(move |pressed: Pressed| async move {
            let answer = send(api, visit, editing, pressed).await;
            let now = editing.try_with_value(|editing| editing.confirmed().clone());
            if let Some(now) = now {
                visit.keep(now.clone());
                document.set(now);
            }
            answer
        });
        save.on_done(move |said| visit.said.set(Some(said)));
        Self {
            visit,
            document,
            save,
        }
    }

    /// The address that the link speaks for, masked.
    pub fn address(self) -> String {
        let address = self.visit.with(|facts| facts.link.address.clone());
        address.into_iter().collect()
    }
}

async fn send(
    api: Api,
    visit: Visit,
    editing: StoredValue<Editing>,
    (edits, done): Pressed,
) -> Result<Said, ApiError> {
    editing.update_value(|editing| edits.into_iter().for_each(|edit| editing.say(edit)));
    let mut is_renewed = false;
    loop {
        let client = visit.bearing(&api.client())?;
        let next = editing.try_update_value(|editing| editing.next_save(|| client.new_key()));
        let Some(save) = next.flatten() else {
            return Ok(outcome(editing, done));
        };
        match client.save_preferences(&save).await {
            Ok(document) => editing.update_value(|editing| drop(editing.saved(document))),
            Err(error) => {
                let is_first = !std::mem::replace(&mut is_renewed, true);
                if error == ApiError::Unauthenticated && is_first {
                    editing.update_value(Editing::interrupted);
                    visit.renew(&api.client()).await?;
                } else {
                    settle(editing, error)?;
                }
            }
        }
    }
}

/// Somebody else was faster: the two are brought together. Anything else is told.
fn settle(editing: StoredValue<Editing>, error: ApiError) -> Result<(), ApiError> {
    if let ApiError::PreconditionFailed {
        current: Some(current),
    } = &error
        && let Ok(now) = Preferences::from_json(current)
    {
        editing.update_value(|editing| drop(editing.outdated(now)));
        return Ok(());
    }
    editing.update_value(|editing| {
        // The same again, with the same key, when the act is pressed again.
        if error.may_pass() || error == ApiError::Unauthenticated {
            editing.interrupted();
        } else {
            drop(editing.refused(&[]));
        }
    });
    Err(error)
}

/// Where both changed the same, what stands now is left as it is: it may be less than what was pressed here.
fn outcome(editing: StoredValue<Editing>, done: Text) -> Said {
    let asked = editing.try_update_value(|editing| {
        let questions = editing.questions().to_vec();
        for question in &questions {
            editing.answer(question, false);
        }
        !questions.is_empty()
    });
    if asked == Some(true) {
        Said::Changed
    } else {
        Said::Done(done)
    }
}
