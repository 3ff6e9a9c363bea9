//! Rights over one's data: what was asked and how far it is, what can be asked, and the screens of one request.

mod clock;
mod list;
mod new;
mod one;
mod outcome;
mod rights;
mod words;

pub use new::page as new;
pub use one::page as one;

use crate::api::use_api;
use crate::i18n::{t, text};
use crate::live::use_live;
use crate::loading::Loaded;
use crate::widgets::{PageHead, data_nav, item_bones};
use portal_markup::{Child, View, view};

/// The name by which the change feed calls a data request.
const RESOURCE: &str = "data_request";

/// The screen: running ones first, then what can be asked for, then what is over.
pub fn page() -> View {
    let options = use_api().read(|client| async move { client.data_request_options().await });
    use_live().on_any_of(&[RESOURCE], move || options.refetch());
    let lists = list::Lists::new(options);
    view! {
        <div class="page" data-width="reading">
            {data_nav()}
            <PageHead title=t(text::DATA_REQUEST_TITLE) lede=t(text::DATA_REQUEST_LEDE) />
            {lists.running()}
            <section class="section" aria-labelledby="rights">
                <div class="section__head">
                    <h2 id="rights">{t(text::DATA_REQUEST_RIGHTS)}</h2>
                </div>
                <Loaded from=options failed=text::DATA_REQUEST_RIGHTS_FAILED skeleton=bones let:options>
                    {move || options.with(|it| rights::offered(&it.kinds))}
                </Loaded>
            </section>
            {lists.past()}
        </div>
    }
    .alone()
}

/// Bones of a list, or of a request.
fn bones() -> View {
    item_bones(2)
}
