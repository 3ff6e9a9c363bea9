//! Short names between the program and its glue, and no more of them than are used.
//!
//! wasm-bindgen names each import and each shim with a hash, which no compressor can shorten and which stands in both
//! files. Here both get the same short names, and what the glue never calls is no longer exported, so that Binaryen can
//! drop it.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// The program and its glue with short names.
///
/// # Errors
/// When the program is not WebAssembly as its specification (version 1, binary format) has it.
pub fn shorten(program: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let sections = sections(program)?;
    let mut names = Names::of(glue);
    let mut short = program[..8].to_vec();
    for (id, body) in sections {
        let rewritten = match id {
            IMPORTS => imports(body, &mut names)?,
            EXPORTS => exports(body, &mut names)?,
            _ => body.to_vec(),
        };
        short.push(id);
        write_length(&mut short, rewritten.len());
        short.extend(rewritten);
    }
    Ok((short, names.into_glue(glue)))
}

/// The identifiers of the glue, and what they are called from now on.
struct Names {
    /// How often each stands in the glue.
    uses: HashMap<String, usize>,
    given: HashMap<String, String>,
}

impl Names {
    fn of(glue: &str) -> Self {
        let mut uses = HashMap::new();
        for word in words(glue).filter_map(Result::ok) {
            *uses.entry(word.to_owned()).or_default() += 1;
        }
        Self {
            uses,
            given: HashMap::new(),
        }
    }

    /// The short name. Only what wasm-bindgen or the compiler has made up is renamed: other words may mean something else elsewhere.
    fn shorten(&mut self, name: &str) -> String {
        let made_up = ["__wb", "wasm_bindgen__", "_R", "_ZN"];
        let made_up = made_up.iter().any(|prefix| name.starts_with(prefix));
        if !made_up || !self.uses.contains_key(name) {
            return name.to_owned();
        }
        let next = self.given.len();
        self.given
            .entry(name.to_owned())
            .or_insert_with(|| format!("${}", letters(next)))
            .clone()
    }

    fn is_used(&self, name: &str) -> bool {
        self.uses.contains_key(name)
    }

    fn into_glue(self, glue: &str) -> String {
        let renamed = words(glue).map(|piece| match piece {
            Ok(word) => self.given.get(word).map_or(word, String::as_str),
            Err(other) => other,
        });
        renamed.collect()
    }
}

/// The glue in pieces: `Ok` for identifiers, `Err` for what stands between them.
fn words(glue: &str) -> impl Iterator<Item = Result<&str, &str>> {
    let of_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = glue;
    std::iter::from_fn(move || {
        let is_word = of_word(rest.chars().next()?);
        let end = rest.find(|c| of_word(c) != is_word).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(if is_word { Ok(piece) } else { Err(piece) })
    })
}

/// 0 is `a`, 25 `z`, 26 `aa`.
fn letters(number: usize) -> String {
    let last = char::from(b'a' + (number % 26) as u8);
    if number < 26 {
        last.to_string()
    } else {
        format!("{}{last}", letters(number / 26 - 1))
    }
}

/// The sections of a module: their ids and bodies.
fn sections(program: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    ensure!(
        program.starts_with(b"\0asm\x01\0\0\0"),
        "the program is not WebAssembly"
    );
    let mut reader = Reader(&program[8..]);
    let mut sections = Vec::new();
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        sections.push((id, reader.counted()?));
    }
    Ok(sections)
}

fn imports(body: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let count = reader.number()?;
    let mut written = Vec::new();
    write_length(&mut written, count);
    for _ in 0..count {
        let module = reader.counted()?;
        let name = names.shorten(reader.text()?);
        write_counted(&mut written, module);
        write_counted(&mut written, name.as_bytes());
        let kind = reader.since(Reader::import_kind)?;
        written.extend(kind);
    }
    Ok(written)
}

