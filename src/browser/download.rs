//! Giving the customer a file that was made here.

use super::document;
use super::files::ObjectUrl;
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement};

/// Saves a file under this name; where, the browser decides or asks.
pub fn save(content: &Blob, name: &str) {
    let Some(url) = ObjectUrl::of(content) else {
        return;
    };
    let Some(anchor) = document().create_element("a").ok().and_then(|a| a.dyn_into::<HtmlAnchorElement>().ok()) else {
        return;
    };
    anchor.set_href(url.as_str());
    anchor.set_download(name);
    anchor.click();
}
