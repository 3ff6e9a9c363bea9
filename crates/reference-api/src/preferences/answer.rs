//! What becomes of a message to a customer, from everything that is kept about them.

use super::catalogue::{Catalogue, Topic};
use super::quiet;
use super::reach::{self, Facts};
use super::settings::Settings;
use super::surroundings::Surroundings;
use crate::store::time::Moment;
use portal_contract::interaction::Channel;
use portal_contract::reach::Reach;

/// What becomes of a message of `topic` over `channel` that is sent at `at`.
#[must_use]
pub fn reach(
    catalogue: &Catalogue,
    settings: &Settings,
    around: &Surroundings,
    topic: &Topic,
    channel: &Channel,
    at: Moment,
) -> Reach {
    let rule = settings.quiet_rule();
    let schedule =
        quiet::schedule(settings, &around.zone).filter(|_| quiet::hold_for(settings, channel));
    let purpose = topic
        .purpose
        .as_ref()
        .and_then(|id| Some((id, around.purpose(id)?)));
    let facts = Facts {
        topic,
        channel,
        choice: &settings.choice(topic, channel),
        points: &around.points,
        purpose,
        restricted: around.restricted,
        global_opt_out: settings.global_opt_out(),
        paused_until: settings.paused_until(),
        quiet: schedule.as_ref().map(|schedule| (schedule, &rule)),
        digest: &catalogue.digest,
        zone: &around.zone,
    };
    let verdict = reach::reach(&facts, at);
    Reach {
        topic: topic.id.clone(),
        channel: channel.clone(),
        asked_for: at.to_timestamp(),
        answer: verdict.answer,
        at: verdict.at.map(Moment::to_timestamp),
        contact_point_id: verdict.contact_point_id,
        reasons: verdict.reasons,
    }
}
