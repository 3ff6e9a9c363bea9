//! A guide as the contract carries it, in one language.

use super::guide::{Ending, Guide, Node};
use super::source::{Local, Words};
use crate::config::Config;
use crate::consents::in_language;
use crate::contact::Ways;
use crate::store::StoreError;
use portal_contract::contact::ContactOptionKind;
use portal_contract::guide::{
    Guide as WireGuide, GuideAnswer, GuideLink, GuideNode, GuideOutcome, GuidePrefill, GuideSummary,
};
use portal_contract::interaction::Topic;
use portal_contract::{ContactOptionId, TopicId};
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;
use std::sync::Arc;

/// What the company's topics are called, in the reader's language, and of which sort its ways to get in touch are.
#[derive(Debug, Default)]
pub struct Labels {
    topics: HashMap<TopicId, String>,
    ways: Arc<Ways>,
}

impl Labels {
    /// The labels of these topics: as interactions have them, else as the company's ways to get in touch do.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn of<'t>(
        db: &Connection,
        config: &Config,
        topics: impl Iterator<Item = &'t TopicId>,
        locale: Option<&str>,
    ) -> Result<Self, StoreError> {
        let mut statement = db.prepare_cached(
            "SELECT coalesce((SELECT label FROM topic_labels WHERE topic_id = t.id AND locale IN (?2, ?3)
                              ORDER BY length(locale) DESC LIMIT 1), t.label)
               FROM topics AS t WHERE t.id = ?1",
        )?;
        let usual = &config.company.locales;
        let of_a_way = |topic| {
            let subject = config.ways.topic(topic)?;
            in_language(&subject.label, locale, usual).map(|(_, label)| label.clone())
        };
        let locale = locale.unwrap_or_default();
        let language = locale.split('-').next().unwrap_or_default();
        let mut labels = HashMap::new();
        for topic in topics {
            if labels.contains_key(topic) {
                continue;
            }
            let label = statement
                .query_row((topic.as_str(), locale, language), |row| row.get(0))
                .optional()?;
            let label = label.or_else(|| of_a_way(topic));
            labels.extend(label.map(|label| (topic.clone(), label)));
        }
        Ok(Self {
            topics: labels,
            ways: config.ways.clone(),
        })
    }

    fn topic(&self, id: Option<&TopicId>) -> Option<Topic> {
        let id = id?;
        let label = self.topics.get(id).cloned();
        Some(Topic {
            label: label.unwrap_or_else(|| id.as_str().to_owned()),
            id: id.clone(),
        })
    }
}

impl Labels {
    fn kind_of(&self, way: Option<&ContactOptionId>) -> Option<ContactOptionKind> {
        Some(self.ways.find(way?)?.kind.clone())
    }
}

/// The language in which a guide is told to this reader. It has one at least, and all of it is in each of them.
pub(super) fn language<'g>(guide: &'g Guide, locale: Option<&str>, usual: &[String]) -> &'g str {
    in_language(&guide.text, locale, usual)
        .map(|(language, _)| language)
        .expect("a guide without a language is refused")
}

/// What stands in this language of the guide.
pub(super) fn told<'g, T>(texts: &'g Local<T>, language: &str) -> &'g T {
    texts
        .get(language)
        .expect("a guide that lacks a text in one of its languages is refused")
}

/// The guide as a list shows it.
#[must_use]
pub fn summary(
    guide: &Guide,
    labels: &Labels,
    locale: Option<&str>,
    usual: &[String],
) -> GuideSummary {
    let language = language(guide, locale, usual);
    let heading = told(&guide.text, language);
    GuideSummary {
        id: guide.id.clone(),
        title: heading.title.clone(),
        description: heading.description.clone(),
        lang: language.to_owned(),
        topic: labels.topic(guide.topic.as_ref()),
        questions: guide.questions(),
    }
}

/// The guide as the contract carries it.
#[must_use]
pub fn to_wire(
    guide: &Guide,
    labels: &Labels,
    locale: Option<&str>,
    usual: &[String],
) -> WireGuide {
    let language = language(guide, locale, usual);
    let heading = told(&guide.text, language);
    let nodes = guide.nodes.iter();
    WireGuide {
        id: guide.id.clone(),
        version: guide.version.clone(),
        title: heading.title.clone(),
        description: heading.description.clone(),
        lang: language.to_owned(),
        topic: labels.topic(guide.topic.as_ref()),
        start: guide.start().id.clone(),
        nodes: nodes
            .map(|node| (node.id.clone(), node_to_wire(guide, node, labels, language)))
            .collect(),
    }
}

fn node_to_wire(guide: &Guide, node: &Node, labels: &Labels, language: &str) -> GuideNode {
    let words = told(&node.text, language);
    let answers = node.answers.iter().map(|answer| GuideAnswer {
        id: answer.id.clone(),
        label: told(&answer.label, language).clone(),
        next: answer.next.clone(),
    });
    let outcome = node.ending.as_ref();
    GuideNode {
        text: words.text.clone(),
        help: words.help.clone(),
        answers: answers.collect(),
        outcome: outcome.map(|ending| outcome_to_wire(guide, ending, words, labels, language)),
        questions_ahead: node.questions_ahead,
    }
}

fn outcome_to_wire(
    guide: &Guide,
    ending: &Ending,
    words: &Words,
    labels: &Labels,
    language: &str,
) -> GuideOutcome {
    let link = ending.link.clone().zip(words.link.clone());
    let subject = words.subject.as_ref();
    GuideOutcome {
        kind: ending.kind.clone(),
        steps: words.steps.clone(),
        link: link.map(|(url, label)| GuideLink { url, label }),
        prefill: Some(GuidePrefill {
            topic: labels.topic(ending.topic.as_ref().or(guide.topic.as_ref())),
            subject: Some(
                subject
                    .unwrap_or(&told(&guide.text, language).title)
                    .clone(),
            ),
            option_id: ending.option.clone(),
            option_kind: labels.kind_of(ending.option.as_ref()),
        }),
    }
}
