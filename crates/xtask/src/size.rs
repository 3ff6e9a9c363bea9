//! `cargo xtask size`: the bytes of everything that a screen needs.

mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::finish::{Tag, brotli, bundled, gzip, part_file, parts};
use crate::workspace::Workspace;
use tables::Tables;

/// What is held, in bytes after brotli.
struct Bounds {
    /// Everything that the first screen needs: signing in, or the overview.
    entry: usize,
    /// Everything that a screen needs which is opened by its own address.
    deep: usize,
    /// What another screen needs once the overview stands.
    further: usize,
}

/// What it may cost. Lower it whenever less is reached.
const BUDGET: Bounds = Bounds {
    entry: 121_600,
    deep: 150_000,
    further: 25_000,
};
/// What the screens beyond the first cost at the moment, and a hundredth more. They are over their budget (decision 0010 says by
/// what, and which levers are left). A test that failed every day would be read by nobody, and one that looked away would let them
/// grow; so a run of the tests holds these figures, and `cargo xtask size` the budget. They are only ever lowered (the two times
/// that one was raised stand there too), and go once they stand below the budget, as that of the first screens has.
const CEILING: Bounds = Bounds {
    entry: BUDGET.entry,
    deep: 181_700,
    further: 72_900,
};
/// The screens that the bound of an entry holds for.
const ENTRIES: [&str; 2] = ["overview", "sign_in"];
/// The attribute of index.html that names the screens which do without an element.
const WITHOUT: &str = "data-without";
/// The attribute of index.html that names the areas which an element is for.
const OF: &str = "data-of";
/// The attribute of index.html on what is loaded in a frame on another page alone.
const FRAMED: &str = "data-framed";
const BOOT_BUDGET: usize = 3_000;
const CSS_BUDGET: usize = 12_000;
/// What a company's own page loads, which is to be nothing to speak of.
const LOADER: &str = "embed.js";
const LOADER_BUDGET: usize = 5_000;
/// What the portal loads in a frame beside everything else.
const FRAME_BUDGET: usize = 9_000;

/// One file that a screen needs.
#[derive(Clone)]
struct Part {
    what: &'static str,
    file: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What the built portal consists of.
struct Sizes {
    /// What every screen needs.
    common: Vec<Part>,
    /// What each screen needs beside it; screens share some of these files.
    screens: BTreeMap<String, Vec<Part>>,
    /// The one file that is all of the program that a screen needs which a visit begins with.
    first: BTreeMap<String, Part>,
    /// What the portal costs in a frame on another page: that page its loader, the frame its own module.
    frame: Vec<Part>,
}

/// Prints the tables and holds them against the ceiling: what a run of the tests asks for.
///
/// # Errors
/// When something grew, or the portal is not built.
pub fn ratchet(workspace: &Workspace) -> Result<()> {
    let sizes = Sizes::of(&workspace.dist())?;
    sizes.print();
    let grown = sizes.over(&Bounds {
        entry: BUDGET.entry.max(CEILING.entry),
        deep: BUDGET.deep.max(CEILING.deep),
        further: BUDGET.further.max(CEILING.further),
    });
    if !grown.is_empty() {
        bail!("over the ceiling: {}", grown.join("; "));
    }
    for line in sizes.over(&BUDGET) {
        println!("over the budget, held at the ceiling: {line}");
    }
    Ok(())
}

/// Prints the tables and holds them against the budget.
///
/// # Errors
/// When something is over its budget, or the portal is not built.
pub fn size(workspace: &Workspace) -> Result<()> {
    let sizes = Sizes::of(&workspace.dist())?;
    sizes.print();
    let over = sizes.over(&BUDGET);
    if !over.is_empty() {
        bail!("over the budget: {}", over.join("; "));
    }
    Ok(())
}

impl Sizes {
    fn of(dist: &Path) -> Result<Self> {
        let page = fs::read_to_string(dist.join("index.html"))
            .context("there is no built portal in dist/: run `cargo xtask build`")?;
        let table = parts(&page)
            .context("the built portal does not say its parts: run `cargo xtask build`")?;
        let language = largest_language(dist, &table)?;
        let mut screens = BTreeMap::new();
        let tables = Tables::read(dist, &table["all"])?;
        let first = table["first"].as_object().into_iter().flatten();
        let first = first.map(|(screen, digest)| {
            let file = part_file(digest.as_str().unwrap_or_default());
            Ok((screen.clone(), part(dist, "program", &file)?))
        });
        for screen in tables.screens() {
            let needed = tables.needed(screen);
            let files = needed.files.iter().map(|file| ("program", file));
            let files = files.chain(needed.tables.iter().map(|file| ("table", file)));
            let files = files.map(|(what, file)| part(dist, what, file));
            let mut files = files.collect::<Result<Vec<_>>>()?;
            let area = table["texts"]["of"][screen].as_str().unwrap_or(screen);
            let words = words_at(&table, &language, area);
            if dist.join(&words).is_file() {
                files.push(part(dist, "texts", &words)?);
            }
            for style in later_styles(&page).filter(|style| dresses(style, screen, area)) {
                files.push(part(dist, "style", target(&style)?)?);
            }
            screens.insert(screen.to_owned(), files);
        }
        let mut common = common(dist, &page)?;
        common.push(part(dist, "texts", &words_at(&table, &language, "first"))?);
        Ok(Self {
            common,
            screens,
            first: first.collect::<Result<_>>()?,
            frame: frame(dist, &page)?,
        })
    }

