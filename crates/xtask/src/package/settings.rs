//! What the package is told, in the one file that says it to browsers (index.html) and the one that says it to the portal
//! (config.json), so that both and the headers agree.

use anyhow::{Context, Result, bail, ensure};
use portal_serving::Site;
use serde_json::Value;

use super::{Files, Options, read_all};
use crate::finish::stamp;

/// A path with a slash at both ends.
pub fn prefix(text: &str) -> Result<String, String> {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    let inner = text.trim_matches('/');
    if inner.is_empty() || inner.split('/').all(plain) {
        Ok(if inner.is_empty() {
            "/".to_owned()
        } else {
            format!("/{inner}/")
        })
    } else {
        Err("a path such as /portal/: letters, digits, - and _ between slashes".to_owned())
    }
}

/// Where an API stands: an origin, a path, or both.
pub fn api(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let is_path = |path: &str| path.is_empty() || prefix(path).is_ok();
    let is_good = match split(text) {
        ("", path) => path.starts_with('/') && is_path(path),
        (origin, path) => is_origin(origin) && is_path(path),
    };
    let good = is_good.then(|| text.to_owned());
    good.ok_or_else(|| {
        "an address such as https://api.example.com or a path such as /gateway".to_owned()
    })
}

/// The origin of a page that may show the portal in a frame.
pub fn parent(text: &str) -> Result<String, String> {
    let good = is_origin(text).then(|| text.to_owned());
    good.ok_or_else(|| "an origin such as https://www.example.com, without a path".to_owned())
}

/// An https origin, or one of this machine for trying things out.
fn is_origin(text: &str) -> bool {
    let Some((scheme, host)) = text.split_once("://") else {
        return false;
    };
    let name = host.split(':').next().unwrap_or_default();
    let is_here = matches!(name, "localhost" | "127.0.0.1");
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.:".contains(c);
    (scheme == "https" || (scheme == "http" && is_here))
        && !name.is_empty()
        && host.chars().all(plain)
}

/// An address in its origin, which may be missing, and its path.
fn split(address: &str) -> (&str, &str) {
    let host = address.find("://").map_or(0, |at| at + "://".len());
    let end = address[host..].find('/');
    address.split_at(end.map_or(address.len(), |at| host + at))
}

/// Writes the options into the portal's files, and says what the headers depend on.
pub fn settle(portal: &mut Files, options: &Options) -> Result<Site> {
    if let Some(folder) = &options.brand {
        let brand = read_all(folder)?;
        ensure!(
            brand.contains_key("config.json"),
            "{} has no config.json: a brand says its name and its languages there",
            folder.display()
        );
        let ours = |name: &&String| name.starts_with("assets/") || *name == "index.html";
        if let Some(name) = brand.keys().find(ours) {
            bail!(
                "{}/{name} is the portal's own: a brand leaves it alone",
                folder.display()
            );
        }
        portal.extend(brand);
    }
    let text = portal
        .get("config.json")
        .context("the portal has no config.json")?;
    let mut config: Value = serde_json::from_slice(text).context("config.json is not JSON")?;
    if let Some(api) = &options.api {
        config["api"] = api.as_str().into();
    }
    // The demonstration's host page has no business in anybody's package.
    if !options.frame_parent.is_empty() || options.brand.is_none() {
        config["frame_parents"] = options.frame_parent.clone().into();
    }
    let mut written = serde_json::to_string_pretty(&config).context("config.json")?;
    written.push('\n');
    portal.insert("config.json".to_owned(), written.into_bytes());
    let page = portal
        .get("index.html")
        .context("the portal has no index.html")?;
    let page = std::str::from_utf8(page).context("index.html is not UTF-8")?;
    let page = stamp(page, &options.prefix, &config);
    portal.insert("index.html".to_owned(), page.into_bytes());
    let api = config["api"].as_str().unwrap_or_default();
    let api = self::api(if api.is_empty() { "/" } else { api })
        .or_else(|expected| {
            if api.is_empty() {
                Ok(String::new())
            } else {
                Err(expected)
            }
        })
        .map_err(|expected| anyhow::anyhow!("config.json: \"api\" should be {expected}"))?;
    let (origin, _) = split(&api);
    let parents = config["frame_parents"].as_array().into_iter().flatten();
    let parents = parents.filter_map(Value::as_str).map(|one| {
        parent(one).map_err(|expected| {
            anyhow::anyhow!("config.json: \"frame_parents\": {one} should be {expected}")
        })
    });
    Ok(Site {
        https: true,
        api: (!origin.is_empty()).then(|| origin.to_owned()),
        parents: parents.collect::<Result<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_plain_and_has_its_slashes() {
        for (given, meant) in [
            ("/", "/"),
            ("", "/"),
            ("portal", "/portal/"),
            ("/help/portal/", "/help/portal/"),
        ] {
            assert_eq!(prefix(given).as_deref(), Ok(meant));
        }
        for bad in ["/a b/", "/a//b/", "/../", "/a?b", "https://a.example/"] {
            assert!(prefix(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_api_is_an_origin_a_path_or_both() {
        for good in [
            "https://api.example.com",
            "/gateway",
            "https://api.example.com/portal/v2-eu",
            "http://127.0.0.1:8081",
        ] {
            assert_eq!(api(good).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "api.example.com",
            "http://api.example.com",
            "//api.example.com",
            "https://a.example; script-src *",
            "https://",
        ] {
            assert!(api(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn whoever_may_frame_the_portal_is_an_origin() {
        assert!(parent("https://www.example.com").is_ok());
        for bad in [
            "https://www.example.com/",
            "*",
            "https://*.example.com",
            "www.example.com",
        ] {
            assert!(parent(bad).is_err(), "{bad}");
        }
    }
}
