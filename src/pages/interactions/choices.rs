//! What the history can be narrowed by, and where each choice leads: filters in, filters out.

use crate::i18n::{Text, day, t, text};
use crate::widgets::{channel_word, plain_words, standing_word};
use portal_contract::TopicId;
use portal_contract::filter::{InteractionFilter, Sort};
use portal_contract::interaction::{
    Channel, Direction, InteractionFacets, InteractionStatus, Standing, Topic,
};

/// One box or button of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its word.
    pub word: String,
    /// Whether it is chosen.
    pub on: bool,
    /// The filter that pressing it leads to.
    pub next: InteractionFilter,
}

/// How many of a group can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Several.
    Several,
    /// Exactly one; the first is the usual one.
    One,
}

/// Choices of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name in ids.
    pub id: &'static str,
    /// Its name for people.
    pub title: Text,
    /// How many can be chosen.
    pub many: Many,
    /// The choices; those that are chosen are always among them.
    pub choices: Vec<Choice>,
}

impl Group {
    /// What is in use, for the closed menu; nothing when it narrows nothing.
    pub fn in_use(&self) -> Option<String> {
        let chosen: Vec<&Choice> = self.choices.iter().filter(|choice| choice.on).collect();
        match (self.many, chosen.as_slice()) {
            (_, []) => None,
            (Many::One, _) if self.choices.first().is_some_and(|usual| usual.on) => None,
            (_, [one]) => Some(one.word.clone()),
            (_, several) => Some(crate::i18n::number(several.len())),
        }
    }
}

/// Every group, as the filter stands. Before the facets are known only what is chosen can be told.
pub fn groups(filter: &InteractionFilter, facets: Option<&InteractionFacets>) -> Vec<Group> {
    let topics = facets.map_or(&[][..], |facets| &facets.topics);
    let channels = with(
        facets.map_or(&[][..], |facets| &facets.channels),
        &filter.channels,
    );
    let topic_ids: Vec<TopicId> = topics.iter().map(|topic| topic.id.clone()).collect();
    let channel = |channel: &Channel| Choice {
        word: channel_word(channel),
        on: filter.channels.contains(channel),
        next: InteractionFilter {
            channels: toggled(&filter.channels, channel),
            ..filter.clone()
        },
    };
    let topic = |id: &TopicId| Choice {
        word: topic_word(id, topics),
        on: filter.topics.contains(id),
        next: InteractionFilter {
            topics: toggled(&filter.topics, id),
            ..filter.clone()
        },
    };
    let several = |id, title, choices| Group {
        id,
        title,
        many: Many::Several,
        choices,
    };
    vec![
        several(
            "channel",
            text::INTERACTIONS_FILTER_CHANNEL,
            channels.iter().map(channel).collect(),
        ),
        several(
            "status",
            text::INTERACTIONS_FILTER_STATUS,
            Standing::ALL.map(|it| standing_choice(filter, it)).to_vec(),
        ),
        several(
            "topic",
            text::INTERACTIONS_FILTER_TOPIC,
            with(&topic_ids, &filter.topics).iter().map(topic).collect(),
        ),
        Group {
            id: "direction",
            title: text::INTERACTIONS_FILTER_DIRECTION,
            many: Many::One,
            choices: directions(filter),
        },
        Group {
            id: "sort",
            title: text::INTERACTIONS_SORT,
            many: Many::One,
            choices: orders(filter),
        },
    ]
}

fn directions(filter: &InteractionFilter) -> Vec<Choice> {
    let choice = |word, direction: Option<Direction>| Choice {
        word: t(word),
        on: filter.direction == direction,
        next: InteractionFilter {
            direction,
            ..filter.clone()
        },
    };
    vec![
        choice(text::DIRECTION_ANY, None),
        choice(text::DIRECTION_INBOUND, Some(Direction::Inbound)),
        choice(text::DIRECTION_OUTBOUND, Some(Direction::Outbound)),
    ]
}

fn orders(filter: &InteractionFilter) -> Vec<Choice> {
    let oldest = filter.sort == Some(Sort::Oldest);
    let choice = |word, on, sort| Choice {
        word: t(word),
        on,
        next: InteractionFilter {
            sort,
            ..filter.clone()
        },
    };
    vec![
        choice(text::INTERACTIONS_SORT_NEWEST, !oldest, None),
        choice(text::INTERACTIONS_SORT_OLDEST, oldest, Some(Sort::Oldest)),
    ]
}

/// Three words for people, six statuses for the API: a word is chosen as soon as one of its statuses is.
fn standing_choice(filter: &InteractionFilter, standing: Standing) -> Choice {
    let is_of = |status: &InteractionStatus| standing.statuses().contains(status);
    let on = filter.statuses.iter().any(is_of);
    let mut statuses: Vec<_> = filter
        .statuses
        .iter()
        .filter(|status| !is_of(status))
        .cloned()
        .collect();
    if !on {
        statuses.extend_from_slice(standing.statuses());
    }
    Choice {
        word: t(standing_word(standing)),
        on,
        next: InteractionFilter {
            statuses,
            ..filter.clone()
        },
    }
}

