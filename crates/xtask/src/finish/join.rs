//! Parts that the same screens need become one module.
//!
//! The cut makes a module of every set of screens that share something, hundreds of them, and each calls the others through the
//! table of functions: a shim with the place of the function in the table. Here modules are put together again. They have the same
//! types and import the same things; what has to be written anew is the numbers of functions, and a call of what now stands
//! in the same module needs no shim.

mod part;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;

use anyhow::{Context, Result, anyhow, ensure};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, FunctionSection,
    ImportSection, Module, RawSection, SectionId,
};
use wasmparser::{Import, TypeRef};

use part::{FEATURES, Part};

/// A development build checks by an import of this name that parts belong together; ours are published together.
const CANARY: &str = "__canary_";

/// One module of several.
///
/// # Errors
/// When one is not as the cut writes them.
pub fn join(modules: &[Vec<u8>]) -> Result<Vec<u8>> {
    let parts = modules.iter().map(|module| Part::read(module));
    let parts = parts.collect::<Result<Vec<_>>>()?;
    let first = parts.first().context("there is nothing to put together")?;
    ensure!(
        parts.iter().all(|part| part.types == first.types),
        "the parts have different types"
    );
    let imports = Imports::of(&parts);
    let numbers = numbers(&parts)?;
    let mut joined = Module::new();
    joined.section(&RawSection {
        id: SectionId::Type.into(),
        data: first.types,
    });
    joined.section(&imports.section()?);
    write_functions(&mut joined, &parts, &numbers);
    write_entries(&mut joined, &parts, &numbers);
    write_code(&mut joined, &parts, &imports, &numbers)?;
    write_data(&mut joined, &parts);
    if let Some(features) = first.features {
        joined.section(&CustomSection {
            name: FEATURES.into(),
            data: features.into(),
        });
    }
    Ok(joined.finish())
}

/// How many bytes of code and data a module has.
///
/// # Errors
/// When it is not as the cut writes them.
pub fn weight(module: &[u8]) -> Result<usize> {
    let part = Part::read(module)?;
    let code = part.bodies.iter().map(|body| body.as_bytes().len());
    let data = part.data.iter().map(|(_, bytes)| bytes.len());
    Ok(code.chain(data).sum())
}

/// What all parts import, each thing once.
struct Imports<'a>(BTreeMap<&'a str, Import<'a>>);

