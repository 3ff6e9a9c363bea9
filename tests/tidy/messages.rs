//! Nothing is said to just anybody: a message to another window names the exact origin that may hear it (docs/decisions/0029).

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

/// What sends a message to a window.
const SENDING: &str = "postMessage(";
const ANYBODY: [&str; 3] = ["\"*\"", "'*'", "`*`"];

fn said_to_anybody(files: &[File]) -> Vec<String> {
    let speaks = |file: &&File| {
        let is_script = ["js", "mjs", "ts", "rs"]
            .iter()
            .any(|extension| file.has_extension(extension));
        is_script && !file.is_in("tests/tidy")
    };
    let mut violations = Vec::new();
    for file in files.iter().filter(speaks) {
        for (at, line) in file.text.lines().enumerate() {
            let is_said = line.contains(SENDING) || line.contains("post_message(");
            let to_anybody = ANYBODY.iter().any(|any| line.contains(any));
            let names_it = line.contains("targetOrigin") && to_anybody;
            if names_it || (is_said && to_anybody) {
                violations.push(file.at(at, line));
            }
        }
    }
    violations
}

#[test]
fn a_message_is_for_one_origin() {
    assert_kept(
        said_to_anybody,
        "Name the origin that may hear it in place of `*`:",
    );
    for caught in [
        "parent.postMessage({ nonce }, \"*\");",
        "frame.postMessage(said, '*', [port]);",
        "other.postMessage(said, { targetOrigin: \"*\" });",
    ] {
        assert_caught(said_to_anybody, &[("public/embed.js", caught)]);
    }
    for allowed in [
        "parent.postMessage({ portal: \"hello\" }, host);",
        "port.postMessage(said);",
        "if (accept === \"*\") return;",
    ] {
        assert_allowed(said_to_anybody, &[("src/embed/meeting.mjs", allowed)]);
    }
}
