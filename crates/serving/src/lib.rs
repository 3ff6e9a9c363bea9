//! How the portal's files are served, whoever serves them.
//!
//! The reference API answers by these rules, and `cargo xtask package` writes them out for nginx, Caddy and static hosts. They stand
//! once, so that no server says less than another.

mod headers;
mod keeping;

pub use headers::{Headers, Site, Whose};
pub use keeping::{FOLDERS, Keeping, is_hashed, is_picture};

/// The screens, by the first part of their paths; the root is one more.
pub const SCREENS: [&str; 12] = [
    "contact",
    "data",
    "feedback",
    "guides",
    "help",
    "interactions",
    "notices",
    "p",
    "people",
    "preferences",
    "sign-in",
    "track",
];

/// Screens on which customers prove who they are, and those that a secret link opens, by the first part of their paths: in nobody's
/// frame, whatever a company allows.
pub const NEVER_FRAMED: [&str; 4] = ["sign-in", "p", "people", "track"];

/// What a company's page loads from another origin: the loader of the frame, and its types for who writes that page.
pub const FOR_EVERYBODY: [&str; 2] = ["embed.js", "embed.d.ts"];

/// The media types of the portal's files, by their endings. Text is UTF-8.
pub const MEDIA_TYPES: [(&str, &str); 11] = [
    ("bin", "application/octet-stream"),
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("ts", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
];
