//! Rights over one's data: what was asked and how far it is, what can be asked, and the screens of one request.

mod clock;
mod list;
mod new;
mod one;
mod outcome;
mod rights;
mod whose;
mod words;

pub use one::{Talking, messages as talk};
pub use whose::{Acting, in_the_name_of as acting};

use crate::api::use_api;
use crate::i18n::{t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::widgets::{PageHead, item_bones};
use portal_markup::{Child, View, view};
use whose::use_whose;

/// The name by which the change feed calls a data request.
const RESOURCE: &str = "data_request";

/// The screen of the list.
pub fn page() -> View {
    whose::screen(requests)
}

/// The screen of using a right.
pub fn new() -> View {
    whose::screen(new::page)
}

/// The screen of one request.
pub fn one() -> View {
    whose::screen(one::page)
}

/// Running ones first, then what can be asked for, then what is over.
fn requests() -> View {
    let head = match use_whose().name() {
        Some(name) => view! { <PageHead title=t(text::people_requests_title(name)) /> }.alone(),
        None => view! {
            <PageHead title=t(text::DATA_REQUEST_TITLE) lede=t(text::DATA_REQUEST_LEDE) />
        }
        .alone(),
    };
    let options = use_api().read(|client| client.data_request_options());
    use_live().on_any_of(&[RESOURCE], move || options.refetch());
    let lists = list::Lists::new(options);
    view! {
        {head}
        {lists.running()}
        <section class="section" aria-labelledby="rights">
            <div class="section__head">
                <h2 id="rights">{text::DATA_REQUEST_RIGHTS}</h2>
            </div>
            <Loaded from=options failed=text::DATA_REQUEST_RIGHTS_FAILED skeleton=bones let:options>
                {rights::offered(options)}
            </Loaded>
        </section>
        {lists.past()}
    }
}

/// Bones of a list, or of a request.
fn bones() -> View {
    item_bones(2)
}
