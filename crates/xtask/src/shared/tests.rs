use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;

use tempfile::TempDir;

use super::*;
use crate::process::output;

fn folder() -> TempDir {
    tempfile::tempdir().expect("the machine has a folder for temporary files")
}

/// A build folder in which cargo knows these packages.
fn built(target: &Path, profile: &str, packages: &[&str]) -> PathBuf {
    let fingerprints = target.join(profile).join(FINGERPRINTS);
    for package in packages {
        fs::create_dir_all(fingerprints.join(format!("{package}-0123456789abcdef"))).unwrap();
    }
    fingerprints
}

fn known(fingerprints: &Path) -> Vec<String> {
    let mut names: Vec<String> = folders(fingerprints)
        .unwrap()
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .map(|name| name.trim_end_matches("-0123456789abcdef").to_owned())
        .collect();
    names.sort();
    names
}

fn claimed(root: &str, target: &Path) {
    take_over(Path::new(root), target, || Ok(vec!["portal".to_owned()])).unwrap();
}

#[test]
fn what_another_checkout_built_is_forgotten_and_dependencies_are_kept() {
    let target = folder();
    let target = target.path();
    claimed("/one", target);
    let native = built(target, "debug", &["portal", "portal-client", "serde"]);
    let wasm = built(target, "wasm32-unknown-unknown/wasm", &["portal", "serde"]);
    claimed("/two", target);
    assert_eq!(known(&native), ["portal-client", "serde"]);
    assert_eq!(known(&wasm), ["serde"]);
}

#[test]
fn what_this_checkout_built_last_is_kept() {
    let target = folder();
    let target = target.path();
    claimed("/one", target);
    let fingerprints = built(target, "debug", &["portal", "serde"]);
    claimed("/one", target);
    assert_eq!(known(&fingerprints), ["portal", "serde"]);
}

#[test]
fn what_nobody_says_who_built_it_is_forgotten() {
    let target = folder();
    let target = target.path();
    let fingerprints = built(target, "debug", &["portal", "serde"]);
    claimed("/one", target);
    assert_eq!(known(&fingerprints), ["serde"]);
}

#[test]
fn a_build_that_is_under_way_is_waited_for() {
    let target = folder();
    let target = target.path().to_owned();
    let fingerprints = built(&target, "debug", &["serde"]);
    let lock = File::create(target.join("debug").join(CARGO_LOCK)).unwrap();
    lock.lock().unwrap();
    let (at_the_lock, reached) = channel();
    let other = thread::spawn({
        let target = target.clone();
        let members = move || {
            at_the_lock.send(())?;
            Ok(vec!["portal".to_owned()])
        };
        move || take_over(Path::new("/two"), &target, members).unwrap()
    });
    reached.recv().unwrap();
    // What the build enters at its very end is forgotten too.
    built(&target, "debug", &["portal"]);
    assert!(!target.join(BUILT_FROM).exists());
    drop(lock);
    other.join().unwrap();
    assert_eq!(known(&fingerprints), ["serde"]);
}

/// A workspace whose program says `word`, by a library of the same name and place in all of them.
fn checkout(root: &Path, word: &str) {
    let files = [
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"library\"]\n[package]\nname = \"program\"\nedition = \"2024\"\n\
             [dependencies]\nlibrary = { path = \"library\" }\n",
        ),
        ("src/main.rs", "fn main() { print!(\"{}\", library::WORD) }"),
        (
            "library/Cargo.toml",
            "[package]\nname = \"library\"\nedition = \"2024\"\n",
        ),
        (
            "library/src/lib.rs",
            &format!("pub const WORD: &str = {word:?};"),
        ),
    ];
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn said(root: &Path, target: &Path) -> String {
    let members = ["program", "library"].map(str::to_owned).to_vec();
    take_over(root, target, || Ok(members)).unwrap();
    let mut run = Command::new(env!("CARGO"));
    run.args(["run", "--quiet", "--offline"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS");
    output(&mut run).unwrap()
}

#[test]
fn two_checkouts_with_one_build_folder_each_run_their_own_program() {
    let folder = folder();
    let [one, two, target] = ["one", "two", "target"].map(|name| folder.path().join(name));
    // Both are written before either is built: by time alone neither would be compiled a second time.
    checkout(&one, "one");
    checkout(&two, "two");
    assert_eq!(said(&one, &target), "one");
    assert_eq!(said(&two, &target), "two");
    assert_eq!(said(&one, &target), "one");
}
