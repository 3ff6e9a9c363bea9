//! The command line.

/// Prints a line. A reader that has seen enough and is gone (`requests list | head`) ends the program, and is no fault.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::cli::say(format_args!($($words)*))
    };
}

mod delegations;
mod demo;
mod feedback;
mod guides;
mod import;
mod notices;
mod office;
mod requests;
mod webhooks;

use crate::config::Config;
use crate::consents::Purposes;
use crate::erasure::Retention;
use crate::feedback::Surveys;
use crate::store::Store;
use crate::{logging, serve};
use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The reference API of the customer portal.
#[derive(Parser)]
#[command(name = "reference-api", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API, and the built portal beside it
    Serve(Serve),
    /// Bring in a company's history: a CSV file through a map, or a mailbox
    Import(Box<import::Import>),
    /// Tell customers something by itself, change it, end it
    #[command(subcommand)]
    Notices(notices::Notices),
    /// Write demonstration data
    Demo(demo::Demo),
    /// Check guides, and say what came of them
    #[command(subcommand)]
    Guides(guides::Guides),
    /// Read what customers said, answer it, say what became of it, count it
    #[command(subcommand)]
    Feedback(feedback::Feedback),
    /// "You said, we did": what changed because of feedback
    #[command(subcommand)]
    Improvements(feedback::Improvements),
    /// Read data requests, work on them, answer them
    #[command(subcommand)]
    Requests(Box<requests::Requests>),
    /// See what the company's own systems were told of data requests, send it again, try an endpoint
    #[command(subcommand)]
    Webhooks(webhooks::Webhooks),
    /// Who acts for whom: what waits for the company, and what it decides
    #[command(subcommand)]
    Delegations(Box<delegations::Delegations>),
    /// Print the OpenAPI document of the contract
    #[cfg(feature = "openapi")]
    Openapi,
}

/// Where to write, for the commands that work without a server.
#[derive(Args)]
struct Place {
    /// A TOML file of settings, as for `serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The database file that `serve` uses; `import` and `demo` make one where there is none
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,
    /// The folder of attachments
    #[arg(long, value_name = "DIR")]
    attachments: Option<PathBuf>,
}

impl Place {
    /// What the file and the environment say.
    fn config(&self) -> Result<Config> {
        Ok(Config::load(self.config.as_deref(), variables())?)
    }

    /// The database file, its folder made, and the folder of attachments: beside the database where only that is named.
    fn resolve(&self) -> Result<(PathBuf, PathBuf)> {
        let config = self.config()?;
        let attachments = match (&self.attachments, &self.database) {
            (Some(folder), _) => folder.clone(),
            (None, Some(database)) => database.with_file_name("attachments"),
            (None, None) => config.attachments,
        };
        let database = self.database.clone().unwrap_or(config.database);
        if let Some(folder) = database.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        }
        Ok((database, attachments))
    }
}

/// The database of a command that makes none.
fn existing(place: &Place) -> Result<Store> {
    let (database, _) = place.resolve()?;
    anyhow::ensure!(
        database.is_file(),
        "there is no database {}: name the one that `serve` uses (--database, --config)",
        database.display()
    );
    Ok(Store::open(&database)?)
}

/// A word of the wire, where it is one that there is.
fn one_of<'a>(word: Option<&str>, known: impl Iterator<Item = &'a str>, what: &str) -> Result<()> {
    let known: Vec<&str> = known.collect();
    if let Some(word) = word {
        anyhow::ensure!(
            known.contains(&word),
            "{word:?} is no {what}: it is one of {}",
            known.join(", ")
        );
    }
    Ok(())
}

/// What people wrote, as a terminal may show it: nothing in it moves the cursor, changes colours or turns the direction.
fn plain(text: &str) -> String {
    let is_direction = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| match c {
        '\n' | '\t' => Some(c),
        c if is_direction(c) => None,
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    };
    text.chars().filter_map(shown).collect()
}

/// What people wrote in as many lines as they like: each of them begins so that it cannot be taken for one of ours.
fn quoted(text: &str) -> String {
    let lines = text.split('\n').map(|line| format!("  > {}", plain(line)));
    lines.collect::<Vec<_>>().join("\n")
}

/// What people wrote where one line is all that it gets.
fn in_a_line(text: &str) -> String {
    plain(text).replace(['\n', '\t'], " ")
}

