//! A map of wishes bound to a file's header: from a row to what a customer wished.

use super::map::{DecisionMap, PointMap, TopicMap, WishesMap};
use crate::import::map::MapError;
use crate::import::map::choice::Choice;
use crate::import::map::dates::{DateColumn, read_maybe};
use crate::import::map::plan::{Binder, numbered};
use crate::import::map::template::{Header, Template};
use crate::import::table::Row;
use crate::store::time::Moment;
use portal_contract::contact_point::ContactPointKind;

/// What a row says.
pub struct Said {
    pub address: String,
    pub at: Option<Moment>,
    pub global_opt_out: Option<bool>,
    pub topics: Vec<SaidOfTopic>,
    pub points: Vec<SaidPoint>,
    pub decisions: Vec<SaidDecision>,
}

/// What it says of a topic over a channel.
pub struct SaidOfTopic {
    pub topic: String,
    pub channel: String,
    pub enabled: Option<bool>,
    pub frequency: Option<String>,
}

/// A contact point that it names.
pub struct SaidPoint {
    /// Which part of the map it is of.
    pub key: String,
    pub kind: ContactPointKind,
    pub value: String,
    pub lines: Vec<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
    pub service: Option<String>,
    pub label: Option<String>,
    pub preferred: bool,
    pub verified_at: Option<Moment>,
}

/// A decision that it tells.
pub struct SaidDecision {
    pub key: String,
    pub purpose: String,
    pub decision: String,
    pub at: Moment,
    pub notice_version: Option<String>,
    pub language: Option<String>,
}

/// A map bound to a header.
pub struct Plan {
    columns: usize,
    address: Template,
    at: Option<DateColumn>,
    global_opt_out: Option<Choice>,
    topics: Vec<TopicPlan>,
    points: Vec<PointPlan>,
    decisions: Vec<DecisionPlan>,
}

struct TopicPlan {
    topic: Template,
    channel: Template,
    enabled: Option<Choice>,
    frequency: Option<Choice>,
}

struct PointPlan {
    key: String,
    kind: ContactPointKind,
    value: Option<Template>,
    lines: Vec<Template>,
    postal_code: Option<Template>,
    country: Option<Template>,
    service: Option<Template>,
    label: Option<Template>,
    preferred: Option<Choice>,
    verified_at: Option<DateColumn>,
}

struct DecisionPlan {
    key: String,
    purpose: Template,
    decision: Choice,
    at: Option<DateColumn>,
    notice_version: Option<Template>,
    language: Option<Template>,
}

const SWITCH: [&str; 2] = ["on", "off"];

impl Plan {
    /// Binds `map` to the names in a file's first row.
    pub fn new(map: &WishesMap, names: Vec<String>) -> Result<Self, MapError> {
        let header = Header::new(names)?;
        let bind = Binder::new(&header, &map.dates)?;
        if map.topics.is_empty()
            && map.contact_points.is_empty()
            && map.consents.is_empty()
            && map.global_opt_out.is_none()
        {
            let problem = "says of nothing what it is: it needs [[preferences]], [[contact_points]], [[consents]] or [global_opt_out]";
            return Err(MapError::new("", problem));
        }
        Ok(Self {
            columns: header.len(),
            address: bind.text("customer.address", &map.customer.address)?,
            at: bind.maybe_date("at", map.at.as_ref())?,
            global_opt_out: bind.among("global_opt_out", map.global_opt_out.as_ref(), &SWITCH)?,
            topics: numbered(&map.topics, |index, map| topic(&bind, index, map))?,
            points: numbered(&map.contact_points, |index, map| point(&bind, index, map))?,
            decisions: numbered(&map.consents, |index, one| {
                decision(&bind, index, one, map.at.is_some())
            })?,
        })
    }

    /// What a row says.
    pub fn read(&self, row: &Row) -> Result<Said, String> {
        if row.fields.len() != self.columns {
            return Err(format!(
                "has {} fields, the header has {}",
                row.fields.len(),
                self.columns
            ));
        }
        let row = row.fields.as_slice();
        let address = self.address.fill(row).trim().to_owned();
        if address.is_empty() {
            return Err("customer.address: is empty".to_owned());
        }
        let at = read_maybe(self.at.as_ref(), row)?;
        let decisions = self.decisions.iter().map(|plan| plan.read(row, at));
        let decisions: Vec<Option<SaidDecision>> = decisions.collect::<Result<_, _>>()?;
        let points: Vec<Option<SaidPoint>> = self
            .points
            .iter()
            .map(|plan| plan.read(row))
            .collect::<Result<_, _>>()?;
        Ok(Said {
            address,
            at,
            global_opt_out: switched(self.global_opt_out.as_ref(), row)?,
            topics: self
                .topics
                .iter()
                .map(|plan| plan.read(row))
                .collect::<Result<_, _>>()?,
            points: points.into_iter().flatten().collect(),
            decisions: decisions.into_iter().flatten().collect(),
        })
    }
}

fn topic(bind: &Binder<'_>, index: usize, map: &TopicMap) -> Result<TopicPlan, MapError> {
    let key = |name: &str| format!("preferences[{index}].{name}");
    let often = ["at_once", "daily", "weekly", "monthly"];
    if map.enabled.is_none() && map.frequency.is_none() {
        return Err(MapError::new(key("enabled"), "is needed, or `frequency`"));
    }
    Ok(TopicPlan {
        topic: bind.text(&key("topic"), &map.topic)?,
        channel: bind.text(&key("channel"), &map.channel)?,
        enabled: bind.among(&key("enabled"), map.enabled.as_ref(), &SWITCH)?,
        frequency: bind.among(&key("frequency"), map.frequency.as_ref(), &often)?,
    })
}

