//! The files that git knows, or would take in: what a clone has, and what is about to be committed.

use std::path::Path;
use std::process::Command;

/// A text file of the repository. Others (pictures, mail archives) have an empty text.
#[derive(Clone, Debug)]
pub struct File {
    /// From the root, with forward slashes.
    pub path: String,
    /// Its content.
    pub text: String,
}

impl File {
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    pub fn has_extension(&self, extension: &str) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, own)| own == extension)
    }

    /// Whether it stands below the folder.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    }

    /// `path: line: what`, for a violation that stands in one line. People read it once; nothing refers to it.
    pub fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{}: {}", self.path, line + 1, what.trim())
    }
}

/// Every file of the repository.
pub fn repository() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let listed = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(&root)
        .output()
        .expect("git lists the files of the repository: install git and run this in a clone");
    assert!(
        listed.status.success(),
        "git could not list the files: run this in a clone"
    );
    let paths = String::from_utf8(listed.stdout).expect("our paths are UTF-8");
    // A file that was deleted and not committed yet is still listed.
    let there = paths
        .split('\0')
        .filter(|path| !path.is_empty() && root.join(path).is_file());
    there
        .map(|path| File {
            path: path.to_owned(),
            text: std::fs::read_to_string(root.join(path)).unwrap_or_default(),
        })
        .collect()
}
