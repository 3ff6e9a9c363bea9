//! A part of a view that is drawn anew as a whole.

use crate::element::document;
use crate::view::View;
use crate::watch;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

/// The place between two markers.
#[derive(Clone)]
pub struct Region {
    start: Node,
    end: Node,
}

impl Region {
    /// An empty place.
    pub fn new() -> Self {
        let marker = || Node::from(document().create_text_node(""));
        Self {
            start: marker(),
            end: marker(),
        }
    }

    /// A place for what `draw` draws, drawn anew when a signal that it read changes.
    pub fn follow(draw: Box<dyn Fn() -> View>) -> View {
        let region = Self::new();
        let mut first = Some(View::new());
        let place = region.clone();
        // Drawn at once into the view that is still being put together, later into the page.
        let drawn = std::rc::Rc::new(std::cell::RefCell::new(None));
        let hand_over = drawn.clone();
        watch(move || {
            let next = draw();
            match first.take() {
                Some(_) => *hand_over.borrow_mut() = Some(next),
                None => place.replace(next),
            }
        });
        region.around(drawn.borrow_mut().take().unwrap_or_default())
    }

    /// The markers with `content` between them.
    pub fn around(&self, content: View) -> View {
        let view = View::new();
        view.raw(self.start.clone());
        view.view(content);
        view.raw(self.end.clone());
        view
    }

    /// Where a node goes that is to stand last.
    pub fn end(&self) -> &Node {
        &self.end
    }

    /// The first node after the opening marker.
    pub fn first(&self) -> Option<Node> {
        self.start.next_sibling()
    }

    /// Takes out what stands there and puts `next` in its place; the focus stays at its place.
    fn replace(&self, next: View) {
        let focus = Focus::within(self);
        if let Some(parent) = self.end.parent_node() {
            while let Some(node) = self.first().filter(|node| *node != self.end) {
                let _ = parent.remove_child(&node);
            }
            for node in next.into_nodes() {
                let _ = parent.insert_before(&node, Some(&self.end));
            }
        }
        if let Some(focus) = focus {
            focus.back(self);
        }
    }
}

/// Where the focus stood: the tag of what had it, and which of its kind it was.
struct Focus {
    tag: String,
    at: u32,
}

impl Focus {
    fn within(region: &Region) -> Option<Self> {
        let active = document().active_element()?;
        let mut at = region.first();
        while let Some(node) = at.filter(|node| *node != region.end) {
            if node.contains(Some(&active)) {
                let tag = active.tag_name();
                let at = peers(region, &tag)
                    .iter()
                    .position(|peer| **peer == *active)?;
                return Some(Self {
                    tag,
                    at: u32::try_from(at).ok()?,
                });
            }
            at = node.next_sibling();
        }
        None
    }

    fn back(&self, region: &Region) {
        let peers = peers(region, &self.tag);
        let same = peers.get(self.at as usize).or_else(|| peers.last());
        if let Some(element) = same.and_then(|element| element.dyn_ref::<HtmlElement>()) {
            let _ = element.focus();
        }
    }
}

/// The elements of a kind within the region, in order.
fn peers(region: &Region, tag: &str) -> Vec<web_sys::Element> {
    let mut found = Vec::new();
    let mut at = region.first();
    while let Some(node) = at.filter(|node| *node != region.end) {
        if let Some(element) = node.dyn_ref::<web_sys::Element>() {
            if element.tag_name() == tag {
                found.push(element.clone());
            }
            let inner = element.get_elements_by_tag_name(tag);
            found.extend((0..inner.length()).filter_map(|index| inner.item(index)));
        }
        at = node.next_sibling();
    }
    found
}
