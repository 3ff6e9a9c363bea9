//! Guides of any size and shape: what a check costs, and that it finds what another way of looking finds.

use super::*;
use std::time::Instant;

/// A guide of so many nodes: `fan` answers a question, the last ones outcomes.
fn tree(nodes: usize, fan: usize) -> String {
    let mut texts = Vec::with_capacity(nodes);
    for at in 0..nodes {
        let below: Vec<String> = (1..=fan)
            .map(|branch| at * fan + branch)
            .filter(|next| *next < nodes)
            .map(|next| format!("n{next}"))
            .collect();
        let answers: Vec<(&str, &str)> = below
            .iter()
            .map(|next| (next.as_str(), next.as_str()))
            .collect();
        let id = format!("n{at}");
        texts.push(if answers.is_empty() {
            outcome(&id)
        } else {
            question(&id, &answers)
        });
    }
    guide(&texts).replace("start = \"thirst\"", "start = \"n0\"")
}

#[test]
fn a_tree_of_500_nodes_is_checked_whole() {
    let text = tree(500, 2);
    let begun = Instant::now();
    let guide = parse("tree.toml", &text, &Names::default()).unwrap();
    println!("500 nodes, read and checked: {:?}", begun.elapsed());
    assert_eq!((guide.nodes.len(), guide.questions()), (500, Some(8)));
}

/// Where the answers of a tree lead.
fn leads_of_a_tree(nodes: usize, fan: usize) -> Vec<Vec<usize>> {
    let below = |at: usize| {
        (at * fan + 1..=at * fan + fan)
            .filter(|next| *next < nodes)
            .collect()
    };
    (0..nodes).map(below).collect()
}

#[test]
fn what_a_check_costs_grows_with_nodes_and_answers_alone() {
    let row = |nodes: usize| {
        (0..nodes)
            .map(|at| (at + 1..nodes).take(1).collect())
            .collect::<Vec<Vec<usize>>>()
    };
    let ring = |nodes: usize| {
        (0..nodes)
            .map(|at| vec![(at + 1) % nodes])
            .collect::<Vec<Vec<usize>>>()
    };
    for nodes in [500, 50_000] {
        for leads in [
            leads_of_a_tree(nodes, 2),
            leads_of_a_tree(nodes, 9),
            row(nodes),
            ring(nodes),
        ] {
            let answers: usize = leads.iter().map(Vec::len).sum();
            let open = vec![false; nodes];
            let begun = Instant::now();
            let findings = look(&Shape {
                leads: &leads,
                open: &open,
                start: Some(0),
            });
            println!(
                "{nodes} nodes, {answers} answers: {} visits, {:?}",
                findings.visits,
                begun.elapsed()
            );
            // Each node and each answer: once from the start, and at most twice by the walk in depth.
            assert!(
                findings.visits <= 2 * (nodes + answers),
                "{} visits",
                findings.visits
            );
            assert!(findings.out_of_reach.is_empty());
        }
    }
}

/// Whether each node leads to an outcome and is led to, found in another way: by going round until nothing changes.
fn is_sound(leads: &[Vec<usize>]) -> bool {
    let mut ends: Vec<bool> = leads.iter().map(Vec::is_empty).collect();
    let mut reached: Vec<bool> = (0..leads.len()).map(|at| at == 0).collect();
    for _ in 0..leads.len() {
        for (at, next) in leads.iter().enumerate() {
            ends[at] |= next.iter().any(|next| ends[*next]);
            if reached[at] {
                next.iter().for_each(|next| reached[*next] = true);
            }
        }
    }
    ends.into_iter()
        .zip(reached)
        .all(|(ends, reached)| ends && reached)
}

proptest::proptest! {
    #[test]
    fn a_guide_passes_exactly_when_every_node_leads_to_an_outcome(
        raw in proptest::collection::vec(proptest::collection::vec(0..12_usize, 0..4), 1..12),
    ) {
        let nodes = raw.len();
        let leads: Vec<Vec<usize>> = raw.iter().map(|next| next.iter().map(|next| next % nodes).collect()).collect();
        let texts: Vec<String> = leads.iter().enumerate().map(|(at, next)| {
            let names: Vec<(String, String)> =
                next.iter().enumerate().map(|(number, next)| (format!("a{number}"), format!("n{next}"))).collect();
            let answers: Vec<(&str, &str)> = names.iter().map(|(id, next)| (id.as_str(), next.as_str())).collect();
            if answers.is_empty() { outcome(&format!("n{at}")) } else { question(&format!("n{at}"), &answers) }
        }).collect();
        let text = guide(&texts).replace("start = \"thirst\"", "start = \"n0\"");
        let checked = parse("any.toml", &text, &Names::default());
        proptest::prop_assert_eq!(checked.is_ok(), is_sound(&leads), "{:?}", checked.err());
        // What is said to be ahead is the longest way there is.
        if let Some(most) = checked.ok().and_then(|guide| guide.questions()) {
            proptest::prop_assert_eq!(most, longest(&leads, 0));
        }
    }
}

/// The most questions on any way from this node on, by going every way.
fn longest(leads: &[Vec<usize>], at: usize) -> u64 {
    let below = leads[at].iter().map(|next| longest(leads, *next)).max();
    below.map_or(0, |below| below + 1)
}
