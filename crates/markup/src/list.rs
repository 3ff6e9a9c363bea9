//! The two components that draw by a condition and by a list.

use crate::child::Child;
use crate::prelude::*;
use crate::region::Region;
use crate::view::{View, between, remove};
use crate::{memo, watch};
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use web_sys::Node;

/// Draws its children while `when` holds; they stay as they are while it goes on holding.
#[component]
pub fn Show<W>(
    /// The condition.
    when: W,
    /// What is drawn.
    children: ChildrenFn,
) -> impl IntoView
where
    W: Fn() -> bool + 'static,
{
    let shown = memo(when);
    (move || shown.get().then(|| children())).alone()
}

/// Draws a row for each item; a row whose key is still there stays the same node, wherever it moves.
#[component]
pub fn For<E, I, T, K, G, V, C>(
    /// The items, in order.
    each: E,
    /// What tells an item from every other.
    key: K,
    /// Its row.
    children: C,
) -> impl IntoView
where
    E: Fn() -> I + 'static,
    I: IntoIterator<Item = T>,
    T: 'static,
    K: Fn(&T) -> G + 'static,
    G: Hash,
    C: Fn(T) -> V + 'static,
    V: Child,
{
    follow(Box::new(move |arrange| {
        let items = Vec::from_iter(each());
        let keys = items.iter().map(|item| mark(&key(item))).collect();
        let mut items = items.into_iter();
        let mut next = 0;
        arrange(keys, &mut |at| {
            let item = items.nth(at - next);
            next = at + 1;
            item.map_or_else(View::new, |item| children(item).alone())
        });
    }))
}

/// Draws the row of the item at a place. It is asked for in order, at most once for each.
type DrawRow<'a> = dyn FnMut(usize) -> View + 'a;

/// Reads what stands in the list and hands it on: the keys in their order, and what draws a row.
type ReadList = Box<dyn Fn(&mut dyn FnMut(Vec<u64>, &mut DrawRow))>;

/// What does not have to know what kind of items they are.
fn follow(read: ReadList) -> View {
    let region = Region::new();
    let rows = Rows::new(region.clone());
    let first = Rc::new(RefCell::new(View::new()));
    let put = Rc::clone(&first);
    watch(move || {
        read(&mut |keys, draw| {
            untrack(|| rows.arrange_by(keys, draw, &put.borrow()));
        });
    });
    let content = first.take();
    region.around(content)
}

/// A key as one number, so that the list's own code is the same for every kind of key. Two of the same list meet by chance
/// once in billions of lists; the one would then take the other's row.
fn mark(key: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// One row in the page.
struct Row {
    first: Node,
    last: Node,
    owner: Owner,
}

/// The rows of a list.
struct Rows {
    region: Region,
    owner: Owner,
    rows: RefCell<HashMap<u64, Row>>,
}

impl Rows {
    fn new(region: Region) -> Self {
        Self {
            region,
            owner: Owner::current().expect("a list is drawn by an owner"),
            rows: RefCell::new(HashMap::new()),
        }
    }

    /// Makes the page hold rows for `keys`, in their order. Until the region stands in the page, rows go to `waiting`.
    fn arrange_by(&self, keys: Vec<u64>, draw: &mut DrawRow, waiting: &View) {
        let parent = self.region.end().parent_node();
        let mut rows = self.rows.borrow_mut();
        let mut kept = HashMap::with_capacity(keys.len());
        let mut order = Vec::with_capacity(keys.len());
        for (at, key) in keys.into_iter().enumerate() {
            let row = rows
                .remove(&key)
                .unwrap_or_else(|| self.make(at, draw, parent.as_ref(), waiting));
            order.push((row.first.clone(), row.last.clone()));
            kept.insert(key, row);
        }
        for (_, row) in rows.drain() {
            row.owner.unset_with_forced_cleanup();
            remove(&between(&row.first, &row.last));
        }
        *rows = kept;
        if let Some(parent) = parent {
            arrange(&parent, &order, self.region.first());
        }
    }

    fn make(&self, at: usize, draw: &mut DrawRow, parent: Option<&Node>, waiting: &View) -> Row {
        let owner = self.owner.child();
        let view = owner.with(|| draw(at));
        let framed = View::new();
        // A row that draws nothing still has a place.
        framed.text("");
        framed.view(view);
        let nodes = framed.into_nodes();
        let row = Row {
            first: nodes[0].clone(),
            last: nodes[nodes.len() - 1].clone(),
            owner,
        };
        for node in nodes {
            match parent {
                Some(parent) => {
                    let _ = parent.insert_before(&node, Some(self.region.end()));
                }
                None => waiting.raw(node),
            }
        }
        row
    }
}

/// Puts rows into order, touching only those that stand elsewhere.
fn arrange(parent: &Node, order: &[(Node, Node)], start: Option<Node>) {
    let mut at = start;
    for (first, last) in order {
        if at.as_ref() == Some(first) {
            at = last.next_sibling();
            continue;
        }
        for node in between(first, last) {
            let _ = parent.insert_before(&node, at.as_ref());
        }
    }
}
