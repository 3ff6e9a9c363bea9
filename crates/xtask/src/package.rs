//! `cargo xtask package`: one archive of everything that a web server needs to serve the portal.
//!
//! The files lie in `site/` below the path at which customers reach them, each beside its compressed forms; beside `site/` lies what
//! nginx, Caddy and static hosts have to be told. The rules are those of the reference API (`portal-serving`). The same portal with
//! the same options gives the same bytes.

mod archive;
mod caddy;
mod licences;
mod nginx;
mod readme;
mod settings;
mod static_host;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use portal_serving::Site;
use sha2::{Digest, Sha256};

use crate::build;
use crate::config;
use crate::finish::{brotli, gzip, hex, is_compressible};
use crate::setup::{self, PORTAL};
use crate::workspace::Workspace;

/// What one can choose.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Below which path of its origin the portal stands
    #[arg(long, default_value = "/", value_parser = settings::prefix)]
    prefix: String,
    /// Where the API stands when that is not the portal's origin: `https://api.example.com`, `/gateway`, or both; the settings say it
    /// otherwise
    #[arg(long, value_parser = settings::api)]
    api: Option<String>,
    /// An origin whose pages may show the portal in a frame (may be given several times); the company's settings say it otherwise
    #[arg(long, value_parser = settings::parent)]
    frame_parent: Vec<String>,
    /// The company's own files in the place of the demonstration's: config.json, theme.css, a logo, locales/
    #[arg(long, value_name = "FOLDER")]
    brand: Option<PathBuf>,
    /// The folder to write into
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Take dist/ as it was built last
    #[arg(long)]
    built: bool,
    /// Take a portal that was built already and lies in another folder than dist/
    #[arg(long, value_name = "FOLDER")]
    dist: Option<PathBuf>,
    /// Make it twice and compare the bytes
    #[arg(long)]
    check: bool,
}

/// Everything in the archive: names from its root, with their bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What is told to those who write the files for servers.
struct Plan {
    /// With a slash at both ends.
    prefix: String,
    /// The same without the one at its end: nothing at the root.
    base: String,
    site: Site,
    /// The names of the portal's own files, from its folder, without compressed forms.
    names: Vec<String>,
}

/// Builds the portal unless told otherwise, and writes the archive.
///
/// # Errors
/// When the portal is not built, or a setting is not what it should be.
pub fn package(workspace: &Workspace, options: &Options) -> Result<()> {
    if !options.built && options.dist.is_none() {
        setup::provide(workspace, PORTAL)?;
        build::portal(workspace)?;
    }
    if let Some(brand) = &options.brand {
        let settings = config::Options {
            file: brand.join("config.json"),
            contrast: false,
        };
        ensure!(
            config::config(workspace, &settings)?,
            "the brand is not packed as long as something is wrong with it"
        );
    }
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| workspace.root.join("target/package"));
    let made = make(workspace, options)?;
    if options.check {
        ensure!(
            make(workspace, options)?.bytes == made.bytes,
            "the same files were packed into other bytes: this is a mistake of the package command"
        );
        println!("Packed twice into the same bytes");
    }
    fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    let path = out.join(&made.name);
    fs::write(&path, &made.bytes).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}", path.display());
    println!("  {:.1} MB, sha256 {}", made.megabytes(), made.digest());
    Ok(())
}

/// The archive.
pub struct Package {
    /// With version and digest.
    pub name: String,
    /// A tar, compressed by gzip.
    pub bytes: Vec<u8>,
}

impl Package {
    fn megabytes(&self) -> f32 {
        self.bytes.len() as f32 / 1e6
    }

    fn digest(&self) -> String {
        hex(&Sha256::digest(&self.bytes))
    }
}

/// What the archive is made from besides the options.
struct Sources {
    /// The built portal.
    dist: PathBuf,
    /// The terms of the portal's own code, and of what is in its program of others.
    licences: [String; 2],
}

