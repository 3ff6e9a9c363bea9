//! What an export says it holds (`manifest.json`).

use portal_contract::{Json, Timestamp};
use std::collections::BTreeSet;

/// Where it stands in the archive. It lists every other file, and not itself.
pub const NAME: &str = "manifest.json";

/// The most bytes that are read of it: an entry for each of a hundred thousand files.
pub const LARGEST: u64 = 64 << 20;

const FORMAT: &str = "urn:customer-portal:export";
const VERSION: u64 = 1;

/// Why a ZIP is no export that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoManifest {
    /// It is the manifest of something else.
    NotAnExport,
    /// It is of a form that this version does not know.
    Newer,
    /// It is not what the form says.
    Broken,
}

/// What the export says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// When it was made.
    pub created_at: Timestamp,
    /// Whose it is.
    pub customer: Option<String>,
    /// Who made it.
    pub company: Option<String>,
    /// The number of the request that people quote.
    pub reference: Option<String>,
    /// Every other file of the archive.
    pub files: Vec<Listed>,
    /// What was held and is not in it.
    pub left_out: Vec<LeftOut>,
}

/// A file as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name in the archive.
    pub path: String,
    /// The size of its content in bytes.
    pub size: u64,
    /// SHA-256 of its content, in lower-case hexadecimal.
    pub sha256: String,
    /// How many records it has.
    pub records: Option<u64>,
    /// The name that it was given, for one that the customer or the company sent.
    pub name: Option<String>,
}

/// Something that is held and not in the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What.
    pub what: String,
    /// Why, in the words of the export.
    pub why: String,
}

impl Manifest {
    /// Reads it.
    ///
    /// # Errors
    /// When it is none, one that came later than this portal, or not what the form says.
    pub fn read(json: &Json) -> Result<Self, NoManifest> {
        if json.get("format").as_str() != Some(FORMAT) {
            return Err(NoManifest::NotAnExport);
        }
        if json.field::<u64>("version").ok() != Some(VERSION) {
            return Err(NoManifest::Newer);
        }
        parse(json).filter(names_differ).ok_or(NoManifest::Broken)
    }
}

fn parse(json: &Json) -> Option<Manifest> {
    Some(Manifest {
        created_at: json.field("created_at").ok()?,
        customer: json.field("customer").ok()?,
        company: json.field("company").ok()?,
        reference: json.field("reference").ok()?,
        files: list(json, "files", listed)?,
        left_out: list(json, "left_out", left_out)?,
    })
}

fn list<T>(json: &Json, name: &str, read: fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    match json.get(name) {
        Json::Array(items) => items.iter().map(read).collect(),
        Json::Null => Some(Vec::new()),
        _ => None,
    }
}

fn listed(json: &Json) -> Option<Listed> {
    let sha256: String = json.field("sha256").ok()?;
    let is_digest = sha256.len() == 64
        && sha256
            .bytes()
            .all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'));
    is_digest.then_some(())?;
    Some(Listed {
        path: json.field("path").ok()?,
        size: json.field("size").ok()?,
        sha256,
        records: json.field("records").ok()?,
        name: json.field("name").ok()?,
    })
}

fn left_out(json: &Json) -> Option<LeftOut> {
    Some(LeftOut {
        what: json.field("what").ok()?,
        why: json.field("why").ok()?,
    })
}

fn names_differ(manifest: &Manifest) -> bool {
    let mut names = BTreeSet::from([NAME]);
    manifest.files.iter().all(|file| names.insert(&file.path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn manifest() -> Value {
        json!({
            "format": "urn:customer-portal:export", "version": 1, "request_id": "dr_1", "artifact_id": "a",
            "created_at": "2026-11-22T12:00:00Z", "locale": "en", "company": "Northwind", "customer": "Maya",
            "categories": [{"id": "interactions", "label": "Conversations", "records": 1}],
            "files": [
                {"path": "index.html", "media_type": "text/html", "size": 12, "sha256": "ab".repeat(32)},
                {"path": "data/interactions.json", "media_type": "application/json", "size": 4, "sha256": "0f".repeat(32), "records": 1},
            ],
            "left_out": [{"category": "sign_in", "what": "Codes", "why": "They are kept as digests"}],
        })
    }

    fn read(value: Value) -> Result<Manifest, NoManifest> {
        Manifest::read(&Json::from(value))
    }

    fn with(name: &str, value: Value) -> Value {
        let mut manifest = manifest();
        manifest[name] = value;
        manifest
    }

    #[test]
    fn a_manifest_is_read() {
        let manifest = read(manifest()).unwrap();
        assert_eq!(manifest.files.len(), 2);
        assert_eq!(manifest.files[1].records, Some(1));
        assert_eq!(manifest.customer.as_deref(), Some("Maya"));
        assert_eq!(manifest.left_out[0].what, "Codes");
    }

    #[test]
    fn what_is_no_manifest_of_this_form_is_told_apart() {
        assert_eq!(read(json!([])), Err(NoManifest::NotAnExport));
        assert_eq!(
            read(with("format", json!("other"))),
            Err(NoManifest::NotAnExport)
        );
        assert_eq!(read(with("version", json!(2))), Err(NoManifest::Newer));
        assert_eq!(
            read(with("created_at", json!("yesterday"))),
            Err(NoManifest::Broken)
        );
        assert_eq!(read(with("files", json!("none"))), Err(NoManifest::Broken));
    }

    #[test]
    fn a_file_without_a_digest_or_listed_twice_breaks_it() {
        let file = |path: &str, sha256: &str| json!({"path": path, "size": 1, "sha256": sha256});
        let digest = "ab".repeat(32);
        for files in [
            json!([file("a", "ab")]),
            json!([file("a", &"AB".repeat(32))]),
            json!([file("a", &"zz".repeat(32))]),
            json!([file("a", &digest), file("a", &digest)]),
            json!([file("manifest.json", &digest)]),
            json!([{"path": "a", "size": -1, "sha256": digest}]),
        ] {
            assert_eq!(
                read(with("files", files.clone())),
                Err(NoManifest::Broken),
                "{files}"
            );
        }
    }
}
