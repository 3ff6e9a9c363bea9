//! What a company sets: a TOML file, over it the environment (`PORTAL_API_…`), over it the command line.

mod addresses;
mod company_sign_in;
mod data_rights;
mod embed;
mod load;
mod read;
mod webhooks;

pub use company_sign_in::{CustomerClaim, OpenIdConnect};
pub use data_rights::DataRights;
pub use read::{ConfigError, Origin};

use crate::consents::Purposes;
use crate::contact::Ways;
use crate::embed::Host;
use crate::erasure::Retention;
use crate::feedback::Surveys;
use crate::guides::Guides;
use crate::notices::CheckIns;
use crate::preferences::Catalogue;
use crate::webhooks::Endpoint;
use portal_contract::capabilities::AuthMode;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// The configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The database file.
    pub database: PathBuf,
    /// The folder of attachments.
    pub attachments: PathBuf,
    /// The folder of the built portal, when this server serves it.
    pub portal: Option<PathBuf>,
    /// Whether the tools of a demonstration are on (`serve --demo` alone; no file and no variable turns them on).
    pub demo: bool,
    /// The secret that codes and marks are made with; without one the database keeps its own.
    pub secret: Option<String>,
    /// Where customers reach the portal: `https://help.example.com`, or below a path `https://www.example.com/portal`. An https
    /// address makes the cookie `__Host-` and `Secure`.
    pub public_url: Option<String>,
    /// Where the API is reached from outside when that is not the portal's origin: `https://api.example.com`. Mails name it.
    pub api_url: Option<String>,
    /// Origins besides the portal's own that may call the API from a browser.
    pub allowed_origins: Vec<String>,
    /// Origins that may show the portal in a frame: `embed.parents`.
    pub frame_ancestors: Vec<String>,
    /// The host whose word on who is there is taken in a frame; without one, a frame knows nobody.
    pub embed: Option<Host>,
    /// Whether `X-Forwarded-For` tells the network address: only behind a proxy that sets it.
    pub trust_forwarded_for: bool,
    /// The company.
    pub company: Company,
    /// What the company uses personal data for; none, and the portal shows none.
    pub purposes: Arc<Purposes>,
    /// What the company writes about; nothing, and there is nothing to choose.
    pub catalogue: Arc<Catalogue>,
    /// The company's guides; none, and the portal offers none.
    pub guides: Arc<Guides>,
    /// When customers are asked how it goes since; without rules, never.
    pub check_ins: Arc<CheckIns>,
    /// What the company asks its customers, of whom and when; nothing, and there is no feedback.
    pub surveys: Arc<Surveys>,
    /// How customers reach the company; none, and the portal offers none.
    pub ways: Arc<Ways>,
    /// What stays after an erasure, and why; proofs alone where the company says nothing.
    pub retention: Arc<Retention>,
    /// Rights over one's data.
    pub data_rights: DataRights,
    /// Where the company's own systems are told of data requests.
    pub webhooks: Vec<Endpoint>,
    /// Outgoing mail; without it, mail goes to the outbox table.
    pub mail: Option<Mail>,
    /// How long a session lasts.
    pub session: Session,
    /// One-time codes.
    pub sign_in: SignIn,
    /// How customers sign in, the preferred way first.
    pub sign_in_modes: Vec<AuthMode>,
    /// The company's own sign-in, where it is one of these ways.
    pub openid_connect: Option<OpenIdConnect>,
    /// Bounds.
    pub limits: Limits,
    /// The log.
    pub log: Log,
}

/// The company, as its mails name it.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// BCP 47 tags of the languages that it writes in, the usual one first.
    pub locales: Vec<String>,
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its host name.
    pub host: String,
    /// Its port; the usual one of `tls` when absent.
    pub port: Option<u16>,
    /// How the connection is kept private.
    pub tls: MailTls,
    /// The account.
    pub username: Option<String>,
    /// The account's password.
    pub password: Option<String>,
    /// The sender, `Lumenfold <no-reply@example.com>`.
    pub from: String,
}

/// How the connection to a mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTls {
    /// From the first byte (port 465).
    Implicit,
    /// By STARTTLS, and not without it (port 587).
    StartTls,
    /// Not at all: a relay on the same machine (port 25).
    None,
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// It ends after so many minutes without a request.
    pub idle_minutes: u32,
    /// It ends after so many hours in any case.
    pub absolute_hours: u32,
}

/// One-time codes.
#[derive(Clone, Copy, Debug)]
pub struct SignIn {
    /// How many codes an hour one network, or one known browser, can ask for to one address. Twice as many a day, and ten times
    /// as many a day from all networks together.
    pub codes_per_address: u32,
    /// How many codes an hour a network address can ask for, to whatever address.
    pub codes_per_network: u32,
}

/// Bounds. The portal is told of them by `/v1/capabilities`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The largest JSON body, in bytes.
    pub json_bytes: u64,
    /// The largest file, in bytes.
    pub attachment_bytes: u64,
    /// How many files one message can carry.
    pub attachments_per_message: u64,
    /// The media types that are taken; `*/*` takes all.
    pub attachment_types: Vec<String>,
    /// The longest message, in characters.
    pub message_characters: u64,
    /// How many seconds the head of a request may take, its body stall, and nothing of an answer be taken.
    pub stalled_seconds: u64,
    /// How many writes of one customer are taken in a day.
    pub writes_per_day: u64,
}

/// The log.
#[derive(Clone, Debug)]
pub struct Log {
    /// Whether a line is JSON.
    pub json: bool,
    /// Which lines, as `tracing` filters them (`info,reference_api=debug`).
    pub filter: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: PathBuf::from("data/portal.db"),
            attachments: PathBuf::from("data/attachments"),
            portal: None,
            demo: false,
            secret: None,
            public_url: None,
            api_url: None,
            allowed_origins: Vec::new(),
            frame_ancestors: Vec::new(),
            embed: None,
            trust_forwarded_for: false,
            company: Company {
                name: "Lumenfold".to_owned(),
                locales: ["en", "de", "ar"].map(str::to_owned).to_vec(),
            },
            purposes: Arc::default(),
            catalogue: Arc::default(),
            ways: Arc::default(),
            check_ins: Arc::default(),
            guides: Arc::default(),
            surveys: Arc::default(),
            retention: Arc::default(),
            data_rights: DataRights::default(),
            webhooks: Vec::new(),
            mail: None,
            session: Session {
                idle_minutes: 60,
                absolute_hours: 12,
            },
            sign_in: SignIn {
                codes_per_address: 5,
                codes_per_network: 30,
            },
            sign_in_modes: vec![AuthMode::EmailCode],
            openid_connect: None,
            limits: Limits::default(),
            log: Log {
                json: false,
                filter: "info".to_owned(),
            },
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        const MEGABYTE: u64 = 1024 * 1024;
        let types = [
            "application/pdf",
            "application/zip",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "audio/mpeg",
            "audio/mp4",
            "image/gif",
            "image/heic",
            "image/jpeg",
            "image/png",
            "image/webp",
            "message/rfc822",
            "text/calendar",
            "text/csv",
            "text/plain",
            "video/mp4",
        ];
        Self {
            json_bytes: 4 * MEGABYTE,
            attachment_bytes: 20 * MEGABYTE,
            attachments_per_message: 10,
            attachment_types: types.map(str::to_owned).to_vec(),
            message_characters: 100_000,
            stalled_seconds: 30,
            writes_per_day: 5_000,
        }
    }
}

impl Config {
    /// Whether the portal is reached over https, so that cookies are `Secure` and browsers may be told to insist (HSTS).
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}

#[cfg(test)]
mod tests;
