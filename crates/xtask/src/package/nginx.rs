//! What nginx is told: a file to be included in a server block.

use std::fmt::Write;

use portal_serving::{FOLDERS, FOR_EVERYBODY, Headers, Keeping, MEDIA_TYPES, NEVER_FRAMED, Whose};

use super::Plan;

/// The file.
pub fn portal(plan: &Plan) -> String {
    let Plan { prefix, base, .. } = plan;
    let version = env!("CARGO_PKG_VERSION");
    let mut conf = format!(
        "# The customer portal {version} at {prefix}. Include this in a server block whose `root` is the folder site/ beside this one.\n\
         # Written by `cargo xtask package`: change the options there and not this file. The API has a location of its own, with ^~.\n\n"
    );
    let week = Keeping::Week.header();
    let ask = Keeping::Ask.header();
    let _ = write!(
        conf,
        "set $portal_drawing \"{ask}\";\n\
         # A drawing whose address names its content.\n\
         if ($args ~ \"^[0-9a-f]{{8}}$\") {{\n    set $portal_drawing \"{week}\";\n}}\n\n"
    );
    if !base.is_empty() {
        let _ = write!(
            conf,
            "location = {base} {{\n    absolute_redirect off;\n    return 308 {prefix}$is_args$args;\n}}\n\n"
        );
    }
    let _ = write!(
        conf,
        "location ^~ {prefix} {{\n    # From libnginx-mod-http-brotli-static; without it, leave this line out.\n    brotli_static on;\n    gzip_static on;\n    gzip_vary on;\n    error_page 404 @portal_missing;\n"
    );
    conf.push_str(&types());
    for place in places(plan) {
        conf.push_str(&place.written(plan));
    }
    let _ = write!(
        conf,
        "\n    # Every other address is a screen.\n{}    try_files {prefix}index.html =404;\n}}\n\n",
        headers(plan, Whose::Usual, Some(ask), 1)
    );
    let _ = write!(
        conf,
        "# What is missing is missing: index.html in its place would be run as a script, or kept as a picture, after a deploy.\nlocation @portal_missing {{\n    default_type text/plain;\n{}    return 404 \"There is nothing here.\\n\";\n}}\n",
        headers(plan, Whose::Usual, None, 1)
            + &format!(
                "    add_header Cache-Control \"{}\" always;\n",
                Keeping::Never.header()
            )
    );
    conf
}

/// Addresses that are told apart by their pattern.
struct Place {
    why: &'static str,
    pattern: String,
    whose: Whose,
    keeping: &'static str,
    file: &'static str,
}

fn places(plan: &Plan) -> [Place; 5] {
    let prefix = plan.prefix.replace('.', "\\.");
    let ask = Keeping::Ask.header();
    let folders = FOLDERS.join("|");
    let everybody = FOR_EVERYBODY.map(|name| name.replace('.', "\\."));
    let endings = MEDIA_TYPES.map(|(ending, _)| ending);
    let own = "$uri";
    [
        Place {
            why: "Named by their content.",
            pattern: format!("^{prefix}assets/[^/.-]+-[0-9A-Za-z-]{{16,}}\\."),
            whose: Whose::Usual,
            keeping: Keeping::Forever.header(),
            file: own,
        },
        Place {
            why: "Where customers prove who they are: in nobody's frame.",
            pattern: format!("^{prefix}+({})/*$", NEVER_FRAMED.join("|")),
            whose: Whose::Unframed,
            keeping: ask,
            file: "index.html",
        },
        Place {
            why: "What a company's page loads from another origin.",
            pattern: format!("^{prefix}({})$", everybody.join("|")),
            whose: Whose::Everybody,
            keeping: ask,
            file: own,
        },
        Place {
            why: "Drawings.",
            pattern: format!("^{prefix}.*\\.svg$"),
            whose: Whose::Usual,
            keeping: "$portal_drawing",
            file: own,
        },
        Place {
            why: "Other files.",
            pattern: format!(
                "^{prefix}(({folders})/|.*\\.({}|br|gz|map|txt|xml)$)",
                endings.join("|")
            ),
            whose: Whose::Usual,
            keeping: ask,
            file: own,
        },
    ]
}

impl Place {
    fn written(&self, plan: &Plan) -> String {
        let file = match self.file {
            "$uri" => "$uri".to_owned(),
            name => format!("{}{name}", plan.prefix),
        };
        format!(
            "\n    # {}\n    location ~ \"{}\" {{\n{}        try_files {file} =404;\n    }}\n",
            self.why,
            self.pattern,
            headers(plan, self.whose, Some(self.keeping), 2)
        )
    }
}

/// `add_header` of an outer block is forgotten in one that has its own, so each says everything.
fn headers(plan: &Plan, whose: Whose, keeping: Option<&str>, depth: usize) -> String {
    let indent = "    ".repeat(depth);
    let mut lines = String::new();
    for (name, value) in Headers(&plan.site).all(whose) {
        let _ = writeln!(lines, "{indent}add_header {name} \"{value}\" always;");
    }
    if let Some(keeping) = keeping {
        // Without `always`: what is missing is not to be kept.
        let _ = writeln!(lines, "{indent}add_header Cache-Control \"{keeping}\";");
    }
    lines
}

fn types() -> String {
    let mut types = "    default_type application/octet-stream;\n    types {\n".to_owned();
    for (ending, media_type) in MEDIA_TYPES {
        let _ = writeln!(types, "        \"{media_type}\" {ending};");
    }
    types.push_str("    }\n");
    types
}
