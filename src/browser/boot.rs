//! What `src/boot.js` started before the program was there, as `window.portalBoot`.

use super::window;
use js_sys::{Function, Object, Promise, Reflect};
use portal_contract::endpoints::SESSION;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What the way out says; the words are the boot module's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A part of the page is missing or altered.
    Asset,
    /// The settings cannot be read.
    Config,
    /// The program broke.
    Panic,
}

impl Failure {
    fn as_str(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Config => "config",
            Self::Panic => "panic",
        }
    }
}

/// Shows the way out in place of the app.
pub fn fail(failure: Failure) {
    if let Some(boot) = portal_boot()
        && let Some(fail) = method(&boot, "fail")
    {
        let _ = fail.call1(&boot, &failure.as_str().into());
    }
}

/// The text of `config.json`; `None` when it could not be had.
pub async fn config() -> Option<String> {
    awaited("config").await?.as_string()
}

/// The locale that boot chose: its tag and the text of its file; `None` when the file could not be had.
pub async fn locale() -> Option<(String, String)> {
    let locale = awaited("locale").await?;
    Some((
        member(&locale, "tag")?.as_string()?,
        member(&locale, "text")?.as_string()?,
    ))
}

/// The answer that boot asked for already, if it did; once.
pub fn take(method_name: &str, path: &str) -> Option<Promise> {
    let boot = portal_boot()?;
    if method_name == "GET" && path == SESSION {
        let session = member(&boot, "session")?.dyn_into().ok();
        let _ = Reflect::delete_property(boot.unchecked_ref::<Object>(), &"session".into());
        return session;
    }
    let take = method(&boot, "take")?;
    take.call2(&boot, &method_name.into(), &path.into())
        .ok()?
        .dyn_into()
        .ok()
}

async fn awaited(name: &str) -> Option<JsValue> {
    let promise: Promise = member(&portal_boot()?, name)?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

fn portal_boot() -> Option<JsValue> {
    member(&window(), "portalBoot").filter(JsValue::is_object)
}

fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    member(object, name)?.dyn_into().ok()
}
