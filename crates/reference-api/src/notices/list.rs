//! What of it is shown, and how it travels.

use super::content::{Answer, Link};
use super::rows::{self, Row};
use crate::config::Config;
use crate::consents::in_language;
use crate::preferences::in_portal::in_portal;
use crate::preferences::{Surroundings, store};
use crate::store::StoreError;
use crate::store::interactions::{self, Page, Place, Seq, Viewer};
use crate::store::time::Moment;
use portal_contract::NoticeId;
use portal_contract::interaction::{Action, Standing};
use portal_contract::notice::{
    Notice, NoticeAbout, NoticeAction, NoticeAnswer, NoticeAnswered, NoticeKind, NoticeLink,
    NoticeMatter, NoticeReason, NoticeStep, NoticeTopic,
};
use rusqlite::Connection;
use std::sync::Arc;

/// For whom, by which rules and when something is done with notices.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The configuration: catalogue, purposes, languages.
    pub config: Arc<Config>,
    /// The customer.
    pub viewer: Viewer,
    /// The moment.
    pub now: Moment,
}

/// Which notices a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Those that are shown.
    Current,
    /// Those that the customer put away.
    PutAside,
}

/// A notice that the customer's preferences let through, and why.
pub(super) type Passed = (Row, NoticeReason);

/// Everything that the customer's preferences let through, in the order of the list.
fn passed(db: &Connection, desk: &Desk) -> Result<Vec<Passed>, StoreError> {
    let Desk {
        config,
        viewer,
        now,
    } = desk;
    let rows = rows::of_customer(db, &viewer.customer, *now)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let settings = store::load(db, &viewer.customer)?.settings;
    let around = Surroundings::read(db, config, &viewer.customer, *now)?;
    let asks_nothing = settings.survey_snooze_until().is_some_and(|end| end > *now);
    let mut passed = Vec::new();
    for row in rows {
        // A topic that the catalogue no longer has is one that nobody can switch off: nothing comes of it.
        let Some(topic) = config.catalogue.topic(row.topic.as_str()) else {
            continue;
        };
        let Ok(reason) = in_portal(topic, &settings, &around, *now) else {
            continue;
        };
        if row.kind == NoticeKind::CheckIn && (asks_nothing || is_open_again(db, &row)?) {
            continue;
        }
        passed.push((row, reason));
    }
    passed.sort_by_key(|(row, _)| row.order());
    Ok(passed)
}

/// "How is it going since?" is no question while it is not over.
fn is_open_again(db: &Connection, row: &Row) -> Result<bool, StoreError> {
    let Some(seq) = row.interaction else {
        return Ok(false);
    };
    Ok(interactions::status(db, seq)?.standing() != Standing::Done)
}

/// The first notices that are shown, and how many there are.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn shown(db: &Connection, desk: &Desk, most: usize) -> Result<(Vec<Notice>, u64), StoreError> {
    let mut passed = passed(db, desk)?;
    passed.retain(|(row, _)| !row.is_away(desk.now));
    let count = passed.len() as u64;
    passed.truncate(most);
    let first = passed.into_iter().map(|one| wire(db, desk, one));
    Ok((first.collect::<Result<_, _>>()?, count))
}

/// A page of the notices of a shelf.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn page(
    db: &Connection,
    desk: &Desk,
    shelf: Shelf,
    after: Option<Place>,
    limit: usize,
) -> Result<Page<Notice>, StoreError> {
    let wants_away = shelf == Shelf::PutAside;
    let mut passed = passed(db, desk)?;
    passed.retain(|(row, _)| row.is_away(desk.now) == wants_away);
    if let Some(after) = after {
        // A place is a notice, and where that stands is asked anew: it may have become more severe since.
        let Some(order) = rows::order_of(db, &desk.viewer.customer, after.seq)? else {
            return Ok(Page {
                items: Vec::new(),
                next: None,
            });
        };
        passed.retain(|(row, _)| row.order() > order);
    }
    let more = passed.len() > limit;
    passed.truncate(limit);
    let next = passed.last().filter(|_| more).map(|(row, _)| Place {
        at: row.since,
        seq: row.seq,
    });
    let items = passed.into_iter().map(|one| wire(db, desk, one));
    Ok(Page {
        items: items.collect::<Result<_, _>>()?,
        next,
    })
}

/// The customer's notice of this id, if the preferences let it through and it is not over.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn one(db: &Connection, desk: &Desk, id: &NoticeId) -> Result<Option<Notice>, StoreError> {
    find(db, desk, id)?
        .map(|found| wire(db, desk, found))
        .transpose()
}

