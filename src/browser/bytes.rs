//! Bytes of a file that the customer opened: read in pieces, unpacked, digested and saved by the browser itself. Nothing of it
//! leaves the device.

mod unpacking;

use super::files::Upload;
use super::{clock, document, task, window};
use js_sys::{Array, Function, Reflect, Uint8Array};
use std::ops::Range;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, Url};

/// How many bytes are read of a file at once.
const BLOCK: u64 = 256 << 10;

/// Why bytes cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The device does not give them any more: the file was moved, changed or taken away.
    Unreadable,
    /// They are not what they are said to be.
    Wrong,
    /// There is not enough memory for them.
    TooMany,
    /// The browser lacks what it takes.
    OldBrowser,
}

/// A file on the device.
#[derive(Clone, Debug, PartialEq)]
pub struct Source(Blob);

impl From<Upload> for Source {
    fn from(file: Upload) -> Self {
        Self(file.blob)
    }
}

/// Bytes in the browser's memory, not in the program's.
#[derive(Clone, Debug)]
pub struct Content(Uint8Array);

#[expect(
    clippy::cast_precision_loss,
    reason = "a file has far fewer than 2^53 bytes"
)]
fn number(place: u64) -> f64 {
    place as f64
}

impl Source {
    /// Its size in bytes.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size in bytes is a whole number below 2^53"
    )]
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// The bytes of this range, which is to be a short one.
    ///
    /// # Errors
    /// When the device does not give them.
    pub async fn read(&self, range: Range<u64>) -> Result<Vec<u8>, Fault> {
        Ok(self.block(range).await?.to_vec())
    }

    async fn block(&self, range: Range<u64>) -> Result<Uint8Array, Fault> {
        let unreadable = |_| Fault::Unreadable;
        let part = self
            .0
            .slice_with_f64_and_f64(number(range.start), number(range.end));
        let buffer = JsFuture::from(part.map_err(unreadable)?.array_buffer());
        let bytes = Uint8Array::new(&buffer.await.map_err(unreadable)?);
        if u64::from(bytes.length()) == range.end - range.start {
            Ok(bytes)
        } else {
            Err(Fault::Unreadable)
        }
    }

    /// The bytes of this range as they are; `each` sees them as they pass by.
    ///
    /// # Errors
    /// When the device does not give them.
    pub async fn copied(
        &self,
        range: Range<u64>,
        mut each: impl FnMut(&[u8]),
    ) -> Result<Content, Fault> {
        let mut filling = Filling::new(range.end - range.start)?;
        for block in blocks(range) {
            filling.take(&self.block(block).await?, &mut each)?;
            filling.rest().await;
        }
        filling.full()
    }

    /// The bytes of this range unpacked (deflate, RFC 1951), which makes exactly `size`; `each` sees them as they pass by.
    ///
    /// # Errors
    /// When they are not packed so, or make fewer or more; what is more is never unpacked to its end.
    pub async fn unpacked(
        &self,
        range: Range<u64>,
        size: u64,
        mut each: impl FnMut(&[u8]),
    ) -> Result<Content, Fault> {
        let mut filling = Filling::new(size)?;
        let unpacked = unpacking::Unpacking::of(self.clone(), range)?;
        while let Some(piece) = unpacked.next().await? {
            filling.take(&piece, &mut each)?;
            filling.rest().await;
        }
        filling.full()
    }
}

fn blocks(range: Range<u64>) -> impl Iterator<Item = Range<u64>> {
    let Range { start, end } = range;
    let count = (end - start).div_ceil(BLOCK);
    (0..count).map(move |at| start + at * BLOCK..(start + (at + 1) * BLOCK).min(end))
}

/// Memory that is being filled.
struct Filling {
    bytes: Uint8Array,
    filled: u32,
    pace: Pace,
}

