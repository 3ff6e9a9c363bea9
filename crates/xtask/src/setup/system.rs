//! Packages of the operating system, where it is Debian or Ubuntu and we may install.

use std::path::Path;

use anyhow::{Result, bail};

use crate::process::{output, program, run};
use crate::workspace::Workspace;

/// Installs Debian packages, as root or through a sudo that does not ask.
pub fn apt_install(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    let prefix = apt(workspace)?;
    let apt_get = |arguments: &[&str]| -> Result<()> {
        let words = prefix
            .iter()
            .chain(&["apt-get"])
            .chain(arguments)
            .copied()
            .collect::<Vec<_>>();
        let (first, rest) = words.split_first().expect("there is at least apt-get");
        run(program(workspace, first)?
            .args(rest)
            .env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let install = [
        &["install", "--yes", "--quiet=2", "--no-install-recommends"],
        packages,
    ]
    .concat();
    apt_get(&install).or_else(|_| {
        println!("      the package lists may be old; fetching them");
        apt_get(&["update", "--quiet=2"])?;
        apt_get(&install)
    })
}

/// Fetches Debian packages into a folder and installs nothing; only where the lists of packages are old does it take root.
pub fn apt_fetch(workspace: &Workspace, packages: &[&str], into: &Path) -> Result<()> {
    let fetch = || -> Result<()> {
        let mut fetch = program(workspace, "apt-get")?;
        run(fetch
            .current_dir(into)
            .args(["download", "--quiet=2"])
            .args(packages))
    };
    fetch().or_else(|_| {
        println!("      the package lists may be old; fetching them");
        let prefix = apt(workspace)?;
        let words = [&prefix[..], &["apt-get", "update", "--quiet=2"]].concat();
        let (first, rest) = words.split_first().expect("there is at least apt-get");
        run(program(workspace, first)?.args(rest))?;
        fetch()
    })
}

/// What has to stand before `apt-get`, if it can be used at all.
fn apt(workspace: &Workspace) -> Result<Vec<&'static str>> {
    let answers = |name: &str, arguments: &[&str]| -> Result<String> {
        output(program(workspace, name)?.args(arguments))
    };
    if answers("apt-get", &["--version"]).is_err() {
        bail!("this system has no apt-get, so it has to be installed by hand");
    }
    if answers("id", &["-u"])? == "0" {
        return Ok(Vec::new());
    }
    if answers("sudo", &["--non-interactive", "true"]).is_ok() {
        return Ok(vec!["sudo", "--non-interactive"]);
    }
    bail!(
        "installing it takes root (sudo would ask for a password), so it has to be installed by hand"
    )
}
