//! The archive: a ZIP to which one file after the other is added, each weighed and summed while it is written.

use super::ExportError;
use crate::secrets::hex;
use crate::store::time::Moment;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{self, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What holds all sums. It stands last, and not in itself.
pub const MANIFEST: &str = "manifest.json";

/// How many bytes go to the compressor at a time. It readies 32 KiB for each piece that it is given, however small: words written one by one
/// would cost more to hand over than to compress.
const PIECE: usize = 32 * 1024;

/// A file that is about to be added.
#[derive(Clone, Debug, Default)]
pub struct NewFile<'a> {
    /// Where it stands: relative, with `/` between.
    pub path: String,
    /// What it is (RFC 2046).
    pub media_type: &'a str,
    /// The category that it belongs to.
    pub category: Option<&'static str>,
    /// The set of records that it holds.
    pub set: Option<&'static str>,
    /// The name under which it was once sent.
    pub name: Option<String>,
}

/// A file as the manifest names it.
#[derive(Clone, Debug, Serialize)]
pub struct ListedFile {
    /// Where it stands.
    pub path: String,
    /// What it is (RFC 2046).
    pub media_type: String,
    /// Bytes, before they were compressed.
    pub size: u64,
    /// SHA-256 of these bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The category that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'static str>,
    /// The set of records that it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<&'static str>,
    /// How many records that are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub records: Option<u64>,
    /// The name under which it was once sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A ZIP that grows: a file is begun, written and ended, then the next. What is in memory of it is its list of files alone.
pub struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    files: Vec<ListedFile>,
    open: Option<Open>,
    /// What was written of the open file and not yet handed over.
    waiting: Vec<u8>,
    at: DateTime,
}

/// The file that is being written.
struct Open {
    listed: ListedFile,
    digest: Sha256,
}

impl<W: Write + Seek> Archive<W> {
    /// Begins an archive, whose files all carry this moment.
    pub fn new(to: W, at: Moment) -> Self {
        Self {
            zip: ZipWriter::new(to),
            files: Vec::new(),
            open: None,
            waiting: Vec::with_capacity(PIECE),
            at: moment(at),
        }
    }

    /// The files so far.
    pub fn files(&self) -> &[ListedFile] {
        &self.files
    }

    /// Begins a file; what is written from now on is its content.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn begin(&mut self, file: NewFile<'_>) -> Result<(), ExportError> {
        self.end(None)?;
        self.zip
            .start_file(file.path.as_str(), self.options(file.media_type))?;
        self.open = Some(Open {
            listed: ListedFile {
                path: file.path,
                media_type: file.media_type.to_owned(),
                size: 0,
                sha256: String::new(),
                category: file.category,
                set: file.set,
                records: None,
                name: file.name,
            },
            digest: Sha256::new(),
        });
        Ok(())
    }

    /// Ends the file, which holds so many records, and enters it in the list.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn end(&mut self, records: Option<u64>) -> Result<(), ExportError> {
        self.hand_over()?;
        if let Some(Open { mut listed, digest }) = self.open.take() {
            listed.sha256 = hex(&digest.finalize());
            listed.records = records;
            self.files.push(listed);
        }
        Ok(())
    }

    fn hand_over(&mut self) -> io::Result<()> {
        if let Some(open) = &mut self.open {
            self.zip.write_all(&self.waiting)?;
            open.digest.update(&self.waiting);
            open.listed.size += self.waiting.len() as u64;
        }
        self.waiting.clear();
        Ok(())
    }

    /// Ends it with its manifest, and gives what it was written to.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn finish(mut self, manifest: &[u8]) -> Result<W, ExportError> {
        self.hand_over()?;
        self.zip
            .start_file(MANIFEST, self.options("application/json"))?;
        self.zip.write_all(manifest)?;
        Ok(self.zip.finish()?)
    }

    /// Nobody knows beforehand how large a file becomes: each may pass 4 GiB (ZIP64, APPNOTE 4.5.3).
    fn options(&self, media_type: &str) -> SimpleFileOptions {
        let method = if is_compressed(media_type) {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(self.at)
            .unix_permissions(0o644)
            .large_file(true)
    }
}

impl<W: Write + Seek> Write for Archive<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.open.is_none() {
            return Err(io::Error::other("no file of the archive is begun"));
        }
        if self.waiting.len() + bytes.len() > PIECE {
            self.hand_over()?;
        }
        let taken = &bytes[..bytes.len().min(PIECE)];
        self.waiting.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_over()?;
        self.zip.flush()
    }
}

/// Whether compressing it again would only cost time.
fn is_compressed(media_type: &str) -> bool {
    let plain_images = ["image/bmp", "image/svg+xml", "image/tiff"];
    (media_type.starts_with("image/") && !plain_images.contains(&media_type))
        || media_type.starts_with("video/")
        || media_type.starts_with("audio/")
        || matches!(media_type, "application/zip" | "application/gzip")
}

/// A ZIP knows the years from 1980 to 2107, in no zone and in steps of two seconds: here they are UTC.
fn moment(at: Moment) -> DateTime {
    let at = at.to_jiff().to_zoned(jiff::tz::TimeZone::UTC);
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    u16::try_from(at.year())
        .ok()
        .and_then(|year| {
            DateTime::from_date_and_time(
                year,
                part(at.month()),
                part(at.day()),
                part(at.hour()),
                part(at.minute()),
                part(at.second()),
            )
            .ok()
        })
        .unwrap_or(DateTime::DEFAULT)
}

#[cfg(test)]
mod tests;
