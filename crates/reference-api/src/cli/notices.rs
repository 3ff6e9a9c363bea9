//! `reference-api notices`

use crate::clock::Clock;
use crate::config::Config;
use crate::notices;
use crate::store::Store;
use anyhow::{Context, Result};
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// What to do with notices.
#[derive(Subcommand)]
pub(super) enum Notices {
    /// Tell the notices of a file; what was told under the same key changes
    Add {
        /// A TOML file of notices (docs/notices.md)
        file: PathBuf,
        #[command(flatten)]
        place: super::Place,
    },
    /// End a notice: nobody is shown it any more
    End {
        /// The key that it was told under
        key: String,
        #[command(flatten)]
        place: super::Place,
    },
    /// Say what is told now, and how many put it away
    List {
        #[command(flatten)]
        place: super::Place,
    },
}

pub(super) fn run(act: &Notices) -> Result<()> {
    match act {
        Notices::Add { file, place } => add(file, place),
        Notices::End { key, place } => end(key, place),
        Notices::List { place } => list(place),
    }
}

fn open(place: &super::Place) -> Result<Store> {
    super::existing(place)
}

/// The whole file or nothing of it.
fn add(file: &Path, place: &super::Place) -> Result<()> {
    let config = Config::load(place.config.as_deref(), super::variables())?;
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let all = notices::parse(&file.display().to_string(), &text, &notices::moment)?;
    let (store, now) = (open(place)?, Clock::system().now());
    let told = store.transact_blocking(|tx| {
        all.iter()
            .map(|new| Ok((new, notices::add(tx, &config.catalogue, new, now)?)))
            .collect::<Result<Vec<_>, notices::NotWritten>>()
    })?;
    for (new, written) in told {
        say!(
            "{}: new to {}, changed for {}, gone for {}",
            new.key,
            written.new_to.len(),
            written.changed_for.len(),
            written.gone_for.len()
        );
    }
    Ok(())
}

fn end(key: &str, place: &super::Place) -> Result<()> {
    let now = Clock::system().now();
    let ended = open(place)?.write_blocking(|tx| notices::end(tx, key, now))?;
    let concerned = ended.with_context(|| {
        format!("no notice {key:?} is told now; `reference-api notices list` says which are")
    })?;
    say!("{key}: ended for {}", concerned.len());
    Ok(())
}

fn list(place: &super::Place) -> Result<()> {
    let now = Clock::system().now();
    for told in open(place)?.read_blocking(|db| notices::told(db, now))? {
        let until = told
            .until
            .map_or_else(|| "open".to_owned(), |end| end.to_timestamp().to_string());
        say!(
            "{}\t{}\tsince {}\tuntil {until}\ttold to {}\tput away by {}",
            told.key,
            told.kind,
            told.since.to_timestamp(),
            told.customers,
            told.away
        );
    }
    Ok(())
}