impl Filling {
    fn new(size: u64) -> Result<Self, Fault> {
        // By reflection: where there is not so much memory, it throws.
        let class =
            Reflect::get(&js_sys::global(), &"Uint8Array".into()).map_err(|_| Fault::OldBrowser)?;
        let class: &Function = class.unchecked_ref();
        let bytes = Reflect::construct(class, &Array::of1(&number(size).into()));
        Ok(Self {
            bytes: bytes.map_err(|_| Fault::TooMany)?.unchecked_into(),
            filled: 0,
            pace: Pace::default(),
        })
    }

    fn take(&mut self, piece: &Uint8Array, each: &mut impl FnMut(&[u8])) -> Result<(), Fault> {
        let filled = self.filled.checked_add(piece.length());
        let Some(filled) = filled.filter(|filled| *filled <= self.bytes.length()) else {
            return Err(Fault::Wrong);
        };
        self.bytes.set(piece, self.filled);
        self.filled = filled;
        each(&piece.to_vec());
        Ok(())
    }

    async fn rest(&mut self) {
        self.pace.rest().await;
    }

    fn full(self) -> Result<Content, Fault> {
        if self.filled == self.bytes.length() {
            Ok(Content(self.bytes))
        } else {
            Err(Fault::Wrong)
        }
    }
}

impl Content {
    /// How many there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.0.length() as usize
    }

    /// Those of this range; fewer where it reaches beyond the end.
    #[must_use]
    pub fn read(&self, range: Range<usize>) -> Vec<u8> {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.0
            .subarray(place(range.start), place(range.end))
            .to_vec()
    }

    /// Their SHA-256 (FIPS 180-4).
    ///
    /// # Errors
    /// When the browser does not compute it: on a page that came by an unsafe way, or one without memory.
    pub async fn sha256(&self) -> Result<Vec<u8>, Fault> {
        let subtle = window().crypto().map_err(|_| Fault::OldBrowser)?.subtle();
        // On a page that is no secure context it is not there, whatever its type says.
        if !subtle.is_object() {
            return Err(Fault::OldBrowser);
        }
        let digest = subtle.digest_with_str_and_js_u8_array("SHA-256", &self.0);
        let digest = JsFuture::from(digest.map_err(|_| Fault::OldBrowser)?).await;
        Ok(Uint8Array::new(&digest.map_err(|_| Fault::TooMany)?).to_vec())
    }

    /// Has the browser save them as a file of this name. They are handed over as bytes and nothing else, so that no browser shows them
    /// as a page of the portal.
    pub fn save(&self, name: &str) {
        let kind = web_sys::BlobPropertyBag::new();
        kind.set_type("application/octet-stream");
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&self.0), &kind);
        let Some(address) = blob
            .ok()
            .and_then(|blob| Url::create_object_url_with_blob(&blob).ok())
        else {
            return;
        };
        let anchor = document().create_element("a").ok();
        if let Some(anchor) = anchor.and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok())
        {
            anchor.set_href(&address);
            anchor.set_download(name);
            anchor.click();
        }
        task::run(async move {
            // A browser may ask first where to put it.
            clock::sleep(Duration::from_secs(60)).await;
            let _ = Url::revoke_object_url(&address);
        });
    }
}

/// Long work that leaves the page to its reader in between.
#[derive(Default)]
pub struct Pace {
    /// When it last rested, by the age of the page.
    rested: f64,
}

impl Pace {
    /// How long it goes on at a time, in milliseconds: less than a frame, and far from a long task (50 ms, W3C Long Tasks).
    const SPAN: f64 = 12.0;

    /// Whether it is time to rest.
    #[must_use]
    pub fn is_due(&self) -> bool {
        clock::age_of_page() - self.rested > Self::SPAN
    }

    /// Rests, if it is time to.
    pub async fn rest(&mut self) {
        if self.is_due() {
            task::pause(0).await;
            self.rested = clock::age_of_page();
        }
    }
}

/// What the browser says of something that failed is for its makers; which kind it was is told by whoever knows what was tried.
fn told(fault: Fault) -> impl Fn(JsValue) -> Fault {
    move |_| fault
}
