//! What the answers amount to, by the published definitions.
//!
//! - **CSAT**: of the answers from 1 to 5, the share of 4 and 5 ("top two box"), and the mean.
//! - **NPS** (Reichheld, 2003): the share of promoters (9 and 10) less the share of detractors (0 to 6), from -100 to 100.
//! - **CES** (version 2.0, CEB, 2013): of the answers from 1 to 7, the mean, the share of those who agree (5, 6 and 7: "top three box"),
//!   and the share of 7 ("top box").
//! - **Response rate**: of the requests made in the time, the share that was answered.
//!
//! Everything is counted exactly and rounded once, at the end, half away from zero: shares and NPS to one digit, means to two. Where nobody
//! answered there is no number: nothing is not zero.

use super::answers::Answers;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::feedback::{AnswerValue, Question, QuestionKind};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::fmt;

/// A time, its end not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its beginning; from the first when absent.
    pub from: Option<Moment>,
    /// Its end; until the last when absent.
    pub until: Option<Moment>,
}

impl Span {
    fn bounds(self) -> (i64, i64) {
        (
            self.from.map_or(i64::MIN, Moment::millis),
            self.until.map_or(i64::MAX, Moment::millis),
        )
    }
}

/// Customer satisfaction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Csat {
    /// How many answers.
    pub n: u64,
    /// The share of 4 and 5, in percent.
    pub top_two_box_percent: f64,
    /// The mean of 1 to 5.
    pub mean: f64,
}

/// Net promoter score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nps {
    /// How many answers.
    pub n: u64,
    /// The score, from -100 to 100.
    pub score: f64,
    /// The share of 9 and 10, in percent.
    pub promoters_percent: f64,
    /// The share of 7 and 8, in percent.
    pub passives_percent: f64,
    /// The share of 0 to 6, in percent.
    pub detractors_percent: f64,
}

/// Customer effort score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ces {
    /// How many answers.
    pub n: u64,
    /// The mean of 1 to 7.
    pub mean: f64,
    /// The share of 5, 6 and 7, in percent.
    pub top_three_box_percent: f64,
    /// The share of 7, in percent.
    pub top_box_percent: f64,
}

/// Requests and what became of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Requests {
    /// How many were made in the time.
    pub made: u64,
    /// How many of those were answered, whenever; one whose answer was withdrawn is among them.
    pub answered: u64,
    /// The share of those, in percent; absent where none was made.
    pub response_rate_percent: Option<f64>,
}

/// The report. What nobody answered is absent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Requests.
    pub requests: Requests,
    /// Customer satisfaction.
    pub csat: Option<Csat>,
    /// Net promoter score.
    pub nps: Option<Nps>,
    /// Customer effort score.
    pub ces: Option<Ces>,
}

/// Counts what was requested, and what was answered, in the time.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn report(db: &Connection, span: Span) -> Result<Report, StoreError> {
    let mut tally = Tally::default();
    let (from, until) = span.bounds();
    let mut statement = db.prepare_cached(
        "SELECT questions, answers FROM feedback
          WHERE request_seq IS NOT NULL AND answers <> '{}' AND given_at >= ?1 AND given_at < ?2",
    )?;
    let mut rows = statement.query(params![from, until])?;
    let corrupt = |error| StoreError::Corrupt(format!("feedback: {error}"));
    while let Some(row) = rows.next()? {
        let (questions, answers): (String, String) = (row.get(0)?, row.get(1)?);
        let questions: Vec<Question> = serde_json::from_str(&questions).map_err(corrupt)?;
        let answers: Answers = serde_json::from_str(&answers).map_err(corrupt)?;
        tally.take(&questions, &answers);
    }
    let (made, answered) = db
        .prepare_cached(
            "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM feedback AS f WHERE f.request_seq = r.seq)), 0)
               FROM feedback_requests AS r WHERE requested_at >= ?1 AND requested_at < ?2",
        )?
        .query_row(params![from, until], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(tally.report(made, answered))
}

/// How often each point of each scale was chosen.
#[derive(Default)]
struct Tally {
    csat: [u64; 5],
    nps: [u64; 11],
    ces: [u64; 7],
}

