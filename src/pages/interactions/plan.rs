//! Which rows of a long list are in the document: arithmetic alone.
//!
//! Rows come in blocks that never cross a month. A block is in the document as a whole or not at all; a gap stands for
//! what is not. Rows differ in height (a subject wraps, a search shows an excerpt), so a block is measured when it leaves.

use std::ops::Range;

/// The most rows of a block.
const BLOCK: usize = 20;

/// Up to so many rows all are in the document, so that the browser's own search finds everything that was loaded.
pub const ALL_UP_TO: usize = 500;

/// What is assumed of a row before any was measured, in pixels.
const ROW: f64 = 84.0;

/// Rows of one month that stand in the document together.
#[derive(Clone, Debug, PartialEq)]
struct Block {
    start: usize,
    len: usize,
    /// In pixels; nothing before it was measured.
    height: Option<f64>,
    /// How often its rows changed.
    version: u32,
}

/// A month and its blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// `2026-11`.
    pub name: String,
    blocks: Range<usize>,
}

/// The order of a list: its months and their blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    months: Vec<Month>,
    blocks: Vec<Block>,
    rows: usize,
    /// How often the list began anew.
    generation: u32,
    /// Pixels and rows of the blocks that were measured.
    measured: (f64, usize),
}

/// What stands in the document of the list: these blocks, and the one that holds the focus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The blocks near the viewport.
    pub blocks: Range<usize>,
    /// The block that holds the focus: it stays wherever the reader scrolls, or the focus would be lost.
    pub pinned: Option<usize>,
}

impl Window {
    fn holds(&self, block: usize) -> bool {
        self.blocks.contains(&block) || self.pinned == Some(block)
    }
}

/// A piece of a month. It is its own key: a piece that is equal is the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// The rows from `start`.
    Rows {
        /// The first.
        start: usize,
        /// How many.
        len: usize,
        /// How often they changed.
        version: u32,
    },
    /// Nothing, so many pixels high.
    Gap {
        /// The first row that is not there.
        start: usize,
        /// In pixels.
        height: u32,
    },
}