/// What the macro of this name does.
fn say(words: std::fmt::Arguments<'_>) {
    use std::io::{ErrorKind, Write};
    match writeln!(std::io::stdout().lock(), "{words}") {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            tracing::error!(%error, "nothing can be printed");
            std::process::exit(1);
        }
    }
}

/// The environment, as far as it is text.
fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// What decides over the file and the environment.
#[derive(Args)]
struct Serve {
    /// A TOML file of settings; PORTAL_API_… variables go over it, these options over both
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// The database file, made where there is none
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,
    /// The folder of attachments
    #[arg(long, value_name = "DIR")]
    attachments: Option<PathBuf>,
    /// The folder that the portal was built into, to serve it too
    #[arg(long, value_name = "DIR")]
    portal: Option<PathBuf>,
    /// Write demonstration data into an empty database, and offer the tools under /dev to this machine
    #[arg(long)]
    demo: bool,
    /// Also serve a sample page of the company's own, which shows the portal in a frame and says who is there
    #[arg(long, value_name = "ADDRESS:PORT", requires = "demo")]
    host_listen: Option<SocketAddr>,
}

impl Serve {
    fn config(self) -> Result<Config> {
        let mut config = Config::load(self.config.as_deref(), variables())?;
        config.listen = self.listen.unwrap_or(config.listen);
        config.database = self.database.unwrap_or(config.database);
        config.attachments = self.attachments.unwrap_or(config.attachments);
        config.portal = self.portal.or(config.portal);
        config.demo = self.demo;
        if config.demo && config.purposes.all.is_empty() {
            config.purposes = Purposes::demo().into();
        }
        if config.demo && !config.surveys.is_offered() {
            config.surveys = Surveys::demo().into();
        }
        if config.demo && config.catalogue.groups.is_empty() {
            config.catalogue = crate::demo::catalogue().into();
        }
        if config.demo && config.check_ins.rules.is_empty() {
            config.check_ins = crate::demo::check_ins().into();
        }
        if config.demo && config.ways.all.is_empty() {
            config.ways = crate::demo::ways().into();
        }
        if config.demo && *config.retention == Retention::default() {
            config.retention = Retention::demo().into();
        }
        if config.demo && config.guides.is_empty() {
            config.guides = crate::demo::guides().into();
        }
        Ok(config)
    }
}

/// Does what the command line asks for.
///
/// # Errors
/// With a sentence for whoever typed it.
pub fn run() -> Result<()> {
    match Cli::parse().command {
        Command::Serve(options) => {
            let host = options.host_listen;
            let config = options.config()?;
            logging::start(&config.log, std::io::stderr).map_err(anyhow::Error::msg)?;
            runtime()?.block_on(serve::serve(config, host))
        }
        Command::Import(options) => import::run(&options),
        Command::Notices(act) => notices::run(&act),
        Command::Demo(options) => demo::run(&options),
        Command::Feedback(command) => feedback::run(&command),
        Command::Improvements(command) => feedback::improve(&command),
        Command::Guides(act) => guides::run(&act),
        Command::Requests(command) => requests::run(&command),
        Command::Delegations(command) => delegations::run(&command),
        Command::Webhooks(command) => webhooks::run(&command),
        #[cfg(feature = "openapi")]
        Command::Openapi => {
            say!("{}", portal_contract::openapi::text().trim_end());
            Ok(())
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_word_that_is_none_is_answered_with_those_that_are() {
        let known = || ["received", "denied"].into_iter();
        let error = one_of(Some("finished"), known(), "state").unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"finished\" is no state: it is one of received, denied"
        );
        for none_or_known in [None, Some("denied")] {
            one_of(none_or_known, known(), "state").unwrap();
        }
    }

    #[test]
    fn what_people_wrote_gives_the_terminal_no_orders() {
        assert_eq!(plain("two\nlines\tand a tab"), "two\nlines\tand a tab");
        assert_eq!(
            plain("red \u{1b}[31m bell \u{7}"),
            "red \u{fffd}[31m bell \u{fffd}"
        );
        assert_eq!(plain("over\rwritten"), "over\u{fffd}written");
        assert_eq!(plain("turned \u{202e}round\u{202c}"), "turned round");
        assert_eq!(plain("\u{9b}31m"), "\u{fffd}31m");
        assert_eq!(plain("فاتورة"), "فاتورة");
    }
}
