//! What a component is given to draw within itself. Leptos' own kinds give a view of Leptos', which every place then had to wrap and
//! unwrap again.

use crate::child::Child;
use crate::view::View;
use std::rc::Rc;

/// Children that are drawn once.
pub type Children = Box<dyn FnOnce() -> View>;

/// Children that may be drawn again.
pub type ChildrenFn = Rc<dyn Fn() -> View>;

/// Something that is drawn when it is needed.
#[derive(Clone)]
pub struct ViewFn(Rc<dyn Fn() -> View>);

impl ViewFn {
    /// Draws it.
    #[must_use]
    pub fn run(&self) -> View {
        (self.0)()
    }
}

impl<F: Fn() -> C + 'static, C: Child> From<F> for ViewFn {
    fn from(draw: F) -> Self {
        Self(Rc::new(move || draw().alone()))
    }
}

/// What stands between the tags of a component in [`view!`](crate::view), as the kind of children that it wants.
pub trait ToChildren<F> {
    /// Wraps it.
    fn to_children(draw: F) -> Self;
}

impl<F: FnOnce() -> View + 'static> ToChildren<F> for Children {
    fn to_children(draw: F) -> Self {
        Box::new(draw)
    }
}

impl<F: FnOnce() -> View + 'static> ToChildren<F> for Option<Children> {
    fn to_children(draw: F) -> Self {
        Some(Box::new(draw))
    }
}

impl<F: Fn() -> View + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(draw: F) -> Self {
        Rc::new(draw)
    }
}
