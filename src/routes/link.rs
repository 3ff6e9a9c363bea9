use super::Route;
use super::area::use_areas;
use portal_markup::prelude::*;
use portal_markup::view;

/// A link within the portal: a plain anchor, so that "open in a new tab", the middle button and the status bar work. The
/// router takes ordinary clicks over. Where there is no such screen it is not there either.
#[component]
pub fn Link(
    /// Where it leads.
    to: Route,
    /// The class of the anchor.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let href = to.href();
    let areas = use_areas();
    let is_missing = {
        let href = href.clone();
        move || areas.lack_screen(&href)
    };
    view! {
        <a href=href class=class hidden=is_missing>
            {children()}
        </a>
    }
}
