//! Files that a customer chose, dropped or pasted.

use web_sys::{
    Blob, ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList, HtmlInputElement,
};

/// A file on its way to the server.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// Its name, as the device has it.
    pub name: String,
    /// Its media type, as the device guesses it; empty when it does not.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its content.
    pub blob: Blob,
}

impl From<File> for Upload {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size in bytes is a whole number below 2^53"
    )]
    fn from(file: File) -> Self {
        Self {
            name: file.name(),
            media_type: file.type_(),
            size: file.size() as u64,
            blob: file.into(),
        }
    }
}

/// What was chosen in a file input; the input is emptied, so that the same file can be chosen again.
#[must_use]
pub fn from_input(input: &HtmlInputElement) -> Vec<Upload> {
    let files = from_list(input.files());
    input.set_value("");
    files
}

/// Whether files, and not words, are held over the place; the browser is then told that they may be let go there.
#[must_use]
pub fn held_over(event: &DragEvent) -> bool {
    let files = event
        .data_transfer()
        .is_some_and(|transfer| transfer.types().iter().any(|kind| kind == "Files"));
    if files {
        event.prevent_default();
    }
    files
}

/// The files that were let go over the place. Words are left to the browser.
#[must_use]
pub fn dropped(event: &DragEvent) -> Vec<Upload> {
    taken(event, event.data_transfer())
}

/// The files that were pasted, a picture of the screen for example. Words are left to the browser.
#[must_use]
pub fn pasted(event: &ClipboardEvent) -> Vec<Upload> {
    taken(event, event.clipboard_data())
}

fn taken(event: &Event, transfer: Option<DataTransfer>) -> Vec<Upload> {
    let files = from_list(transfer.and_then(|transfer| transfer.files()));
    if !files.is_empty() {
        // The browser would open them in place of the portal.
        event.prevent_default();
    }
    files
}

fn from_list(list: Option<FileList>) -> Vec<Upload> {
    let list = list.as_ref();
    let count = list.map_or(0, FileList::length);
    (0..count)
        .filter_map(|index| list?.get(index))
        .map(Upload::from)
        .collect()
}
