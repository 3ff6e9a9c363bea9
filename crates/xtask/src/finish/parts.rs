//! The program in parts: what every screen needs, and beside it what one screen or a few of them need.
//!
//! The portal's code names the doors (`doors!` in `src/pages.rs`). Here the linked program is cut at them, the first
//! part gets its glue anew, and the page is told which files each screen needs, so that boot can ask for them at once
//! (docs/decisions/0013).

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wasm_split_cli_support::{Options, transform};

use super::exports::without_unused;
use super::join::{join, weight};
use super::packs::{FRONT_SCREENS, Pack, packs};
use super::together::{self, BEFORE, screens, together};
use super::{Build, base64};
use crate::process::{program, run};

/// What stands between the first part and the others; it goes into the glue.
const LINKS: &str = "./parts.js";
/// Whose files every visit takes one by one. A screen that is opened by its address takes from its own file what it adds to the overview,
/// and the overview's files beside it; then what follows the news.
const ONE_BY_ONE: [&str; 2] = [BEFORE, "live"];

/// The program after the cut.
pub(super) struct Parts {
    /// Where the parts other than the first stand.
    folder: PathBuf,
    /// What travels together.
    packs: Vec<Pack>,
    /// The modules of each screen by which a visit begins: who comes to it first gets them as one file, which is a fifth smaller
    /// than the files that other screens share with it.
    first: BTreeMap<String, Vec<String>>,
}