fn exports(body: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let mut kept = Vec::new();
    let mut count = 0;
    for _ in 0..reader.number()? {
        let name = reader.text()?;
        let what = reader.since(|reader| {
            reader.byte()?;
            reader.number()
        })?;
        if names.is_used(name) {
            count += 1;
            write_counted(&mut kept, names.shorten(name).as_bytes());
            kept.extend(what);
        }
    }
    let mut written = Vec::new();
    write_length(&mut written, count);
    written.extend(kept);
    Ok(written)
}

fn write_counted(out: &mut Vec<u8>, bytes: &[u8]) {
    write_length(out, bytes.len());
    out.extend(bytes);
}

/// LEB128, unsigned.
fn write_length(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

/// Reads the binary format from its beginning on.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self
            .0
            .split_first()
            .context("the program ends in the middle of a section")?;
        self.0 = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("the program has a number that is too long")
    }

    fn counted(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        let (bytes, rest) = self
            .0
            .split_at_checked(length)
            .context("the program ends in the middle of a section")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn text(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.counted()?).context("the program has a name that is not UTF-8")
    }

    /// The bytes that `read` passes over.
    fn since<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<&'a [u8]> {
        let before = self.0;
        read(self)?;
        Ok(&before[..before.len() - self.0.len()])
    }

    /// What an import is: a function's type, a table, a memory, a global, or an exception's tag.
    fn import_kind(&mut self) -> Result<()> {
        match self.byte()? {
            0 => self.number().map(drop),
            1 => self.byte().and_then(|_| self.limits()),
            2 => self.limits(),
            3 => self.byte().and_then(|_| self.byte()).map(drop),
            4 => self.byte().and_then(|_| self.number()).map(drop),
            kind => bail!("the program imports something of the unknown kind {kind}"),
        }
    }

    fn limits(&mut self) -> Result<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports `m.__wbg_call_0123` and exports its function as `__wbindgen_used` and `unused`.
    fn module() -> Vec<u8> {
        let mut import = vec![1];
        write_counted(&mut import, b"m");
        write_counted(&mut import, b"__wbg_call_0123");
        import.extend([0, 0]);
        let mut export = vec![2];
        for name in ["__wbindgen_used", "unused"] {
            write_counted(&mut export, name.as_bytes());
            export.extend([0, 0]);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        for (id, body) in [
            (1, vec![1, 0x60, 0, 0]),
            (IMPORTS, import),
            (EXPORTS, export),
        ] {
            module.push(id);
            write_counted(&mut module, &body);
        }
        module
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let glue = "let i={m:{__wbg_call_0123:function(){}}};w.__wbindgen_used()";
        let (program, glue) = shorten(&module(), glue).expect("it is a module");
        assert_eq!(glue, "let i={m:{$a:function(){}}};w.$b()");
        let text = String::from_utf8_lossy(&program).into_owned();
        assert!(text.contains("$a") && text.contains("$b"), "{text:?}");
    }

    #[test]
    fn what_the_glue_never_calls_is_not_exported() {
        let (program, _) = shorten(&module(), "w.__wbindgen_used()").expect("it is a module");
        assert!(!String::from_utf8_lossy(&program).contains("unused"));
    }

    #[test]
    fn an_import_that_the_glue_lacks_keeps_its_name() {
        let (program, _) = shorten(&module(), "w.__wbindgen_used()").expect("it is a module");
        assert!(String::from_utf8_lossy(&program).contains("__wbg_call_0123"));
    }

    #[test]
    fn a_module_that_is_cut_off_is_an_error() {
        let module = module();
        assert!(shorten(&module[..module.len() - 3], "").is_err());
        assert!(shorten(b"<html>", "").is_err());
    }

    #[test]
    fn lengths_are_written_as_they_are_read() {
        for number in [0, 1, 127, 128, 300, 70_000] {
            let mut bytes = Vec::new();
            write_length(&mut bytes, number);
            assert_eq!(Reader(&bytes).number().expect("it was written"), number);
        }
    }

    #[test]
    fn names_are_counted_in_letters() {
        assert_eq!(
            [0, 25, 26, 27, 702].map(letters),
            ["a", "z", "aa", "ab", "aaa"]
        );
    }
}
