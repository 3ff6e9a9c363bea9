//! A module as the cut writes it, read.

use anyhow::{Result, bail, ensure};
use wasmparser::{
    DataKind, Element, ElementItems, ElementKind, FunctionBody, Import, Operator, Parser, Payload,
    TypeRef,
};

/// The optimiser reads here which features may be used.
pub(super) const FEATURES: &str = "target_features";

/// A module as the cut leaves it.
#[derive(Default)]
pub(super) struct Part<'a> {
    pub(super) types: &'a [u8],
    pub(super) imports: Vec<Import<'a>>,
    /// The type of each function.
    pub(super) signatures: Vec<u32>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    /// Places in the table of functions, and the function that stands there.
    pub(super) entries: Vec<(u32, u32)>,
    /// Addresses, and the bytes that stand there.
    pub(super) data: Vec<(u32, &'a [u8])>,
    pub(super) features: Option<&'a [u8]>,
}

impl<'a> Part<'a> {
    pub(super) fn read(module: &'a [u8]) -> Result<Self> {
        let mut part = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(types) => {
                    let range = types.range();
                    part.types = &module[range.start as usize..range.end as usize];
                }
                Payload::ImportSection(imports) => part.read_imports(imports)?,
                Payload::FunctionSection(types) => {
                    part.signatures = types.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => part.bodies.push(body),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        part.read_entries(element?)?;
                    }
                }
                Payload::DataSection(segments) => part.read_data(segments)?,
                Payload::CustomSection(section) if section.name() == FEATURES => {
                    part.features = Some(section.data());
                }
                Payload::ExportSection(exports) => {
                    ensure!(exports.count() == 0, "a part has exports");
                }
                Payload::TableSection(_)
                | Payload::MemorySection(_)
                | Payload::GlobalSection(_)
                | Payload::StartSection { .. } => bail!("a part has more than functions and data"),
                _ => {}
            }
        }
        Ok(part)
    }

    fn read_imports(&mut self, imports: wasmparser::ImportSectionReader<'a>) -> Result<()> {
        for import in imports.into_imports() {
            let import = import?;
            ensure!(
                !matches!(import.ty, TypeRef::Func(_)),
                "a part imports a function"
            );
            self.imports.push(import);
        }
        Ok(())
    }

    fn read_entries(&mut self, element: Element<'a>) -> Result<()> {
        let ElementKind::Active { offset_expr, .. } = element.kind else {
            bail!("a part fills the table of functions later");
        };
        let ElementItems::Functions(functions) = element.items else {
            bail!("a part has entries in the table that are no functions");
        };
        for (place, function) in (constant(&offset_expr)?..).zip(functions) {
            self.entries.push((place, function?));
        }
        Ok(())
    }

    fn read_data(&mut self, segments: wasmparser::DataSectionReader<'a>) -> Result<()> {
        for segment in segments {
            let segment = segment?;
            let DataKind::Active { offset_expr, .. } = segment.kind else {
                bail!("a part has data that is copied later");
            };
            // The cut leaves an empty segment for each that stands in another part.
            if !segment.data.is_empty() {
                self.data.push((constant(&offset_expr)?, segment.data));
            }
        }
        Ok(())
    }

    /// The place in the table that a function does nothing but call, with what it was given.
    pub(super) fn shim(&self, function: usize) -> Result<Option<u32>> {
        let mut operators = self.bodies[function].get_operators_reader()?;
        let mut given = 0;
        let place = loop {
            match operators.read()? {
                Operator::LocalGet { local_index } if local_index == given => given += 1,
                Operator::I32Const { value } => break value.cast_unsigned(),
                _ => return Ok(None),
            }
        };
        let own = self.signatures[function];
        let calls = matches!(operators.read()?, Operator::CallIndirect { type_index, .. } if type_index == own);
        let ends = calls && matches!(operators.read()?, Operator::End) && operators.eof();
        Ok(ends.then_some(place))
    }
}

fn constant(expression: &wasmparser::ConstExpr) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => bail!("a part begins at {other:?}, which is no number"),
    }
}
