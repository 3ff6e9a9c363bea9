//! A set: records of one sort, each read from the database in pages, none of them kept.

use super::ExportError;
use super::extent::Extent;
use super::row::{self, Row};
use super::source::{Reader, Source};
use crate::store::{Store, StoreError};
use rusqlite::Connection;

/// Records of one sort, as one file holds them.
pub struct Set {
    /// The category that it belongs to.
    pub category: &'static str,
    /// Its name, which is its file's.
    pub name: &'static str,
    /// Where its records come from, one after the other; all with the same columns.
    pub sources: &'static [Source],
}

impl Set {
    /// The names of its columns.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn columns(&self, db: &Connection) -> Result<Vec<String>, StoreError> {
        let statement = db.prepare_cached(&self.sources[0].plain())?;
        Ok(row::shown(statement.column_names()))
    }

    /// Whether a copy of this extent has it.
    pub fn is_in(&self, extent: &Extent) -> bool {
        extent.has_category(self.category)
            && (extent.interactions.is_none()
                || self.sources.iter().any(|source| source.about.is_some()))
    }

    /// How many records there are.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count(&self, db: &Connection, extent: &Extent) -> Result<u64, StoreError> {
        let mut records = 0;
        for source in self.sources_of(extent) {
            records += source.count(db, extent)?;
        }
        Ok(records)
    }

    fn sources_of(&self, extent: &Extent) -> impl Iterator<Item = &'static Source> + use<'_> {
        let single = extent.interactions.is_some();
        self.sources
            .iter()
            .filter(move |source| !single || source.about.is_some())
    }

    /// Hands every record to `each`, a page in memory at a time.
    ///
    /// # Errors
    /// What `each` gives, and when the database refuses.
    pub fn walk(
        &self,
        store: &Store,
        extent: &Extent,
        each: &mut dyn FnMut(Row) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        for source in self.sources_of(extent) {
            let mut reader = Reader::of(source, store, extent);
            while let Some((row, _)) = reader.next()? {
                each(row)?;
            }
        }
        Ok(())
    }
}