pub(super) fn find(
    db: &Connection,
    desk: &Desk,
    id: &NoticeId,
) -> Result<Option<Passed>, StoreError> {
    Ok(passed(db, desk)?.into_iter().find(|(row, _)| row.id == *id))
}

/// What the customer may do with it.
pub(super) fn allowed(row: &Row, now: Moment) -> Vec<NoticeAction> {
    let mut actions = Vec::new();
    let is_settled = row.dismissed_at.is_some() || row.answered.is_some();
    if !is_settled {
        if !row.content.answers.is_empty() {
            actions.push(NoticeAction::Answer);
        }
        actions.extend([NoticeAction::Dismiss, NoticeAction::Snooze]);
    }
    if row.is_away(now) {
        actions.push(NoticeAction::Restore);
    }
    actions
}

pub(super) fn wire(
    db: &Connection,
    desk: &Desk,
    (row, reason): Passed,
) -> Result<Notice, StoreError> {
    let Desk {
        config,
        viewer,
        now,
    } = desk;
    let locale = viewer.locale.as_deref();
    let (lang, words) = in_language(&row.content.texts, locale, &config.company.locales)
        .ok_or_else(|| StoreError::Corrupt("a notice without words".to_owned()))?;
    let label = config
        .catalogue
        .topic(row.topic.as_str())
        .map(|topic| topic.text.get(locale).label.clone());
    let step = next_step(db, &row, *now)?;
    let answer = |answer: &Answer| NoticeAnswer {
        id: answer.id.clone(),
        label: words
            .answers
            .get(answer.id.as_str())
            .cloned()
            .unwrap_or_default(),
        leads_to: if answer.goes_on {
            step.clone()
        } else {
            NoticeStep::Done
        },
    };
    let link = row.content.link.as_ref().zip(words.link.clone());
    Ok(Notice {
        allowed_actions: allowed(&row, *now),
        etag: row.etag(),
        about: about(db, desk, &row)?,
        answers: row.content.answers.iter().map(answer).collect(),
        link: link.map(|(link, label)| wire_link(link, label)),
        title: words.title.clone(),
        text: words.text.clone(),
        lang: lang.to_owned(),
        preference_topic: NoticeTopic {
            label: label.unwrap_or_else(|| row.topic.to_string()),
            id: row.topic,
        },
        shown_because: reason,
        since: row.since.to_timestamp(),
        expected_end: row.expected_end.map(Moment::to_timestamp),
        until: row.until.map(Moment::to_timestamp),
        updated_at: row.updated_at.map(Moment::to_timestamp),
        answered: row.answered.map(|(answer, at)| NoticeAnswered {
            answer,
            at: at.to_timestamp(),
        }),
        snoozed_until: row
            .snoozed_until
            .filter(|end| end > now)
            .map(Moment::to_timestamp),
        dismissed_at: row.dismissed_at.map(Moment::to_timestamp),
        id: row.id,
        kind: row.kind,
        severity: row.severity,
    })
}

/// Where an answer leads with which the matter goes on.
fn next_step(db: &Connection, row: &Row, now: Moment) -> Result<NoticeStep, StoreError> {
    let Some(seq) = row.interaction else {
        return Ok(NoticeStep::Contact);
    };
    let allowed = interactions::situation(db, seq)?.allowed_actions(now);
    Ok(if allowed.contains(&Action::Reply) {
        NoticeStep::Reply
    } else if allowed.contains(&Action::Reopen) {
        NoticeStep::Reopen
    } else {
        NoticeStep::Contact
    })
}

fn wire_link(link: &Link, label: String) -> NoticeLink {
    let (url, guide_id) = match link {
        Link::Url(url) => (Some(url.clone()), None),
        Link::Guide(guide) => (None, Some(guide.clone())),
    };
    NoticeLink {
        label,
        url,
        guide_id,
    }
}

fn about(db: &Connection, desk: &Desk, row: &Row) -> Result<NoticeAbout, StoreError> {
    let interaction = match row.interaction {
        Some(seq) => matter(db, desk, seq)?,
        None => None,
    };
    let topic = match &row.about_topic {
        Some(topic) => interactions::topic_of(db, &desk.viewer, topic)?,
        None => None,
    };
    Ok(NoticeAbout { interaction, topic })
}

/// Of another customer's, nothing is shown whatever the table says.
fn matter(db: &Connection, desk: &Desk, seq: Seq) -> Result<Option<NoticeMatter>, StoreError> {
    Ok(interactions::summaries(db, &desk.viewer, [seq])?
        .pop()
        .map(|summary| NoticeMatter {
            id: summary.id,
            reference: summary.reference,
            subject: summary.subject,
        }))
}