/// Packs what lies in `dist/`.
pub fn make(workspace: &Workspace, options: &Options) -> Result<Package> {
    let own = fs::read_to_string(workspace.root.join("LICENSE")).context("cannot read LICENSE")?;
    let sources = Sources {
        dist: options.dist.clone().unwrap_or_else(|| workspace.dist()),
        licences: [own, licences::of_others(workspace)?],
    };
    pack(&sources, options)
}

fn pack(sources: &Sources, options: &Options) -> Result<Package> {
    let [own, of_others] = sources.licences.clone();
    let mut portal = read_portal(&sources.dist)?;
    let site = settings::settle(&mut portal, options)?;
    let base = options.prefix.trim_end_matches('/').to_owned();
    let plan = Plan {
        names: portal.keys().cloned().collect(),
        prefix: options.prefix.clone(),
        base,
        site,
    };
    let mut files = Files::new();
    for (name, bytes) in &portal {
        let place = format!("site{}{name}", plan.prefix);
        for (ending, twin) in twins(name, bytes, &sources.dist)? {
            files.insert(format!("{place}.{ending}"), twin);
        }
        files.insert(place, bytes.clone());
    }
    for (name, text) in [
        ("README.txt", readme::readme(&plan)),
        ("nginx/portal.conf", nginx::portal(&plan)),
        ("caddy/portal.caddy", caddy::portal(&plan)),
        ("LICENSE", own),
        ("THIRD-PARTY.txt", of_others),
    ] {
        files.insert(name.to_owned(), text.into_bytes());
    }
    for (name, bytes) in static_host::files(&plan, &portal["index.html"]) {
        files.insert(format!("static-host/{name}"), bytes);
    }
    let version = env!("CARGO_PKG_VERSION");
    let tar = archive::tar(&format!("customer-portal-{version}"), &files)?;
    let digest = hex(&Sha256::digest(&tar));
    Ok(Package {
        name: format!("customer-portal-{version}-{}.tar.gz", &digest[..12]),
        bytes: gzip(&tar)?,
    })
}

/// Where trunk puts a build together, within the folder of the one before.
const STAGE: &str = ".stage/";

/// The portal's own files, without compressed forms, and without those of a build that is under way or was given up.
fn read_portal(dist: &Path) -> Result<Files> {
    let mut files = read_all(dist)?;
    files.retain(|name, _| !is_twin(name) && !name.starts_with(STAGE));
    if !files.contains_key("index.html") {
        bail!("there is no built portal in dist/: run `cargo xtask build`");
    }
    Ok(files)
}

/// Every file below a folder, by its name from there.
///
/// # Errors
/// When one cannot be read.
pub fn read_all(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    read_below(folder, folder, &mut files)?;
    Ok(files)
}

fn read_below(folder: &Path, root: &Path, files: &mut Files) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("there is no folder {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path
            .strip_prefix(root)
            .ok()
            .and_then(Path::to_str)
            .with_context(|| format!("{} has no plain name", path.display()))?;
        if path.is_dir() {
            read_below(&path, root, files)?;
        } else {
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(name.to_owned(), bytes);
        }
    }
    Ok(())
}

fn is_twin(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// The compressed forms of a file: those that the build made, as long as the file is still what was built.
fn twins(name: &str, bytes: &[u8], dist: &Path) -> Result<Vec<(&'static str, Vec<u8>)>> {
    if !is_compressible(name) {
        return Ok(Vec::new());
    }
    let is_as_built = fs::read(dist.join(name)).is_ok_and(|built| built == bytes);
    let built = |ending: &str| fs::read(dist.join(format!("{name}.{ending}"))).ok();
    let mut twins = Vec::new();
    for (ending, compress) in [("br", brotli as fn(&[u8]) -> _), ("gz", gzip)] {
        let twin = match built(ending).filter(|_| is_as_built) {
            Some(twin) => twin,
            None => compress(bytes)?,
        };
        if twin.len() < bytes.len() {
            twins.push((ending, twin));
        }
    }
    Ok(twins)
}
