//! The program and its glue are made lean together, before each is finished for itself.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::table::without_placeholders;
use super::{Build, Tag, names};

impl Build<'_> {
    /// Drops what wasm-bindgen made for uses that this program does not have, and gives both files short names.
    pub(super) fn make_lean(&self, program: &Path, glue: &Path) -> Result<()> {
        let text = self.only_the_start(glue)?;
        let bytes =
            fs::read(program).with_context(|| format!("cannot read {}", program.display()))?;
        let (bytes, text) = names::shorten(&without_placeholders(&bytes)?, &text)?;
        fs::write(program, bytes).with_context(|| format!("cannot write {}", program.display()))?;
        fs::write(glue, text).with_context(|| format!("cannot write {}", glue.display()))
    }

    /// Where trunk staged the program and its glue.
    pub(super) fn staged(&self, tags: &[Tag]) -> Result<[PathBuf; 2]> {
        let staged = |extension: &str| {
            let mut targets = tags.iter().filter_map(Tag::target);
            let (_, target) = targets
                .find(|(_, target)| target.starts_with('/') && target.ends_with(extension))
                .with_context(|| format!("trunk staged no {extension}: see Trunk.toml"))?;
            Ok::<_, anyhow::Error>(self.input(target))
        };
        Ok([staged(".wasm")?, staged(".js")?])
    }

    /// The glue with nothing but what its default export, the start of the program, leads to.
    fn only_the_start(&self, glue: &Path) -> Result<String> {
        let text =
            fs::read_to_string(glue).with_context(|| format!("cannot read {}", glue.display()))?;
        fs::write(glue, without_effects(&text))
            .with_context(|| format!("cannot write {}", glue.display()))?;
        let name = glue
            .file_name()
            .and_then(|name| name.to_str())
            .context("the glue has no name")?;
        let entry = glue.with_extension("entry.js");
        fs::write(&entry, format!("export {{ default }} from \"./{name}\";\n"))?;
        let lean = self.workspace.wasm.join("lean.js");
        self.esbuild(&entry, &lean)?;
        fs::remove_file(&entry).with_context(|| format!("cannot remove {}", entry.display()))?;
        fs::read_to_string(&lean).with_context(|| format!("cannot read {}", lean.display()))
    }
}

/// Classes of Rust types are dropped when nobody uses them, unless they seem to do something when they are defined.
/// These two things that wasm-bindgen writes beside each class matter to users of the class alone.
fn without_effects(glue: &str) -> String {
    let lines = glue
        .lines()
        .filter(|line| !line.starts_with("if (Symbol.dispose) "));
    let pure = lines.map(|line| {
        line.replace(
            ": new FinalizationRegistry(",
            ": /* @__PURE__ */ new FinalizationRegistry(",
        )
    });
    pure.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_of_unused_classes_go() {
        let glue = "export class A {}\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n    : new FinalizationRegistry(p => p);";
        assert_eq!(
            without_effects(glue),
            "export class A {}\n    : /* @__PURE__ */ new FinalizationRegistry(p => p);"
        );
    }
}
