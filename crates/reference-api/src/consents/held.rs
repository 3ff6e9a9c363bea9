//! What the company does with data of a category of the inventory, by its file: the purposes that may use it, and who receives it.

use super::describe::{Reader, recipients, standings};
use super::purposes::{PurposeSource, Purposes};
use crate::StoreError;
use crate::store::customers::CustomerId;
use crate::store::time::Moment;
use portal_contract::consent::Recipient;
use portal_contract::inventory::HeldPurpose;
use rusqlite::Connection;
use std::collections::BTreeSet;

/// The purposes that may use data of a customer now: neither what was never granted, nor what was withdrawn or objected to.
pub struct InUse<'p> {
    purposes: &'p Purposes,
    reader: Reader<'p>,
    allowed: Vec<&'p PurposeSource>,
}

impl<'p> InUse<'p> {
    /// As the customer decided by now, in the words of the reader's language.
    ///
    /// # Errors
    /// When the database refuses, or holds what cannot be read.
    pub fn read(
        db: &Connection,
        purposes: &'p Purposes,
        reader: (Option<&'p str>, &'p [String]),
        customer: &CustomerId,
        now: Moment,
    ) -> Result<Self, StoreError> {
        let standings = standings(db, purposes, customer, now)?.into_iter();
        let allowed = standings.filter(|(_, standing)| standing.allows_use());
        let (language, usual) = reader;
        Ok(Self {
            purposes,
            reader: Reader { language, usual },
            allowed: allowed.map(|(purpose, _)| purpose).collect(),
        })
    }

    fn of(&self, category: &str) -> impl Iterator<Item = &'p PurposeSource> {
        let uses = move |name: &String| {
            let data = self.purposes.data.get(name);
            data.is_some_and(|data| data.held_in.iter().any(|held| held == category))
        };
        let allowed = self.allowed.iter().copied();
        allowed.filter(move |purpose| purpose.data.iter().any(uses))
    }

    /// The purposes that use data of a category, in the order of the file.
    #[must_use]
    pub fn purposes(&self, category: &str) -> Vec<HeldPurpose> {
        let one = |purpose: &PurposeSource| {
            let (_, words) = self.reader.of(&purpose.text)?;
            Some(HeldPurpose {
                purpose_id: Some(purpose.id.clone()),
                label: words.label.clone(),
                lawful_basis: purpose.lawful_basis.clone(),
                basis_detail: words.basis.clone(),
            })
        };
        self.of(category).filter_map(one).collect()
    }

    /// Who receives data of a category for these purposes, each once (GDPR, article 15 (1) (c)).
    #[must_use]
    pub fn recipients(&self, category: &str) -> Vec<Recipient> {
        let mut told = BTreeSet::new();
        self.of(category)
            .flat_map(|purpose| recipients(self.purposes, purpose, &self.reader))
            .filter(|recipient| told.insert(recipient.name.clone()))
            .collect()
    }
}
