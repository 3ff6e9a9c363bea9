//! Beside every file that compresses, the same in brotli and gzip, so that no server has to do it while somebody waits.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

const COMPRESSIBLE: &[&str] = &[
    "bin",
    "css",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
];

/// The greatest quality: it is paid once here, and every download is shorter for it.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)
        .context("brotli failed")?;
    Ok(compressed)
}

/// For what does not speak brotli.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("gzip failed")?;
    encoder.finish().context("gzip failed")
}

/// Compresses every file below the folder whose kind compresses.
pub fn compress_all(folder: &Path) -> Result<()> {
    let files = files_below(folder)?;
    let chunk = files
        .len()
        .div_ceil(std::thread::available_parallelism().map_or(1, usize::from))
        .max(1);
    std::thread::scope(|scope| {
        let workers = files
            .chunks(chunk)
            .map(|files| scope.spawn(move || files.iter().try_for_each(|file| compress(file))));
        let workers = workers.collect::<Vec<_>>();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().expect("compressing does not panic"))
    })
}

/// Whether a file of this name is of a kind that compresses.
pub fn is_compressible(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| COMPRESSIBLE.contains(&ending))
}

fn compress(file: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    for (suffix, compressed) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
        // A server that finds no compressed twin sends the file as it is.
        if compressed.len() < bytes.len() {
            let path = beside(file, suffix);
            fs::write(&path, compressed)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else if path.to_str().is_some_and(is_compressible) {
            files.push(path);
        }
    }
    // The largest first, so that the workers end at about the same time.
    files.sort_by_key(|file| {
        std::cmp::Reverse(fs::metadata(file).map_or(0, |metadata| metadata.len()))
    });
    Ok(files)
}
