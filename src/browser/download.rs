//! Files that the browser saves.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

/// Has the browser save what stands at this address, under the name that the server gives it. It opens no page, and so the
/// address comes into no history.
pub fn save(address: &str) {
    let link = document().create_element("a").ok();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else {
        return;
    };
    link.set_href(address);
    link.set_download("");
    link.click();
}
