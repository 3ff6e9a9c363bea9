//! "Would this reach me?": what becomes of a message, step by step.
//!
//! The steps stand in the order of the contract's `ReachCode`. A step that stops ends the chain; one that delays moves the
//! moment on, and the later steps look at that moment. What already waits (for the end of a pause, for its digest) is never
//! dropped by quiet hours, only held: those drop what would *arrive* in them.

use super::catalogue::Topic;
use super::destination::{Destination, Point, destination};
use super::frequency::{Digest, Frequency};
use super::quiet_hours::{Quiet, Schedule};
use super::settings::Choice;
use crate::store::time::Moment;
use jiff::tz::TimeZone;
use portal_contract::consent::ConsentStatus;
use portal_contract::interaction::Channel;
use portal_contract::preferences::QuietRule;
use portal_contract::reach::{ReachAnswer, ReachCode, ReachEffect, ReachReason};
use portal_contract::{ContactPointId, PurposeId};

/// How the purpose of a topic stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// In a word.
    pub status: ConsentStatus,
    /// Whether Global Privacy Control is honoured for it.
    pub by_signal: bool,
}

impl Standing {
    /// What keeps a message of the purpose from being sent; nothing when it may be.
    #[must_use]
    pub fn obstacle(&self) -> Option<ReachCode> {
        match &self.status {
            ConsentStatus::Granted | ConsentStatus::InUse => None,
            ConsentStatus::Withdrawn | ConsentStatus::Objected if self.by_signal => {
                Some(ReachCode::PrivacySignal)
            }
            ConsentStatus::Withdrawn => Some(ReachCode::ConsentWithdrawn),
            ConsentStatus::Objected => Some(ReachCode::Objected),
            // A state that nobody here knows is no consent.
            ConsentStatus::NotAsked | ConsentStatus::Expired | ConsentStatus::Other(_) => {
                Some(ReachCode::ConsentMissing)
            }
        }
    }
}

/// Everything that decides about a message.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'f> {
    /// What it is about.
    pub topic: &'f Topic,
    /// Over which channel it would come.
    pub channel: &'f Channel,
    /// What the customer chose for the two.
    pub choice: &'f Choice,
    /// Where the customer can be reached.
    pub points: &'f [Point],
    /// How the topic's purpose stands, where it has one.
    pub purpose: Option<(&'f PurposeId, &'f Standing)>,
    /// Whether the customer had the use of their data restricted.
    pub restricted: bool,
    /// Whether everything is off.
    pub global_opt_out: bool,
    /// Until when contact is paused.
    pub paused_until: Option<Moment>,
    /// Quiet hours that hold for the channel, and what becomes of what comes in them.
    pub quiet: Option<(&'f Schedule, &'f QuietRule)>,
    /// When digests go out.
    pub digest: &'f Digest,
    /// The customer's zone.
    pub zone: &'f TimeZone,
}

/// The answer, without what was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whether it would come.
    pub answer: ReachAnswer,
    /// When.
    pub at: Option<Moment>,
    /// Where.
    pub contact_point_id: Option<ContactPointId>,
    /// The chain of reasons.
    pub reasons: Vec<ReachReason>,
}

/// That a step stopped the message; its reason is the last of the chain.
struct Stopped;

/// The chain as it grows.
struct Chain<'f> {
    facts: &'f Facts<'f>,
    asked: Moment,
    /// When the message would come, as far as the steps up to here say.
    at: Moment,
    to: Option<&'f ContactPointId>,
    reasons: Vec<ReachReason>,
}

/// What becomes of a message that is sent at `asked`.
#[must_use]
pub fn reach(facts: &Facts<'_>, asked: Moment) -> Verdict {
    let mut chain = Chain {
        facts,
        asked,
        at: asked,
        to: None,
        reasons: Vec::new(),
    };
    let comes = chain.run().is_ok();
    let answer = match (comes, chain.at > asked) {
        (false, _) => ReachAnswer::No,
        (true, true) => ReachAnswer::Later,
        (true, false) => ReachAnswer::Yes,
    };
    Verdict {
        answer,
        at: comes.then_some(chain.at),
        contact_point_id: chain.to.cloned(),
        reasons: chain.reasons,
    }
}

