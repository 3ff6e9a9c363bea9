//! Where things are: the repository, the tools and the build folders.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders that the commands work in.
pub struct Workspace {
    /// The root of the repository.
    pub root: PathBuf,
    /// Programs that the commands install for themselves: `bin` from cargo, `npm` from npm.
    pub tools: PathBuf,
    /// Cargo's target folder of everything that runs on this machine, and of all lints.
    pub native: PathBuf,
    /// Cargo's target folder of the portal as it is built. Apart from `native`, because each would make cargo rebuild the other's
    /// shared dependencies over their different flags.
    pub wasm: PathBuf,
}

impl Workspace {
    /// Finds the repository from this crate's place in it, and the folders from the environment.
    ///
    /// Build folders stand in the user's cache unless `CARGO_TARGET_DIR` names another place, so that a second clone
    /// finds the dependencies compiled (`shared`).
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let root = match manifest {
            Some(crate_folder) if crate_folder.ends_with("crates/xtask") => crate_folder
                .join("../..")
                .canonicalize()
                .context("cannot find the repository from crates/xtask")?,
            _ => repository_above(&env::current_dir()?)?,
        };
        let cache = cache_home()?.join("customer-portal");
        let targets =
            match env::var_os("PORTAL_TARGETS").or_else(|| env::var_os("CARGO_TARGET_DIR")) {
                Some(named) => root.join(named),
                None => cache.clone(),
            };
        Ok(Self {
            root,
            tools: cache.join("tools"),
            native: targets.join("native"),
            wasm: targets.join("wasm"),
        })
    }

    /// The built portal.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The reference API's program, as `cargo build -p reference-api` leaves it.
    pub fn reference_api(&self) -> PathBuf {
        self.built("debug")
    }

    /// The reference API as companies run it.
    pub fn optimised_reference_api(&self) -> PathBuf {
        self.built("release")
    }

    fn built(&self, profile: &str) -> PathBuf {
        self.native
            .join(profile)
            .join(format!("reference-api{}", env::consts::EXE_SUFFIX))
    }

    /// A program that npm installed among the tools.
    pub fn npm_tool(&self, name: &str) -> PathBuf {
        self.tools.join("npm/node_modules/.bin").join(name)
    }

    /// A file of a package that npm installed among the tools.
    pub fn npm_module(&self, file: &str) -> PathBuf {
        self.tools.join("npm/node_modules").join(file)
    }

    /// The environment of Schemathesis.
    pub fn schemathesis(&self) -> PathBuf {
        self.tools.join("schemathesis")
    }

    /// The web servers that journeys deploy to.
    pub fn web_servers(&self) -> PathBuf {
        self.tools.join("web-servers")
    }

    /// `PATH` with our own tools first, and the folder of this very program, which trunk's hook calls by its name.
    pub fn path(&self) -> Result<OsString> {
        let mut folders = vec![
            self.tools.join("bin"),
            self.tools.join("npm/node_modules/.bin"),
        ];
        if let Some(own) = env::current_exe()?.parent() {
            folders.push(own.to_owned());
        }
        folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        Ok(env::join_paths(folders)?)
    }
}

fn repository_above(start: &Path) -> Result<PathBuf> {
    start
        .ancestors()
        .find(|folder| folder.join("crates/xtask/Cargo.toml").is_file())
        .map(Path::to_owned)
        .context("this is not a clone of the customer portal: run the command inside one")
}

fn cache_home() -> Result<PathBuf> {
    let named = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || env::home_dir().map(|home| home.join(".cache"));
    named.or_else(home).context("neither XDG_CACHE_HOME nor a home folder is known: set XDG_CACHE_HOME to a folder that may be written to")
}
