//! `reference-api import`

use crate::clock::Clock;
use crate::import::mailbox::{MailboxOptions, Whose, import_mailbox};
use crate::import::map::Map;
use crate::import::wishes::{WishesMap, import_wishes};
use crate::import::{self, Intake, Progress, Report, Summary, import_csv};
use crate::store::Store;
use crate::store::ingest::Files;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// What to import, and how.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Import {
    #[command(subcommand)]
    what: Option<What>,
    /// A CSV file, or a mailbox (.mbox)
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// For a CSV file: the map that says which column is what (docs/importing.md)
    #[arg(long, value_name = "MAP.toml", conflicts_with_all = ["customer", "match_customers"])]
    map: Option<PathBuf>,
    /// For a mailbox of one customer: their address
    #[arg(long, value_name = "ADDRESS", conflicts_with = "match_customers")]
    customer: Option<String>,
    /// For a mailbox of the company: each customer gets the mails that they wrote or that went to them
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

/// What else than interactions can be imported.
#[derive(Subcommand)]
enum What {
    /// Bring in what customers chose before: preferences, contact points and consents, from a CSV file through a map
    Preferences(Wishes),
}

/// Which preferences to import, and how.
#[derive(Args)]
struct Wishes {
    /// A CSV file
    file: PathBuf,
    /// The map that says which column is what (docs/importing.md)
    #[arg(long, value_name = "MAP.toml")]
    map: PathBuf,
    #[command(flatten)]
    place: super::Place,
    /// Write what was not taken, and why, to this CSV file too
    #[arg(long, value_name = "FILE.csv")]
    report: Option<PathBuf>,
}

pub(super) fn run(options: &Import) -> Result<()> {
    match (&options.what, &options.file) {
        (Some(What::Preferences(wishes)), _) => wishes.run(),
        (None, Some(file)) => interactions(options, file),
        (None, None) => bail!("say which file to import"),
    }
}

/// Runs an import of a file, tells of what it does not take, and says at its end what came of it.
fn telling(
    file: &Path,
    written: Option<&Path>,
    import: impl FnOnce(&mut Report<'_>, &Progress) -> Result<Summary>,
) -> Result<()> {
    let size = fs::metadata(file)
        .with_context(|| format!("{} cannot be read", file.display()))?
        .len();
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let progress = Progress::of_bytes(&name, size);
    let mut report = Report::new().and(|rejection| progress.line(&format!("{name}, {rejection}")));
    if let Some(path) = written {
        report = report
            .and_file(path)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    let summary = import(&mut report, &progress)?;
    say!("{summary}");
    Ok(())
}

impl Wishes {
    fn run(&self) -> Result<()> {
        let config = self.place.config()?;
        let (database, _) = self.place.resolve()?;
        let store = Store::open(&database)?;
        let map = read_map(&self.map)?;
        let map =
            WishesMap::parse(&map).with_context(|| format!("the map {}", self.map.display()))?;
        telling(&self.file, self.report.as_deref(), |report, progress| {
            let now = Clock::system().now();
            let input = File::open(&self.file)?;
            import_wishes(&store, &config, input, &map, now, report, progress)
                .with_context(|| self.file.display().to_string())
        })
    }
}

fn read_map(map: &Path) -> Result<String> {
    fs::read_to_string(map).with_context(|| format!("the map {} cannot be read", map.display()))
}

fn interactions(options: &Import, file: &Path) -> Result<()> {
    let (database, attachments) = options.place.resolve()?;
    let store = Store::open(&database)?;
    let files = Files::in_directory(attachments);
    let config = options.place.config()?;
    let intake = Intake::new(&store, &files, &config, Clock::system().now())?;
    telling(file, options.report.as_deref(), |report, progress| {
        bring(options, file, &intake, report, progress)
    })
}

fn bring(
    options: &Import,
    file: &Path,
    intake: &Intake<'_>,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Summary> {
    match (&options.map, whose(options)) {
        (Some(map), _) => csv(options, file, map, intake, report, progress),
        (None, Some(whose)) => mailbox(options, file, whose, intake, report, progress),
        (None, None) => bail!(
            "say what {} is: --map MAP.toml for a CSV file, --customer ADDRESS or --match-customers for a mailbox",
            file.display()
        ),
    }
}

fn whose(options: &Import) -> Option<Whose> {
    match &options.customer {
        Some(address) => Some(Whose::Customer(address.clone())),
        None => options.match_customers.then_some(Whose::Match),
    }
}

fn csv(
    options: &Import,
    file: &Path,
    map: &Path,
    intake: &Intake<'_>,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Summary> {
    let map = Map::parse(&read_map(map)?).with_context(|| format!("the map {}", map.display()))?;
    let input = File::open(file)?;
    let summary = import_csv(intake, input, &map, report, progress)
        .with_context(|| file.display().to_string())?;
    if let Some(path) = &options.customers {
        let count = import::write_customers(intake.store(), &map.source, path)
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
    file: &Path,
    whose: Whose,
    intake: &Intake<'_>,
    report: &mut Report<'_>,
    progress: &Progress,
) -> Result<Summary> {
    let how = MailboxOptions {
        whose,
        company_domains: options.company_domain.clone(),
        lang: options.lang.clone(),
    };
    import_mailbox(intake, file, &how, report, progress).with_context(|| file.display().to_string())
}
