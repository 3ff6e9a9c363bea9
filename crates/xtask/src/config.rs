//! `cargo xtask config FILE`: everything that is wrong with a company's settings, before a customer meets it.

mod beside;
mod contrast;
mod meaning;
mod place;
mod schema;
mod theme;
mod tokens;
mod words;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;

use crate::workspace::Workspace;
use place::{Document, Spot};

/// What one can choose.
#[derive(Args)]
pub struct Options {
    /// The settings, such as public/config.json; theme.css, the logo and the languages are looked for beside it
    pub file: PathBuf,
    /// Say the contrast of every pair of colours, also of those that are good
    #[arg(long)]
    pub contrast: bool,
}

/// Something that is wrong: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    file: PathBuf,
    spot: Spot,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spot { line, column } = self.spot;
        write!(f, "{}:{line}:{column}: {}", self.file.display(), self.what)
    }
}

/// Checks the settings and what stands beside them, and says all that it finds. Answers whether all is well.
///
/// # Errors
/// When the file cannot be read at all.
pub fn config(workspace: &Workspace, options: &Options) -> Result<bool> {
    let brand = Brand::open(workspace, &options.file)?;
    let mut findings = brand.settings();
    let theme = brand.folder.join("theme.css");
    if theme.is_file() {
        let css = read(&theme)?;
        if options.contrast {
            println!("{}", contrast::table(&css));
        }
        findings.extend(theme::check(&theme, &css));
    }
    findings.extend(beside::twins(&[&brand.file, &theme]));
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => println!("{}: nothing is wrong", brand.file.display()),
        1 => println!("\n1 thing is wrong"),
        many => println!("\n{many} things are wrong"),
    }
    Ok(findings.is_empty())
}

/// A company's settings and the folder that they stand in.
struct Brand {
    file: PathBuf,
    folder: PathBuf,
    text: String,
    /// The languages that come with the portal.
    shipped: PathBuf,
}

impl Brand {
    fn open(workspace: &Workspace, file: &Path) -> Result<Self> {
        let text = read(file)?;
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self {
            file: file.to_owned(),
            folder,
            text,
            shipped: workspace.root.join("public/locales"),
        })
    }

    fn settings(&self) -> Vec<Finding> {
        let (document, json) = match Document::parse(&self.text) {
            Ok(parsed) => parsed,
            Err((spot, why)) => return vec![self.finding(spot, why)],
        };
        let at = |pointer: &str| document.spot(pointer);
        let mut findings: Vec<Finding> = Vec::new();
        let mut find = |pointer: &str, what: String| findings.push(self.finding(at(pointer), what));
        for pointer in document.doubled() {
            find(
                pointer,
                "stands twice in this object; the last one counts".into(),
            );
        }
        schema::check(&json, &mut find);
        meaning::check(&json, &mut find);
        beside::check(&self.folder, &self.shipped, &json, &mut find);
        words::check(&self.shipped, &json, &mut find);
        findings
    }

    fn finding(&self, spot: Spot, what: String) -> Finding {
        Finding {
            file: self.file.clone(),
            spot,
            what,
        }
    }
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// The texts of a list; none where there is no such list.
fn texts<'a>(json: &'a Value, pointer: &str) -> impl Iterator<Item = &'a str> {
    let list = json.pointer(pointer).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests;
