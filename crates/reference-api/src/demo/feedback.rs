//! What the demonstration's customers were asked, what they said, and what became of it.

use super::DemoError;
use super::content::{ContentError, Life, parse};
use super::moments::Teller;
use crate::config::Config;
use crate::feedback::company::{self, ImprovementText, NewImprovement, Reply};
use crate::feedback::{Ledger, Surveys, ask};
use crate::http::ApiError;
use crate::store::customers::{self, CustomerId};
use crate::store::interactions::Seq;
use crate::store::time::{Moment, zone};
use portal_contract::feedback::{
    AnswerValue, FeedbackKind, FeedbackStatus, NewFeedback, NewFeedbackAbout,
};
use portal_contract::{
    Entries, FeedbackId, FeedbackRequestId, ImprovementId, InteractionId, QuestionId,
};
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: (&str, &str) = ("feedback.toml", include_str!("feedback.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    #[serde(rename = "improvement")]
    improvements: Vec<ToldImprovement>,
    #[serde(rename = "customer")]
    customers: Vec<Speaker>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldImprovement {
    key: String,
    since: String,
    state: String,
    others: u64,
    text: BTreeMap<String, ToldText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldText {
    title: String,
    you_said: String,
    we_did: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speaker {
    address: String,
    #[serde(rename = "entry")]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The subject of the interaction that it is about.
    matter: Option<String>,
    service: Option<String>,
    /// Which survey asked, and when; nothing for what was said unasked.
    survey: Option<String>,
    asked: Option<String>,
    given: Option<String>,
    #[serde(default)]
    contact_allowed: bool,
    kind: Option<String>,
    text: Option<String>,
    #[serde(default)]
    answers: BTreeMap<String, AnswerValue>,
    #[serde(default, rename = "step")]
    steps: Vec<Step>,
    reply: Option<ToldReply>,
    /// The key of the improvement behind which it stands, and since when.
    improvement: Option<String>,
    linked: Option<String>,
    /// Whether the customer has not seen yet what the company did.
    #[serde(default)]
    unread: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    at: String,
    status: String,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldReply {
    at: String,
    by: String,
    text: String,
}

/// Writes what was said. Whoever has said something already is left alone, and so are improvements that are here.
pub(super) fn seed(
    db: &Connection,
    lives: &[(&'static str, Life)],
    now: Moment,
) -> Result<(), DemoError> {
    let told: Told = parse(FILE.0, FILE.1)?;
    let config = Config {
        surveys: Surveys::demo().into(),
        ..Config::default()
    };
    let utc = Teller {
        now,
        zone: zone(None),
    };
    let Some(improvements) = improvements(db, &told.improvements, &utc)? else {
        return Ok(());
    };
    for speaker in &told.customers {
        let life = lives
            .iter()
            .map(|(_, life)| life)
            .find(|life| life.address == speaker.address)
            .ok_or_else(|| wrong(&speaker.address, "is nobody's address".to_owned()))?;
        let Some(customer) = customers::by_address(db, &speaker.address)? else {
            continue;
        };
        let scene = Scene {
            db,
            config: &config,
            customer,
            life,
            teller: Teller {
                now,
                zone: zone(Some(&life.time_zone)),
            },
            improvements: &improvements,
        };
        for entry in &speaker.entries {
            scene.write(entry)?;
        }
    }
    Ok(())
}

/// Writes the improvements, and gives them by key; nothing when there are some already.
fn improvements(
    db: &Connection,
    told: &[ToldImprovement],
    teller: &Teller,
) -> Result<Option<BTreeMap<String, ImprovementId>>, DemoError> {
    if !company::improvements(db)?.is_empty() {
        return Ok(None);
    }
    let mut written = BTreeMap::new();
    for told in told {
        let place = format!("improvement {:?}", told.key);
        let since = teller
            .moment(&told.since)
            .map_err(|problem| wrong(&place, problem))?;
        let text = |text: &ToldText| ImprovementText {
            title: text.title.clone(),
            you_said: text.you_said.clone(),
            we_did: text.we_did.clone(),
        };
        let texts = told
            .text
            .iter()
            .map(|(lang, told)| (lang.clone(), text(told)));
        let new = NewImprovement {
            state: told.state.as_str().into(),
            texts: texts.collect(),
            others: told.others,
        };
        let id = company::add_improvement(db, &new, since)
            .map_err(|error| wrong(&place, error.to_string()))?;
        written.insert(told.key.clone(), id);
    }
    Ok(Some(written))
}

/// One customer's side, as it is told.
struct Scene<'a> {
    db: &'a Connection,
    config: &'a Config,
    customer: CustomerId,
    life: &'a Life,
    teller: Teller,
    improvements: &'a BTreeMap<String, ImprovementId>,
}

impl Scene<'_> {
    fn write(&self, entry: &Entry) -> Result<(), DemoError> {
        let name = entry.matter.as_deref().or(entry.text.as_deref());
        let place = format!("{}, {:?}", self.life.address, name.unwrap_or_default());
        self.tell(entry)
            .map_err(|problem| wrong(&place, problem).into())
    }

    fn tell(&self, entry: &Entry) -> Result<(), String> {
        let matter = entry.matter.as_deref().map(|subject| self.matter(subject));
        let matter = matter.transpose()?;
        let request = match (&entry.survey, &entry.asked, &matter) {
            (Some(survey), Some(asked), Some((seq, _))) => Some(self.ask(survey, asked, *seq)?),
            (None, None, _) => None,
            _ => return Err("asked needs a survey and a matter".to_owned()),
        };
        let Some(given) = &entry.given else {
            return Ok(());
        };
        let at = self.teller.moment(given)?;
        let locale = Some(self.life.locale.as_str());
        let ledger = Ledger::of(self.config, &self.customer, locale, at);
        let new = new(entry, request, matter.map(|(_, id)| id))?;
        let feedback = ledger
            .give(self.db, new)
            .map_err(|refused: ApiError| format!("{refused:?}"))?;
        self.act(entry, &feedback.id)?;
        if entry.unread {
            return Ok(());
        }
        let reader = Ledger::of(self.config, &self.customer, locale, self.teller.now);
        reader
            .mark_seen(self.db, &feedback.id)
            .map_err(|error| error.to_string())
    }

    /// What the company did about it, in the order of time.
    fn act(&self, entry: &Entry, id: &FeedbackId) -> Result<(), String> {
        let text = |error: company::CompanyError| error.to_string();
        let mut acts: Vec<(Moment, Act<'_>)> = Vec::new();
        for step in &entry.steps {
            acts.push((self.teller.moment(&step.at)?, Act::Step(step)));
        }
        if let Some(reply) = &entry.reply {
            acts.push((self.teller.moment(&reply.at)?, Act::Reply(reply)));
        }
        if let (Some(key), Some(linked)) = (&entry.improvement, &entry.linked) {
            let improvement = self.improvements.get(key);
            let improvement = improvement.ok_or_else(|| format!("no improvement {key:?}"))?;
            acts.push((self.teller.moment(linked)?, Act::Link(improvement)));
        }
        acts.sort_by_key(|(at, _)| *at);
        for (at, act) in acts {
            match act {
                Act::Step(step) => {
                    let status = FeedbackStatus::from(step.status.as_str());
                    let note = step.note.as_deref();
                    company::set_status(self.db, id, &status, note, at).map_err(text)?;
                }
                Act::Reply(told) => {
                    let reply = Reply {
                        by: told.by.clone(),
                        text: told.text.clone(),
                        lang: Some(self.life.locale.clone()),
                    };
                    company::answer(self.db, id, &reply, at).map_err(text)?;
                    // Nobody is told by mail of what they have known for weeks.
                    let told = "UPDATE feedback SET tell_at = NULL WHERE id = ?1";
                    self.db
                        .execute(told, [id.as_str()])
                        .map_err(|error| error.to_string())?;
                }
                Act::Link(improvement) => {
                    company::link(self.db, improvement, id, at).map_err(text)?;
                }
            }
        }
        Ok(())
    }

    fn matter(&self, subject: &str) -> Result<(Seq, InteractionId), String> {
        let sql = "SELECT seq, id FROM interactions WHERE customer_id = ?1 AND subject = ?2";
        let found: Option<(Seq, String)> = self
            .db
            .query_row(sql, (&self.customer, subject), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(|error| error.to_string())?;
        let (seq, id) = found.ok_or_else(|| format!("there is no matter {subject:?}"))?;
        Ok((seq, id.try_into().map_err(|_| "no id".to_owned())?))
    }

    fn ask(&self, survey: &str, asked: &str, seq: Seq) -> Result<FeedbackRequestId, String> {
        let found = self.config.surveys.find(survey);
        let survey = found.ok_or_else(|| format!("there is no survey {survey:?}"))?;
        let at = self.teller.moment(asked)?;
        ask::request(self.db, survey, &self.customer, seq, at).map_err(|error| error.to_string())
    }
}

enum Act<'a> {
    Step(&'a Step),
    Reply(&'a ToldReply),
    Link(&'a ImprovementId),
}

fn new(
    entry: &Entry,
    request: Option<FeedbackRequestId>,
    matter: Option<InteractionId>,
) -> Result<NewFeedback, String> {
    let asked = request.is_some();
    let mut answers: Entries<QuestionId, AnswerValue> = Entries::new();
    for (id, value) in &entry.answers {
        let id = id.parse().map_err(|_| format!("{id:?} is no question"))?;
        answers.insert(id, value.clone());
    }
    Ok(NewFeedback {
        request_id: request,
        answers: asked.then_some(answers),
        kind: entry.kind.as_deref().map(FeedbackKind::from),
        about: (!asked).then(|| NewFeedbackAbout {
            interaction_id: matter,
            service_id: entry.service.clone(),
        }),
        text: entry.text.clone(),
        contact_allowed: entry.contact_allowed,
    })
}

fn wrong(place: &str, problem: String) -> ContentError {
    ContentError {
        file: FILE.0,
        place: place.to_owned(),
        problem,
    }
}
