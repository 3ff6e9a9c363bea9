//! In which order the functions of a module stand: alike beside alike, which a compressor makes the most of.
//!
//! The linker leaves them as the compiler met them, Binaryen by how often they are called. Neither means anything to brotli, which
//! looks for what was there before and learns from what stands near: sorted by signature, locals and length the program is
//! a fiftieth smaller, byte for byte the same code (docs/decisions/0010).

use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef,
};

/// The module with its functions beside those that they are like.
///
/// # Errors
/// When it is no module.
pub fn alike_beside_alike(module: &[u8]) -> Result<Vec<u8>> {
    let mut sorted = Sorted::of(module)?;
    let mut written = Module::new();
    sorted.parse_core_module(&mut written, Parser::new(0), module)?;
    Ok(written.finish())
}

struct Sorted {
    /// How many functions are imported; their numbers come first and stay.
    imported: u32,
    /// The functions of the module's own, by their old numbers, in their new order.
    order: Vec<usize>,
    /// The new number of each.
    numbers: Vec<u32>,
}

/// What makes two functions alike, as far as it can be seen without reading them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Looks {
    signature: u32,
    locals: Vec<u8>,
    length: usize,
}

impl Sorted {
    fn of(module: &[u8]) -> Result<Self> {
        let (mut imported, mut signatures, mut looks) = (0, Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(section) => {
                    signatures = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => {
                    looks.push(Looks::of(signatures[looks.len()], &body)?);
                }
                _ => {}
            }
        }
        let mut order: Vec<usize> = (0..looks.len()).collect();
        order.sort_by(|one, other| looks[*one].cmp(&looks[*other]));
        let mut numbers = vec![0; order.len()];
        for (now, before) in order.iter().enumerate() {
            numbers[*before] = imported + now as u32;
        }
        Ok(Self {
            imported,
            order,
            numbers,
        })
    }
}

impl Looks {
    fn of(signature: u32, body: &FunctionBody) -> Result<Self> {
        let bytes = body.as_bytes();
        let code = body.get_operators_reader()?.original_position();
        let locals = code - body.range().start;
        Ok(Self {
            signature,
            locals: bytes[..locals as usize].to_vec(),
            length: bytes.len(),
        })
    }
}

impl Reencode for Sorted {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(match function.checked_sub(self.imported) {
            Some(own) => self.numbers[own as usize],
            None => function,
        })
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let signatures = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in &self.order {
            functions.function(signatures[*function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for function in self.order.clone() {
            self.parse_function_body(code, bodies[function].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        EntityType, ExportKind, ExportSection, Function, ImportSection, TypeSection, ValType,
    };

    /// An import, and three functions; the last calls the first.
    fn module(order: [&str; 3]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        let mut imports = ImportSection::new();
        imports.import("host", "log", EntityType::Function(0));
        let number = |name: &str| order.iter().position(|other| *other == name);
        let number = |name: &str| 1 + number(name).expect("it is one of them") as u32;
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for name in order {
            functions.function(u32::from(name == "takes a number"));
            let mut body = Function::new([]);
            if name == "long" {
                body.instructions().call(0).call(number("short"));
            }
            body.instructions().end();
            code.function(&body);
        }
        let mut exports = ExportSection::new();
        exports.export("main", ExportKind::Func, number("long"));
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions);
        module.section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn functions_are_sorted_and_found_under_their_new_numbers() {
        let sorted = module(["short", "long", "takes a number"]);
        for order in [
            ["short", "long", "takes a number"],
            ["takes a number", "long", "short"],
            ["long", "takes a number", "short"],
        ] {
            let made = alike_beside_alike(&module(order)).expect("it is a module");
            assert_eq!(made, sorted, "{order:?}");
        }
    }
}
