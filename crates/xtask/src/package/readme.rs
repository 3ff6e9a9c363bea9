//! What somebody reads who unpacks the archive.

use super::Plan;

/// Five lines.
pub fn readme(plan: &Plan) -> String {
    let prefix = &plan.prefix;
    format!(
        "The customer portal {}, for {prefix}: serve the folder site/ as the root of its origin, and the API below /v1 of the same origin or where config.json says.\n\
         nginx: root .../site; include .../nginx/portal.conf;   Caddy: root * .../site and import .../caddy/portal.caddy   Static hosts: cp -r static-host/. site/\n\
         Yours to change, without a build: site{prefix}config.json (its schema lies beside it), theme.css, logo.svg. Remove the .br and .gz of what you change.\n\
         Old files in site{prefix}assets/ stay when you upgrade: unpack over them, index.html last. docs/deploying.md of the repository says all of it.\n\
         MIT or Apache-2.0 (LICENSE); what is in it of others: THIRD-PARTY.txt.\n",
        env!("CARGO_PKG_VERSION")
    )
}
