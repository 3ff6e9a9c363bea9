//! What Caddy is told: a snippet to be imported in a site block.

use std::fmt::Write;

use portal_serving::{FOLDERS, FOR_EVERYBODY, Headers, Keeping, MEDIA_TYPES, NEVER_FRAMED, Whose};

use super::Plan;

/// The file.
pub fn portal(plan: &Plan) -> String {
    let Plan { prefix, base, .. } = plan;
    let version = env!("CARGO_PKG_VERSION");
    let mut file = format!(
        "# The customer portal {version} at {prefix}. Import this in a site block whose `root` is the folder site/ beside this one.\n\
         # Written by `cargo xtask package`: change the options there and not this file.\n\n"
    );
    if !base.is_empty() {
        let _ = write!(file, "redir {base} {prefix} 308\n\n");
    }
    let endings = MEDIA_TYPES.map(|(ending, _)| ending).join("|");
    let folders = FOLDERS.join("|");
    let everybody = FOR_EVERYBODY
        .map(|name| format!("{prefix}{name}"))
        .join(" ");
    let _ = write!(
        file,
        "# A route is run in this order, whatever Caddy's own order of directives is.\nroute {prefix}* {{\n\
         \x20   @portal_unframed path_regexp ^{prefix}+({})/*$\n\
         \x20   @portal_everybody path {everybody}\n\
         \x20   @portal_screen not path_regexp ^{prefix}(({folders})/|.*\\.({endings}|br|gz|map|txt|xml)$)\n\
         \x20   @portal_there file\n\
         \x20   @portal_hashed {{\n        path_regexp ^{prefix}assets/[^/.-]+-[0-9A-Za-z-]{{16,}}\\.\n        file\n    }}\n\
         \x20   @portal_drawing {{\n        path *.svg\n        vars_regexp {{http.request.uri.query}} ^[0-9a-f]{{8}}$\n        file\n    }}\n\n",
        NEVER_FRAMED.join("|")
    );
    file.push_str(&headers(plan, "", Whose::Usual));
    // What is missing is not to be kept; what is there says so below.
    file.push_str(&kept("", Keeping::Never));
    file.push_str(&different(plan, "@portal_unframed", Whose::Unframed));
    file.push_str(&different(plan, "@portal_everybody", Whose::Everybody));
    let _ = write!(
        file,
        "\n    # Whatever is no file is a screen.\n    rewrite @portal_screen {prefix}index.html\n\n"
    );
    file.push_str(&kept("@portal_there ", Keeping::Ask));
    file.push_str(&kept("@portal_hashed ", Keeping::Forever));
    file.push_str(&kept("@portal_drawing ", Keeping::Week));
    for (ending, media_type) in MEDIA_TYPES {
        let _ = writeln!(
            file,
            "    @portal_{ending} path *.{ending}\n    header @portal_{ending} Content-Type \"{media_type}\""
        );
    }
    file.push_str("    file_server {\n        precompressed br gzip\n    }\n}\n");
    file
}

fn kept(matcher: &str, keeping: Keeping) -> String {
    format!(
        "    header {matcher}Cache-Control \"{}\"\n",
        keeping.header()
    )
}

fn headers(plan: &Plan, matcher: &str, whose: Whose) -> String {
    let mut block = format!("    header {matcher}{{\n");
    for (name, value) in Headers(&plan.site).all(whose) {
        let _ = writeln!(block, "        {name} \"{value}\"");
    }
    block.push_str("    }\n");
    block
}

/// What is said otherwise than of the usual addresses.
fn different(plan: &Plan, matcher: &str, whose: Whose) -> String {
    let usual = Headers(&plan.site).all(Whose::Usual);
    let mut block = String::new();
    for header in Headers(&plan.site).all(whose) {
        if !usual.contains(&header) {
            let (name, value) = header;
            let _ = writeln!(block, "    header {matcher} {name} \"{value}\"");
        }
    }
    block
}
