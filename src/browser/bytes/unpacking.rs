//! Deflate by the browser's own `DecompressionStream` (WHATWG Compression).

use super::{Fault, Source, blocks, told};
use crate::browser::task::{self, Handle};
use js_sys::{Array, Function, Reflect, Uint8Array};
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, WritableStreamDefaultWriter};

/// How many packed bytes are handed over at once. The browser unpacks them in one go, a thousandfold at worst: sixteen megabytes,
/// which is no long task.
const PIECE: u32 = 16 << 10;

/// Packed bytes on their way in, and unpacked ones on their way out.
pub struct Unpacking {
    reader: ReadableStreamDefaultReader,
    /// Whether the file could not be read to the end of the range.
    is_unreadable: Rc<Cell<bool>>,
    _feeding: Handle,
}

impl Unpacking {
    /// Begins with the packed bytes of this range.
    pub fn of(source: Source, range: Range<u64>) -> Result<Self, Fault> {
        let stream = stream().ok_or(Fault::OldBrowser)?;
        let side =
            |name: &str| Reflect::get(&stream, &name.into()).map_err(told(Fault::OldBrowser));
        let reader = ReadableStreamDefaultReader::new(side("readable")?.unchecked_ref())
            .map_err(told(Fault::OldBrowser))?;
        let writer = WritableStreamDefaultWriter::new(side("writable")?.unchecked_ref())
            .map_err(told(Fault::OldBrowser))?;
        let is_unreadable = Rc::new(Cell::new(false));
        let unreadable = Rc::clone(&is_unreadable);
        let feeding = task::spawn(async move {
            match feed(&source, range, &writer).await {
                Ok(()) => {}
                Err(fault) => {
                    unreadable.set(fault == Fault::Unreadable);
                    let _ = JsFuture::from(writer.abort()).await;
                }
            }
        });
        Ok(Self {
            reader,
            is_unreadable,
            _feeding: feeding,
        })
    }

    /// The next unpacked bytes; nothing at their end.
    pub async fn next(&self) -> Result<Option<Uint8Array>, Fault> {
        let Ok(answer) = JsFuture::from(self.reader.read()).await else {
            return Err(if self.is_unreadable.get() {
                Fault::Unreadable
            } else {
                Fault::Wrong
            });
        };
        let part = |name: &str| Reflect::get(&answer, &name.into()).unwrap_or(JsValue::UNDEFINED);
        if part("done").is_truthy() {
            return Ok(None);
        }
        Ok(part("value").dyn_into().ok())
    }
}

impl Drop for Unpacking {
    fn drop(&mut self) {
        // Whoever reads no further has nothing more unpacked. Of a stream that has ended or failed this is no news.
        let cancelled = self.reader.cancel();
        task::run(async move {
            let _ = JsFuture::from(cancelled).await;
        });
    }
}

/// By name: bindings for it are not settled yet.
fn stream() -> Option<JsValue> {
    let class = Reflect::get(&js_sys::global(), &"DecompressionStream".into()).ok()?;
    let class: Function = class.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of1(&"deflate-raw".into())).ok()
}

async fn feed(
    source: &Source,
    range: Range<u64>,
    writer: &WritableStreamDefaultWriter,
) -> Result<(), Fault> {
    for block in blocks(range) {
        let bytes = source.block(block).await?;
        let mut from = 0;
        while from < bytes.length() {
            let piece = bytes.subarray(from, from.saturating_add(PIECE).min(bytes.length()));
            let written = JsFuture::from(writer.write_with_chunk(&piece)).await;
            written.map_err(told(Fault::Wrong))?;
            from += piece.length();
        }
    }
    let closed = JsFuture::from(writer.close()).await;
    closed.map_err(told(Fault::Wrong)).map(|_| ())
}
