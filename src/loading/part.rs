//! A screen whose part of the program arrives on its own.

use super::Loaded;
use crate::api::use_api;
use crate::browser::task;
use crate::i18n::{self, text};
use crate::live::{Live, use_live};
use leptos::wasm_split::SplitLoaderError;
use portal_client::ApiError;
use portal_markup::prelude::*;
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

/// The way to what a part draws.
#[derive(Clone, Copy)]
pub struct Door {
    /// The folder of the sentences that it says (docs/decisions/0024).
    pub words: &'static str,
    /// Asks for the part.
    pub part: fn() -> Arrival,
}

/// The screen that a part draws, as soon as the part and the sentences of its folder are there. What did not come is a reading
/// that failed: the same words, and the same way on. Where a deploy took it away trying again is no way on, and so that is
/// looked for.
pub fn arriving(door: Door) -> View {
    standing(door, true, bones.into())
}

/// The same in the midst of a screen, which stands without it.
pub fn joining(door: Door) -> View {
    standing(door, false, bones.into())
}

/// The same where something stands in its place until then.
pub fn joining_over(door: Door, until_then: ViewFn) -> View {
    standing(door, false, until_then)
}

/// Asks for a part before anybody goes through its door: for what has to go on without a connection. What does not come is asked for
/// again at the door.
pub fn bring(door: Door) {
    task::run(async move { drop((door.part)().await) });
}

fn standing(door: Door, is_page: bool, skeleton: ViewFn) -> View {
    let live = use_live();
    let draw = use_api().read(move |_| arrived(door, live));
    view! {
        <Loaded from=draw failed=text::FAILURE_PART is_page=is_page skeleton=skeleton let:draw>
            {untrack(move || draw.get().0())}
        </Loaded>
    }
    .alone()
}

async fn arrived(door: Door, live: Live) -> Result<Draw, ApiError> {
    let words = i18n::bring(door.words);
    let draw = (door.part)().await.ok();
    match (draw, words.await) {
        (Some(draw), Ok(())) => Ok(draw),
        _ => {
            live.look_for_update();
            Err(ApiError::Unreachable)
        }
    }
}

fn bones() -> View {
    view! {
        <div class="skeleton" aria-hidden="true">
            <span class="bone" data-size="block"></span>
        </div>
    }
    .alone()
}
