//! A copy: every set that was asked for as files for programs, the same for people, and a manifest of all of it.

mod index;
mod reading;

use super::ExportError;
use super::archive::{Archive, NewFile};
use super::extent::Extent;
use super::name;
use super::page::Manner;
use super::row::Row;
use super::set::Set;
use super::sets::{self, ATTACHMENTS};
use super::table::{Format, Records};
use crate::store::Store;
use crate::store::time::Moment;
use portal_contract::data_request::DataRequestScope;
use serde_json::Value;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;

/// What a copy is about, besides its extent.
#[derive(Clone)]
pub struct About {
    /// The id of the request that it answers.
    pub request_id: String,
    /// What people quote of that request.
    pub reference: Option<String>,
    /// The id of the file that comes of it.
    pub artifact_id: String,
    /// Who asked.
    pub customer: String,
    /// Whom.
    pub company: String,
    /// What was asked for.
    pub scope: DataRequestScope,
    /// As what.
    pub formats: Vec<Format>,
    /// When it is made.
    pub now: Moment,
    /// How its pages are written.
    pub manner: Manner,
}

/// From where a copy is made.
pub struct Ground<'a> {
    /// The database.
    pub store: &'a Store,
    /// The folder of attachments.
    pub files: &'a Path,
    /// Told after each step how far it has come (records done, records in all); refuses to have it stopped.
    pub beat: &'a mut dyn FnMut(u64, u64) -> Result<(), ExportError>,
}

/// Writes the copy to `to`, and gives it back with how many records it holds.
///
/// # Errors
/// When something cannot be read or written, and what `beat` refuses with.
pub fn write<W: Write + Seek>(
    to: W,
    about: &About,
    extent: &Extent,
    ground: Ground<'_>,
) -> Result<(W, u64), ExportError> {
    let planned = plan(ground.store, about, extent)?;
    let records = planned.iter().map(|plan| plan.records).sum();
    let mut work = Work {
        archive: Archive::new(to, about.now),
        about,
        extent,
        steps: Steps {
            beat: ground.beat,
            done: 0,
            all: planned.iter().map(|plan| plan.steps).sum(),
            records,
        },
        store: ground.store,
        contents: HashMap::new(),
    };
    if planned.iter().any(|plan| plan.set.name == ATTACHMENTS.name) {
        work.contents(ground.files)?;
    }
    for plan in &planned {
        for format in &about.formats {
            work.records(plan, *format)?;
        }
    }
    let pages = work.pages(&planned)?;
    work.index(&planned, &pages)?;
    let manifest = work.manifest(&planned);
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from)?;
    Ok((work.archive.finish(&manifest)?, records))
}

/// A set that is part of the copy.
struct Plan {
    set: &'static Set,
    columns: Vec<String>,
    records: u64,
    /// How often its records are gone through, times how many they are.
    steps: u64,
}

fn plan(store: &Store, about: &About, extent: &Extent) -> Result<Vec<Plan>, ExportError> {
    let mut planned = Vec::new();
    for set in sets::all().filter(|set| set.is_in(extent)) {
        let (mut columns, records) =
            store.read_blocking(|db| Ok((set.columns(db)?, set.count(db, extent)?)))?;
        let mut times = about.formats.len() as u64 + 1;
        if set.name == ATTACHMENTS.name {
            columns.extend(["path".to_owned(), "missing".to_owned()]);
            times += 1;
        }
        planned.push(Plan {
            set,
            columns,
            records,
            steps: records * times,
        });
    }
    Ok(planned)
}

/// How far it has come.
struct Steps<'a> {
    beat: &'a mut dyn FnMut(u64, u64) -> Result<(), ExportError>,
    done: u64,
    all: u64,
    records: u64,
}

impl Steps<'_> {
    /// One more record was gone through. The records are gone through several times; a reader is told of each once.
    fn step(&mut self) -> Result<(), ExportError> {
        self.done += 1;
        let share = u128::from(self.records) * u128::from(self.done) / u128::from(self.all.max(1));
        let done = u64::try_from(share).map_or(self.records, |done| done.min(self.records));
        (self.beat)(done, self.records)
    }
}

struct Work<'a, W: Write + Seek> {
    archive: Archive<W>,
    about: &'a About,
    extent: &'a Extent,
    steps: Steps<'a>,
    store: &'a Store,
    /// Which number the content of an attachment has in the archive; none for one that is not held any more.
    contents: HashMap<i64, Option<u64>>,
}

impl<W: Write + Seek> Work<'_, W> {
    /// Adds the content of every file. They are read piece by piece.
    fn contents(&mut self, folder: &Path) -> Result<(), ExportError> {
        let (store, extent) = (self.store, self.extent);
        let mut number = 0;
        ATTACHMENTS.walk(store, extent, &mut |row| {
            let seq = row.hidden[0]
                .as_i64()
                .ok_or(ExportError::Unreadable("attachment"))?;
            let stored_as = row.hidden[1]
                .as_str()
                .ok_or(ExportError::Unreadable("attachment"))?;
            let content = match File::open(folder.join(stored_as)) {
                Ok(content) => Some(content),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(error.into()),
            };
            let Some(mut content) = content else {
                self.contents.insert(seq, None);
                return self.steps.step();
            };
            number += 1;
            let (file_name, media_type) = (text(&row, FILE_NAME), text(&row, MEDIA_TYPE));
            self.archive.begin(NewFile {
                path: name::path(number, file_name),
                media_type,
                category: Some(ATTACHMENTS.category),
                set: None,
                name: Some(file_name.to_owned()),
            })?;
            io::copy(&mut content, &mut self.archive)?;
            self.archive.end(None)?;
            self.contents.insert(seq, Some(number));
            self.steps.step()
        })
    }

    fn records(&mut self, plan: &Plan, format: Format) -> Result<(), ExportError> {
        let set = plan.set;
        self.archive.begin(NewFile {
            path: format!("data/{}.{}", set.name, format.extension()),
            media_type: format.media_type(),
            category: Some(set.category),
            set: Some(set.name),
            name: None,
        })?;
        let Self {
            archive,
            steps,
            store,
            extent,
            contents,
            ..
        } = self;
        let mut records = Records::begin(&mut *archive, format, &plan.columns)?;
        set.walk(store, extent, &mut |mut row| {
            if set.name == ATTACHMENTS.name {
                place(&mut row, contents);
            }
            records.write(&row.cells)?;
            steps.step()
        })?;
        let written = records.end()?;
        archive.end(Some(written))?;
        Ok(())
    }
}

/// Where an attachment's name and type stand among its values.
const FILE_NAME: usize = 3;
const MEDIA_TYPE: usize = 4;

fn text(row: &Row, place: usize) -> &str {
    row.cells[place].as_str().unwrap_or("file")
}

/// Adds to an attachment where the archive has it, or why it has not.
fn place(row: &mut Row, contents: &HashMap<i64, Option<u64>>) {
    let seq = row.hidden.first().and_then(Value::as_i64);
    let number = seq.and_then(|seq| contents.get(&seq).copied().flatten());
    let path = number.map(|number| name::path(number, text(row, FILE_NAME)));
    let missing = path
        .is_none()
        .then_some("the content of this file is not held any more");
    row.cells.push(path.into());
    row.cells.push(missing.into());
}

#[cfg(test)]
mod tests;
