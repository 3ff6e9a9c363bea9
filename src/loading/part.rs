//! A screen whose part of the program arrives on its own.

use super::Loaded;
use crate::api::use_api;
use crate::i18n::text;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use portal_client::ApiError;
use portal_markup::{Child, View, view};
use std::future::Future;
use std::pin::Pin;

/// What draws a screen, once its part of the program is there.
#[derive(Clone, Copy)]
pub struct Draw(pub fn() -> View);

impl PartialEq for Draw {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

/// A part under way.
pub type Arrival = Pin<Box<dyn Future<Output = Result<Draw, SplitLoaderError>>>>;

/// The screen that a part draws, as soon as the part is there. A part that did not come is a reading that failed: the same
/// words, and the same way on.
pub fn arriving(part: fn() -> Arrival) -> View {
    let read = async move |part: fn() -> Arrival| part().await.map_err(|_| ApiError::Unreachable);
    let draw = use_api().read(move |_| read(part));
    view! {
        <Loaded from=draw failed=text::FAILURE_PART is_page=true skeleton=bones let:draw>
            {untrack(move || draw.get().0())}
        </Loaded>
    }
    .alone()
}

fn bones() -> View {
    view! {
        <div class="skeleton" aria-hidden="true">
            <span class="bone" data-size="block"></span>
        </div>
    }
    .alone()
}
