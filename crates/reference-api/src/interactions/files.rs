//! Files that go with a message.

use crate::http::{ApiError, ApiResult};
use crate::store::attachments;
use crate::store::interactions::Seq;
use portal_contract::{AttachmentId, FieldCode};
use rusqlite::Transaction;

/// Sends the uploaded files with this message, in their order.
///
/// # Errors
/// `validation` with the place of the first that is none of the customer's that waits for its message: here, or for any.
pub fn send_files(
    tx: &Transaction<'_>,
    interaction: Seq,
    message: Seq,
    files: &[AttachmentId],
) -> ApiResult<()> {
    for (index, file) in files.iter().enumerate() {
        if !attachments::send_draft(tx, interaction, message, file)? {
            let detail = "no file of the customer's that waits for its message";
            let pointer = format!("/attachment_ids/{index}");
            return Err(ApiError::field(&pointer, FieldCode::Unknown, detail, None));
        }
    }
    Ok(())
}
