use super::tell_in_title;
use crate::browser::focus;
use crate::i18n::{Text, text};
use leptos::html;
use portal_markup::prelude::*;
use portal_markup::{Child, Show, View, effect, memo, view};
use std::borrow::Cow;

/// What is wrong with a form, in one place that takes the focus; each line leads to its field (WCAG 3.3.1, 2.4.3).
///
/// It appears after an attempt to send, never before. It is a group and no alert: what takes the focus is read for that, and
/// an alert would be spoken a second time.
#[component]
pub fn ErrorSummary(
    /// The id of each field's input, and what is wrong with it.
    fields: Vec<(&'static str, RwSignal<Option<Text>>)>,
    /// Counts the attempts that failed; each one brings the focus here.
    attempts: RwSignal<u32>,
) -> impl IntoView {
    let id = fields
        .first()
        .map_or_else(String::new, |(field, _)| [field, "-problems"].concat());
    let wrong = memo(move || {
        let problems = fields
            .iter()
            .filter_map(|(id, problem)| problem.get().map(|p| (Cow::Borrowed(*id), p)));
        problems.collect()
    });
    error_summary(id, wrong, attempts)
}

/// What is wrong with the fields of these ids.
pub type Problems = Vec<(Cow<'static, str>, Text)>;

/// The same for a form whose fields are not known beforehand; `id` is the summary's own.
pub fn error_summary(id: String, wrong: Memo<Problems>, attempts: RwSignal<u32>) -> View {
    let node = NodeRef::<html::Div>::new();
    let id = StoredValue::new(id);
    let shown = memo(move || attempts.get() > 0 && wrong.with(|wrong| !wrong.is_empty()));
    tell_in_title(shown);
    // Once for each attempt: what is wrong again because a field was left takes the focus from nobody.
    let served = StoredValue::new(0);
    effect(move || {
        let count = attempts.get();
        if count > served.get_value()
            && let Some(element) = node.get()
        {
            served.set_value(count);
            focus::element(&element);
        }
    });
    let lines = move || {
        let line = |(id, problem): (Cow<'static, str>, Text)| {
            let href = ["#", &*id].concat();
            let go = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                focus::id(&id);
            };
            view! {
                <li>
                    <a href=href on:click=go>
                        {problem}
                    </a>
                </li>
            }
        };
        wrong.get().into_iter().map(line).collect_view()
    };
    view! {
        <Show when=move || shown.get()>
            // Named by all that it says, so that the problems are read with the focus and need not be looked for.
            <div class="error-summary" role="group" id=id.get_value() aria-labelledby=id.get_value() tabindex="-1" node_ref=node>
                <h2>{text::form_problems(wrong.with(Vec::len))}</h2>
                <ul>{lines}</ul>
            </div>
        </Show>
    }
    .alone()
}
