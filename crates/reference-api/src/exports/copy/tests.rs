//! A copy of the demonstration's customers, opened again.

mod marks;
mod others;

use super::*;
use crate::exports::words::Words;
use crate::mail::Language;
use crate::store::customers::CustomerId;
use crate::store::time::zone;
use crate::testing::Kept;
use portal_contract::data_request::{DataRequestKind, ScopeKind};
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::sync::LazyLock;
use tempfile::TempDir;
use zip::ZipArchive;

const NOW: i64 = crate::testing::NOW;

struct Demo {
    store: Store,
    folder: TempDir,
}

type Opened = ZipArchive<Cursor<Vec<u8>>>;

fn demo() -> Demo {
    static TOLD: LazyLock<Kept> = LazyLock::new(|| Kept::demonstration(Moment::from_millis(NOW)));
    let (store, folder) = TOLD.unpacked();
    Demo { store, folder }
}

impl Demo {
    fn who(&self, address: &str) -> CustomerId {
        let sql = "SELECT customer_id FROM login_addresses WHERE address = ?1";
        self.store
            .read_blocking(|db| Ok(db.query_row(sql, [address], |row| row.get(0)).optional()?))
            .unwrap()
            .expect("the demonstration has this customer")
    }

    fn copy(&self, address: &str, scope: DataRequestScope, language: Language) -> Opened {
        self.copy_for(address, DataRequestKind::Access, scope, language)
    }

    fn copy_for(
        &self,
        address: &str,
        kind: DataRequestKind,
        scope: DataRequestScope,
        language: Language,
    ) -> Opened {
        self.made(&self.who(address), kind, scope, language)
    }

    fn copy_of(
        &self,
        customer: &CustomerId,
        scope: DataRequestScope,
        language: Language,
    ) -> Opened {
        self.made(customer, DataRequestKind::Access, scope, language)
    }

    fn made(
        &self,
        customer: &CustomerId,
        kind: DataRequestKind,
        scope: DataRequestScope,
        language: Language,
    ) -> Opened {
        let extent = self
            .store
            .read_blocking(|db| Extent::of(db, customer, &kind, &scope, Some("Europe/Berlin")))
            .unwrap();
        let about = About {
            request_id: "dr_1".to_owned(),
            reference: Some("DR-1".to_owned()),
            artifact_id: "art_1".to_owned(),
            customer: "Maya <Lindqvist>".to_owned(),
            company: "Northwind & Vale".to_owned(),
            scope,
            formats: vec![Format::Json, Format::Csv],
            now: Moment::from_millis(NOW),
            manner: Manner {
                words: Words::of(language),
                zone: zone(Some("Europe/Berlin")),
            },
        };
        let mut last = (0, 0);
        let ground = Ground {
            store: &self.store,
            files: self.folder.path(),
            beat: &mut |done, all| {
                assert!(done >= last.0 && done <= all, "progress goes forward");
                last = (done, all);
                Ok(())
            },
        };
        let (bytes, records) = write(Cursor::new(Vec::new()), &about, &extent, ground).unwrap();
        assert_eq!(last, (records, records), "in the end all is done");
        ZipArchive::new(Cursor::new(bytes.into_inner())).unwrap()
    }
}

fn bytes(archive: &mut Opened, path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut entry = archive
        .by_name(path)
        .unwrap_or_else(|_| panic!("{path} is in it"));
    entry.read_to_end(&mut bytes).unwrap();
    bytes
}

fn names(archive: &Opened) -> Vec<String> {
    archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}

fn json(archive: &mut Opened, path: &str) -> Value {
    serde_json::from_slice(&bytes(archive, path)).unwrap()
}

fn scope_of(kind: ScopeKind) -> DataRequestScope {
    DataRequestScope {
        kind,
        ..DataRequestScope::everything()
    }
}

