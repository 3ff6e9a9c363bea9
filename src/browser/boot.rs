//! What `src/boot.js` started before the program was there, as `window.portalBoot`.

use super::window;
use js_sys::{Array, Function, Object, Promise, Reflect};
use portal_contract::endpoints::SESSION;
use std::future::Future;
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

/// Below which path of its origin the portal stands, without the slash at its end.
pub fn base() -> String {
    let base = portal_boot().and_then(|boot| member(&boot, "base"));
    base.and_then(|base| base.as_string()).unwrap_or_default()
}

/// Whether the page stands in a frame on another page (`src/embed/`).
pub fn is_framed() -> bool {
    portal_boot()
        .and_then(|boot| member(&boot, "framed"))
        .is_some_and(|framed| framed.is_truthy())
}

/// Sends a request as `fetch` does; in a frame in the name of whoever the page around it vouched for.
pub fn send(request: &web_sys::Request) -> Option<Promise> {
    let boot = portal_boot()?;
    let answer = method(&boot, "send")?.call1(&boot, request).ok()?;
    answer.dyn_into().ok()
}

/// The text of `config.json`; `None` when it could not be had.
pub async fn config() -> Option<String> {
    awaited("config").await?.as_string()
}

/// The text of one of the portal's own files, by its path within the portal; `None` when it could not be had.
pub fn file(path: &str) -> impl Future<Output = Option<String>> + use<> {
    text(call("file", &[path]))
}

/// The sentences of a shipped language that a part of the portal needs; `None` when they could not be had. They are asked for at
/// once, before anybody waits.
pub fn words(tag: &str, part: &str) -> impl Future<Output = Option<String>> + use<> {
    text(call("words", &[tag, part]))
}

/// Whether this language came with the portal. Others are a file that the company put beside it.
pub fn ships(tag: &str) -> bool {
    call("ships", &[tag]).is_some_and(|ships| ships.is_truthy())
}

fn call(name: &str, arguments: &[&str]) -> Option<JsValue> {
    let boot = portal_boot()?;
    let arguments: Array = arguments
        .iter()
        .map(|text| JsValue::from_str(text))
        .collect();
    method(&boot, name)?.apply(&boot, &arguments).ok()
}

async fn text(promise: Option<JsValue>) -> Option<String> {
    let promise: Promise = promise?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.as_string()
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
