//! The program in parts: what every screen needs, and beside it what one screen or a few of them need.
//!
//! The portal's code names the doors (`#[wasm_split]` in `src/pages.rs`). Here the linked program is cut at them, the first
//! part gets its glue anew, and the page is told which files each screen needs, so that boot can ask for them at once
//! (docs/decisions/0013).

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wasm_split_cli_support::{Options, transform};

use super::exports::without_unused;
use super::join::{join, weight};
use super::packs::{Pack, packs};
use super::{Build, base64};
use crate::process::{program, run};

/// What stands between the first part and the others; it goes into the glue.
const LINKS: &str = "./parts.js";
/// The parts that every visit loads, by their doors: the page itself says which files they have.
const AT_ONCE: [&str; 4] = ["live", "overview", "sign_in", "you"];

/// The program after the cut.
pub(super) struct Parts {
    /// Where the parts other than the first stand.
    folder: PathBuf,
    /// What travels together.
    packs: Vec<Pack>,
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
        for (made, staged) in [("first_bg.wasm", wasm), ("first.js", glue)] {
            let made = folder.join(made);
            fs::copy(&made, staged).with_context(|| format!("cannot copy {}", made.display()))?;
        }
        let needs: BTreeMap<_, _> = cut.prefetch_map.into_iter().collect();
        let links = links(file_name(glue)?, needs.keys());
        fs::write(glue.with_file_name(LINKS), links).context("cannot write the links")?;
        let mut weights = BTreeMap::new();
        for module in needs.values().flatten() {
            let bytes = fs::read(folder.join(module).with_extension("wasm"))?;
            weights.insert(module.clone(), weight(&bytes)?);
        }
        let packs = packs(&needs, &weights)?;
        Ok(Parts { folder, packs })
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

    /// Publishes all parts but the first; what is given back stands in the page for boot to read: the digest of each file, by which
    /// it is called too, and the files of each screen. Those that not every visit needs stand in a file of their own.
    pub(super) fn publish_parts(&self, parts: &Parts) -> Result<Value> {
        fs::remove_file(self.staging.join(LINKS)).context("the links went into the glue")?;
        let mut digests = Vec::new();
        let mut screens = BTreeMap::<&str, Vec<usize>>::new();
        for (number, bytes) in self.make_all_lean(parts)?.into_iter().enumerate() {
            digests.push(self.publish_named(&bytes, part_file)?);
            for screen in &parts.packs[number].screens {
                screens.entry(screen).or_default().push(number);
            }
        }
        let [mut table, rest] = in_two(&digests, &screens);
        let rest = serde_json::to_vec(&rest).context("the table cannot be written")?;
        table["rest"] = self.publish_named(&rest, rest_file)?.into();
        Ok(table)
    }

    /// Publishes a file that is called by its digest.
    fn publish_named(&self, bytes: &[u8], file: fn(&str) -> String) -> Result<String> {
        let digest = base64(&Sha256::digest(bytes));
        let path = self.staging.join(file(&digest));
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(digest)
    }

    /// Puts together what travels together and optimises it, on every core.
    fn make_all_lean(&self, parts: &Parts) -> Result<Vec<Vec<u8>>> {
        let packs = Mutex::new(parts.packs.iter().enumerate());
        let next = || packs.lock().expect("nobody panics with it").next();
        let work = || {
            let mut made = Vec::new();
            while let Some((number, pack)) = next() {
                made.push((number, self.make_lean_part(&parts.folder, number, pack)?));
            }
            Ok::<_, anyhow::Error>(made)
        };
        let made = std::thread::scope(|scope| {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            let made = workers
                .into_iter()
                .map(|worker| worker.join().expect("optimising does not panic"));
            made.collect::<Result<Vec<_>>>()
        })?;
        let made: BTreeMap<_, _> = made.into_iter().flatten().collect();
        Ok(made.into_values().collect())
    }

    fn make_lean_part(&self, folder: &Path, number: usize, pack: &Pack) -> Result<Vec<u8>> {
        let read = |module: &String| {
            let path = folder.join(module).with_extension("wasm");
            fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        let modules = pack.modules.iter().map(read).collect::<Result<Vec<_>>>()?;
        let joined = folder.join(format!("joined-{number}.wasm"));
        fs::write(&joined, join(&modules)?)?;
        let lean = folder.join(format!("joined-{number}.lean.wasm"));
        self.wasm_opt(&joined, &lean)?;
        fs::read(&lean).with_context(|| format!("cannot read {}", lean.display()))
    }
}

/// Where the part with this digest stands; `src/boot.js` says the same.
pub fn part_file(digest: &str) -> String {
    format!("assets/part-{}.wasm", named(digest))
}

/// Where the rest of the table with this digest stands; `src/boot.js` says the same.
pub fn rest_file(digest: &str) -> String {
    format!("assets/parts-{}.json", named(digest))
}

fn named(digest: &str) -> String {
    let name: String = digest.chars().take(16).collect();
    name.replace(['+', '/'], "-")
}

/// The table in two: what every visit needs, and the rest, whose files are counted on.
fn in_two(digests: &[String], screens: &BTreeMap<&str, Vec<usize>>) -> [Value; 2] {
    let is_first = |screen: &str| AT_ONCE.contains(&screen);
    let first = screens.iter().filter(|(screen, _)| is_first(screen));
    let needed: BTreeSet<usize> = first.flat_map(|(_, files)| files.clone()).collect();
    let is_needed = |number: &usize| needed.contains(number);
    let (mut order, others): (Vec<usize>, Vec<usize>) = (0..digests.len()).partition(is_needed);
    let split = order.len();
    order.extend(others);
    let place = |number: &usize| order.iter().position(|other| other == number);
    let listed = |wanted: bool| {
        let mut listed = serde_json::Map::new();
        for (screen, files) in screens {
            if is_first(screen) == wanted {
                let places: Vec<usize> = files.iter().filter_map(place).collect();
                listed.insert((*screen).to_owned(), json!(places));
            }
        }
        listed
    };
    let files: Vec<&String> = order.iter().map(|number| &digests[*number]).collect();
    let (now, later) = files.split_at(split);
    [
        json!({ "files": now, "screens": listed(true) }),
        json!({ "files": later, "screens": listed(false) }),
    ]
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
const worn = (style) => style && new Promise((done, failed) => {{
  if (style.sheet) done();
  style.addEventListener("load", done);
  style.addEventListener("error", () => failed(style.rel = ""));
}});
const door = (screen) => async (whom, data) => {{
  const files = portalBoot.parts(screen).then((files) => Promise.all(files.map(make)));
  const came = await Promise.all([worn(portalBoot.dress(screen)), files]).then(() => true, console.error);
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
    fn the_page_has_the_files_of_every_visit_and_the_rest_counts_on() {
        let digests = ["a", "b", "c"].map(str::to_owned);
        let screens = [("contact", vec![0, 1, 2]), ("overview", vec![2])];
        let [page, rest] = in_two(&digests, &BTreeMap::from(screens));
        assert_eq!(
            page,
            json!({ "files": ["c"], "screens": { "overview": [0] } })
        );
        let contact = json!({ "contact": [1, 2, 0] });
        assert_eq!(rest, json!({ "files": ["a", "b"], "screens": contact }));
    }

    #[test]
    fn a_part_is_called_by_its_digest() {
        let digest = "a+b/cdefghijklmnopqrstuvwxyz";
        assert_eq!(part_file(digest), "assets/part-a-b-cdefghijklmn.wasm");
    }
}
