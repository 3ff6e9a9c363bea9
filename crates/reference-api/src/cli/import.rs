//! `reference-api import`

use crate::clock::Clock;
use crate::import::mailbox::{MailboxOptions, Whose, import_mailbox};
use crate::import::map::Map;
use crate::import::{self, Progress, Report, Summary, import_csv};
use crate::store::Store;
use crate::store::ingest::Files;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs::{self, File};
use std::path::PathBuf;

/// What to import, and how.
#[derive(Args)]
pub(super) struct Import {
    /// A CSV file, or a mailbox (.mbox)
    file: PathBuf,
    /// For a CSV file: the map that says which column is what (docs/importing.md)
    #[arg(long, value_name = "MAP.toml", conflicts_with_all = ["customer", "match_customers"])]
    map: Option<PathBuf>,
    /// For a mailbox of one customer: their address
    #[arg(long, value_name = "ADDRESS", conflicts_with = "match_customers")]
    customer: Option<String>,
    /// For a mailbox of the company: threads belong to the customers who take part in them
    #[arg(long)]
    match_customers: bool,
    /// For a mailbox: a domain of the company; others who write count as third parties. Can be given several times
    #[arg(long, value_name = "DOMAIN")]
    company_domain: Vec<String>,
    /// For a mailbox: the language (BCP 47) of mails that name none
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    #[command(flatten)]
    place: super::Place,
    /// Write what was not taken, and why, to this CSV file too
    #[arg(long, value_name = "FILE.csv")]
    report: Option<PathBuf>,
    /// For a CSV file: write address, name and number of interactions of every customer to this CSV file
    #[arg(long, value_name = "FILE.csv", requires = "map")]
    customers: Option<PathBuf>,
}

pub(super) fn run(options: &Import) -> Result<()> {
    let file = &options.file;
    let size = fs::metadata(file)
        .with_context(|| format!("{} cannot be read", file.display()))?
        .len();
    let (database, attachments) = options.place.resolve()?;
    let store = Store::open(&database)?;
    let files = Files::in_directory(attachments);
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let progress = Progress::of_bytes(&name, size);
    let mut report = Report::new().and(|rejection| progress.line(&format!("{name}, {rejection}")));
    if let Some(path) = &options.report {
        report = report
            .and_file(path)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let summary = match (&options.map, whose(options)) {
        (Some(map), _) => csv(options, map, &store, &files, &mut report, &progress)?,
        (None, Some(whose)) => mailbox(options, whose, &store, &files, &mut report, &progress)?,
        (None, None) => bail!(
            "say what {} is: --map MAP.toml for a CSV file, --customer ADDRESS or --match-customers for a mailbox",
            file.display()
        ),
    };
    println!("{summary}");
    Ok(())
}

fn whose(options: &Import) -> Option<Whose> {
    match &options.customer {
        Some(address) => Some(Whose::Customer(address.clone())),
        None => options.match_customers.then_some(Whose::Match),
    }
}

fn csv(
    options: &Import,
    map: &PathBuf,
    store: &Store,
    files: &Files,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Summary> {
    let text = fs::read_to_string(map)
        .with_context(|| format!("the map {} cannot be read", map.display()))?;
    let map = Map::parse(&text).with_context(|| format!("the map {}", map.display()))?;
    let input = File::open(&options.file)?;
    let summary = import_csv(
        store,
        files,
        input,
        &map,
        Clock::system().now(),
        report,
        progress,
    )
    .with_context(|| options.file.display().to_string())?;
    if let Some(path) = &options.customers {
        let count = import::write_customers(store, &map.source, path)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        eprintln!(
            "{count} customers; the addresses that they sign in with stand in {}",
            path.display()
        );
    } else {
        eprintln!(
            "customers sign in as {}; --customers FILE.csv lists them all",
            map.customer.address
        );
    }
    Ok(summary)
}

fn mailbox(
    options: &Import,
    whose: Whose,
    store: &Store,
    files: &Files,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Summary> {
    let how = MailboxOptions {
        whose,
        company_domains: options.company_domain.clone(),
        lang: options.lang.clone(),
    };
    import_mailbox(
        store,
        files,
        &options.file,
        &how,
        Clock::system().now(),
        report,
        progress,
    )
    .with_context(|| options.file.display().to_string())
}
