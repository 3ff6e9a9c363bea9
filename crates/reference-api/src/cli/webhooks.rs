//! `reference-api webhooks`: what the company's own systems are told of data requests.

use super::Place;
use crate::clock::Clock;
use crate::webhooks::{self, Endpoint};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

/// What to do with webhooks.
#[derive(Subcommand)]
pub(super) enum Webhooks {
    /// List endpoints with how they stand, and the newest messages
    List(List),
    /// Send a message again, or all that waits for an endpoint; one that was given up is tried again
    SendAgain(SendAgain),
    /// Send a message that tells of nothing to an endpoint, and say what came back
    Test(Test),
}

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    place: Place,
    /// At most so many messages
    #[arg(long, value_name = "N", default_value_t = 20)]
    most: usize,
}

#[derive(Args)]
#[command(group(clap::ArgGroup::new("what").required(true)))]
pub(super) struct SendAgain {
    /// The id that `list` shows
    #[arg(group = "what")]
    id: Option<String>,
    /// All that waits for this endpoint
    #[arg(long, value_name = "NAME", group = "what")]
    endpoint: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Args)]
pub(super) struct Test {
    /// The endpoint's name in the configuration
    name: String,
    /// The TOML file of settings that names it
    #[arg(long, value_name = "FILE")]
    config: Option<std::path::PathBuf>,
}

pub(super) fn run(command: &Webhooks) -> Result<()> {
    match command {
        Webhooks::List(options) => list(options),
        Webhooks::SendAgain(options) => send_again(options),
        Webhooks::Test(options) => test(options),
    }
}

fn list(options: &List) -> Result<()> {
    let store = super::existing(&options.place)?;
    let (endpoints, messages) = store
        .read_blocking(|db| Ok((webhooks::standing(db)?, webhooks::newest(db, options.most)?)))?;
    if endpoints.is_empty() {
        say!(
            "no endpoints: [[webhooks]] of the configuration names them, and `serve` takes them over"
        );
    }
    for one in endpoints {
        let how = match (one.disabled_at, one.failing_since) {
            (Some(at), _) => format!("given up {}", at.to_timestamp()),
            (None, Some(since)) => format!("failing since {}", since.to_timestamp()),
            (None, None) => "well".to_owned(),
        };
        let oldest = one.oldest.map_or_else(
            || "nothing waits".to_owned(),
            |at| format!("{} wait, the oldest of {}", one.waiting, at.to_timestamp()),
        );
        say!("{}  {}  {how}, {oldest}", one.name, one.url);
    }
    for one in messages {
        let what = match one.delivered_at {
            Some(at) => format!("arrived {}", at.to_timestamp()),
            None => format!("tried {} times", one.attempts),
        };
        let answer = one
            .last_answer
            .map_or_else(String::new, |answer| format!(" ({answer})"));
        say!(
            "{}  {}  {}  {}  {}  {what}{answer}",
            one.id,
            one.endpoint,
            one.at.to_timestamp(),
            one.reference,
            one.kind
        );
    }
    Ok(())
}

fn send_again(options: &SendAgain) -> Result<()> {
    let store = super::existing(&options.place)?;
    let now = Clock::system().now();
    match (&options.id, &options.endpoint) {
        (Some(id), _) => {
            if !store.write_blocking(|tx| webhooks::send_again(tx, id, now))? {
                bail!("there is no message {id}: `webhooks list` shows what there is");
            }
            say!("{id} is sent again by the server");
        }
        (None, Some(name)) => {
            let waiting = store.write_blocking(|tx| webhooks::send_all_again(tx, name, now))?;
            let Some(waiting) = waiting else {
                bail!("there is no endpoint {name:?}: `webhooks list` shows what there is");
            };
            say!("{waiting} messages are sent to {name} by the server");
        }
        (None, None) => bail!("say which message, or --endpoint NAME"),
    }
    Ok(())
}

fn test(options: &Test) -> Result<()> {
    let config = crate::config::Config::load(options.config.as_deref(), super::variables())?;
    let endpoint = named(&config.webhooks, &options.name)?;
    let message = webhooks::trial(Clock::system().now());
    let sent = super::runtime()?.block_on(webhooks::send(endpoint, &message));
    let answer = sent
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("{} did not take {}", options.name, message.id))?;
    say!("{} took {}: {answer}", options.name, message.id);
    Ok(())
}

fn named<'e>(endpoints: &'e [Endpoint], name: &str) -> Result<&'e Endpoint> {
    endpoints.iter().find(|one| one.name == name).with_context(|| {
        format!("there is no endpoint {name:?} in the configuration (--config): [[webhooks]] names them")
    })
}
