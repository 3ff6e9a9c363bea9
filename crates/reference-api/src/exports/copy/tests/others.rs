//! The archive as programs read it that are not ours.

use super::*;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

/// What a second reader makes of it: sizes and checksums as the manifest has them, as many lines of CSV as records of JSON.
const READER: &str = r#"
import csv, hashlib, io, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
manifest = json.loads(archive.read("manifest.json"))
named = {one["path"]: one for one in manifest["files"]}
assert set(archive.namelist()) == set(named) | {"manifest.json"}
for path, one in named.items():
    content = archive.read(path)
    assert len(content) == one["size"], path
    assert hashlib.sha256(content).hexdigest() == one["sha256"], path
for path in [path for path in named if path.endswith(".csv") and path.startswith("data/")]:
    text = archive.read(path).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    records = json.loads(archive.read(path[:-3] + "json"))
    assert len(rows) == len(records) + 1, path
    assert all(len(row) == len(rows[0]) for row in rows), path
    for row, record in zip(rows[1:], records):
        for name, cell in zip(rows[0], row):
            value = record.get(name)
            if isinstance(value, str) and "\x00" not in value:
                assert cell in (value, "'" + value), (path, name)
            assert not cell or cell[0] not in "=+@\t\r" or not isinstance(value, str), (path, name, cell)
print(len(named))
"#;

/// Runs a program on a file; nothing where there is no such program.
fn run(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let output = Command::new(program).args(arguments).arg(file).output();
    let output = match output {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            eprintln!("left out: this machine has no `{program}` to open the archive with");
            return None;
        }
        Err(error) => panic!("{program}: {error}"),
    };
    let (said, complaints) = (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    );
    assert!(output.status.success(), "{program}: {said}{complaints}");
    Some(said)
}

#[test]
fn other_programs_open_it_and_find_what_the_manifest_says() {
    let demo = demo();
    let opened = demo.copy(
        "maya.lindqvist@example.com",
        DataRequestScope::everything(),
        Language::Arabic,
    );
    let files = opened.len();
    let bytes = opened.into_inner().into_inner();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy.zip");
    std::fs::write(&path, bytes).unwrap();
    if let Some(said) = run("unzip", &["-tq"], &path) {
        assert!(said.contains("No errors detected"), "{said}");
    }
    if let Some(said) = run("python3", &["-c", READER], &path) {
        assert_eq!(said.trim(), (files - 1).to_string());
    }
}
