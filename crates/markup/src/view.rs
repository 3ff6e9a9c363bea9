use crate::element::{create, create_svg, document};
use crate::template::{Step, next_step};
use leptos::tachys::html::attribute::Attribute as AnyAttr;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::any_view::AnyView;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use std::cell::RefCell;
use std::num::NonZeroU32;
use web_sys::Node;

/// Some nodes side by side, made and not yet in the page.
///
/// Between the first and the last of them stand all that belongs to the view, also what a changing part brings later.
///
/// It is a number, of the place where its nodes wait, and no list: a view is handed on at every other line of a page, and a number goes
/// in a register where a list is copied word by word.
pub struct View(NonZeroU32);

/// A view on its way into the page.
#[derive(Default)]
struct Making {
    /// Its nodes, in order.
    nodes: Vec<Node>,
    /// The elements that are still open, the innermost last: what comes next goes into it.
    open: Vec<web_sys::Element>,
    /// What of its markup is still to be made.
    rest: &'static str,
}

/// Every view that is not in the page yet.
struct Unplaced {
    places: Vec<Making>,
    free: Vec<NonZeroU32>,
}

thread_local! {
    static UNPLACED: RefCell<Unplaced> = const {
        RefCell::new(Unplaced { places: Vec::new(), free: Vec::new() })
    };
}

impl Unplaced {
    fn take_place(&mut self) -> NonZeroU32 {
        self.free.pop().unwrap_or_else(|| {
            self.places.push(Making::default());
            let number = u32::try_from(self.places.len()).ok();
            number
                .and_then(NonZeroU32::new)
                .expect("a page has fewer views than there are numbers")
        })
    }

    fn at(&mut self, place: NonZeroU32) -> &mut Making {
        &mut self.places[place.get() as usize - 1]
    }

    /// What stands there; the place is free again.
    fn give_back(&mut self, place: NonZeroU32) -> Making {
        self.free.push(place);
        std::mem::take(self.at(place))
    }
}

impl Making {
    /// Makes what the markup says up to its next hole.
    fn go_on(&mut self) {
        while let Some((step, rest)) = next_step(self.rest) {
            self.rest = rest;
            match step {
                Step::Hole => return,
                Step::Open(tag) => self.open(create(tag)),
                Step::OpenSvg(tag) => self.open(create_svg(tag)),
                Step::Set(name, value) => self.set(name, value),
                Step::Text(text) => self.add(document().create_text_node(text).into()),
                Step::Close => drop(self.open.pop()),
            }
        }
    }

    fn open(&mut self, element: web_sys::Element) {
        self.add(element.clone().into());
        self.open.push(element);
    }

    fn set(&self, name: &str, value: &str) {
        if let Some(element) = self.open.last() {
            // It fails only for a name that is none.
            let _ = element.set_attribute(name, value);
        }
    }

    fn add(&mut self, node: Node) {
        match self.open.last() {
            Some(element) => {
                let _ = element.append_child(&node);
            }
            None => self.nodes.push(node),
        }
    }
}

impl View {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self(UNPLACED.with_borrow_mut(Unplaced::take_place))
    }

    /// What `markup` says up to its first hole; it is written by [`view!`](crate::view).
    #[must_use]
    pub fn begin(markup: &'static str) -> Self {
        let view = Self::new();
        view.making(|making| {
            making.rest = markup;
            making.go_on();
        });
        view
    }

    /// What the markup says up to its next hole.
    pub fn go_on(&self) {
        self.making(Making::go_on);
    }

    fn making<R>(&self, change: impl FnOnce(&mut Making) -> R) -> R {
        UNPLACED.with_borrow_mut(|unplaced| change(unplaced.at(self.0)))
    }

    /// The element that is open.
    #[must_use]
    pub fn element(&self) -> web_sys::Element {
        let element = self.making(|making| making.open.last().cloned());
        element.expect("attributes and handlers stand in the tag of an element")
    }

    /// Gives the open element an attribute.
    pub fn set(&self, name: &str, value: &str) {
        self.making(|making| making.set(name, value));
    }

    /// Adds a node at the end.
    pub fn raw(&self, node: Node) {
        self.making(|making| making.add(node));
    }

    /// Adds a text at the end.
    pub fn text(&self, text: &str) {
        self.raw(document().create_text_node(text).into());
    }

    /// Adds all of a view at the end.
    pub fn view(&self, view: Self) {
        for node in view.into_nodes() {
            self.raw(node);
        }
    }

    /// Its nodes, in order.
    #[must_use]
    pub fn into_nodes(self) -> Vec<Node> {
        let place = self.0;
        std::mem::forget(self);
        UNPLACED.with_borrow_mut(|unplaced| unplaced.give_back(place).nodes)
    }
}

