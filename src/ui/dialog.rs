use super::{IconButton, IconName};
use crate::browser::dialog;
use leptos::html;
use portal_markup::prelude::*;
use portal_markup::{Show, effect, view};

/// A native modal dialog: the browser keeps the focus inside, gives it back afterwards and closes on Escape.
///
/// It stands in the document while `open`, so that what is inside begins anew each time. Its heading takes the focus, so that
/// reading begins at the beginning and not at the closing button.
#[component]
pub fn Dialog(
    /// Whether it stands open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its heading, which names it (WCAG 4.1.2).
    #[prop(into)]
    title: String,
    /// The word on its closing button.
    #[prop(into)]
    close_label: String,
    /// Closed by the button, by Escape or by the backdrop.
    #[prop(into)]
    on_close: Callback<()>,
    /// An id that no other element has; the heading's is made from it.
    id: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        if let Some(element) = node.get() {
            dialog::show(&element);
        }
    });
    let heading = format!("{id}-title");
    let body = move || {
        on_cleanup(move || {
            if let Some(Some(element)) = node.try_get_untracked() {
                dialog::close(&element);
            }
        });
        let (title, close_label) = (title.clone(), close_label.clone());
        let (heading, titled_by) = (heading.clone(), heading.clone());
        view! {
            <dialog
                node_ref=node
                class="dialog"
                id=id
                aria-labelledby=titled_by
                on:cancel=move |event: leptos::ev::Event| {
                    event.prevent_default();
                    on_close.run(());
                }
            >
                <div class="dialog__head">
                    <h2 id=heading tabindex="-1" autofocus="">
                        {title}
                    </h2>
                    <IconButton icon=IconName::Close label=close_label on_press=on_close />
                </div>
                {children()}
            </dialog>
        }
    };
    view! { <Show when=move || open.get()>{body.clone()()}</Show> }
}
