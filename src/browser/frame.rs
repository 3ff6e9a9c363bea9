//! Frames that hold a document of the API's.

use web_sys::HtmlIFrameElement;

/// The least height of a frame, in CSS pixels.
const LEAST: i32 = 96;

/// The greatest height: beyond it the frame scrolls by itself.
const MOST: i32 = 20_000;

/// Gives the frame the height of what it shows. Where that cannot be measured (the document is another origin's, and runs no script
/// that could tell), the frame is marked as one that scrolls, and the style gives it a height that one reads well in.
pub fn fit(frame: &HtmlIFrameElement) {
    let root = frame
        .content_document()
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let height = root.scroll_height().clamp(LEAST, MOST);
        let _ = frame.set_attribute("height", &height.to_string());
    } else {
        let _ = frame.set_attribute("data-scrolls", "");
    }
}
