//! Where the document stands while no screen shows it.

use super::Document;
use crate::live::use_live;
use crate::session::use_session;
use portal_markup::prelude::*;
use portal_markup::{effect, memo};

/// The document of whom, and what it lives by.
type Kept = (String, Owner, Document);

/// The document of this tab, once a screen has asked for it. It goes with the customer.
#[derive(Clone, Copy)]
struct Memory {
    /// The owner of the whole portal: what it owns outlives every screen.
    portal: StoredValue<Option<Owner>, LocalStorage>,
    kept: StoredValue<Option<Kept>, LocalStorage>,
}

/// Makes the place known to everything below, empty.
pub fn provide_memory() {
    let memory = Memory {
        portal: StoredValue::new_local(Owner::current()),
        kept: StoredValue::new_local(None),
    };
    provide_context(memory);
    let session = use_session().signal();
    let subject = memo(move || {
        session.with(|session| session.customer().map(|customer| customer.subject.clone()))
    });
    effect(move || {
        subject.track();
        memory.forget();
    });
}

/// The customer's preferences, read anew for this screen and kept true while it stands.
#[must_use]
pub fn use_document() -> Document {
    let memory: Memory = expect_context();
    let document = match memory.known() {
        Some(document) => {
            document.reread();
            document
        }
        None => memory.open(),
    };
    // A lock comes and goes with an address or a consent.
    use_live().on_any_of(&["preferences", "contact_point", "consent"], move || {
        document.reread();
    });
    document
}

impl Memory {
    fn known(self) -> Option<Document> {
        let subject = use_session().subject();
        self.kept.with_value(|kept| match kept {
            Some((owner, _, document)) if *owner == subject => Some(*document),
            _ => None,
        })
    }

    fn open(self) -> Document {
        self.forget();
        let portal = self.portal.get_value();
        let owner = portal.map_or_else(Owner::new, |portal| portal.child());
        let document = owner.with(Document::open);
        self.kept
            .set_value(Some((use_session().subject(), owner, document)));
        document
    }

    fn forget(self) {
        if let Some((_, owner, _)) = self.kept.try_update_value(Option::take).flatten() {
            owner.unset_with_forced_cleanup();
        }
    }
}
