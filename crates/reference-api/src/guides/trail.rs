//! The way that a customer took: checked against the guide, and put into words.

use super::guide::{Answer, Guide, Node};
use super::versions::at_version;
use super::wire::{language, told};
use crate::config::Config;
use crate::store::StoreError;
use portal_contract::guide::{GuideAnswered, GuideAnswers, GuideTrail, MAX_TRAIL_STEPS};
use portal_contract::{FieldCode, FieldError};
use rusqlite::Connection;

/// A way, walked.
#[derive(Debug)]
pub(super) struct Walked<'g> {
    /// The questions, each with what was answered.
    pub(super) steps: Vec<(&'g Node, &'g Answer)>,
    /// Where it leads.
    pub(super) at: &'g Node,
}

/// The way in words, or what is wrong with it: pointers begin within the trail (`/steps/3/answer_id`).
pub type Spelling = Result<GuideAnswers, FieldError>;

fn refused(pointer: String, code: FieldCode, detail: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        pointer,
        code,
        detail: Some(detail.to_owned()),
        limit,
    }
}

/// Walks the guide by the answers.
pub(super) fn walk<'g>(guide: &'g Guide, trail: &GuideTrail) -> Result<Walked<'g>, FieldError> {
    if trail.steps.len() > MAX_TRAIL_STEPS {
        let limit = Some(MAX_TRAIL_STEPS as u64);
        return Err(refused(
            "/steps".to_owned(),
            FieldCode::TooMany,
            "a way has no more steps than that",
            limit,
        ));
    }
    let mut at = begun_at(guide, trail);
    let mut steps = Vec::with_capacity(trail.steps.len());
    for (number, step) in trail.steps.iter().enumerate() {
        let wrong = |member: &str, detail| {
            let pointer = format!("/steps/{number}/{member}");
            refused(pointer, FieldCode::Unknown, detail, None)
        };
        if step.node_id != at.id {
            return Err(wrong(
                "node_id",
                "the way does not lead to this node from the one before",
            ));
        }
        let answer = at
            .answer(&step.answer_id)
            .ok_or_else(|| wrong("answer_id", "the question has no such answer"))?;
        steps.push((at, answer));
        at = guide
            .node(&answer.next)
            .expect("a guide with a missing node is refused");
    }
    Ok(Walked { steps, at })
}

/// Where the way begins: at its first question, for a link can lead into the midst of a guide.
fn begun_at<'g>(guide: &'g Guide, trail: &GuideTrail) -> &'g Node {
    let first = trail.steps.first();
    let named = first.and_then(|step| guide.node(&step.node_id));
    named.unwrap_or_else(|| guide.start())
}

/// The questions and the answers of a way as they stood then, in the reader's language; the version that it names need not be
/// the one of today.
///
/// # Errors
/// When the database refuses.
pub fn spelled_out(
    db: &Connection,
    config: &Config,
    trail: &GuideTrail,
    locale: Option<&str>,
) -> Result<Spelling, StoreError> {
    let Some(guide) = at_version(db, &config.guides, &trail.guide_id, &trail.version)? else {
        return Ok(Err(no_such(config, trail)));
    };
    let walked = match walk(&guide, trail) {
        Ok(walked) => walked,
        Err(error) => return Ok(Err(error)),
    };
    let language = language(&guide, locale, &config.company.locales);
    let answers = walked.steps.iter().map(|(node, answer)| GuideAnswered {
        question: told(&node.text, language).text.clone(),
        answer: told(&answer.label, language).clone(),
    });
    let outcome = walked.at.ending.as_ref();
    Ok(Ok(GuideAnswers {
        guide_id: guide.id.clone(),
        title: told(&guide.text, language).title.clone(),
        lang: language.to_owned(),
        answers: answers.collect(),
        outcome: outcome.map(|_| told(&walked.at.text, language).text.clone()),
    }))
}

/// Which of the two is not known.
pub(super) fn no_such(config: &Config, trail: &GuideTrail) -> FieldError {
    let (member, detail) = match config.guides.find(&trail.guide_id) {
        None => ("/guide_id", "there is no such guide"),
        Some(_) => ("/version", "the guide never had this version"),
    };
    refused(member.to_owned(), FieldCode::Unknown, detail, None)
}