/// What is in use, each with the filter without it.
pub fn chips(filter: &InteractionFilter, facets: Option<&InteractionFacets>) -> Vec<Choice> {
    let mut chips = Vec::new();
    let mut chip = |word: String, next: InteractionFilter| {
        chips.push(Choice {
            word,
            on: true,
            next,
        })
    };
    if let Some(q) = &filter.q {
        chip(
            t(text::interactions_chip_query(q.clone())),
            InteractionFilter {
                q: None,
                ..filter.clone()
            },
        );
    }
    for group in groups(filter, facets)
        .into_iter()
        .filter(|group| group.many == Many::Several)
    {
        group
            .choices
            .into_iter()
            .filter(|choice| choice.on)
            .for_each(|choice| chip(choice.word, choice.next));
    }
    for status in filter
        .statuses
        .iter()
        .filter(|status| matches!(status, InteractionStatus::Other(_)))
    {
        let next = InteractionFilter {
            statuses: toggled(&filter.statuses, status),
            ..filter.clone()
        };
        chip(plain_words(status.as_str()), next);
    }
    if let Some(direction) = &filter.direction {
        let word = match direction {
            Direction::Inbound => t(text::DIRECTION_INBOUND),
            Direction::Outbound => t(text::DIRECTION_OUTBOUND),
            Direction::Other(value) => plain_words(value),
        };
        chip(
            word,
            InteractionFilter {
                direction: None,
                ..filter.clone()
            },
        );
    }
    if let Some(from) = &filter.from {
        chip(
            t(text::interactions_chip_from(day(from.as_str()))),
            InteractionFilter {
                from: None,
                ..filter.clone()
            },
        );
    }
    if let Some(to) = &filter.to {
        chip(
            t(text::interactions_chip_to(day(to.as_str()))),
            InteractionFilter {
                to: None,
                ..filter.clone()
            },
        );
    }
    chips
}

/// Without anything that narrows; the order stays.
pub fn cleared(filter: &InteractionFilter) -> InteractionFilter {
    InteractionFilter {
        sort: filter.sort.clone(),
        ..InteractionFilter::default()
    }
}

/// With these words searched for.
pub fn searched(filter: &InteractionFilter, words: &str) -> InteractionFilter {
    InteractionFilter {
        q: Some(words.trim().to_owned()).filter(|q| !q.is_empty()),
        ..filter.clone()
    }
}

fn topic_word(id: &TopicId, topics: &[Topic]) -> String {
    topics
        .iter()
        .find(|topic| topic.id == *id)
        .map_or_else(|| plain_words(id.as_str()), |topic| topic.label.clone())
}

/// What is on offer, and behind it what is chosen all the same.
fn with<T: Clone + PartialEq>(offered: &[T], chosen: &[T]) -> Vec<T> {
    let rest = chosen.iter().filter(|value| !offered.contains(value));
    offered.iter().chain(rest).cloned().collect()
}

fn toggled<T: Clone + PartialEq>(values: &[T], value: &T) -> Vec<T> {
    if values.contains(value) {
        values
            .iter()
            .filter(|other| *other != value)
            .cloned()
            .collect()
    } else {
        values.iter().chain([value]).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::filter_of;

    fn filter(search: &str) -> InteractionFilter {
        filter_of(search).0
    }

    fn facets() -> InteractionFacets {
        let topic = Topic {
            id: "billing".parse().unwrap(),
            label: "Billing".into(),
        };
        InteractionFacets {
            channels: vec![Channel::Phone, Channel::Email],
            topics: vec![topic],
            earliest: None,
        }
    }

    fn group(filter: &InteractionFilter, id: &str) -> Group {
        groups(filter, Some(&facets()))
            .into_iter()
            .find(|group| group.id == id)
            .unwrap()
    }

    #[test]
    fn a_channel_is_added_and_taken_away_again() {
        let none = filter("q=bill");
        let phone = group(&none, "channel").choices[0].clone();
        assert!(!phone.on);
        assert_eq!(phone.next, filter("q=bill&channel=phone"));
        let again = group(&phone.next, "channel").choices[0].clone();
        assert!(again.on);
        assert_eq!(again.next, none);
    }

    #[test]
    fn a_word_for_the_standing_stands_for_all_its_statuses() {
        let done = group(&filter(""), "status").choices[2].clone();
        assert_eq!(done.next.statuses, Standing::Done.statuses());
        let partly = group(&filter("status=closed&status=beamed_up"), "status").choices[2].clone();
        assert!(partly.on);
        assert_eq!(partly.next, filter("status=beamed_up"));
    }

    #[test]
    fn what_is_chosen_can_be_taken_away_even_where_it_is_not_on_offer() {
        let chosen =
            filter("channel=carrier_pigeon&topic=moon&status=beamed_up&direction=sideways");
        let words: Vec<String> = chips(&chosen, Some(&facets()))
            .into_iter()
            .map(|chip| chip.word)
            .collect();
        assert_eq!(words, ["Carrier pigeon", "Moon", "Beamed up", "Sideways"]);
        let mut rest = chosen;
        while let Some(chip) = chips(&rest, None).into_iter().next() {
            rest = chip.next;
        }
        assert!(rest.is_empty());
    }

    #[test]
    fn every_part_of_a_filter_has_its_chip() {
        let all = filter(
            "q=a&channel=email&status=open&topic=billing&direction=inbound&from=2026-01-01&to=2026-02-01&sort=oldest",
        );
        assert_eq!(chips(&all, Some(&facets())).len(), 7);
        assert_eq!(cleared(&all), filter("sort=oldest"));
    }

    #[test]
    fn the_usual_choice_narrows_nothing() {
        assert_eq!(group(&filter(""), "sort").in_use(), None);
        assert!(group(&filter("sort=oldest"), "sort").in_use().is_some());
        assert_eq!(
            group(&filter("topic=billing"), "topic").in_use().as_deref(),
            Some("Billing")
        );
    }

    #[test]
    fn spaces_alone_are_no_search() {
        assert_eq!(searched(&filter("q=a"), "  ").q, None);
        assert_eq!(
            searched(&filter(""), " late bill ").q.as_deref(),
            Some("late bill")
        );
    }
}
