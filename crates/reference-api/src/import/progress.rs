//! How far long work has come: a bar on a terminal, a line for every tenth elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::cell::Cell;
use std::io::IsTerminal;

/// How far the work has come.
pub struct Progress {
    kind: Kind,
    total: u64,
}

enum Kind {
    Hidden,
    Bar(ProgressBar),
    Lines { what: String, tenths: Cell<u64> },
}

impl Progress {
    /// Shown nowhere.
    #[must_use]
    pub fn hidden() -> Self {
        Self {
            kind: Kind::Hidden,
            total: 0,
        }
    }

    /// Progress through `total` bytes of a file called `what`, on standard error.
    #[must_use]
    pub fn of_bytes(what: &str, total: u64) -> Self {
        Self::new(what, total, "{msg} {wide_bar} {bytes}/{total_bytes} {eta}")
    }

    /// Progress through `total` things called `what`, on standard error.
    #[must_use]
    pub fn of_items(what: &str, total: u64) -> Self {
        Self::new(
            what,
            total,
            "{msg} {wide_bar} {human_pos}/{human_len} {eta}",
        )
    }

    fn new(what: &str, total: u64, template: &str) -> Self {
        let kind = if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new(total).with_message(what.to_owned());
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            Kind::Bar(bar)
        } else {
            Kind::Lines {
                what: what.to_owned(),
                tenths: Cell::new(0),
            }
        };
        Self { kind, total }
    }

    /// So much is done.
    pub fn at(&self, done: u64) {
        match &self.kind {
            Kind::Hidden => {}
            Kind::Bar(bar) => bar.set_position(done),
            Kind::Lines { what, tenths } => {
                let now = done
                    .saturating_mul(10)
                    .checked_div(self.total)
                    .unwrap_or(10)
                    .min(10);
                if now > tenths.get() {
                    tenths.set(now);
                    eprintln!("{what}: {} %", now * 10);
                }
            }
        }
    }

    /// Writes a line without tearing the bar.
    pub fn line(&self, text: &str) {
        match &self.kind {
            Kind::Hidden => {}
            Kind::Bar(bar) => bar.suspend(|| eprintln!("{text}")),
            Kind::Lines { .. } => eprintln!("{text}"),
        }
    }

    /// The work is over.
    pub fn finish(&self) {
        if let Kind::Bar(bar) = &self.kind {
            bar.finish_and_clear();
        }
    }
}
