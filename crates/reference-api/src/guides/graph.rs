//! What the shape of a guide comes to: what is out of reach, which loops hold whoever enters them, and how many questions can
//! still come.
//!
//! One walk in depth finds the loops (Tarjan's strongly connected components) in time that grows with nodes and answers alone.
//! It keeps its own stack: a guide of fifty thousand questions in a row is no deeper than one of three.

/// Where the answers of each node lead, as places in the list of nodes.
pub struct Shape<'a> {
    /// By node: where its answers lead. None at an outcome.
    pub leads: &'a [Vec<usize>],
    /// By node: whether one of its answers leads to what is not there. Mended, it may be a way out.
    pub open: &'a [bool],
    /// Where the guide begins, if that is known.
    pub start: Option<usize>,
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The nodes that nothing leads to from the start; none where there is no start.
    pub out_of_reach: Vec<usize>,
    /// Loops that no answer leads out of, each with its nodes in order.
    pub loops: Vec<Vec<usize>>,
    /// By node: the most questions that can come after it; none where one can come again.
    pub ahead: Vec<Option<u64>>,
    /// How often a node or an answer was looked at, for whoever wants to know what the search costs.
    pub visits: usize,
}

/// Looks at the whole shape.
#[must_use]
pub fn look(shape: &Shape<'_>) -> Findings {
    let mut findings = Findings {
        ahead: vec![None; shape.leads.len()],
        ..Findings::default()
    };
    reach(shape, &mut findings);
    let mut walk = Walk::new(shape.leads.len());
    for node in 0..shape.leads.len() {
        walk.from(node, shape, &mut findings);
    }
    findings.loops.sort();
    findings
}

fn reach(shape: &Shape<'_>, findings: &mut Findings) {
    let Some(start) = shape.start else { return };
    let mut seen = vec![false; shape.leads.len()];
    seen[start] = true;
    let mut waiting = vec![start];
    while let Some(node) = waiting.pop() {
        findings.visits += 1;
        for &next in &shape.leads[node] {
            findings.visits += 1;
            if !std::mem::replace(&mut seen[next], true) {
                waiting.push(next);
            }
        }
    }
    findings.out_of_reach = (0..seen.len()).filter(|node| !seen[*node]).collect();
}

/// Not come to yet.
const UNSEEN: usize = usize::MAX;

/// Tarjan's walk. A component is complete when the walk leaves the node at which it was entered; all that it leads to is
/// complete before it.
struct Walk {
    /// By node: the how manieth it was.
    order: Vec<usize>,
    /// By node: the earliest node of its component that is known.
    low: Vec<usize>,
    /// Whether it waits in `stack` for its component to be complete.
    waiting: Vec<bool>,
    stack: Vec<usize>,
    /// By node: the first node of its component, once that is complete.
    component: Vec<usize>,
    /// The way to where the walk stands: a node, and how many of its answers it has gone.
    way: Vec<(usize, usize)>,
    count: usize,
}

impl Walk {
    fn new(nodes: usize) -> Self {
        Self {
            order: vec![UNSEEN; nodes],
            low: vec![0; nodes],
            waiting: vec![false; nodes],
            stack: Vec::new(),
            component: vec![UNSEEN; nodes],
            way: Vec::new(),
            count: 0,
        }
    }

    fn from(&mut self, root: usize, shape: &Shape<'_>, findings: &mut Findings) {
        if self.order[root] != UNSEEN {
            return;
        }
        self.enter(root);
        while let Some((node, gone)) = self.way.last_mut() {
            let node = *node;
            findings.visits += 1;
            if let Some(&next) = shape.leads[node].get(*gone) {
                *gone += 1;
                if self.order[next] == UNSEEN {
                    self.enter(next);
                } else if self.waiting[next] {
                    self.low[node] = self.low[node].min(self.order[next]);
                }
            } else {
                self.way.pop();
                if let Some((before, _)) = self.way.last() {
                    self.low[*before] = self.low[*before].min(self.low[node]);
                }
                if self.low[node] == self.order[node] {
                    self.complete(node, shape, findings);
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.order[node] = self.count;
        self.low[node] = self.count;
        self.count += 1;
        self.waiting[node] = true;
        self.stack.push(node);
        self.way.push((node, 0));
    }

    fn complete(&mut self, first: usize, shape: &Shape<'_>, findings: &mut Findings) {
        let from = self.stack.iter().rposition(|node| *node == first);
        let component = self.stack.split_off(from.unwrap_or(0));
        for node in &component {
            self.waiting[*node] = false;
            self.component[*node] = first;
        }
        let is_loop = component.len() > 1 || shape.leads[first].contains(&first);
        if !is_loop {
            findings.ahead[first] = most_ahead(first, shape, &findings.ahead);
            return;
        }
        let inside = |next: &usize| self.component[*next] == first;
        let holds = component
            .iter()
            .all(|node| !shape.open[*node] && shape.leads[*node].iter().all(inside));
        if holds {
            findings.loops.push(in_order(first, &component, shape));
        }
    }
}

fn most_ahead(node: usize, shape: &Shape<'_>, ahead: &[Option<u64>]) -> Option<u64> {
    let asks = |next: usize| u64::from(!shape.leads[next].is_empty());
    let mut most = 0;
    for &next in &shape.leads[node] {
        most = most.max(asks(next) + ahead[next]?);
    }
    Some(most)
}

/// The nodes of a loop as somebody walks it, as far as first answers go round; then the rest.
fn in_order(first: usize, component: &[usize], shape: &Shape<'_>) -> Vec<usize> {
    let mut rest: std::collections::BTreeSet<usize> = component.iter().copied().collect();
    let mut order = Vec::with_capacity(component.len());
    let mut next = Some(component.iter().copied().min().unwrap_or(first));
    while let Some(node) = next {
        rest.remove(&node);
        order.push(node);
        next = shape.leads[node]
            .iter()
            .copied()
            .find(|node| rest.contains(node));
    }
    order.extend(rest);
    order
}
