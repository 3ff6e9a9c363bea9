//! The web servers that companies serve the portal with: Debian's nginx and Caddy, unpacked among our tools. Installed by apt they
//! would start to serve this machine.

use std::fs;

use anyhow::{Context, Result};

use super::{Finding, system};
use crate::process::{program, run};
use crate::workspace::Workspace;

const PACKAGES: [&str; 3] = ["nginx", "libnginx-mod-http-brotli-static", "caddy"];
const PROGRAMS: [&str; 3] = [
    "usr/sbin/nginx",
    "usr/lib/nginx/modules/ngx_http_brotli_static_module.so",
    "usr/bin/caddy",
];

pub fn missing(workspace: &Workspace) -> Result<Finding> {
    let folder = workspace.web_servers();
    let are_there = PROGRAMS.iter().all(|name| folder.join(name).is_file());
    Ok((!are_there).then(|| {
        (
            "nginx and Caddy (Debian's, unpacked and not installed)".to_owned(),
            folder.display().to_string(),
            0.3,
        )
    }))
}

pub fn install(workspace: &Workspace) -> Result<()> {
    let folder = workspace.web_servers();
    let fetched = folder.join("fetched");
    // What is left of an attempt that was cut short would be unpacked too.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&fetched).with_context(|| format!("cannot make {}", fetched.display()))?;
    system::apt_fetch(workspace, &PACKAGES, &fetched)?;
    let entries =
        fs::read_dir(&fetched).with_context(|| format!("cannot read {}", fetched.display()))?;
    for entry in entries {
        let mut unpack = program(workspace, "dpkg-deb")?;
        run(unpack.arg("--extract").arg(entry?.path()).arg(&folder))?;
    }
    fs::remove_dir_all(&fetched).with_context(|| format!("cannot remove {}", fetched.display()))?;
    Ok(())
}