    /// Everything that a screen needs which is opened by its own address.
    fn whole(&self, screen: &str) -> usize {
        let parts = self.screens.get(screen).map_or(&[][..], Vec::as_slice);
        let own = match self.first.get(screen) {
            Some(first) => {
                let is_in_it = |part: &&Part| ["program", "table"].contains(&part.what);
                let beside = parts.iter().filter(|part| !is_in_it(part));
                first.brotli + beside.map(|part| part.brotli).sum::<usize>()
            }
            None => total(parts),
        };
        total(&self.common) + own
    }

    /// What a screen needs once the overview stands.
    fn further(&self, screen: &str) -> usize {
        let there = self.screens.get("overview").map_or(&[][..], Vec::as_slice);
        let is_there =
            |part: &Part| part.what != "table" && there.iter().any(|other| other.file == part.file);
        let parts = self.screens.get(screen).into_iter().flatten();
        parts
            .filter(|part| !is_there(part))
            .map(|part| part.brotli)
            .sum()
    }

    fn print(&self) {
        println!(
            "{:<14} {:>9} {:>9} {:>9}  file",
            "every screen", "raw", "gzip", "brotli"
        );
        for part in &self.common {
            println!(
                "{:<14} {:>9} {:>9} {:>9}  {}",
                part.what, part.raw, part.gzip, part.brotli, part.file
            );
        }
        let sum = |bytes: fn(&Part) -> usize| self.common.iter().map(bytes).sum::<usize>();
        println!(
            "{:<14} {:>9} {:>9} {:>9}",
            "together",
            sum(|p| p.raw),
            sum(|p| p.gzip),
            sum(|p| p.brotli)
        );
        for part in &self.frame {
            println!(
                "{:<14} {:>9} {:>9} {:>9}  {}",
                part.what, part.raw, part.gzip, part.brotli, part.file
            );
        }
        println!();
        println!(
            "{:<24} {:>9} {:>9}  of it its own, after the overview",
            "a screen, brotli", "whole", "further"
        );
        for screen in self.screens.keys() {
            println!(
                "{screen:<24} {:>9} {:>9}",
                self.whole(screen),
                self.further(screen)
            );
        }
    }

