use super::*;
use wasm_encoder::{
    EntityType, Function, InstructionSink, MemoryType, RefType, TableType, TypeSection,
};

/// A module as the cut writes them: it takes a number, and each function gives it back.
fn module(place: u32, bodies: &[fn(&mut InstructionSink)], data: &[u8]) -> Vec<u8> {
    let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
    types
        .ty()
        .function([wasm_encoder::ValType::I32], [wasm_encoder::ValType::I32]);
    let table = TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 9,
        maximum: None,
        shared: false,
    };
    imports.import(
        "__wasm_split",
        "__indirect_function_table",
        EntityType::Table(table),
    );
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    imports.import("__wasm_split", "memory", EntityType::Memory(memory));
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for body in bodies {
        functions.function(0);
        let mut function = Function::new([]);
        body(&mut function.instructions());
        code.function(&function);
    }
    let mut elements = ElementSection::new();
    let start = ConstExpr::i32_const(place.cast_signed());
    elements.active(None, &start, Elements::Functions([0].as_slice().into()));
    let mut segments = DataSection::new();
    segments.active(0, &ConstExpr::i32_const(0), data.iter().copied());
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions);
    module.section(&elements).section(&code).section(&segments);
    module.finish()
}

fn itself(body: &mut InstructionSink) {
    body.local_get(0).end();
}

/// Calls the function at this place of the table, which another module fills.
fn shim_of_5(body: &mut InstructionSink) {
    body.local_get(0).i32_const(5).call_indirect(0, 0).end();
}

fn calls_next(body: &mut InstructionSink) {
    body.local_get(0).call(1).end();
}

fn joined(modules: &[Vec<u8>]) -> Vec<u8> {
    let joined = join(modules).expect("they are as the cut writes them");
    wasmparser::validate(&joined).expect("it is a valid module");
    joined
}

#[test]
fn who_calls_what_stands_in_the_same_module_needs_no_shim() {
    let other = module(5, &[itself], b"b");
    let joined = joined(&[module(3, &[calls_next, shim_of_5], b""), other]);
    let part = Part::read(&joined).expect("it was written just now");
    assert_eq!(part.bodies.len(), 2, "the shim is gone");
    assert_eq!(part.entries, [(3, 0), (5, 1)]);
    assert_eq!(part.data, [(0, b"b".as_slice())]);
}

#[test]
fn one_shim_is_enough() {
    let calling = |place| module(place, &[calls_next, shim_of_5], b"");
    let joined = joined(&[calling(3), calling(4)]);
    let part = Part::read(&joined).expect("it was written just now");
    assert_eq!(part.bodies.len(), 3);
    assert_eq!(part.shim(1).expect("it is read"), Some(5));
}

#[test]
fn what_all_import_is_imported_once() {
    let joined = joined(&[module(3, &[itself], b""), module(4, &[itself], b"")]);
    let part = Part::read(&joined).expect("it was written just now");
    assert_eq!(part.imports.len(), 2);
}

#[test]
fn what_is_cut_off_is_an_error() {
    let module = module(3, &[itself], b"");
    assert!(join(&[module[..module.len() - 3].to_vec()]).is_err());
    assert!(join(&[]).is_err());
}