impl Build<'_> {
    /// Cuts the program. In the staging folder the first part and its glue take the place of what trunk put there.
    pub(super) fn cut(&self, wasm: &Path, glue: &Path) -> Result<Parts> {
        let folder = self.workspace.wasm.join("parts");
        let _ = fs::remove_dir_all(&folder);
        let linked = self.linked()?;
        let bytes =
            fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
        let bytes = without_unused(&bytes)?;
        let first = folder.join("first.wasm");
        let mut options = Options::new(&bytes);
        options.output_dir = &folder;
        options.main_out_path = &first;
        options.link_name = LINKS;
        let cut =
            transform(options).map_err(|error| anyhow!("the program cannot be cut: {error:#}"))?;
        self.bind(&first, &folder)?;
        let made = |name: &str| folder.join(name);
        fs::copy(made("first_bg.wasm"), wasm).context("the first part was not made")?;
        let text = fs::read_to_string(made("first.js")).context("its glue was not made")?;
        fs::write(glue, linked_once(&text)).context("cannot write the glue")?;
        let needs: BTreeMap<_, _> = cut.prefetch_map.into_iter().collect();
        let links = links(file_name(glue)?, needs.keys());
        fs::write(glue.with_file_name(LINKS), links).context("cannot write the links")?;
        let mut weights = BTreeMap::new();
        for module in needs.values().flatten() {
            let bytes = fs::read(folder.join(module).with_extension("wasm"))?;
            weights.insert(module.clone(), weight(&bytes)?);
        }
        let packs = packs(&needs, &weights)?;
        let is_first = |screen: &String| FRONT_SCREENS.contains(&screen.as_str());
        let first = needs.into_iter().filter(|(screen, _)| is_first(screen));
        Ok(Parts {
            folder,
            packs,
            first: first.collect(),
        })
    }

    /// The program as the linker left it: its relocations say who needs whom.
    fn linked(&self) -> Result<PathBuf> {
        let target = env::var_os("CARGO_TARGET_DIR")
            .map(PathBuf::from)
            .context("trunk was started without a target folder: run `cargo xtask build`")?;
        let profile = if self.release { "wasm" } else { "debug" };
        let folder = target.join("wasm32-unknown-unknown").join(profile);
        Ok(folder.join("customer-portal.wasm"))
    }

    /// The glue of the first part, made anew: trunk's belongs to the program as a whole.
    fn bind(&self, first: &Path, folder: &Path) -> Result<()> {
        let mut bindgen = program(self.workspace, "wasm-bindgen")?;
        bindgen.args(["--target", "web", "--no-typescript", "--out-name", "first"]);
        // The parts find each other by the names that the linker gave.
        bindgen.args(["--keep-lld-exports", "--no-demangle", "--out-dir"]);
        run(bindgen.arg(folder).arg(first))
    }

    /// Publishes all parts but the first. What is given back stands in the page for boot to read: the file of each screen that a
    /// visit begins with, and the first table, `{ files: { number: digest }, rest: digest, screens: { screen: [digest or null, number…] } }`.
    /// It has, by screen, the file of what that adds to the overview, and the numbers of all its files; and the digests of those
    /// that every visit takes one by one. The second, `rest`, is the list of all digests. A file is called by its digest.
    pub(super) fn publish_parts(&self, parts: &Parts) -> Result<Value> {
        fs::remove_file(self.staging.join(LINKS)).context("the links went into the glue")?;
        let lean = self.make_all_lean(parts)?;
        let (packs, first) = lean.split_at(parts.packs.len());
        let publish = |files: &[Vec<u8>]| {
            let digests = files
                .iter()
                .map(|bytes| self.publish_named(bytes, part_file));
            digests.collect::<Result<Vec<_>>>()
        };
        let digests = publish(packs)?;
        let first: BTreeMap<_, _> = parts.first.keys().zip(publish(first)?).collect();
        let screens = screens(&parts.packs);
        let often = ONE_BY_ONE.iter().filter_map(|screen| screens.get(screen));
        let often: BTreeMap<_, _> = often
            .flatten()
            .map(|number| (number, &digests[*number]))
            .collect();
        let all = self.publish_table(&json!({
            "files": often,
            "rest": self.publish_table(&json!(digests))?,
            "screens": self.publish_screens(packs, &screens)?,
        }))?;
        Ok(json!({ "all": all, "first": first }))
    }

    /// Publishes what each screen adds to the overview as one file, where it is much; what is given back has its digest, or null, and then
    /// the numbers of all files of the screen.
    fn publish_screens<'a>(
        &self,
        packs: &[Vec<u8>],
        screens: &BTreeMap<&'a str, Vec<usize>>,
    ) -> Result<BTreeMap<&'a str, Vec<Value>>> {
        let together = together(screens);
        let listed = screens.iter().map(|(screen, numbers)| {
            let publish = |own: &Vec<usize>| {
                let file = together::file(own.iter().map(|number| &packs[*number]))?;
                self.publish_named(&file, screen_file)
            };
            let digest = together.get(screen).map(publish).transpose()?;
            let numbers = numbers.iter().map(|number| json!(number));
            Ok((
                *screen,
                std::iter::once(json!(digest)).chain(numbers).collect(),
            ))
        });
        listed.collect()
    }

    fn publish_table(&self, table: &Value) -> Result<String> {
        let bytes = serde_json::to_vec(table).context("the table cannot be written")?;
        self.publish_named(&bytes, table_file)
    }

    /// Publishes a file that is called by its digest.
    fn publish_named(&self, bytes: &[u8], file: fn(&str) -> String) -> Result<String> {
        let digest = base64(&Sha256::digest(bytes));
        let path = self.staging.join(file(&digest));
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(digest)
    }

    /// Puts together what travels together and optimises it: the packs, then what each first screen needs.
    fn make_all_lean(&self, parts: &Parts) -> Result<Vec<Vec<u8>>> {
        let packs = parts.packs.iter().map(|pack| &pack.modules);
        let files = packs.chain(parts.first.values()).enumerate();
        let files = files.map(|(number, modules)| joined(&parts.folder, number, modules));
        let files = files.collect::<Result<Vec<_>>>()?;
        self.optimise(&files)?;
        let read = |file: &PathBuf| {
            fs::read(file).with_context(|| format!("cannot read {}", file.display()))
        };
        files.iter().map(read).collect()
    }
}

