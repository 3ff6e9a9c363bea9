use super::{Icon, IconName};
use portal_markup::prelude::*;
use portal_markup::view;

/// How loudly a button speaks. One primary a screen; danger stands last and alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    /// One of several.
    #[default]
    Plain,
    /// The next step.
    Primary,
    /// A way back.
    Quiet,
    /// What cannot be undone.
    Danger,
}

impl Tone {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Primary => Some("primary"),
            Self::Quiet => Some("quiet"),
            Self::Danger => Some("danger"),
        }
    }
}

/// What the button is to its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// It acts by itself.
    #[default]
    Act,
    /// It sends the form around it.
    Submit,
    /// It acts, and reads as a link within a sentence.
    Inline,
}

/// How much room the button takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Size {
    /// That of an act of the screen.
    #[default]
    Normal,
    /// That of an act of one thing among many.
    Small,
}

/// A button that names its act.
///
/// While `pending` it keeps the focus and passes presses over, so that one press is one act whatever the finger does;
/// `disabled` would lose the focus and the reader's place.
#[component]
pub fn Button(
    /// How loudly it speaks.
    #[prop(optional)]
    tone: Tone,
    /// What it is to its form.
    #[prop(optional)]
    kind: ButtonKind,
    /// How much room it takes.
    #[prop(optional)]
    size: Size,
    /// Whether its act is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// What a press does; a submit button leaves it to its form.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// The id, where something speaks of the button.
    #[prop(optional)]
    id: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    // Leaving a field checks it, and what it then says moves the button away from under the finger: the press would be lost.
    // So a press on a form's button leaves the field where it is; the form checks it.
    let hold = move |event: leptos::ev::MouseEvent| {
        if kind != ButtonKind::Act {
            event.prevent_default();
        }
    };
    let press = move |event: leptos::ev::MouseEvent| {
        // The second click of a double click means the first one: what it would meet may be the opposite by now.
        if pending.get_untracked() || event.detail() > 1 {
            event.prevent_default();
        } else if let Some(act) = on_press {
            act.run(());
        }
    };
    view! {
        <button
            id=id
            class=if kind == ButtonKind::Inline { "link-button" } else { "button" }
            type=if kind == ButtonKind::Submit { "submit" } else { "button" }
            data-tone=tone.attribute()
            data-size=(size == Size::Small).then_some("small")
            data-pending=move || pending.get().then_some("")
            aria-disabled=move || pending.get().then_some("true")
            on:mousedown=hold
            on:click=press
        >
            {children()}
        </button>
    }
}

/// A button whose word is for those who do not see its drawing.
///
/// The word is its title alone: a label beside that would make the title a description, and both would be spoken.
#[component]
pub fn IconButton(
    /// The drawing.
    icon: IconName,
    /// The word (WCAG 4.1.2).
    #[prop(into)]
    label: String,
    /// What a press does.
    #[prop(into)]
    on_press: Callback<()>,
    /// The id, where the focus is to be led here.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    view! {
        <button id=id class="icon-button" type="button" title=label on:click=move |_| on_press.run(())>
            <Icon name=icon />
        </button>
    }
}
