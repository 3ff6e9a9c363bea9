//! The build script: the sentences of `public/locales/*.json` become checked Rust.
//!
//! English is the source. Every other shipped language has to have the same keys with the same placeholders, and the
//! plural categories that it needs; otherwise the build stops with the file, the key and the reason. It stands here
//! rather than at the top level, because it belongs to the texts and does nothing else.

#[path = "build/check.rs"]
mod check;
#[path = "build/generate.rs"]
mod generate;
#[path = "build/numbers.rs"]
mod numbers;
#[path = "build/source.rs"]
mod source;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    if let Err(faults) = run() {
        for fault in faults {
            println!("cargo::error={fault}");
        }
        process::exit(1);
    }
}

fn run() -> Result<(), Vec<String>> {
    println!("cargo::rerun-if-changed=public/locales");
    println!("cargo::rerun-if-changed=src/i18n/build.rs");
    println!("cargo::rerun-if-changed=src/i18n/build");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(one)?);
    let folder = root.join("public/locales");
    let english = read(&folder.join("en.json"))?;
    let mut faults = check::source(&english);
    for file in other_files(&folder).map_err(one)? {
        match read(&file) {
            Ok(locale) => faults.extend(check::translation(&english, &locale)),
            Err(more) => faults.extend(more),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let out = PathBuf::from(env::var("OUT_DIR").map_err(one)?).join("text.rs");
    fs::write(out, generate::rust(&english)).map_err(one)
}

fn read(file: &Path) -> Result<source::Locale, Vec<String>> {
    let tag = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("public/locales/{tag}.json");
    let text = fs::read_to_string(file).map_err(|error| vec![format!("{name}: {error}")])?;
    source::parse(&tag, &text).map_err(|reason| vec![format!("{name}: {reason}")])
}

/// Every language but the source, in a stable order.
fn other_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "en"))
        .collect();
    files.sort();
    Ok(files)
}

fn one(error: impl std::fmt::Display) -> Vec<String> {
    vec![error.to_string()]
}
