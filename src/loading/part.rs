//! A screen whose part of the program arrives on its own.

use super::Loaded;
use crate::api::use_api;
use crate::i18n::text;
use crate::live::{Live, use_live};
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
/// words, and the same way on. Where a deploy took it away trying again is no way on, and so that is looked for.
pub fn arriving(part: fn() -> Arrival) -> View {
    standing(part, true, bones.into())
}

/// The same in the midst of a screen, which stands without it.
pub fn joining(part: fn() -> Arrival) -> View {
    standing(part, false, bones.into())
}

/// The same where something stands in its place until then.
pub fn joining_over(part: fn() -> Arrival, until_then: ViewFn) -> View {
    standing(part, false, until_then)
}

fn standing(part: fn() -> Arrival, is_page: bool, skeleton: ViewFn) -> View {
    let live = use_live();
    let draw = use_api().read(move |_| arrived(part, live));
    view! {
        <Loaded from=draw failed=text::FAILURE_PART is_page=is_page skeleton=skeleton let:draw>
            {untrack(move || draw.get().0())}
        </Loaded>
    }
    .alone()
}

async fn arrived(part: fn() -> Arrival, live: Live) -> Result<Draw, ApiError> {
    part().await.map_err(|_| {
        live.look_for_update();
        ApiError::Unreachable
    })
}

fn bones() -> View {
    view! {
        <div class="skeleton" aria-hidden="true">
            <span class="bone" data-size="block"></span>
        </div>
    }
    .alone()
}
