//! `reference-api demo`

use crate::clock::Clock;
use crate::demo;
use crate::import::Progress;
use crate::store::Store;
use crate::store::ingest::Files;
use anyhow::Result;
use clap::Args;
use std::time::Instant;

/// Where to, and how much.
#[derive(Args)]
pub(super) struct Demo {
    #[command(flatten)]
    place: super::Place,
    /// Add a customer (archive@example.com) with so many interactions
    #[arg(long, value_name = "N")]
    scale: Option<u64>,
}

pub(super) fn run(options: &Demo) -> Result<()> {
    let (database, attachments) = options.place.resolve()?;
    let store = Store::open(&database)?;
    let files = Files::in_directory(attachments);
    let now = Clock::system().now();
    let start = Instant::now();
    let seeded = demo::seed(&store, &files, now)?;
    say!(
        "{} customers with {} interactions are new, {} customers were here already; {:.1} s. Sign in as maya.lindqvist@example.com",
        seeded.customers,
        seeded.interactions,
        seeded.known_customers,
        start.elapsed().as_secs_f64()
    );
    if let Some(count) = options.scale {
        let start = Instant::now();
        let progress = Progress::of_items("interactions", count);
        demo::seed_archive(&store, &files, count, now, &progress)?;
        say!(
            "{count} interactions of {} in {:.1} s",
            demo::ARCHIVE_ADDRESS,
            start.elapsed().as_secs_f64()
        );
    }
    Ok(())
}
