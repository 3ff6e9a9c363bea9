//! Native dialogs: the browser keeps the focus inside, makes the rest inert, and gives the focus back.

use web_sys::HtmlDialogElement;

/// Opens it as a modal one; does nothing when it is open.
pub fn show(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // It fails only for a dialog that is open or not in the document.
        let _ = dialog.show_modal();
    }
}