/// One module of several, as a file.
fn joined(folder: &Path, number: usize, modules: &[String]) -> Result<PathBuf> {
    let read = |module: &String| {
        let path = folder.join(module).with_extension("wasm");
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let modules = modules.iter().map(read).collect::<Result<Vec<_>>>()?;
    let file = folder.join(format!("joined-{number}.wasm"));
    fs::write(&file, join(&modules)?)
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// Where the part with this digest stands; `src/boot.js` says the same.
pub fn part_file(digest: &str) -> String {
    format!("assets/part-{}.wasm", named(digest))
}

/// Where the parts of a screen stand together in a file with this digest; `src/boot.js` says the same.
pub fn screen_file(digest: &str) -> String {
    format!("assets/screen-{}.bin", named(digest))
}

/// Where a table of the screens' files with this digest stands; `src/boot.js` says the same.
pub fn table_file(digest: &str) -> String {
    format!("assets/parts-{}.json", named(digest))
}

fn named(digest: &str) -> String {
    let name: String = digest.chars().take(16).collect();
    name.replace(['+', '/'], "-")
}

/// What the doors of the first part call (`__wasm_split_load_…`): every file of a screen and its style are asked of boot, which
/// knows the addresses and the digests and has asked before. What did not come is asked for again by who opens the door next.
fn links<'a>(glue: &str, doors: impl Iterator<Item = &'a String>) -> String {
    let mut links = format!(
        r#"import {{ initSync }} from "./{glue}";
const shared = () => {{
  const {{ __indirect_function_table, __wasm_split_shared0, memory }} = initSync();
  return {{ __indirect_function_table, __wasm_split_shared0, memory }};
}};
const made = {{}};
const make = (file) => made[file] ??= portalBoot.part(file)
  .then((bytes) => WebAssembly.instantiate(bytes, {{ __wasm_split: shared() }}))
  .catch((reason) => {{
    delete made[file];
    throw reason;
  }});
const worn = (style) => new Promise((done, failed) => {{
  if (style.sheet) done();
  style.addEventListener("load", done);
  style.addEventListener("error", () => failed(style.rel = ""));
}});
const door = (screen) => async (whom, data) => {{
  const files = portalBoot.parts(screen).then((files) => Promise.all(files.map(make)));
  const came = await Promise.all([files, ...portalBoot.dress(screen).map(worn)]).then(() => true, console.error);
  shared().__indirect_function_table.get(whom)(data, came);
}};
"#
    );
    for door in doors {
        links.push_str(&format!(
            "export const __wasm_split_load_{door} = door(\"{door}\");\n"
        ));
    }
    links
}

/// The glue with one import of the links. wasm-bindgen writes one for each door, under one key of one object.
fn linked_once(glue: &str) -> String {
    let mut seen = [false; 2];
    let is_new = |line: &&str| {
        let kinds = ["import * as ", &format!("\"{LINKS}\": ")];
        let kind = kinds
            .iter()
            .position(|kind| line.trim_start().starts_with(kind));
        let kind = kind.filter(|_| line.contains(LINKS));
        !kind.is_some_and(|kind| std::mem::replace(&mut seen[kind], true))
    };
    glue.lines().filter(is_new).collect::<Vec<_>>().join("\n")
}

fn file_name(path: &Path) -> Result<&str> {
    path.file_name()
        .and_then(|name| name.to_str())
        .context("the glue has no name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_asks_boot_for_the_files_of_its_screen() {
        let links = links("portal.js", ["help".to_owned()].iter());
        assert!(links.starts_with("import { initSync } from \"./portal.js\";\n"));
        assert!(links.ends_with("export const __wasm_split_load_help = door(\"help\");\n"));
    }

    #[test]
    fn the_glue_imports_the_links_once() {
        let glue = r#"import * as import1 from "./parts.js"
import * as import2 from "./parts.js"
const imports = {
  "./parts.js": import1,
  "./parts.js": import2,
  "./portal_bg.js": other,
};"#;
        let once = r#"import * as import1 from "./parts.js"
const imports = {
  "./parts.js": import1,
  "./portal_bg.js": other,
};"#;
        assert_eq!(linked_once(glue), once);
    }

    #[test]
    fn a_part_is_called_by_its_digest() {
        let digest = "a+b/cdefghijklmnopqrstuvwxyz";
        assert_eq!(part_file(digest), "assets/part-a-b-cdefghijklmn.wasm");
    }
}