    /// What is over its bound.
    fn over(&self, bounds: &Bounds) -> Vec<String> {
        let of = |what: &str, parts: &[Part]| {
            let parts = parts.iter().filter(|part| part.what == what);
            parts.map(|part| part.brotli).sum::<usize>()
        };
        let further_style = self.screens.values().map(|parts| of("style", parts));
        let style = of("style", &self.common) + further_style.max().unwrap_or(0);
        let mut held = vec![
            ("boot".to_owned(), of("boot", &self.common), BOOT_BUDGET),
            ("style".to_owned(), style, CSS_BUDGET),
            (
                "loader".to_owned(),
                of("loader", &self.frame),
                LOADER_BUDGET,
            ),
            ("frame".to_owned(), of("frame", &self.frame), FRAME_BUDGET),
        ];
        for screen in self.screens.keys() {
            let whole = self.whole(screen);
            if ENTRIES.contains(&screen.as_str()) {
                held.push((format!("the first screen, {screen},"), whole, bounds.entry));
            } else {
                held.push((
                    format!("{screen}, opened by its address,"),
                    whole,
                    bounds.deep,
                ));
                held.push((
                    format!("{screen}, coming from the overview,"),
                    self.further(screen),
                    bounds.further,
                ));
            }
        }
        let over = held.into_iter().filter(|(_, bytes, bound)| bytes > bound);
        over.map(|(what, bytes, bound)| format!("{what} has {bytes} bytes of {bound}"))
            .collect()
    }
}

fn total(parts: &[Part]) -> usize {
    parts.iter().map(|part| part.brotli).sum()
}

fn common(dist: &Path, page: &str) -> Result<Vec<Part>> {
    let mut parts = vec![part(dist, "page", "index.html")?];
    for tag in bundled(page) {
        if !is_later(&tag) && !tag.has(FRAMED) {
            let file = target(&tag)?;
            parts.push(part(dist, kind(file), file)?);
        }
    }
    for (what, file) in [
        ("theme", "theme.css"),
        ("icons", "icons.svg"),
        ("configuration", "config.json"),
    ] {
        if dist.join(file).is_file() {
            parts.push(part(dist, what, file)?);
        }
    }
    Ok(parts)
}

/// What a frame on another page costs beside what every page does.
fn frame(dist: &Path, page: &str) -> Result<Vec<Part>> {
    let mut parts = vec![part(dist, "loader", LOADER)?];
    for tag in bundled(page).iter().filter(|tag| tag.has(FRAMED)) {
        parts.push(part(dist, "frame", target(tag)?)?);
    }
    Ok(parts)
}

/// The style that not every screen needs.
fn later_styles(page: &str) -> impl Iterator<Item = Tag> {
    bundled(page).into_iter().filter(is_later)
}

fn is_later(tag: &Tag) -> bool {
    tag.get(WITHOUT).is_some() || tag.get(OF).is_some()
}

/// Whether a screen of this area needs this style, reckoned as boot does.
fn dresses(style: &Tag, screen: &str, area: &str) -> bool {
    let names = |attribute, name| {
        let named: Option<&str> = style.get(attribute);
        named.map(|named| named.split(' ').any(|one| one == name))
    };
    names(OF, area).unwrap_or_else(|| names(WITHOUT, screen) == Some(false))
}

fn target(tag: &Tag) -> Result<&str> {
    let (_, target) = tag
        .target()
        .context("a bundled element points nowhere: run `cargo xtask build`")?;
    Ok(target.trim_start_matches('/'))
}

fn kind(file: &str) -> &'static str {
    match file.rsplit_once('.').map(|(_, extension)| extension) {
        Some("wasm") => "program",
        Some("css") => "style",
        _ if file.starts_with("assets/boot") => "boot",
        _ => "glue",
    }
}

/// Where the sentences stand that a part of the portal needs.
fn words_at(table: &Value, language: &str, part: &str) -> String {
    let digest = table["texts"]["digest"].as_str().unwrap_or_default();
    format!("assets/{language}-{part}-{digest}.json")
}

/// The customer downloads one; the budget has to hold for each, so the largest counts.
fn largest_language(dist: &Path, table: &Value) -> Result<String> {
    let mut languages = Vec::new();
    for language in table["texts"]["tags"].as_array().into_iter().flatten() {
        let language = language.as_str().unwrap_or_default();
        let first = part(dist, "texts", &words_at(table, language, "first"))?;
        languages.push((first.brotli, language.to_owned()));
    }
    let largest = languages.into_iter().max();
    largest
        .map(|(_, language)| language)
        .context("the built portal has no language: run `cargo xtask build`")
}

fn part(dist: &Path, what: &'static str, file: &str) -> Result<Part> {
    let path = dist.join(file);
    let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let served = |suffix: &str| {
        fs::metadata(dist.join(format!("{file}.{suffix}"))).map(|metadata| metadata.len() as usize)
    };
    let (gzip, brotli) = match (served("gz"), served("br")) {
        (Ok(gzip), Ok(brotli)) => (gzip, brotli),
        _ => (
            gzip(&bytes)?.len().min(bytes.len()),
            brotli(&bytes)?.len().min(bytes.len()),
        ),
    };
    Ok(Part {
        what,
        file: file.to_owned(),
        raw: bytes.len(),
        gzip,
        brotli,
    })
}
