//! What stands beside config.json: the logo, languages, the page that was built with some of it, and compressed copies.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::place::Spot;
use super::{Finding, texts};

/// A logo is shown at 28 pixels; more than this is a picture that somebody forgot to make small, and every visit waits for it.
const LOGO_BYTES: u64 = 20_000;

/// Everything that config.json names and that is not there.
pub fn check(folder: &Path, shipped: &Path, json: &Value, find: &mut impl FnMut(&str, String)) {
    logo(folder, json, find);
    for (at, tag) in texts(json, "/locales").enumerate() {
        let file = format!("{tag}.json");
        let brought = folder.join("locales").join(&file);
        let pointer = format!("/locales/{at}");
        if brought.is_file() && !shipped.join(&file).is_file() {
            let is_json = fs::read(&brought)
                .is_ok_and(|bytes| serde_json::from_slice::<Value>(&bytes).is_ok());
            if !is_json {
                find(&pointer, format!("{} is no JSON", brought.display()));
            }
        } else if !shipped.join(&file).is_file() {
            let what = format!(
                "no language \"{tag}\" came with the portal, and {} is not there",
                brought.display()
            );
            find(&pointer, what);
        }
    }
    page(folder, json, find);
}

fn logo(folder: &Path, json: &Value, find: &mut impl FnMut(&str, String)) {
    let Some(path) = json.get("logo").and_then(Value::as_str) else {
        return;
    };
    let file = folder.join(path.trim_start_matches('/'));
    match fs::metadata(&file) {
        Ok(data) if data.is_file() && data.len() > LOGO_BYTES => {
            let what = format!(
                "the logo has {} bytes, and every visit waits for it: at most {LOGO_BYTES}, better an SVG of a few hundred",
                data.len()
            );
            find("/logo", what);
        }
        Ok(data) if data.is_file() => {}
        _ => find("/logo", format!("{} is not there", file.display())),
    }
    let is_picture = [".svg", ".png", ".webp", ".jpg", ".jpeg", ".gif", ".avif"]
        .iter()
        .any(|ending| path.ends_with(ending));
    if !is_picture {
        find(
            "/logo",
            "this does not end like a picture: .svg, .png or .webp".into(),
        );
    }
}

/// A page that was built carries what boot needs before config.json is there.
fn page(folder: &Path, json: &Value, find: &mut impl FnMut(&str, String)) {
    let Ok(page) = fs::read_to_string(folder.join("index.html")) else {
        return;
    };
    let locales: Vec<&str> = texts(json, "/locales").collect();
    let api = json.get("api").and_then(Value::as_str).unwrap_or_default();
    for (key, name, wanted) in [
        ("/locales", "portal-locales", &*locales.join(" ")),
        ("/api", "portal-api", api),
    ] {
        let said = meta(&page, name).unwrap_or_default();
        if said != wanted {
            let what = format!(
                "index.html beside this file says \"{said}\": write <meta name=\"{name}\" content=\"{wanted}\"> there too"
            );
            find(key, what);
        }
    }
}

fn meta<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(&format!("name=\"{name}\""))?;
    let tag = after.split('>').next()?;
    let (_, value) = tag.split_once("content=\"")?;
    value.split('"').next()
}

/// Servers prefer the compressed copies, and would go on sending what they were made of.
pub fn twins(files: &[&PathBuf]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let Ok(bytes) = fs::read(file) else { continue };
        for ending in ["br", "gz"] {
            let mut name = file.as_os_str().to_owned();
            name.push(format!(".{ending}"));
            let twin = PathBuf::from(name);
            if fs::read(&twin)
                .is_ok_and(|packed| unpacked(ending, &packed).as_ref() != Some(&bytes))
            {
                findings.push(Finding {
                    file: twin,
                    spot: Spot { line: 1, column: 1 },
                    what: "is another file than the one that it was made of, and servers send this one: delete it, or make it again".into(),
                });
            }
        }
    }
    findings
}

fn unpacked(ending: &str, packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = match ending {
        "br" => brotli::Decompressor::new(packed, 4096).read_to_end(&mut bytes),
        _ => flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes),
    };
    read.ok().map(|_| bytes)
}
