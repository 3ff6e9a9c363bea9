//! Where customers can be reached.

use super::plan::SaidPoint;
use super::{Refused, Visit};
use crate::contact_points::acts::Scene;
use crate::contact_points::address::{self, Address};
use crate::contact_points::{self, Brought, MOST, NewPoint};
use crate::preferences::history::{self, Author};
use portal_contract::contact_point::{ContactPointKind, PostalAddress};
use portal_contract::preference_history::ChangeRoute;

impl Visit<'_> {
    /// Adds those that are not here. One that was removed here does not come back, and of one that is here, what the customer
    /// chose stays.
    pub(super) fn points(&mut self, said: &[SaidPoint]) -> Result<(), Refused> {
        if said.is_empty() {
            return Ok(());
        }
        let desk = self.desk;
        let scene = Scene {
            customer: self.customer.clone(),
            session: None,
            locale: None,
            time_zone: None,
            author: Author::nobody(ChangeRoute::Import),
            catalogue: desk.config.catalogue.clone(),
            now: desk.now,
        };
        let before = scene.points(desk.tx)?;
        for one in said {
            let brought =
                read(one).map_err(|problem| Refused::Because(format!("{}: {problem}", one.key)))?;
            let new = &brought.point;
            let is_here = before
                .iter()
                .any(|point| point.kind == new.kind && point.compared == new.compared());
            if !is_here
                && history::was_removed(desk.tx, &self.customer, &new.kind, &new.address.shown)?
            {
                self.kept.push(format!(
                    "{}: was removed here, and does not come back",
                    one.key
                ));
                continue;
            }
            let brought = Brought {
                preferred: brought.preferred && !is_here,
                ..brought
            };
            contact_points::bring(desk.tx, &self.customer, &brought, desk.now)?;
        }
        let after = scene.points(desk.tx)?;
        if after.len() > MOST {
            let problem = format!("contact_points: a customer can have {MOST} at most");
            return Err(Refused::Because(problem));
        }
        scene.settle(desk.tx, &before)?;
        self.changed |= after != before;
        Ok(())
    }
}

fn read(said: &SaidPoint) -> Result<Brought, String> {
    let needs_service = matches!(
        said.kind,
        ContactPointKind::Messaging | ContactPointKind::Social
    );
    if needs_service && said.service.is_none() {
        return Err("an account is one with a service; map `service`".to_owned());
    }
    let address =
        address_of(said).map_err(|refused| format!("{:?}: {}", said.value, refused.detail))?;
    Ok(Brought {
        point: NewPoint {
            kind: said.kind.clone(),
            address,
            service: said.service.clone().filter(|_| needs_service),
            label: said.label.clone(),
            valid: (None, None),
            replaces: None,
        },
        // What nobody verified is not used, and so not first either.
        preferred: said.preferred && said.verified_at.is_some(),
        verified_at: said.verified_at,
        undeliverable: None,
    })
}

fn address_of(said: &SaidPoint) -> Result<Address, address::Refused> {
    let country = said.country.as_deref();
    match &said.kind {
        ContactPointKind::Email => address::email(&said.value),
        ContactPointKind::Phone => address::phone(&said.value, country),
        ContactPointKind::Postal => address::postal(&PostalAddress {
            lines: said.lines.clone(),
            postal_code: said.postal_code.clone(),
            country: said.country.clone().unwrap_or_default(),
        }),
        ContactPointKind::Push => address::token(&said.value),
        ContactPointKind::Messaging => address::messaging(&said.value, country),
        ContactPointKind::Social | ContactPointKind::Other(_) => address::handle(&said.value),
    }
}
