//! Native dialogs: the browser keeps the focus inside, makes the rest inert, and gives the focus back.

use web_sys::HtmlDialogElement;

/// Opens it as a modal one; does nothing when it is open.
pub fn show(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // It fails only for a dialog that is open or not in the document.
        let _ = dialog.show_modal();
    }
}

/// Closes it, so that the focus goes back to where it came from: taking an open one out of the page loses it.
pub fn close(dialog: &HtmlDialogElement) {
    dialog.close();
}
