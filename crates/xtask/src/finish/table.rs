//! The table of functions, by which the parts call each other.

use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ElementSection, Module};
use wasmparser::{Element, ElementItems, Operator, Parser};

/// The program without the nothing that the cut writes to the places of all other parts, three bytes a function: the table is as
/// long without, and a place that nobody filled is empty by itself.
///
/// # Errors
/// When it is no module.
pub fn without_placeholders(program: &[u8]) -> Result<Vec<u8>> {
    let mut bare = Module::new();
    Bare.parse_core_module(&mut bare, Parser::new(0), program)?;
    Ok(bare.finish())
}

struct Bare;

impl Reencode for Bare {
    type Error = Infallible;

    fn parse_element(
        &mut self,
        elements: &mut ElementSection,
        element: Element<'_>,
    ) -> Result<(), Error> {
        if is_placeholder(&element)? {
            return Ok(());
        }
        utils::parse_element(self, elements, element)
    }
}

fn is_placeholder(element: &Element) -> Result<bool, Error> {
    let ElementItems::Expressions(_, expressions) = &element.items else {
        return Ok(false);
    };
    for expression in expressions.clone() {
        if !matches!(
            expression?.get_operators_reader().read()?,
            Operator::RefNull { .. }
        ) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ConstExpr, Elements, Function, FunctionSection, HeapType, RefType,
        TableSection, TableType, TypeSection,
    };

    fn module(elements: &ElementSection) -> Vec<u8> {
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([], []);
        functions.function(0);
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 3,
            maximum: None,
            shared: false,
        });
        let mut body = Function::new([]);
        body.instructions().end();
        let mut code = CodeSection::new();
        code.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables);
        module.section(elements).section(&code);
        module.finish()
    }

    #[test]
    fn an_empty_place_is_not_written() {
        let mut filled = ElementSection::new();
        let start = ConstExpr::i32_const(1);
        filled.active(Some(0), &start, Elements::Functions([0].as_slice().into()));
        let bare = module(&filled);
        let nothing = [ConstExpr::ref_null(HeapType::FUNC)];
        let nothing = Elements::Expressions(RefType::FUNCREF, nothing.as_slice().into());
        filled.active(Some(0), &ConstExpr::i32_const(2), nothing);
        let lean = without_placeholders(&module(&filled)).expect("it is a module");
        assert_eq!(lean, without_placeholders(&bare).expect("it is a module"));
        assert!(lean.len() < module(&filled).len());
    }
}
