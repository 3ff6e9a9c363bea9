//! What was decided about purposes.

use super::plan::SaidDecision;
use super::{Refused, Visit};
use crate::consents::{self, Brought, Who, Wish};
use crate::preferences::history::Author;
use jiff::tz::TimeZone;
use portal_contract::PurposeId;
use portal_contract::consent::Decision;
use portal_contract::preference_history::ChangeRoute;

impl Visit<'_> {
    /// Takes a decision over, unless the customer decided later here, or said no.
    pub(super) fn decide(&mut self, said: &SaidDecision) -> Result<(), Refused> {
        let because = |problem: String| Refused::Because(format!("{}: {problem}", said.key));
        let desk = self.desk;
        let purposes = &desk.config.purposes;
        let id = PurposeId::try_from(said.purpose.clone());
        let found = id.ok().and_then(|id| purposes.find(&id));
        let purpose =
            found.ok_or_else(|| because(format!("there is no purpose {:?}", said.purpose)))?;
        let notice = match &said.notice_version {
            Some(version) if !purpose.has_notice(version) => {
                return Err(because(format!(
                    "the purpose never had a notice {version:?}"
                )));
            }
            Some(version) => version.clone(),
            None => purpose
                .notice_on(said.at.day_in(&TimeZone::UTC))
                .version
                .clone(),
        };
        let wish = Wish {
            purpose: purpose.id.clone(),
            decision: Decision::from(said.decision.as_str()),
            notice_version: notice,
            language: said.language.clone(),
        };
        let who = Who {
            customer: self.customer.clone(),
            mark: consents::mark(desk.secrets, &self.customer),
            author: Author::nobody(ChangeRoute::Import),
        };
        let usual = &desk.config.company.locales;
        match consents::bring_if_news(desk.tx, purposes, usual, &who, &wish, said.at)? {
            Brought::Recorded => self.changed = true,
            Brought::Known => {}
            Brought::OptOut => self.kept.push(format!(
                "{}: the customer said no to {:?} here, which stays",
                said.key, said.purpose
            )),
            Brought::NotDecidable => {
                let problem = format!(
                    "{:?} leaves {:?} not to decide",
                    said.purpose, said.decision
                );
                return Err(because(problem));
            }
        }
        Ok(())
    }
}
