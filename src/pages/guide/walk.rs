//! Walking a guide by the answers of an address.

use crate::routes::Way;
use portal_contract::guide::{
    Guide, GuideAnswer, GuideAnswered, GuideAnswers, GuideNode, GuideStep, GuideTrail,
    MAX_TRAIL_STEPS,
};
use portal_contract::{GuideAnswerId, GuideNodeId};

/// Where a way leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The question or the outcome.
    pub at: GuideNodeId,
    /// The way there, as far as the guide has it.
    pub way: Way,
    /// The same, each step with its question.
    pub steps: Vec<GuideStep>,
    /// Whether the address led nowhere else.
    pub fits: bool,
}

/// Follows the way as far as it leads.
pub fn walk(guide: &Guide, way: &Way) -> Place {
    let begins = way
        .from
        .as_ref()
        .filter(|from| guide.nodes.get(from).is_some());
    let mut place = Place {
        at: begins.unwrap_or(&guide.start).clone(),
        way: Way {
            from: begins.cloned(),
            answers: Vec::new(),
        },
        steps: Vec::new(),
        fits: begins == way.from.as_ref(),
    };
    for answer in way.answers.iter().take(MAX_TRAIL_STEPS) {
        let Some(found) = answer_of(guide, &place.at, answer).filter(|_| place.fits) else {
            place.fits = false;
            break;
        };
        let next = found.next.clone();
        place.steps.push(GuideStep {
            node_id: place.at.clone(),
            answer_id: answer.clone(),
        });
        place.way.answers.push(answer.clone());
        place.at = next;
    }
    place
}

/// The way after one more answer. A guide may lead in a circle for as long as somebody likes, and a way holds so many steps: at its
/// end the circle is cut out of it.
pub fn after(place: &Place, answer: &GuideAnswer) -> Way {
    if place.steps.len() < MAX_TRAIL_STEPS {
        return place.way.and(answer.id.clone());
    }
    let been_there = place
        .steps
        .iter()
        .position(|step| step.node_id == answer.next);
    place.way.until(been_there.unwrap_or(0))
}

/// A node that answers lead to. The server promises that there is one.
pub fn answer_of<'g>(
    guide: &'g Guide,
    node: &GuideNodeId,
    answer: &GuideAnswerId,
) -> Option<&'g GuideAnswer> {
    let node: &GuideNode = guide.nodes.get(node)?;
    node.answers.iter().find(|known| known.id == *answer)
}

impl Place {
    /// The way as the server reads it.
    pub fn trail(&self, guide: &Guide) -> GuideTrail {
        GuideTrail {
            guide_id: guide.id.clone(),
            version: guide.version.clone(),
            steps: self.steps.clone(),
        }
    }

    /// The way as people read it.
    pub fn told(&self, guide: &Guide) -> GuideAnswers {
        let outcome = guide
            .nodes
            .get(&self.at)
            .filter(|node| node.outcome.is_some());
        GuideAnswers {
            guide_id: guide.id.clone(),
            title: guide.title.clone(),
            lang: guide.lang.clone(),
            answers: self
                .steps
                .iter()
                .filter_map(|step| said(guide, step))
                .collect(),
            outcome: outcome.map(|node| node.text.clone()),
        }
    }
}

fn said(guide: &Guide, step: &GuideStep) -> Option<GuideAnswered> {
    Some(GuideAnswered {
        question: guide.nodes.get(&step.node_id)?.text.clone(),
        answer: answer_of(guide, &step.node_id, &step.answer_id)?
            .label
            .clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_contract::guide::{GuideOutcome, GuideOutcomeKind};

    fn node(answers: &[(&str, &str)]) -> GuideNode {
        let answer = |(id, next): &(&str, &str)| GuideAnswer {
            id: id.parse().unwrap(),
            label: format!("{id}!"),
            next: next.parse().unwrap(),
        };
        GuideNode {
            text: "?".into(),
            help: None,
            answers: answers.iter().map(answer).collect(),
            outcome: answers.is_empty().then(|| GuideOutcome {
                kind: GuideOutcomeKind::Answer,
                steps: Vec::new(),
                link: None,
                prefill: None,
            }),
            questions_ahead: None,
        }
    }

    fn guide() -> Guide {
        let nodes = [
            ("thirst", node(&[("yes", "kettle"), ("no", "end")])),
            ("kettle", node(&[("cold", "thirst"), ("hot", "end")])),
            ("end", node(&[])),
        ];
        Guide {
            id: "tea".parse().unwrap(),
            version: "1".parse().unwrap(),
            title: "Tea".into(),
            description: String::new(),
            lang: "en".into(),
            topic: None,
            start: "thirst".parse().unwrap(),
            nodes: nodes
                .into_iter()
                .map(|(id, node)| (id.parse().unwrap(), node))
                .collect(),
        }
    }

    fn way(from: Option<&str>, answers: &[&str]) -> Way {
        Way {
            from: from.map(|id| id.parse().unwrap()),
            answers: answers.iter().map(|id| id.parse().unwrap()).collect(),
        }
    }

    fn lands(way: &Way) -> (String, usize, bool) {
        let place = walk(&guide(), way);
        (place.at.to_string(), place.steps.len(), place.fits)
    }

    #[test]
    fn a_way_leads_where_its_answers_lead() {
        assert_eq!(lands(&Way::default()), ("thirst".into(), 0, true));
        assert_eq!(
            lands(&way(None, &["yes", "cold", "no"])),
            ("end".into(), 3, true)
        );
        assert_eq!(
            lands(&way(Some("kettle"), &["hot"])),
            ("end".into(), 1, true)
        );
    }

    #[test]
    fn a_way_that_leads_nowhere_stops_at_the_last_question_that_it_reached() {
        assert_eq!(
            lands(&way(None, &["yes", "no", "hot"])),
            ("kettle".into(), 1, false)
        );
        assert_eq!(
            lands(&way(Some("cellar"), &["yes"])),
            ("thirst".into(), 0, false)
        );
        assert_eq!(lands(&way(None, &["no", "yes"])), ("end".into(), 1, false));
    }

    #[test]
    fn a_way_as_long_as_it_may_be_loses_the_circle_that_it_went() {
        let round: Vec<&str> = ["yes", "cold"]
            .into_iter()
            .cycle()
            .take(MAX_TRAIL_STEPS)
            .collect();
        let place = walk(&guide(), &way(None, &round));
        assert_eq!(
            (place.at.as_str(), place.steps.len()),
            ("thirst", MAX_TRAIL_STEPS)
        );
        let guide = guide();
        let yes = answer_of(&guide, &place.at, &"yes".parse().unwrap()).unwrap();
        assert_eq!(after(&place, yes), way(None, &["yes"]));
    }

    #[test]
    fn a_way_is_told_in_words() {
        let guide = guide();
        let told = walk(&guide, &way(None, &["yes", "hot"])).told(&guide);
        let answers: Vec<&str> = told.answers.iter().map(|one| one.answer.as_str()).collect();
        assert_eq!(
            (answers, told.outcome.as_deref()),
            (vec!["yes!", "hot!"], Some("?"))
        );
    }
}
