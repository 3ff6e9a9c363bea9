use super::{Icon, IconName};
use crate::browser::focus;
use leptos::html;
use portal_markup::prelude::*;
use portal_markup::{Child, effect, view};

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// There is nothing, and that is in order.
    Empty,
    /// Something failed; assistive technology speaks it at once, unless it takes the focus and is read for that.
    Failed,
    /// Something failed, and something else says so: a dialog that comes with it.
    FailedQuietly,
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
    if is_page {
        focus::count_screen();
    }
    let takes_focus = is_page && focus::is_lost();
    let name = match kind {
        NoticeKind::Empty => "empty",
        NoticeKind::Failed | NoticeKind::FailedQuietly => "failed",
    };
    let is_alert = kind == NoticeKind::Failed && !takes_focus;
    let heading = if is_page {
        let node = NodeRef::<html::H1>::new();
        effect(move || {
            if let Some(element) = node.get().filter(|_| takes_focus) {
                focus::element(&element);
            }
        });
        view! { <h1 tabindex="-1" node_ref=node>{title}</h1> }.alone()
    } else {
        view! { <h2>{title}</h2> }.alone()
    };
    view! {
        <div class="notice" data-kind=name role=is_alert.then_some("alert")>
            <Icon name=icon />
            {heading}
            {children()}
        </div>
    }
}