impl Tally {
    fn take(&mut self, questions: &[Question], answers: &Answers) {
        for question in questions {
            let Some(AnswerValue::Number(value)) = answers.get(&question.id) else {
                continue;
            };
            let (counts, lowest): (&mut [u64], u64) = match question.kind {
                QuestionKind::Csat => (&mut self.csat, 1),
                QuestionKind::Nps => (&mut self.nps, 0),
                QuestionKind::Ces => (&mut self.ces, 1),
                QuestionKind::Thumbs
                | QuestionKind::Words
                | QuestionKind::Choice
                | QuestionKind::Other(_) => continue,
            };
            let place = value
                .checked_sub(lowest)
                .and_then(|at| usize::try_from(at).ok());
            if let Some(count) = place.and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
    }

    fn report(&self, made: u64, answered: u64) -> Report {
        Report {
            requests: Requests {
                made,
                answered,
                response_rate_percent: (made > 0).then(|| percent(answered, made)),
            },
            csat: csat(&self.csat),
            nps: nps(&self.nps),
            ces: ces(&self.ces),
        }
    }
}

fn csat(counts: &[u64; 5]) -> Option<Csat> {
    let n = some(counts)?;
    Some(Csat {
        n,
        top_two_box_percent: percent(counts[3..].iter().sum(), n),
        mean: mean(counts, 1, n),
    })
}

fn nps(counts: &[u64; 11]) -> Option<Nps> {
    let n = some(counts)?;
    let detractors: u64 = counts[..=6].iter().sum();
    let passives: u64 = counts[7..=8].iter().sum();
    let promoters: u64 = counts[9..].iter().sum();
    let below = detractors > promoters;
    let score = percent(promoters.abs_diff(detractors), n);
    Some(Nps {
        n,
        score: if below { -score } else { score },
        promoters_percent: percent(promoters, n),
        passives_percent: percent(passives, n),
        detractors_percent: percent(detractors, n),
    })
}

fn ces(counts: &[u64; 7]) -> Option<Ces> {
    let n = some(counts)?;
    Some(Ces {
        n,
        mean: mean(counts, 1, n),
        top_three_box_percent: percent(counts[4..].iter().sum(), n),
        top_box_percent: percent(counts[6], n),
    })
}

/// How many there are, if there are any.
fn some(counts: &[u64]) -> Option<u64> {
    let n = counts.iter().sum();
    (n > 0).then_some(n)
}

/// `part` of `whole` in percent, to one digit, half away from zero. In whole numbers to the last step: a double has no 0.05.
fn percent(part: u64, whole: u64) -> f64 {
    over(rounded(part * 1000, whole), 10)
}

/// The mean of a scale that begins at `lowest`, to two digits.
fn mean(counts: &[u64], lowest: u64, n: u64) -> f64 {
    let sum: u64 = (lowest..)
        .zip(counts)
        .map(|(value, count)| value * count)
        .sum();
    over(rounded(sum * 100, n), 100)
}

fn rounded(part: u64, whole: u64) -> u64 {
    (part * 2 + whole) / (whole * 2)
}

fn over(value: u64, unit: u32) -> f64 {
    let value = u32::try_from(value).expect("no share is above 100 and no mean above 10");
    f64::from(value) / f64::from(unit)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NONE: &str = "no answers";
        let Requests {
            made,
            answered,
            response_rate_percent,
        } = &self.requests;
        match response_rate_percent {
            Some(rate) => writeln!(f, "Requests  {made} made, {answered} answered: {rate:.1} %")?,
            None => writeln!(f, "Requests  none made")?,
        }
        match &self.csat {
            Some(csat) => writeln!(
                f,
                "CSAT      {:.1} % chose 4 or 5 of 5, mean {:.2}, n = {}",
                csat.top_two_box_percent, csat.mean, csat.n
            )?,
            None => writeln!(f, "CSAT      {NONE}")?,
        }
        match &self.nps {
            Some(nps) => writeln!(
                f,
                "NPS       {:+.1}: {:.1} % promoters, {:.1} % passives, {:.1} % detractors, n = {}",
                nps.score,
                nps.promoters_percent,
                nps.passives_percent,
                nps.detractors_percent,
                nps.n
            )?,
            None => writeln!(f, "NPS       {NONE}")?,
        }
        match &self.ces {
            Some(ces) => write!(
                f,
                "CES       mean {:.2} of 7, {:.1} % agree (5 to 7), {:.1} % chose 7, n = {}",
                ces.mean, ces.top_three_box_percent, ces.top_box_percent, ces.n
            ),
            None => write!(f, "CES       {NONE}"),
        }
    }
}

#[cfg(test)]
mod tests;
