//! What static hosts are told that read `_headers` and `_redirects` (Netlify, Cloudflare Pages), and the files that they need besides.
//!
//! They put together what several of their patterns say of one header. So no header is said twice of one address, but for the
//! content security policy, of which browsers keep to all, and for its older twin.
//!
//! What was learned by running both:
//!
//! - Cloudflare Pages leads from `index.html` to its folder, so that a rewrite to it has no end and is left out: folders are named.
//! - Where there is no `404.html` it answers what is missing with the first page, and has it kept as long as the file that was asked for.
//! - Netlify's server takes the headers of what it shows and not of what was asked for. So a screen that has headers of its own is a
//!   file of its own.

use std::fmt::Write;

use portal_serving::{FOR_EVERYBODY, Headers, Keeping, MEDIA_TYPES, NEVER_FRAMED, SCREENS, Whose};

use super::{Files, Plan};

const SHARED: &str = "cross-origin-resource-policy";

/// Everything that is copied over `site/` for such a host, by its names from there. `page` is `index.html`.
pub fn files(plan: &Plan, page: &[u8]) -> Files {
    let prefix = plan.prefix.trim_start_matches('/');
    let mut files = Files::from([
        ("_headers".to_owned(), headers(plan).into_bytes()),
        ("_redirects".to_owned(), redirects(plan).into_bytes()),
        // The portal itself says that there is no such screen; a script or a picture is not taken from an answer of 404.
        (format!("{prefix}404.html"), page.to_vec()),
    ]);
    for screen in NEVER_FRAMED {
        files.insert(format!("{prefix}{screen}.html"), page.to_vec());
    }
    files
}

/// The lines of `_headers`, a block for each pattern.
struct Blocks(String);

impl Blocks {
    fn add<'a>(
        &mut self,
        pattern: &str,
        headers: impl IntoIterator<Item = &'a (&'static str, String)>,
    ) {
        let _ = writeln!(self.0, "{pattern}");
        for (name, value) in headers {
            let _ = writeln!(self.0, "  {name}: {value}");
        }
    }
}

/// `_headers`.
fn headers(plan: &Plan) -> String {
    let prefix = &plan.prefix;
    let usual = Headers(&plan.site).all(Whose::Usual);
    let of_others = |whose| {
        let all = Headers(&plan.site).all(whose).into_iter();
        all.filter(|header| !usual.contains(header))
            .collect::<Vec<_>>()
    };
    let (shared, everywhere): (Vec<_>, Vec<_>) =
        usual.iter().cloned().partition(|(name, _)| *name == SHARED);
    let mut blocks = Blocks(String::new());
    blocks.add(&format!("{prefix}*"), &everywhere);
    blocks.add(
        &format!("{prefix}assets/*"),
        shared.iter().chain(&[kept(Keeping::Forever)]),
    );
    let asked = kept(Keeping::Ask);
    for name in plan.names.iter().filter(|name| is_asked_for(name)) {
        blocks.add(&format!("{prefix}{name}"), shared.iter().chain([&asked]));
    }
    for name in FOR_EVERYBODY {
        let of_everybody = of_others(Whose::Everybody);
        let told = of_everybody.iter().chain([&asked]);
        // These hosts take the ending .ts for a film's.
        blocks.add(&format!("{prefix}{name}"), told.chain(&media_type(name)));
    }
    blocks.add(prefix, [&asked]);
    for screen in SCREENS
        .iter()
        .filter(|screen| !NEVER_FRAMED.contains(screen))
    {
        blocks.add(&format!("{prefix}{screen}"), [&asked]);
        blocks.add(&format!("{prefix}{screen}/*"), [&asked]);
    }
    let unframed = of_others(Whose::Unframed);
    for screen in NEVER_FRAMED {
        for ending in ["", "/", ".html"] {
            blocks.add(
                &format!("{prefix}{screen}{ending}"),
                unframed.iter().chain([&asked]),
            );
        }
    }
    blocks.0
}

/// Whether it is a file of no lasting name that nobody else's pages load.
fn is_asked_for(name: &str) -> bool {
    !name.starts_with("assets/") && !FOR_EVERYBODY.contains(&name)
}

fn kept(keeping: Keeping) -> (&'static str, String) {
    ("cache-control", keeping.header().to_owned())
}

fn media_type(name: &str) -> Option<(&'static str, String)> {
    let (_, ending) = name.rsplit_once('.')?;
    let (_, media) = MEDIA_TYPES.iter().find(|(own, _)| *own == ending)?;
    Some(("content-type", (*media).to_owned()))
}

/// `_redirects`: screens by their names, so that a missing file is missing. Those that are files of their own need no word.
fn redirects(plan: &Plan) -> String {
    let Plan { prefix, base, .. } = plan;
    let mut file = String::new();
    if !base.is_empty() {
        let _ = writeln!(file, "{base} {prefix} 308");
    }
    for screen in SCREENS
        .iter()
        .filter(|screen| !NEVER_FRAMED.contains(screen))
    {
        let _ = writeln!(file, "{prefix}{screen} {prefix} 200");
        let _ = writeln!(file, "{prefix}{screen}/* {prefix} 200");
    }
    file
}