impl<'f> Chain<'f> {
    fn run(&mut self) -> Result<(), Stopped> {
        let facts = self.facts;
        if !facts.topic.offers(facts.channel) {
            return self.stop(ReachCode::NotOffered);
        }
        self.find_destination()?;
        if facts.topic.required.contains(facts.channel) {
            self.allow(ReachCode::Required);
            return Ok(());
        }
        if facts.restricted {
            return self.stop(ReachCode::Restricted);
        }
        self.ask_purpose()?;
        self.ask_customer()?;
        if facts.topic.urgent {
            self.allow(ReachCode::Urgent);
            return Ok(());
        }
        self.wait_for_pause();
        self.wait_for_digest();
        self.wait_for_quiet_hours()
    }

    fn find_destination(&mut self) -> Result<(), Stopped> {
        let facts = self.facts;
        let day = self.asked.day_in(facts.zone);
        let chosen = facts.choice.contact_point_id.as_ref();
        match destination(facts.points, facts.channel, chosen, day) {
            Destination::To(point) => {
                self.to = Some(&point.id);
                if point.is_bouncing() {
                    self.allow(ReachCode::Bouncing);
                    self.name(point);
                }
                Ok(())
            }
            Destination::None => self.stop(ReachCode::NoContactPoint),
            Destination::NotInItsTime(point) => self.stop_at(ReachCode::NotInItsTime, point),
            Destination::NotVerified(point) => self.stop_at(ReachCode::NotVerified, point),
            Destination::Blocked(point) => self.stop_at(ReachCode::Blocked, point),
        }
    }

    fn ask_purpose(&mut self) -> Result<(), Stopped> {
        let Some((purpose, standing)) = self.facts.purpose else {
            return Ok(());
        };
        let Some(obstacle) = standing.obstacle() else {
            return Ok(());
        };
        let stopped = self.stop(obstacle);
        if let Some(reason) = self.reasons.last_mut() {
            reason.purpose_id = Some(purpose.clone());
        }
        stopped
    }

    fn ask_customer(&mut self) -> Result<(), Stopped> {
        if self.facts.global_opt_out {
            return self.stop(ReachCode::GlobalOptOut);
        }
        if !self.facts.choice.enabled {
            return self.stop(ReachCode::TopicOff);
        }
        self.allow(ReachCode::TopicOn);
        Ok(())
    }

    fn wait_for_pause(&mut self) {
        if let Some(end) = self.facts.paused_until.filter(|end| *end > self.at) {
            self.delay(ReachCode::Paused, end);
        }
    }

    fn wait_for_digest(&mut self) {
        let frequency = self.facts.choice.frequency;
        if frequency != Frequency::AtOnce {
            let next = self.facts.digest.next(frequency, self.at, self.facts.zone);
            self.delay(ReachCode::Digest, next);
        }
    }

    fn wait_for_quiet_hours(&mut self) -> Result<(), Stopped> {
        let Some((schedule, rule)) = self.facts.quiet else {
            return Ok(());
        };
        let waits_already = self.at > self.asked;
        match schedule.at(self.at) {
            Quiet::No => Ok(()),
            Quiet::Until(_) | Quiet::Always if *rule == QuietRule::Drop && !waits_already => {
                self.stop(ReachCode::QuietHoursDrop)
            }
            Quiet::Until(end) => {
                self.delay(ReachCode::QuietHoursHold, end);
                Ok(())
            }
            // What waits for the end of a silence that has none does not come.
            Quiet::Always => self.stop(ReachCode::QuietHoursHold),
        }
    }

    fn stop(&mut self, code: ReachCode) -> Result<(), Stopped> {
        self.push(code, ReachEffect::Stops, None);
        Err(Stopped)
    }

    fn stop_at(&mut self, code: ReachCode, point: &Point) -> Result<(), Stopped> {
        let stopped = self.stop(code);
        self.name(point);
        stopped
    }

    fn allow(&mut self, code: ReachCode) {
        self.push(code, ReachEffect::Allows, None);
    }

    fn delay(&mut self, code: ReachCode, until: Moment) {
        self.at = until;
        self.push(code, ReachEffect::Delays, Some(until));
    }

    fn push(&mut self, code: ReachCode, effect: ReachEffect, until: Option<Moment>) {
        self.reasons.push(ReachReason {
            code,
            effect,
            until: until.map(Moment::to_timestamp),
            contact_point_id: None,
            purpose_id: None,
        });
    }

    /// Says which contact point the last reason is about.
    fn name(&mut self, point: &Point) {
        if let Some(reason) = self.reasons.last_mut() {
            reason.contact_point_id = Some(point.id.clone());
        }
    }
}

#[cfg(test)]
mod tests;