#[test]
fn the_manifest_names_every_file_with_its_sum() {
    let demo = demo();
    let mut archive = demo.copy(
        "maya.lindqvist@example.com",
        DataRequestScope::everything(),
        Language::English,
    );
    let manifest = json(&mut archive, "manifest.json");
    assert_eq!(manifest["format"], "urn:customer-portal:export");
    let mut listed = BTreeSet::new();
    for file in manifest["files"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        let content = bytes(&mut archive, path);
        assert_eq!(file["size"], content.len() as u64, "{path}");
        let sum = crate::secrets::hex(&Sha256::digest(&content));
        assert_eq!(file["sha256"], sum, "{path}");
        assert!(listed.insert(path.to_owned()), "{path} once");
        if path.starts_with("data/") && path.ends_with(".json") {
            let records: Vec<Value> = serde_json::from_slice(&content).unwrap();
            assert_eq!(file["records"], records.len() as u64, "{path}");
        }
    }
    let there: BTreeSet<String> = names(&archive)
        .into_iter()
        .filter(|name| name != "manifest.json")
        .collect();
    assert_eq!(there, listed);
    assert!(!manifest["left_out"].as_array().unwrap().is_empty());
}

#[test]
fn the_files_for_programs_and_the_pages_say_the_same() {
    let demo = demo();
    let mut archive = demo.copy(
        "maya.lindqvist@example.com",
        DataRequestScope::everything(),
        Language::English,
    );
    let interactions = json(&mut archive, "data/interactions.json");
    let messages = json(&mut archive, "data/messages.json");
    let attachments = json(&mut archive, "data/attachments.json");
    let list = interactions.as_array().unwrap();
    assert!(list.len() > 10);
    let begun: Vec<&str> = list
        .iter()
        .map(|one| one["started_at"].as_str().unwrap())
        .collect();
    assert!(begun.is_sorted_by(|a, b| a >= b), "the newest first");
    let csv_bytes = bytes(&mut archive, "data/interactions.csv");
    let mut reader = csv::Reader::from_reader(csv_bytes.strip_prefix(b"\xef\xbb\xbf").unwrap());
    assert_eq!(reader.records().map(Result::unwrap).count(), list.len());
    let ids: BTreeSet<&str> = list.iter().map(|one| one["id"].as_str().unwrap()).collect();
    for message in messages.as_array().unwrap() {
        assert!(ids.contains(message["interaction_id"].as_str().unwrap()));
    }
    for file in attachments.as_array().unwrap() {
        let path = file["path"]
            .as_str()
            .expect("the demonstration holds every file");
        let sum = crate::secrets::hex(&Sha256::digest(bytes(&mut archive, path)));
        assert_eq!(file["sha256"], sum);
    }
    let page = String::from_utf8(bytes(&mut archive, "read/conversations-1.html")).unwrap();
    let subject = list[0]["subject"].as_str().unwrap();
    assert!(
        page.contains(&*crate::exports::page::escape(subject)),
        "{subject}"
    );
}

#[test]
fn the_first_page_speaks_the_customers_language_and_escapes_names() {
    let demo = demo();
    for (language, title, tag) in [
        (
            Language::English,
            "Your data",
            "<html lang=\"en\" dir=\"ltr\">",
        ),
        (
            Language::German,
            "Ihre Daten",
            "<html lang=\"de\" dir=\"ltr\">",
        ),
        (
            Language::Arabic,
            "بياناتك",
            "<html lang=\"ar\" dir=\"rtl\">",
        ),
    ] {
        let mut archive = demo.copy(
            "amal.haddad@example.com",
            DataRequestScope::everything(),
            language,
        );
        let page = String::from_utf8(bytes(&mut archive, "index.html")).unwrap();
        assert!(page.contains(&format!("<title>{title}</title>")) && page.contains(tag));
        assert!(page.contains("Maya &lt;Lindqvist&gt;") && page.contains("Northwind &amp; Vale"));
        for link in page.split("href=\"").skip(1) {
            let path = link.split('"').next().unwrap();
            bytes(&mut archive, path);
        }
    }
}

#[test]
fn topics_are_called_as_in_the_customers_language() {
    let demo = demo();
    for (address, label) in [
        ("jonas.weber@example.com", "Rechnungen und Zahlungen"),
        ("maya.lindqvist@example.com", "Bills and payments"),
    ] {
        let mut archive = demo.copy(address, DataRequestScope::everything(), Language::German);
        let all = json(&mut archive, "data/interactions.json").to_string();
        assert!(all.contains(label), "{address}: {label}");
    }
}

