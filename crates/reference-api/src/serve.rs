//! Listening, and going down in order.

mod connections;
mod taken;

use crate::clock::Clock;
use crate::config::Config;
use crate::data_requests::{letters, work};
use crate::delegations;
use crate::demo;
use crate::demo::host::Site;
use crate::feedback::telling;
use crate::guides::{self, Names};
use crate::http::{AppState, router};
use crate::store::Store;
use crate::store::ingest::Files;
use crate::sweep;
use crate::webhooks;
use anyhow::{Context, Result};
use axum::serve::ListenerExt;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How long running requests may take once the server is going down.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or SIGINT, and ends in order: no new connections, running requests finish, mail goes out, the
/// database is one whole file.
///
/// With `host`, a demonstration has a page of the company's own there, whose word it takes.
///
/// # Errors
/// When the database cannot be opened, an address cannot be listened on, or the portal's folder has no `index.html`.
pub async fn serve(mut config: Config, host: Option<SocketAddr>) -> Result<()> {
    check_portal(&config)?;
    let site = match host {
        Some(address) => Some(beside(&mut config, address).await?),
        None => None,
    };
    let clock = Clock::system();
    let state = open(config, &clock).await?;
    let listener = TcpListener::bind(state.config.listen)
        .await
        .with_context(|| {
            format!(
                "cannot listen on {} (\"listen\", --listen)",
                state.config.listen
            )
        })?;
    warn_of_gaps(&state.config);
    let address = listener
        .local_addr()
        .context("the listening socket has no address")?;
    println!("listening on http://{address}");
    if let Some(site) = site {
        println!("a page that shows the portal is at {}", site.origin());
        let portal = state.config.public_url.clone();
        // By another name than the page's, so that the two are two sites.
        let portal = portal.unwrap_or_else(|| format!("http://localhost:{}", address.port()));
        let down = state.shutdown.clone();
        tokio::spawn(site.serve(portal, async move { down.begun().await }));
    }
    let own = || format!("http://{address}");
    let base = state.config.public_url.clone().unwrap_or_else(own);
    run(state, listener, base).await
}

/// The sample page at this address. Where the settings name no other host, its word is taken.
async fn beside(config: &mut Config, address: SocketAddr) -> Result<Site> {
    let site = Site::bind(address).await?;
    config.embed.get_or_insert_with(|| site.host());
    config.frame_ancestors.push(site.origin().to_owned());
    Ok(site)
}

/// A portal that is not there shows now, and not as a blank page later.
fn check_portal(config: &Config) -> Result<()> {
    match &config.portal {
        Some(folder) if !folder.join("index.html").is_file() => {
            anyhow::bail!(
                "{} has no index.html: build the portal first, or name another folder (--portal)",
                folder.display()
            )
        }
        Some(folder) => check_base(folder, config.portal_base()),
        None => Ok(()),
    }
}

/// The portal has to be asked for below the path for which it was packaged: otherwise none of its files is found.
fn check_base(folder: &Path, base: &str) -> Result<()> {
    let index = folder.join("index.html");
    let page = std::fs::read_to_string(&index)
        .with_context(|| format!("cannot read {}", index.display()))?;
    let said = page
        .split_once("name=\"portal-base\" content=\"")
        .and_then(|(_, after)| after.split_once('"'))
        .map_or("/", |(said, _)| said);
    if said.trim_end_matches('/') != base {
        anyhow::bail!(
            "{} is for a portal at {said}, and customers reach it at {base}/ (\"public_url\"): package it anew (`cargo xtask package --prefix {base}/`), or set public_url",
            index.display()
        );
    }
    Ok(())
}

async fn open(config: Config, clock: &Clock) -> Result<AppState> {
    if let Some(folder) = config
        .database
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let store = Store::open(&config.database)?;
    std::fs::create_dir_all(&config.attachments).with_context(|| {
        format!(
            "cannot make the folder {} (\"attachments\")",
            config.attachments.display()
        )
    })?;
    if config.demo {
        let (store, now) = (store.clone(), clock.now());
        let files = Files::in_directory(&config.attachments);
        tokio::task::spawn_blocking(move || demo::seed(&store, &files, now))
            .await
            .context("the demonstration's data could not be written")??;
    }
    admit_guides(&store, &config, clock).await?;
    let endpoints = config.webhooks.clone();
    store
        .write(move |tx| webhooks::register(tx, &endpoints))
        .await?;
    Ok(AppState::new(store, config, clock.clone())?)
}

/// Guides that name a topic which the company does not have are refused now, and not when a customer is led to it.
async fn admit_guides(store: &Store, config: &Config, clock: &Clock) -> Result<()> {
    let topics = store.read(guides::known_topics).await?;
    let names = Names::of(topics, &config.ways);
    config
        .guides
        .check(&names)
        .map_err(|faults| anyhow::anyhow!("\"company.guides\": {}", faults.told()))?;
    let (kept, now) = (config.guides.clone(), clock.now());
    Ok(store.write(move |tx| guides::keep(tx, &kept, now)).await?)
}

fn warn_of_gaps(config: &Config) {
    if !config.is_https() && !config.listen.ip().is_loopback() {
        tracing::warn!(
            "listening beyond this machine without https: set public_url to the https address in front of it"
        );
    }
    if config.mail.is_none() && !config.demo {
        tracing::warn!("no mail server is set (mail.host): sign-in codes stay in the outbox table");
    }
}

async fn run(state: AppState, listener: TcpListener, base: String) -> Result<()> {
    // Small answers are not held back to be sent with others.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    if let Some(identity) = state.identity.clone() {
        let now = state.clock.now();
        tokio::spawn(async move { identity.read_keys_ahead(now).await });
    }
    let sweeping = tokio::spawn(sweep::run(state.clone()));
    let telling = tokio::spawn(telling::run(state.clone(), base.clone()));
    let writing = tokio::spawn(letters::run(state.clone(), base.clone()));
    let acting = tokio::spawn(delegations::run(state.clone(), base));
    let sending = tokio::spawn(webhooks::run(state.clone()));
    let working = tokio::spawn(work::run(state.clone()));
    let asked = asked_to_end()?;
    let down = state.shutdown.clone();
    let stalled = Duration::from_secs(state.config.limits.stalled_seconds);
    let server = connections::serve(listener, router(state.clone()), stalled, async move {
        asked.await;
        tracing::info!("going down");
        down.begin();
    });
    let too_long = async {
        state.shutdown.begun().await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        () = server => {}
        () = too_long => tracing::warn!("some requests did not finish in time"),
    }
    drop(tokio::time::timeout(PATIENCE, sweeping).await);
    drop(tokio::time::timeout(PATIENCE, telling).await);
    drop(tokio::time::timeout(PATIENCE, writing).await);
    drop(tokio::time::timeout(PATIENCE, acting).await);
    drop(tokio::time::timeout(PATIENCE, sending).await);
    drop(tokio::time::timeout(PATIENCE, working).await);
    drop(tokio::time::timeout(PATIENCE, state.mailer.flushed()).await);
    state.store.checkpoint().await?;
    Ok(())
}

/// Ends when somebody asks the program to end.
fn asked_to_end() -> Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
