//! What static hosts are told that read `_headers` and `_redirects` (Netlify, Cloudflare Pages).
//!
//! They put together what several of their patterns say of one header. So no header is said twice of one address, but for the
//! content security policy, of which browsers keep to all.

use std::fmt::Write;

use portal_serving::{FOR_EVERYBODY, Headers, Keeping, NEVER_FRAMED, SCREENS, Whose};

use super::Plan;

const SHARED: &str = "cross-origin-resource-policy";

/// `_headers`.
pub fn headers(plan: &Plan) -> String {
    let prefix = &plan.prefix;
    let usual = Headers(&plan.site).all(Whose::Usual);
    let mut file = String::new();
    let mut block = |pattern: String, headers: &[(&str, String)]| {
        let _ = writeln!(file, "{pattern}");
        for (name, value) in headers {
            let _ = writeln!(file, "  {name}: {value}");
        }
    };
    let everywhere: Vec<_> = usual
        .iter()
        .filter(|(name, _)| *name != SHARED)
        .cloned()
        .collect();
    block(format!("{prefix}*"), &everywhere);
    let shared: Vec<_> = usual
        .iter()
        .filter(|(name, _)| *name == SHARED)
        .cloned()
        .collect();
    let mut named = shared.clone();
    named.push(("cache-control", Keeping::Forever.header().to_owned()));
    block(format!("{prefix}assets/*"), &named);
    for name in &plan.names {
        if !name.contains('/') && !FOR_EVERYBODY.contains(&name.as_str()) {
            block(format!("{prefix}{name}"), &shared);
        }
    }
    let differing = |whose| {
        let all = Headers(&plan.site).all(whose).into_iter();
        all.filter(|header| !usual.contains(header))
            .collect::<Vec<_>>()
    };
    for name in FOR_EVERYBODY {
        let of_others = differing(Whose::Everybody);
        block(format!("{prefix}{name}"), &of_others);
    }
    let unframed = differing(Whose::Unframed);
    for screen in NEVER_FRAMED.iter().filter(|_| !unframed.is_empty()) {
        block(format!("{prefix}{screen}"), &unframed);
        block(format!("{prefix}{screen}/"), &unframed);
    }
    file
}

/// `_redirects`: screens by their names, so that a missing file is missing.
pub fn redirects(plan: &Plan) -> String {
    let Plan { prefix, base, .. } = plan;
    let mut file = String::new();
    if !base.is_empty() {
        let _ = writeln!(file, "{base} {prefix} 308");
    }
    for screen in SCREENS {
        let _ = writeln!(file, "{prefix}{screen} {prefix}index.html 200");
        let _ = writeln!(file, "{prefix}{screen}/* {prefix}index.html 200");
    }
    file
}
