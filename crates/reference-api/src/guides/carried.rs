//! What was answered in a guide before an interaction began: kept in words, as it stood then.

use crate::store::StoreError;
use crate::store::interactions::Seq;
use portal_contract::guide::GuideAnswers;
use rusqlite::{Connection, OptionalExtension};

/// Keeps the answers with the interaction that began with them.
///
/// # Errors
/// When the database refuses.
pub fn carry(db: &Connection, interaction: Seq, answers: &GuideAnswers) -> Result<(), StoreError> {
    let words = serde_json::to_string(answers).expect("the contract's types are texts and lists");
    db.prepare_cached(
        "INSERT INTO interaction_guides (interaction_seq, guide_id, answers) VALUES (?1, ?2, ?3)",
    )?
    .execute((interaction, answers.guide_id.as_str(), words))?;
    Ok(())
}

/// What the interaction began with, if a guide led to it.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub fn carried(db: &Connection, interaction: Seq) -> Result<Option<GuideAnswers>, StoreError> {
    let words: Option<String> = db
        .prepare_cached("SELECT answers FROM interaction_guides WHERE interaction_seq = ?1")?
        .query_row([interaction], |row| row.get(0))
        .optional()?;
    words
        .map(|words| {
            serde_json::from_str(&words)
                .map_err(|_| StoreError::Corrupt("the answers given in a guide".to_owned()))
        })
        .transpose()
}
