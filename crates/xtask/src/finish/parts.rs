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

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wasm_split_cli_support::{Options, transform};

use super::{Build, base64, names};
use crate::process::{program, run};

/// A part smaller than this costs more as a request than as bytes: such parts travel together in one file.
const SMALL: usize = 8_000;
/// A part smaller than this, names of its functions included, is not worth the start of the optimiser.
const TINY: usize = 2_000;
/// The screens that somebody meets first: what they cost is what a visit begins with.
pub const FIRST_SCREENS: [&str; 2] = ["overview", "sign_in"];
/// What wasm-split writes between the first part and the others; it goes into the glue.
const LINKS: &str = "./parts.js";

/// The program after the cut.
pub(super) struct Parts {
    /// Where the parts other than the first stand.
    folder: PathBuf,
    /// The parts that a screen needs, in the order in which they are needed.
    needs: BTreeMap<String, Vec<String>>,
}

impl Build<'_> {
    /// Cuts the program. In the staging folder the first part and its glue take the place of what trunk put there.
    pub(super) fn cut(&self, wasm: &Path, glue: &Path) -> Result<Parts> {
        let folder = self.workspace.wasm.join("parts");
        let _ = fs::remove_dir_all(&folder);
        let linked = self.linked()?;
        let bytes =
            fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
        let first = folder.join("first.wasm");
        let mut options = Options::new(&bytes);
        options.output_dir = &folder;
        options.main_out_path = &first;
        options.link_name = LINKS;
        let glue_module = format!("./{}", file_name(glue)?);
        options.main_module = &glue_module;
        let cut =
            transform(options).map_err(|error| anyhow!("the program cannot be cut: {error:#}"))?;
        self.bind(&first, &folder)?;
        for (made, staged) in [("first_bg.wasm", wasm), ("first.js", glue)] {
            let made = folder.join(made);
            fs::copy(&made, staged).with_context(|| format!("cannot copy {}", made.display()))?;
        }
        let links = fs::read_to_string(folder.join(LINKS)).context("the parts have no links")?;
        let links = asked_of_boot(&links, cut.split_modules.len())?;
        fs::write(glue.with_file_name(LINKS), links).context("cannot write the links")?;
        let needs = cut.prefetch_map.into_iter().map(|(screen, mut parts)| {
            parts.sort();
            (screen, parts)
        });
        Ok(Parts {
            folder,
            needs: needs.collect(),
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

    /// Publishes all parts but the first; what is given back stands in the page for boot to read.
    pub(super) fn publish_parts(&self, parts: &Parts) -> Result<Value> {
        fs::remove_file(self.staging.join(LINKS)).context("the links went into the glue")?;
        let names = parts.needs.values().flatten().collect::<BTreeSet<_>>();
        let mut table = Table::default();
        let mut packs = Vec::new();
        self.make_all_lean(&parts.folder, &names)?;
        for name in names {
            let lean = parts.folder.join(format!("{name}.lean.wasm"));
            let bytes =
                fs::read(&lean).with_context(|| format!("cannot read {}", lean.display()))?;
            if bytes.len() < SMALL {
                packs.push(Pack::of(name, bytes, &parts.needs));
            } else {
                let file = self.publish_part(name, &bytes)?;
                table.add(file, &[(name, bytes)]);
            }
        }
        for (number, Pack { parts: small, .. }) in packed(packs).iter().enumerate() {
            let bytes: Vec<u8> = small.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
            table.add(
                self.publish_part(&format!("small-{number}"), &bytes)?,
                small,
            );
        }
        Ok(table.of(&parts.needs))
    }

    /// Optimises the parts, on every core: there are two hundred, and most are small.
    fn make_all_lean(&self, folder: &Path, names: &BTreeSet<&String>) -> Result<()> {
        let names = Mutex::new(names.iter());
        let next = || names.lock().expect("nobody panics with it").next();
        let work = || {
            while let Some(name) = next() {
                let made = folder.join(format!("{name}.wasm"));
                self.make_part_lean(&made, &folder.join(format!("{name}.lean.wasm")))?;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            workers
                .into_iter()
                .try_for_each(|worker| worker.join().expect("optimising does not panic"))
        })
    }

    /// Most parts are a function or two that some screens share; there is nothing in them to optimise, but starting the
    /// optimiser takes half a second.
    fn make_part_lean(&self, made: &Path, lean: &Path) -> Result<()> {
        let bytes = fs::read(made).with_context(|| format!("cannot read {}", made.display()))?;
        if !self.release || bytes.len() > TINY {
            return self.wasm_opt(made, lean);
        }
        let bare = names::without_remarks(&bytes)?;
        fs::write(lean, bare).with_context(|| format!("cannot write {}", lean.display()))
    }

    fn publish_part(&self, name: &str, bytes: &[u8]) -> Result<[String; 2]> {
        let name = name.trim_start_matches("split_").replace('_', "-");
        let digest = format!("sha256-{}", base64(&Sha256::digest(bytes)));
        Ok([self.publish(&name, "wasm", bytes)?, digest])
    }
}

/// Small parts that travel together in one file, and the screens that load it.
struct Pack<'a> {
    screens: BTreeSet<&'a str>,
    parts: Vec<(&'a str, Vec<u8>)>,
}

impl<'a> Pack<'a> {
    fn of(part: &'a str, bytes: Vec<u8>, needs: &'a BTreeMap<String, Vec<String>>) -> Self {
        let needing = needs
            .iter()
            .filter(|(_, parts)| parts.iter().any(|needed| needed == part));
        Self {
            screens: needing.map(|(screen, _)| &**screen).collect(),
            parts: vec![(part, bytes)],
        }
    }

    fn len(&self) -> usize {
        self.parts.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// What screens would load in vain if the two travelled together; nothing when a first screen would.
    fn waste(&self, other: &Self) -> Option<usize> {
        let only = |one: &Self, other: &Self| one.screens.difference(&other.screens).count();
        let is_first = |pack: &Self| FIRST_SCREENS.map(|first| pack.screens.contains(first));
        (is_first(self) == is_first(other))
            .then(|| only(self, other) * other.len() + only(other, self) * self.len())
    }

    fn join(&mut self, other: Self) {
        self.screens.extend(other.screens);
        self.parts.extend(other.parts);
    }
}

/// Puts small parts together until each pack is worth a request: the smallest first, each to where least is loaded in vain.
fn packed(mut packs: Vec<Pack>) -> Vec<Pack> {
    let mut done = Vec::new();
    loop {
        packs.sort_by_key(|pack| std::cmp::Reverse(pack.len()));
        let Some(smallest) = packs.pop() else {
            return done;
        };
        let best = packs
            .iter_mut()
            .filter_map(|pack| Some((smallest.waste(pack)?, pack)))
            .min_by_key(|(waste, _)| *waste);
        match best {
            Some((waste, pack)) if waste == 0 || smallest.len() < SMALL => pack.join(smallest),
            _ => done.push(smallest),
        }
    }
}

/// Which file each part stands in, and where in it.
#[derive(Default)]
struct Table {
    /// Address and digest.
    files: Vec<[String; 2]>,
    /// File, first byte, byte after the last.
    places: BTreeMap<String, [usize; 3]>,
}

impl Table {
    /// A file, and the parts that stand in it one after another.
    fn add(&mut self, file: [String; 2], parts: &[(&str, Vec<u8>)]) {
        let mut start = 0;
        for (name, bytes) in parts {
            let end = start + bytes.len();
            self.places
                .insert((*name).to_owned(), [self.files.len(), start, end]);
            start = end;
        }
        self.files.push(file);
    }

    /// As JSON.
    fn of(self, needs: &BTreeMap<String, Vec<String>>) -> Value {
        let files_of = |parts: &Vec<String>| {
            let files = parts
                .iter()
                .filter_map(|part| Some(self.places.get(part)?[0]));
            files.collect::<BTreeSet<_>>()
        };
        let screens = needs
            .iter()
            .map(|(screen, parts)| (screen, files_of(parts)));
        json!({
            "files": self.files,
            "parts": self.places,
            "screens": screens.collect::<BTreeMap<_, _>>(),
        })
    }
}

/// The links ask boot for each part instead of the network: it knows the addresses and the digests, and has asked before.
fn asked_of_boot(links: &str, parts: usize) -> Result<String> {
    let (before, after) = ("fetch(new URL(\"./", ".wasm\", import.meta.url))");
    let mut asked = String::new();
    let mut rest = links;
    let mut count = 0;
    while let Some((text, (name, more))) = rest
        .split_once(before)
        .and_then(|(text, more)| Some((text, more.split_once(after)?)))
    {
        asked.push_str(&format!("{text}portalBoot.part(\"{name}\")"));
        rest = more;
        count += 1;
    }
    asked.push_str(rest);
    let streaming = "WebAssembly.instantiateStreaming(src, imports)";
    ensure!(
        count == parts && asked.matches(streaming).count() == parts,
        "wasm-split writes its links in another way than it did: see finish/parts.rs"
    );
    Ok(asked.replace(streaming, "WebAssembly.instantiate(await src, imports)"))
}

fn file_name(path: &Path) -> Result<&str> {
    path.file_name()
        .and_then(|name| name.to_str())
        .context("the glue has no name")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "const src = fetch(new URL(\"./split_help.wasm\", import.meta.url));\n\
                        return async (imports) => (WebAssembly.instantiateStreaming(src, imports));";

    #[test]
    fn a_part_is_asked_of_boot() {
        let asked = asked_of_boot(LINK, 1).expect("there is one");
        assert_eq!(
            asked,
            "const src = portalBoot.part(\"split_help\");\n\
             return async (imports) => (WebAssembly.instantiate(await src, imports));"
        );
    }

    #[test]
    fn links_of_another_shape_are_refused() {
        assert!(asked_of_boot(LINK, 2).is_err());
        assert!(asked_of_boot("fetch('./split_help.wasm')", 1).is_err());
    }

    fn needs(screen: &str, parts: &[&str]) -> BTreeMap<String, Vec<String>> {
        let parts = parts.iter().map(|part| (*part).to_owned()).collect();
        BTreeMap::from([(screen.to_owned(), parts)])
    }

    #[test]
    fn parts_may_share_a_file_and_a_screen_names_each_file_once() {
        let mut table = Table::default();
        let small = [("chunk_1", vec![1, 2]), ("chunk_2", vec![3])];
        table.add(["/assets/small.wasm".into(), "sha256-x".into()], &small);
        let own = ("split_help", vec![0; 9]);
        table.add(["/assets/help.wasm".into(), "sha256-y".into()], &[own]);
        let json = table.of(&needs("help", &["chunk_1", "chunk_2", "split_help"]));
        assert_eq!(json["screens"]["help"], json!([0, 1]));
        assert_eq!(json["parts"]["chunk_2"], json!([0, 2, 3]));
        assert_eq!(json["parts"]["split_help"], json!([1, 0, 9]));
    }

    #[test]
    fn small_parts_travel_with_those_that_the_same_screens_need() {
        let mut all = needs("help", &["a", "b"]);
        all.extend(needs("guide", &["a", "b", "c"]));
        all.extend(needs("overview", &["c", "d"]));
        let pack = |part, bytes| Pack::of(part, vec![0; bytes], &all);
        let packs = packed(vec![
            pack("a", 10),
            pack("b", 20),
            pack("c", 5),
            pack("d", 5),
        ]);
        let mut together: Vec<Vec<&str>> = packs
            .iter()
            .map(|pack| {
                let mut parts: Vec<&str> = pack.parts.iter().map(|(part, _)| *part).collect();
                parts.sort_unstable();
                parts
            })
            .collect();
        together.sort();
        assert_eq!(together, [["a", "b"], ["c", "d"]], "a first screen's apart");
    }
}
