//! Whose work is in the portal's program, and under which terms: the licences ask to be passed on with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::metadata;
use crate::workspace::Workspace;

/// What the program is compiled for.
const TARGET: &str = "wasm32-unknown-unknown";

/// The crates of others with their terms, then every text of a licence once, under the names of those who have it.
pub fn of_others(workspace: &Workspace) -> Result<String> {
    let metadata = metadata(workspace, &["--locked", "--filter-platform", TARGET])?;
    let mut list = String::from("What the portal's program is made of besides its own code.\n\n");
    let mut texts = BTreeMap::<String, Vec<String>>::new();
    for package in used(&metadata) {
        let said = |key: &str| package[key].as_str().unwrap_or_default();
        let name = format!("{} {}", said("name"), said("version"));
        let _ = writeln!(list, "{name}: {}", said("license"));
        let folder = Path::new(said("manifest_path")).parent();
        for text in folder.map(licences).transpose()?.unwrap_or_default() {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    for (text, names) in texts {
        let _ = write!(list, "\n--- {}\n\n{}\n", names.join(", "), text.trim());
    }
    Ok(list)
}

/// The packages of others that the portal's program is linked from: no build scripts, no macros' own needs, no tests.
fn used(metadata: &Value) -> Vec<&Value> {
    let list = |value: &'static str| metadata.pointer(value).and_then(Value::as_array);
    let nodes = list("/resolve/nodes").into_iter().flatten();
    let nodes: BTreeMap<&str, &Value> = nodes
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let packages = || list("/packages").into_iter().flatten();
    let root = packages().find(|package| package["name"] == "customer-portal");
    let mut waiting: Vec<&str> = root
        .and_then(|root| root["id"].as_str())
        .into_iter()
        .collect();
    let mut met = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !met.insert(id) {
            continue;
        }
        let needs = nodes.get(id).and_then(|node| node["deps"].as_array());
        let needs = needs.into_iter().flatten().filter(|need| is_linked(need));
        waiting.extend(needs.filter_map(|need| need["pkg"].as_str()));
    }
    let mut used: Vec<_> = packages()
        .filter(|package| package["id"].as_str().is_some_and(|id| met.contains(id)))
        // Our own come from no registry.
        .filter(|package| package["source"].is_string())
        .collect();
    used.sort_by_key(|package| (package["name"].as_str(), package["version"].as_str()));
    used
}

fn is_linked(need: &Value) -> bool {
    let kinds = need["dep_kinds"].as_array();
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
}

/// The texts of licences that lie in a crate's folder.
fn licences(folder: &Path) -> Result<Vec<String>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let is_licence = |path: &Path| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let name = name.to_ascii_uppercase();
        ["LICENSE", "LICENCE", "COPYING", "NOTICE"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    let texts = paths
        .iter()
        .filter(|path| path.is_file() && is_licence(path));
    Ok(texts
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect())
}
