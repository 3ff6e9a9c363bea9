//! Which file an address names, and reading it in the form that the browser takes.

use axum::http::HeaderValue;
use bytes::Bytes;
use portal_serving::{FOLDERS, MEDIA_TYPES};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// A file of the portal.
pub(super) struct Target {
    /// Its path within the folder, with `/`; made of plain names alone.
    name: String,
}

impl Target {
    /// The file that an address names; `None` when it can name none.
    ///
    /// Names of ours hold letters, digits and `-_.`, so that nothing has to be decoded and nothing leads out of the folder.
    pub(super) fn of(path: &str) -> Option<Self> {
        let name = path.strip_prefix('/')?;
        if is_reserved(name) {
            return None;
        }
        if is_screen(name) {
            return Some(Self {
                name: "index.html".to_owned(),
            });
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~@+".contains(c);
        let sound =
            |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain);
        // A precompressed twin is a form of its file and no file of its own.
        let twin = name.ends_with(".br") || name.ends_with(".gz");
        (!twin && name.split('/').all(sound)).then(|| Self {
            name: name.to_owned(),
        })
    }

    /// Its path within the folder.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn media_type(&self) -> HeaderValue {
        let ending = self.name.rsplit('.').next().unwrap_or_default();
        let ours = MEDIA_TYPES.iter().find(|(own, _)| *own == ending);
        if let Some((_, media_type)) = ours {
            return HeaderValue::from_static(media_type);
        }
        let guessed = mime_guess::from_path(&self.name).first_or_octet_stream();
        let is_text = guessed.type_() == "text"
            || guessed.subtype() == "json"
            || guessed.subtype() == "javascript";
        let text = if is_text {
            format!("{guessed}; charset=utf-8")
        } else {
            guessed.to_string()
        };
        HeaderValue::try_from(text).expect("a media type is a header value")
    }

    fn path(&self, folder: &Path, twin: &str) -> PathBuf {
        folder.join(format!("{}{twin}", self.name))
    }
}

/// The server's own addresses are never a screen's.
fn is_reserved(name: &str) -> bool {
    matches!(name.split('/').next(), Some("v1" | "dev" | "healthz"))
}

/// Whether an address is a screen's: its last part has no file's ending, and it is not in a folder of files. Ids of screens
/// may hold a dot, so that only endings that are known count.
fn is_screen(name: &str) -> bool {
    let first = name.split('/').next().unwrap_or_default();
    let in_folder = name.starts_with('.') || (FOLDERS.contains(&first) && first != name);
    let last = name.rsplit('/').next().unwrap_or("");
    let ending = last.rsplit_once('.').map(|(_, ending)| ending);
    let is_file = ending.is_some_and(|ending| {
        matches!(ending, "webmanifest" | "br" | "gz" | "map")
            || mime_guess::from_ext(ending).first().is_some()
    });
    !in_folder && !is_file && !name.split('/').any(|part| part == "..")
}

/// How a file's bytes are coded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Coding {
    Identity,
    Brotli,
    Gzip,
}

/// A file's bytes.
pub(super) struct File {
    pub(super) bytes: Bytes,
    pub(super) coding: Coding,
}

impl File {
    /// Its version, quoted: a digest of what is sent, so that each coding has its own.
    pub(super) fn etag(&self) -> String {
        let digest = Sha256::digest(&self.bytes);
        format!("\"{}\"", crate::secrets::hex(&digest[..12]))
    }
}

/// Reads the file in the smallest form that is accepted and lies there.
pub(super) async fn read(folder: &Path, target: &Target, accepted: &str) -> Option<File> {
    for (coding, token, twin) in [(Coding::Brotli, "br", ".br"), (Coding::Gzip, "gzip", ".gz")] {
        if accepts(accepted, token)
            && let Ok(bytes) = tokio::fs::read(target.path(folder, twin)).await
        {
            return Some(File {
                bytes: bytes.into(),
                coding,
            });
        }
    }
    let bytes = tokio::fs::read(target.path(folder, "")).await.ok()?;
    Some(File {
        bytes: bytes.into(),
        coding: Coding::Identity,
    })
}

/// Whether `Accept-Encoding` takes this coding (RFC 9110, 12.5.3).
fn accepts(header: &str, token: &str) -> bool {
    header.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(token));
        let refused = parts
            .filter_map(|part| part.strip_prefix("q="))
            .any(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0));
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(path: &str) -> Option<String> {
        Target::of(path).map(|target| target.name)
    }

    #[test]
    fn addresses_of_screens_are_the_index() {
        for path in [
            "/",
            "/interactions",
            "/interactions/int_0.1~x",
            "/sign-in",
            "/help/",
        ] {
            assert_eq!(name(path).as_deref(), Some("index.html"), "{path}");
        }
    }

    #[test]
    fn addresses_of_files_are_those_files() {
        for path in [
            "/config.json",
            "/assets/main-0123456789abcdef.css",
            "/locales/en.json",
            "/index.html",
        ] {
            assert_eq!(name(path).as_deref(), path.strip_prefix('/'), "{path}");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_folder_or_to_the_servers_own_addresses() {
        for path in [
            "/../secret.txt",
            "/..",
            "/a/../../b",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/.stage/config.json",
            "/.env",
            "/assets/..\\x.js",
            "/assets//x.js",
            "/app.js.br",
            "/v1/x",
            "/v1",
            "/dev",
            "/dev/outbox",
        ] {
            assert_eq!(name(path), None, "{path}");
        }
    }

    #[test]
    fn a_coding_with_weight_zero_is_not_accepted() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("brotli", "br"));
    }
}