fn point(bind: &Binder<'_>, index: usize, map: &PointMap) -> Result<PointPlan, MapError> {
    let key = |name: &str| format!("contact_points[{index}].{name}");
    let kind = ContactPointKind::from(map.kind.as_str());
    if !ContactPointKind::KNOWN.contains(&kind) {
        let known: Vec<&str> = ContactPointKind::KNOWN
            .iter()
            .map(ContactPointKind::as_str)
            .collect();
        let problem = format!("{:?} is none of {}", map.kind, known.join(", "));
        return Err(MapError::new(key("kind"), problem));
    }
    let is_postal = kind == ContactPointKind::Postal;
    if is_postal && (map.lines.is_empty() || map.country.is_none()) {
        return Err(MapError::new(
            key("lines"),
            "is needed for `postal`, and `country`",
        ));
    }
    if !is_postal && map.value.is_none() {
        return Err(MapError::new(
            key("value"),
            "is needed for all but `postal`",
        ));
    }
    let maybe = |name: &str, text: Option<&String>| bind.maybe(&key(name), text);
    Ok(PointPlan {
        key: format!("contact_points[{index}]"),
        kind,
        value: maybe("value", map.value.as_ref())?,
        lines: numbered(&map.lines, |_, line| bind.text(&key("lines"), line))?,
        postal_code: maybe("postal_code", map.postal_code.as_ref())?,
        country: maybe("country", map.country.as_ref())?,
        service: maybe("service", map.service.as_ref())?,
        label: maybe("label", map.label.as_ref())?,
        preferred: bind.among(&key("preferred"), map.preferred.as_ref(), &["yes", "no"])?,
        verified_at: bind.maybe_date(&key("verified_at"), map.verified_at.as_ref())?,
    })
}

fn decision(
    bind: &Binder<'_>,
    index: usize,
    map: &DecisionMap,
    row_has_moment: bool,
) -> Result<DecisionPlan, MapError> {
    let key = |name: &str| format!("consents[{index}].{name}");
    let allowed = ["grant", "withdraw", "object", "end_objection"];
    let decision = bind.among(&key("decision"), Some(&map.decision), &allowed)?;
    if map.at.is_none() && !row_has_moment {
        return Err(MapError::new(
            key("at"),
            "is needed: a decision without a moment proves nothing",
        ));
    }
    Ok(DecisionPlan {
        key: format!("consents[{index}]"),
        purpose: bind.text(&key("purpose"), &map.purpose)?,
        decision: decision.expect("it was given"),
        at: bind.maybe_date(&key("at"), map.at.as_ref())?,
        notice_version: bind.maybe(&key("notice_version"), map.notice_version.as_ref())?,
        language: bind.maybe(&key("language"), map.language.as_ref())?,
    })
}

/// The trimmed text of a template that the map may lack; nothing where it is empty.
fn filled(template: Option<&Template>, row: &[String]) -> Option<String> {
    let text = template?.fill_if_any(row)?.trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}

fn switched(choice: Option<&Choice>, row: &[String]) -> Result<Option<bool>, String> {
    let word = choice.map(|choice| choice.read_if_any(row)).transpose()?;
    Ok(word.flatten().map(|word| word == "on" || word == "yes"))
}

impl TopicPlan {
    fn read(&self, row: &[String]) -> Result<SaidOfTopic, String> {
        let frequency = self
            .frequency
            .as_ref()
            .map(|choice| choice.read_if_any(row));
        Ok(SaidOfTopic {
            topic: self.topic.fill(row).trim().to_owned(),
            channel: self.channel.fill(row).trim().to_owned(),
            enabled: switched(self.enabled.as_ref(), row)?,
            frequency: frequency.transpose()?.flatten(),
        })
    }
}

impl PointPlan {
    fn read(&self, row: &[String]) -> Result<Option<SaidPoint>, String> {
        let lines = self.lines.iter().filter_map(|line| filled(Some(line), row));
        let lines: Vec<String> = lines.collect();
        let value = filled(self.value.as_ref(), row);
        if lines.is_empty() && value.is_none() {
            return Ok(None);
        }
        Ok(Some(SaidPoint {
            key: self.key.clone(),
            kind: self.kind.clone(),
            value: value.unwrap_or_default(),
            lines,
            postal_code: filled(self.postal_code.as_ref(), row),
            country: filled(self.country.as_ref(), row),
            service: filled(self.service.as_ref(), row),
            label: filled(self.label.as_ref(), row),
            preferred: switched(self.preferred.as_ref(), row)?.unwrap_or(false),
            verified_at: read_maybe(self.verified_at.as_ref(), row)?,
        }))
    }
}

impl DecisionPlan {
    fn read(&self, row: &[String], at: Option<Moment>) -> Result<Option<SaidDecision>, String> {
        let Some(decision) = self.decision.read_if_any(row)? else {
            return Ok(None);
        };
        let at = read_maybe(self.at.as_ref(), row)?.or(at);
        Ok(Some(SaidDecision {
            key: self.key.clone(),
            purpose: self.purpose.fill(row).trim().to_owned(),
            decision,
            at: at.ok_or_else(|| format!("{}.at: is empty", self.key))?,
            notice_version: filled(self.notice_version.as_ref(), row),
            language: filled(self.language.as_ref(), row),
        }))
    }
}
