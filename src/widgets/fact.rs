use crate::i18n::Text;
use portal_markup::{Child, View, view};

/// One line of a list of facts (`<dl class="facts">`): what it is, and how it stands.
pub fn fact(term: Text, description: View) -> View {
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>{description}</dd>
        </div>
    }
    .alone()
}