impl Plan {
    /// The months, in the order of the list.
    #[must_use]
    pub fn months(&self) -> &[Month] {
        &self.months
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How often the list began anew.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Begins anew.
    pub fn clear(&mut self, generation: u32) {
        *self = Self {
            generation,
            ..Self::default()
        };
    }

    /// Takes a list that was left over as it was.
    pub fn adopt(&mut self, left: Self, generation: u32) {
        *self = Self { generation, ..left };
    }

    /// Adds rows at the end, each by the name of its month. Blocks that are there stay as they are, so that nothing that is
    /// shown is drawn again.
    pub fn append(&mut self, months: impl IntoIterator<Item = String>) {
        let first_new = self.blocks.len();
        for name in months {
            let same_month = self.months.last().is_some_and(|month| month.name == name);
            if !same_month {
                self.months.push(Month {
                    name,
                    blocks: self.blocks.len()..self.blocks.len(),
                });
            }
            let open = same_month
                && self.blocks.len() > first_new
                && self.blocks.last().is_some_and(|block| block.len < BLOCK);
            match self.blocks.last_mut() {
                Some(block) if open => block.len += 1,
                _ => self.push_block(),
            }
            self.rows += 1;
        }
    }

    fn push_block(&mut self) {
        self.blocks.push(Block {
            start: self.rows,
            len: 1,
            height: None,
            version: self.generation,
        });
        if let Some(month) = self.months.last_mut() {
            month.blocks.end = self.blocks.len();
        }
    }

    /// Notes that a row changed where it stands.
    pub fn touch(&mut self, row: usize) {
        if let Some(block) = self.block_of(row) {
            self.blocks[block].version += 1;
        }
    }

    /// The block of a row.
    #[must_use]
    pub fn block_of(&self, row: usize) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.start <= row);
        (row < self.rows).then(|| after - 1)
    }

    /// The rows of a block.
    #[must_use]
    pub fn rows_of(&self, block: usize) -> Range<usize> {
        self.blocks
            .get(block)
            .map_or(0..0, |block| block.start..block.start + block.len)
    }

    /// Notes how high a block is.
    pub fn measured(&mut self, block: usize, height: f64) {
        if let Some(block) = self.blocks.get_mut(block) {
            let (pixels, rows) = &mut self.measured;
            *pixels += height - block.height.unwrap_or(0.0);
            *rows += if block.height.is_none() { block.len } else { 0 };
            block.height = Some(height);
        }
    }

    /// The blocks that stand between `top` and `bottom`, where the rows of each month begin at `months`; all in pixels from
    /// one origin. What is not in the document is as high as its gap, so that errors do not add up over months.
    #[must_use]
    pub fn near(&self, months: &[f64], top: f64, bottom: f64) -> Range<usize> {
        if self.rows <= ALL_UP_TO {
            return self.every_block();
        }
        let row = self.usual_row();
        let (mut first, mut end) = (self.blocks.len(), 0);
        for (month, start) in self
            .months
            .iter()
            .zip(months)
            .filter(|(_, start)| **start <= bottom)
        {
            let mut edge = *start;
            for block in month.blocks.clone() {
                let upper = edge;
                edge += self.blocks[block].height_or(row);
                if edge >= top && upper <= bottom {
                    first = first.min(block);
                    end = block + 1;
                }
            }
        }
        // Beyond either end of the list the block at that end stays.
        let last = self.blocks.len() - 1;
        match months.first() {
            _ if first < end => first..end,
            Some(start) if *start > bottom => 0..1,
            _ => last..last + 1,
        }
    }

    /// All of them.
    #[must_use]
    pub fn every_block(&self) -> Range<usize> {
        0..self.blocks.len()
    }

    /// The mean of the rows that were measured.
    fn usual_row(&self) -> f64 {
        let (height, rows) = self.measured;
        #[expect(clippy::cast_precision_loss, reason = "no list has 2^53 rows")]
        if rows == 0 { ROW } else { height / rows as f64 }
    }

    /// What stands in the document of a month. Neighbouring blocks that are not there make one gap.
    #[must_use]
    pub fn pieces(&self, month: usize, window: &Window) -> Vec<Piece> {
        let Some(month) = self.months.get(month) else {
            return Vec::new();
        };
        let row = self.usual_row();
        let mut pieces = Vec::new();
        let mut gap: Option<(usize, f64)> = None;
        for (index, block) in month
            .blocks
            .clone()
            .filter_map(|index| Some((index, self.blocks.get(index)?)))
        {
            if window.holds(index) {
                pieces.extend(gap.take().map(as_gap));
                pieces.push(Piece::Rows {
                    start: block.start,
                    len: block.len,
                    version: block.version,
                });
            } else {
                let (start, height) = gap.unwrap_or((block.start, 0.0));
                gap = Some((start, height + block.height_or(row)));
            }
        }
        pieces.extend(gap.map(as_gap));
        pieces
    }

    /// How many rows a month has.
    #[must_use]
    pub fn rows_in(&self, month: usize) -> usize {
        self.months.get(month).map_or(0, |month| {
            self.blocks[month.blocks.clone()]
                .iter()
                .map(|block| block.len)
                .sum()
        })
    }

    /// The first row of a month.
    #[must_use]
    pub fn first_of(&self, month: usize) -> usize {
        self.months
            .get(month)
            .map_or(0, |month| self.rows_of(month.blocks.start).start)
    }
}

impl Block {
    #[expect(clippy::cast_precision_loss, reason = "a block has twenty rows")]
    fn height_or(&self, row: f64) -> f64 {
        self.height.unwrap_or(self.len as f64 * row)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of rows: above nought, below 2^32"
)]
fn as_gap((start, height): (usize, f64)) -> Piece {
    Piece::Gap {
        start,
        height: height.round() as u32,
    }
}

#[cfg(test)]
mod tests;