#[test]
fn of_single_interactions_there_are_these_alone() {
    let demo = demo();
    let customer = demo.who("maya.lindqvist@example.com");
    let (id, subject): (String, String) = demo
        .store
        .read_blocking(|db| {
            let sql =
                "SELECT i.id, i.subject FROM interactions AS i JOIN messages AS m ON m.interaction_seq = i.seq
                        WHERE i.customer_id = ?1 LIMIT 1";
            Ok(db.query_row(sql, [&customer], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })
        .unwrap();
    let scope = DataRequestScope {
        interaction_ids: vec![id.parse().unwrap()],
        ..scope_of(ScopeKind::Interactions)
    };
    let mut archive = demo.copy("maya.lindqvist@example.com", scope, Language::English);
    let interactions = json(&mut archive, "data/interactions.json");
    assert_eq!(interactions.as_array().unwrap().len(), 1);
    assert_eq!(interactions[0]["id"], id);
    for message in json(&mut archive, "data/messages.json").as_array().unwrap() {
        assert_eq!(message["interaction_id"], id);
    }
    assert!(archive.by_name("data/profile.json").is_err());
    assert!(archive.by_name("data/sessions.json").is_err());
    let index = String::from_utf8(bytes(&mut archive, "index.html")).unwrap();
    let named = format!(
        "Single conversations: {}",
        crate::exports::page::escape(&subject)
    );
    assert!(index.contains(&named), "{named}");
}

#[test]
fn of_chosen_categories_and_days_there_is_nothing_else() {
    let demo = demo();
    let scope = DataRequestScope {
        categories: vec!["interactions".parse().unwrap(), "consents".parse().unwrap()],
        from: Some("2026-01-01".to_owned()),
        to: Some("2026-02-28".to_owned()),
        ..scope_of(ScopeKind::Categories)
    };
    let mut archive = demo.copy("maya.lindqvist@example.com", scope, Language::English);
    for one in json(&mut archive, "data/interactions.json")
        .as_array()
        .unwrap()
    {
        assert!(one["started_at"].as_str().unwrap() < "2026-02-28T23:00:00Z");
        assert!(one["updated_at"].as_str().unwrap() >= "2025-12-31T23:00:00Z");
    }
    assert!(archive.by_name("data/messages.json").is_err());
    assert!(archive.by_name("data/consent_decisions.json").is_ok());
    let index = String::from_utf8(bytes(&mut archive, "index.html")).unwrap();
    assert!(index.contains("Some categories: Conversations · Consents"));
    assert!(index.contains("2026-01-01") && index.contains("2026-02-28"));
    let manifest = json(&mut archive, "manifest.json");
    let ids: Vec<&str> = manifest["categories"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["interactions", "consents"]);
}

#[test]
fn a_copy_to_take_along_holds_no_conclusions_and_says_so() {
    let demo = demo();
    let mut archive = demo.copy_for(
        "maya.lindqvist@example.com",
        DataRequestKind::Portability,
        DataRequestScope::everything(),
        Language::English,
    );
    assert!(archive.by_name("data/signals.json").is_err());
    let manifest = json(&mut archive, "manifest.json");
    let left_out = manifest["left_out"].as_array().unwrap();
    assert!(left_out.iter().any(|left| left["category"] == "inferences"));
}

#[test]
fn a_content_that_is_gone_is_said_and_stops_nothing() {
    let demo = demo();
    for file in std::fs::read_dir(demo.folder.path()).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    let mut archive = demo.copy(
        "maya.lindqvist@example.com",
        DataRequestScope::everything(),
        Language::English,
    );
    for file in json(&mut archive, "data/attachments.json")
        .as_array()
        .unwrap()
    {
        assert!(file["path"].is_null() && file["missing"].is_string());
    }
}

#[test]
fn another_program_opens_it() {
    let demo = demo();
    let archive = demo.copy(
        "edge.case@example.com",
        DataRequestScope::everything(),
        Language::English,
    );
    let path: PathBuf = demo.folder.path().join("copy.zip");
    std::fs::write(&path, archive.into_inner().into_inner()).unwrap();
    let Ok(tested) = std::process::Command::new("unzip")
        .arg("-t")
        .arg(&path)
        .output()
    else {
        // Not every machine has one; the sums are read above.
        return;
    };
    let said = String::from_utf8_lossy(&tested.stdout);
    assert!(tested.status.success(), "{said}");
}
