//! Trunk's post-build hook: from staged files to files that may be served for ever.
//!
//! Every element of `index.html` with `data-bundle="name"` is bundled (esbuild), optimised (Binaryen), written to
//! `assets/name-<digest>.ext` and pointed at with its digest. Before that the program is cut into its parts (see `parts`). A
//! development build skips what takes long.

mod compress;
mod exports;
mod html;
mod join;
mod names;
mod order;
mod packs;
mod parts;
mod program;
mod sentences;
mod stamp;
mod table;
mod together;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::process::{program, run};
use crate::workspace::Workspace;

pub use compress::{brotli, gzip, is_compressible};
pub use html::{Tag, bundled, parts};
pub use parts::{part_file, screen_file, table_file};
pub use stamp::stamp;
pub use together::BEFORE;

use order::alike_beside_alike;

/// What has Binaryen make modules small.
const OPTIMISER: &str = "crates/xtask/src/finish/optimise.mjs";

/// What trunk tells its hooks.
struct Build<'a> {
    workspace: &'a Workspace,
    staging: PathBuf,
    release: bool,
}

/// Finishes the files that trunk has staged.
///
/// # Errors
/// When trunk did not call it, or a tool refuses a file.
pub fn finish(workspace: &Workspace) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .context("`finish` is trunk's hook: run `cargo xtask build`")?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let build = Build {
        workspace,
        staging: staging.into(),
        release,
    };
    let index = build.staging.join("index.html");
    let page =
        fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let page = html::without_comments(&page);
    let page = html::filled(&page, &configuration(&build.staging)?);
    let [program, glue] = build.staged(&bundled(&page))?;
    let parts = build.cut(&program, &glue)?;
    if release {
        build.make_lean(&program, &glue)?;
    }
    let page = build.bundle_all(&page)?;
    let mut table = build.publish_parts(&parts)?;
    table["texts"] = build.publish_sentences()?;
    let page = html::with_parts(&page, &table.to_string());
    html::refuse_inline_code(&page)?;
    fs::write(&index, page).with_context(|| format!("cannot write {}", index.display()))?;
    if release {
        compress::compress_all(&build.staging)?;
    }
    Ok(())
}

/// The company's details as of now: for somebody whose browser runs no script.
fn configuration(staging: &Path) -> Result<Value> {
    let path = staging.join("config.json");
    let text = fs::read_to_string(&path)
        .context("public/config.json cannot be read: the portal does not start without it")?;
    serde_json::from_str(&text).context("public/config.json is not JSON")
}

impl Build<'_> {
    fn bundle_all(&self, page: &str) -> Result<String> {
        let mut finished = String::new();
        let mut rest = page;
        while let Some((before, tag, after)) = html::next_bundled(rest) {
            finished.push_str(before);
            finished.push_str(&self.bundle(&tag)?.to_string());
            rest = after;
        }
        finished.push_str(rest);
        Ok(finished)
    }

    /// Makes the file of one element and points the element at it.
    fn bundle(&self, tag: &Tag) -> Result<Tag> {
        let (attribute, source) = tag
            .target()
            .context("an element with data-bundle has neither href nor src")?;
        let name = tag.get("data-bundle").context("data-bundle has no name")?;
        let input = self.input(source);
        let extension = input
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        let made = self
            .workspace
            .wasm
            .join(format!("bundle-{name}.{extension}"));
        match extension {
            "css" | "js" => self.esbuild(&input, &made)?,
            "wasm" => {
                fs::copy(&input, &made)
                    .with_context(|| format!("cannot copy {}", input.display()))?;
                self.optimise(std::slice::from_ref(&made))?;
            }
            other => bail!("data-bundle does not know what to do with .{other} ({source})"),
        }
        if input.starts_with(&self.staging) {
            fs::remove_file(&input)
                .with_context(|| format!("cannot remove {}", input.display()))?;
        }
        let bytes = fs::read(&made).with_context(|| format!("cannot read {}", made.display()))?;
        let address = self.publish(name, extension, &bytes)?;
        let digest = format!("sha256-{}", base64(&Sha256::digest(&bytes)));
        // Chromium checks no preload of a program; boot reads this and lets `fetch` check it.
        let integrity = if extension == "wasm" {
            "data-integrity"
        } else {
            "integrity"
        };
        Ok(tag.with(attribute, &address).with(integrity, &digest))
    }

    /// Trunk's own output stands in the staging folder, everything else in the repository.
    fn input(&self, source: &str) -> PathBuf {
        match source.strip_prefix('/') {
            Some(staged) => self.staging.join(staged),
            None => self.workspace.root.join(source),
        }
    }

    fn publish(&self, name: &str, extension: &str, bytes: &[u8]) -> Result<String> {
        let digest = hex(&Sha256::digest(bytes));
        let file = format!("assets/{name}-{}.{extension}", &digest[..16]);
        let path = self.staging.join(&file);
        fs::create_dir_all(path.parent().expect("it stands in assets/"))?;
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(format!("/{file}"))
    }

    fn esbuild(&self, input: &Path, output: &Path) -> Result<()> {
        let mut esbuild = program(self.workspace, self.workspace.npm_tool("esbuild"))?;
        esbuild.arg(input).args([
            "--bundle",
            "--format=esm",
            "--target=esnext",
            "--log-level=warning",
            "--legal-comments=none",
            // Escaped, a letter of Arabic would have six.
            "--charset=utf8",
        ]);
        // A module that brings rules of style has them as a text, which it makes a sheet of.
        if input.extension().is_some_and(|extension| extension == "js") {
            esbuild.arg("--loader:.css=text");
        }
        // What a style sheet draws are files of public/, which keep their names.
        esbuild.args(["--external:*.svg", "--external:*.png", "--external:*.woff2"]);
        esbuild.arg(format!("--outfile={}", output.display()));
        run(if self.release {
            esbuild.arg("--minify")
        } else {
            &mut esbuild
        })
    }

    /// Makes modules as small as they get, where they stand, on every core. A development build leaves them as they are.
    fn optimise(&self, modules: &[PathBuf]) -> Result<()> {
        if !self.release {
            return Ok(());
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let size = |module: &&PathBuf| fs::metadata(module).map_or(0, |file| file.len());
        let mut by_size: Vec<&PathBuf> = modules.iter().collect();
        by_size.sort_by_key(size);
        let processes = (0..cores.min(modules.len())).map(|core| {
            // Large ones and small ones for each.
            let own = by_size.iter().skip(core).step_by(cores);
            let mut node = program(self.workspace, "node")?;
            node.arg(self.workspace.root.join(OPTIMISER))
                .arg(self.workspace.npm_module("binaryen/index.js"))
                .args(own);
            node.spawn().context("node could not be started")
        });
        let processes = processes.collect::<Result<Vec<_>>>()?;
        for mut process in processes {
            let status = process.wait().context("node was lost")?;
            ensure!(status.success(), "the program could not be optimised");
        }
        for module in modules {
            let lean =
                fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
            fs::write(module, alike_beside_alike(&lean)?)
                .with_context(|| format!("cannot write {}", module.display()))?;
        }
        Ok(())
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Base64 with padding (RFC 4648), as `integrity` attributes have it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0, |group, byte| group << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for position in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * position) & 63) as usize];
            text.push(if position <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let pairs = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, encoded) in pairs {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }
}