impl<'a> Imports<'a> {
    fn of(parts: &[Part<'a>]) -> Self {
        let all = parts.iter().flat_map(|part| &part.imports);
        let shared = all.filter(|import| !import.name.starts_with(CANARY));
        Self(shared.map(|import| (import.name, *import)).collect())
    }

    fn section(&self) -> Result<ImportSection> {
        let mut section = ImportSection::new();
        for import in self.0.values() {
            let kind = wasm_encoder::EntityType::try_from(import.ty)
                .map_err(|error| anyhow!("a part's import {}: {error}", import.name))?;
            section.import(import.module, import.name, kind);
        }
        Ok(section)
    }

    /// The numbers that a part's imports of one kind have from now on.
    fn renumbered(&self, part: &Part, kind: fn(&TypeRef) -> bool) -> Vec<u32> {
        let of_kind = |import: &&Import| kind(&import.ty);
        let now: Vec<_> = self
            .0
            .values()
            .filter(of_kind)
            .map(|import| import.name)
            .collect();
        let place = |name| now.iter().position(|other| *other == name);
        let before = part.imports.iter().filter(of_kind);
        before
            .map(|import| place(import.name).map_or(u32::MAX, |place| place as u32))
            .collect()
    }
}

/// The number that each function of each part has from now on, and whether its body stands there: shims go where what they call
/// is in the same module, and one shim is enough for all others who call the same.
struct Numbers {
    of: Vec<Vec<u32>>,
    kept: Vec<(usize, usize)>,
}

fn numbers(parts: &[Part]) -> Result<Numbers> {
    let mut shims = HashMap::new();
    for (at, part) in parts.iter().enumerate() {
        for function in 0..part.bodies.len() {
            if let Some(place) = part.shim(function)? {
                shims.insert((at, function), place);
            }
        }
    }
    let entries = parts.iter().enumerate().flat_map(|(at, part)| {
        let entries = part.entries.iter();
        entries.map(move |(place, function)| (*place, (at, *function as usize)))
    });
    let mut stands: HashMap<u32, (usize, usize)> = entries
        .filter(|(_, function)| !shims.contains_key(function))
        .collect();
    let mut kept = Vec::new();
    let mut numbers = HashMap::new();
    for (at, part) in parts.iter().enumerate() {
        for function in (0..part.bodies.len()).map(|function| (at, function)) {
            let is_needed = shims
                .get(&function)
                .is_none_or(|place| *stands.entry(*place).or_insert(function) == function);
            if is_needed {
                numbers.insert(function, kept.len() as u32);
                kept.push(function);
            }
        }
    }
    let number = |function| match shims.get(&function) {
        Some(place) => numbers[&stands[place]],
        None => numbers[&function],
    };
    let of = parts.iter().enumerate();
    let of = of.map(|(at, part)| {
        (0..part.bodies.len())
            .map(|one| number((at, one)))
            .collect()
    });
    Ok(Numbers {
        of: of.collect(),
        kept,
    })
}

fn write_functions(joined: &mut Module, parts: &[Part], numbers: &Numbers) {
    let mut section = FunctionSection::new();
    for (part, function) in &numbers.kept {
        section.function(parts[*part].signatures[*function]);
    }
    joined.section(&section);
}

fn write_entries(joined: &mut Module, parts: &[Part], numbers: &Numbers) {
    let all = parts.iter().zip(&numbers.of);
    let entries = all.flat_map(|(part, numbers)| {
        let entries = part.entries.iter();
        entries.map(|(place, function)| (*place, numbers[*function as usize]))
    });
    let entries: BTreeMap<u32, u32> = entries.collect();
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (place, function) in entries {
        match runs.last_mut() {
            Some((start, run)) if *start + run.len() as u32 == place => run.push(function),
            _ => runs.push((place, vec![function])),
        }
    }
    let mut section = ElementSection::new();
    for (start, run) in runs {
        let start = ConstExpr::i32_const(start.cast_signed());
        section.active(None, &start, Elements::Functions(run.into()));
    }
    joined.section(&section);
}

fn write_code(
    joined: &mut Module,
    parts: &[Part],
    imports: &Imports,
    numbers: &Numbers,
) -> Result<()> {
    let mut section = CodeSection::new();
    let all = parts.iter().zip(&numbers.of);
    let mut renumber: Vec<_> = all
        .map(|(part, functions)| Renumber {
            functions,
            globals: imports.renumbered(part, |kind| matches!(kind, TypeRef::Global(_))),
            tables: imports.renumbered(part, |kind| matches!(kind, TypeRef::Table(_))),
        })
        .collect();
    for (part, function) in &numbers.kept {
        let body = parts[*part].bodies[*function].clone();
        renumber[*part].parse_function_body(&mut section, body)?;
    }
    joined.section(&section);
    Ok(())
}

fn write_data(joined: &mut Module, parts: &[Part]) {
    let mut section = DataSection::new();
    let all = parts.iter().flat_map(|part| &part.data);
    let data: BTreeMap<u32, &[u8]> = all.map(|(address, bytes)| (*address, *bytes)).collect();
    for (address, bytes) in data {
        let address = ConstExpr::i32_const(address.cast_signed());
        section.active(0, &address, bytes.iter().copied());
    }
    joined.section(&section);
}

/// Writes a body with the numbers of the joined module. There is one memory, and no part has exceptions.
struct Renumber<'a> {
    functions: &'a [u32],
    globals: Vec<u32>,
    tables: Vec<u32>,
}

impl Reencode for Renumber<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(self.functions[function as usize])
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error> {
        Ok(self.globals[global as usize])
    }

    fn table_index(&mut self, table: u32) -> Result<u32, Error> {
        Ok(self.tables[table as usize])
    }
}