impl Drop for View {
    fn drop(&mut self) {
        // A thread that ends has let go of all.
        let _dropped = UNPLACED.try_with(|unplaced| unplaced.borrow_mut().give_back(self.0));
    }
}

impl Default for View {
    fn default() -> Self {
        Self::new()
    }
}

/// A view that is part of the page.
pub struct ViewState(Vec<Node>);

/// The siblings from `first` to `last`.
pub(crate) fn between(first: &Node, last: &Node) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = Some(first.clone());
    while let Some(node) = at {
        at = if node == *last {
            None
        } else {
            node.next_sibling()
        };
        nodes.push(node);
    }
    nodes
}

/// Takes nodes out of wherever they stand.
pub(crate) fn remove(nodes: &[Node]) {
    for node in nodes {
        if let Some(parent) = node.parent_node() {
            let _ = parent.remove_child(node);
        }
    }
}

impl Mountable for ViewState {
    fn unmount(&mut self) {
        if let (Some(first), Some(last)) = (self.0.first(), self.0.last()) {
            // With what a changing part brought since.
            self.0 = between(first, last);
            remove(&self.0);
        }
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        for node in &self.0 {
            let _ = parent.insert_before(node, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(first) = self.0.first() else {
            return false;
        };
        let parent = first
            .parent_node()
            .and_then(|parent| wasm_bindgen::JsCast::dyn_into(parent).ok());
        parent.is_some_and(|parent: types::Element| {
            child.mount(&parent, Some(first));
            true
        })
    }

    fn elements(&self) -> Vec<types::Element> {
        self.0
            .iter()
            .filter_map(|node| wasm_bindgen::JsCast::dyn_ref::<types::Element>(node).cloned())
            .collect()
    }
}

impl Render for View {
    type State = ViewState;

    fn build(self) -> ViewState {
        let mut nodes = self.into_nodes();
        if nodes.is_empty() {
            // Nothing still has a place.
            nodes.push(document().create_text_node("").into());
        }
        ViewState(nodes)
    }

    fn rebuild(self, state: &mut ViewState) {
        let mut next = self.build();
        state.insert_before_this(&mut next);
        state.unmount();
        *state = next;
    }
}

impl AddAnyAttr for View {
    type Output<NewAttr: AnyAttr> = Self;

    fn add_any_attr<NewAttr: AnyAttr>(self, _attr: NewAttr) -> Self
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self
    }
}

/// The portal is drawn in the browser alone: nothing asks a view for HTML.
const IN_BROWSER: &str = "views are drawn in the browser";

impl RenderHtml for View {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<leptos::tachys::html::attribute::any_attribute::AnyAttribute>,
    ) {
        unreachable!("{IN_BROWSER}")
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        _cursor: &Cursor,
        _position: &PositionState,
    ) -> ViewState {
        unreachable!("{IN_BROWSER}")
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// The nodes of a view of Leptos' own, whose effects live as long as the owner around it.
pub(crate) fn adopt(view: AnyView) -> View {
    let mut state = view.build();
    let host: types::Element = create("div");
    state.mount(&host, None);
    let adopted = View::new();
    while let Some(node) = host.first_child() {
        let _ = host.remove_child(&node);
        adopted.raw(node);
    }
    leptos::prelude::StoredValue::new_local(state);
    adopted
}
