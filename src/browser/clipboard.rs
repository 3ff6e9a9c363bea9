//! The clipboard, to write to.

use super::window;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Copies a text. `false` when the browser would not.
pub async fn copy(text: &str) -> bool {
    match writing(text) {
        Some(done) => JsFuture::from(done).await.is_ok(),
        None => false,
    }
}

/// Browsers have it on pages that came over a safe connection alone.
fn writing(text: &str) -> Option<Promise> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let done: JsValue = write.call1(&clipboard, &text.into()).ok()?;
    done.dyn_into().ok()
}
