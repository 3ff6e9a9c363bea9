//! What the linked program hands out, and nobody asks for.

use anyhow::Result;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// The streams that the server functions of Leptos bring for the glue of whoever has such functions. They are exports, and what
/// is exported stays, with everything that it calls.
const UNUSED: [&str; 3] = [
    "intounderlying",
    "__wbg_intounderlying",
    "__wbindgen_describe_intounderlying",
];

/// The program without exports that the portal has no use for. Everything else stays byte for byte, for the relocations.
///
/// # Errors
/// When it is no module.
pub fn without_unused(program: &[u8]) -> Result<Vec<u8>> {
    let mut bare = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if let Payload::ExportSection(exports) = payload {
            let mut kept = ExportSection::new();
            for export in exports {
                let export = export?;
                if !UNUSED.iter().any(|unused| export.name.starts_with(unused)) {
                    RoundtripReencoder.parse_export(&mut kept, export)?;
                }
            }
            bare.section(&kept);
        } else if let Some((id, range)) = payload.as_section() {
            let data = &program[range.start as usize..range.end as usize];
            bare.section(&RawSection { id, data });
        }
    }
    Ok(bare.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, MemorySection, MemoryType};

    fn exporting(names: &[&str]) -> Vec<u8> {
        let (mut memories, mut exports) = (MemorySection::new(), ExportSection::new());
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        for name in names {
            exports.export(name, ExportKind::Memory, 0);
        }
        let mut module = Module::new();
        module.section(&memories).section(&exports);
        module.finish()
    }

    #[test]
    fn streams_are_not_handed_out() {
        let lean = without_unused(&exporting(&["main", "intounderlyingsink_close_58a9"]));
        assert_eq!(lean.expect("it is a module"), exporting(&["main"]));
    }
}
