use crate::region::Region;
use crate::view::{View, adopt};
use crate::{Memo, ReadSignal, RwSignal, Signal};
use leptos::prelude::{IntoAny, IntoView};
use std::any::Any;

/// What can stand inside an element or beside others.
pub trait Child {
    /// Puts it at the end of `parent`.
    fn put(self, parent: &View);

    /// It alone, as a view: the one type in which branches of different kinds meet.
    #[must_use]
    fn alone(self) -> View
    where
        Self: Sized,
    {
        let view = View::new();
        self.put(&view);
        view
    }
}

impl Child for View {
    fn put(self, parent: &View) {
        parent.view(self);
    }

    fn alone(self) -> View {
        self
    }
}

impl Child for () {
    fn put(self, _parent: &View) {}
}

impl Child for &str {
    fn put(self, parent: &View) {
        parent.text(self);
    }
}

impl Child for String {
    fn put(self, parent: &View) {
        parent.text(&self);
    }
}

impl<C: Child> Child for Option<C> {
    fn put(self, parent: &View) {
        if let Some(child) = self {
            child.put(parent);
        }
    }
}

impl<C: Child> Child for Vec<C> {
    fn put(self, parent: &View) {
        for child in self {
            child.put(parent);
        }
    }
}

impl<C: Child, const N: usize> Child for [C; N] {
    fn put(self, parent: &View) {
        for child in self {
            child.put(parent);
        }
    }
}

impl<C: Child, F: Fn() -> C + 'static> Child for F {
    fn put(self, parent: &View) {
        parent.view(Region::follow(Box::new(move || self().alone())));
    }
}

macro_rules! signals {
    ($( $signal:ident ),*) => { $(
        impl<C: Child + Clone + 'static> Child for $signal<C> {
            fn put(self, parent: &View) {
                (move || self.get()).put(parent);
            }
        }
    )* };
}

signals!(Signal, Memo, ReadSignal, RwSignal);

/// Puts what a component gave at the end of `parent`. Behind its opaque type stands a [`View`], as a rule.
pub fn put_component(parent: &View, component: impl IntoView + 'static) {
    let mut component = Some(component);
    let own = (&mut component as &mut dyn Any)
        .downcast_mut::<Option<View>>()
        .and_then(Option::take);
    let view = own.unwrap_or_else(|| {
        component
            .take()
            .map_or_else(View::new, |other| adopt(other.into_any()))
    });
    parent.view(view);
}
