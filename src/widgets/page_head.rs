use crate::browser::{focus, page};
use crate::config::use_config;
use crate::forms::has_problems;
use crate::i18n::{t, text};
use leptos::html;
use portal_markup::prelude::*;
use portal_markup::{effect, view};

/// The head of a screen: its heading, the title of the page, and where the focus goes.
///
/// After a change of screen the focus goes to the heading, which assistive technology then reads: that is the one
/// announcement. On the first screen the browser's own place is left alone.
#[component]
pub fn PageHead(
    /// The heading and the page's title.
    title: String,
    /// What the heading says instead, where that is no name of the screen (a greeting).
    #[prop(optional, into)]
    heading: Option<String>,
    /// A sentence below.
    #[prop(optional_no_strip, into)]
    lede: Option<String>,
    /// Whether the screen finds its own place for the focus (coming back to a row of a list).
    #[prop(optional)]
    keeps_focus: bool,
    /// What can be done on this screen.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    let company = &use_config().name;
    let named = format!("{title} – {company}");
    effect(move || {
        page::set_title(&if has_problems() {
            t(text::form_problem_title(named.clone()))
        } else {
            named.clone()
        });
    });
    let is_first = focus::is_first_screen();
    effect(move || {
        if let (Some(element), false, false) = (node.get(), is_first, keeps_focus) {
            focus::element(&element);
        }
    });
    view! {
        <header class="page__head">
            <div>
                <h1 tabindex="-1" node_ref=node>
                    <bdi>{heading.unwrap_or(title)}</bdi>
                </h1>
                {lede.map(|lede| view! { <p class="page__lede">{lede}</p> })}
            </div>
            {children.map(|actions| view! { <div class="page__actions cluster">{actions()}</div> })}
        </header>
    }
}
