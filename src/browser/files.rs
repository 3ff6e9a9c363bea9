//! Files that a customer chose, dropped or pasted.

use web_sys::{Blob, DataTransfer, File, FileList, HtmlInputElement, Url};

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

impl Upload {
    /// Whether it is a picture that every browser shows.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        matches!(
            self.media_type.as_str(),
            "image/png" | "image/jpeg" | "image/gif" | "image/webp"
        )
    }
}

/// What was chosen in a file input; the input is emptied, so that the same file can be chosen again.
#[must_use]
pub fn from_input(input: &HtmlInputElement) -> Vec<Upload> {
    let files = from_list(input.files());
    input.set_value("");
    files
}

/// What was dropped or pasted.
#[must_use]
pub fn from_transfer(transfer: Option<DataTransfer>) -> Vec<Upload> {
    from_list(transfer.and_then(|transfer| transfer.files()))
}

fn from_list(list: Option<FileList>) -> Vec<Upload> {
    let list = list.as_ref();
    let count = list.map_or(0, FileList::length);
    (0..count)
        .filter_map(|index| list?.get(index))
        .map(Upload::from)
        .collect()
}

/// An address of a file's content within this page; given back when dropped.
#[derive(Debug)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// An address of this content.
    #[must_use]
    pub fn of(content: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(content).ok().map(Self)
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}
