use super::{Icon, IconName};
use crate::browser::focus;
use leptos::html;
use leptos::prelude::*;
use portal_markup::{Child, effect, view};

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// There is nothing, and that is in order.
    Empty,
    /// Something failed; assistive technology speaks it at once.
    Failed,
}

/// What stands where something else was expected: one sentence and the next step.
#[component]
pub fn Notice(
    /// Nothing there, or failed.
    kind: NoticeKind,
    /// The drawing.
    icon: IconName,
    /// What happened.
    #[prop(into)]
    title: String,
    /// Whether the title is the screen's own heading. It takes the focus when that is nowhere, as the heading of any screen.
    #[prop(optional)]
    is_page: bool,
    /// What was kept, and the next step.
    children: Children,
) -> impl IntoView {
    let (name, role) = match kind {
        NoticeKind::Empty => ("empty", None),
        NoticeKind::Failed => ("failed", Some("alert")),
    };
    let heading = if is_page {
        let node = NodeRef::<html::H1>::new();
        effect(move || {
            if let Some(element) = node.get().filter(|_| focus::is_lost()) {
                focus::element(&element);
            }
        });
        view! { <h1 tabindex="-1" node_ref=node>{title}</h1> }.alone()
    } else {
        view! { <h2>{title}</h2> }.alone()
    };
    view! {
        <div class="notice" data-kind=name role=role>
            <Icon name=icon />
            {heading}
            {children()}
        </div>
    }
}
