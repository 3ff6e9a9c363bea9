//! Every version that a customer may have been led by. A way is checked against the guide that it went through.

use super::check::{Names, parse};
use super::guide::Guide;
use super::read::Guides;
use crate::store::StoreError;
use crate::store::time::Moment;
use portal_contract::{GuideId, GuideVersion};
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;

/// Keeps the guides of today, so that they are known when they have changed.
///
/// # Errors
/// When the database refuses.
pub fn keep(db: &Connection, guides: &Guides, now: Moment) -> Result<(), StoreError> {
    let mut insert = db.prepare_cached(
        "INSERT INTO guide_versions (guide_id, version, source, served_since) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (guide_id, version) DO NOTHING",
    )?;
    for (guide, text) in guides.texts() {
        insert.execute((guide.id.as_str(), guide.version.as_str(), text, now))?;
    }
    Ok(())
}

/// The guide as it was at this version.
///
/// # Errors
/// When the database refuses, or holds what is no guide.
pub fn at_version(
    db: &Connection,
    guides: &Guides,
    id: &GuideId,
    version: &GuideVersion,
) -> Result<Option<Arc<Guide>>, StoreError> {
    if let Some(guide) = guides.find(id).filter(|guide| guide.version == *version) {
        return Ok(Some(Arc::clone(guide)));
    }
    let text: Option<String> = db
        .prepare_cached("SELECT source FROM guide_versions WHERE guide_id = ?1 AND version = ?2")?
        .query_row((id.as_str(), version.as_str()), |row| row.get(0))
        .optional()?;
    let Some(text) = text else { return Ok(None) };
    // It was checked before it was kept; its topics may be gone since.
    let guide = parse(id.as_str(), &text, &Names::default())
        .map_err(|_| StoreError::Corrupt(format!("the guide {id} at {version}")))?;
    Ok(Some(Arc::new(guide)))
}
