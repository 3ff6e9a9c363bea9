use super::Route;
use portal_markup::prelude::*;
use portal_markup::view;

/// A link within the portal: a plain anchor, so that "open in a new tab", the middle button and the status bar work. The
/// router takes ordinary clicks over.
#[component]
pub fn Link(
    /// Where it leads.
    to: Route,
    /// The class of the anchor.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <a href=to.href() class=class>
            {children()}
        </a>
    }
}
