//! Requests made up from the document by Schemathesis: the server breaks by none, and no answer is unknown to the document.

use crate::scene::Scene;
use std::ffi::OsStr;
use std::process::Command;

/// Those of its checks that know no meaning; docs/conformance.md says why the others are left out.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,unsupported_method,allow_header_conformance";

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

/// The same requests each time: one seed, so many examples of each operation.
fn command(program: &OsStr, url: &str, cookie: &str, folder: &std::path::Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["run", DOCUMENT, "--url", url])
        .args(["-H", &format!("Cookie: {cookie}"), "-H", "X-Portal-CSRF: 1"])
        .args(["--seed", "1", "--max-examples", "10"])
        .args(["--phases", "examples,coverage,fuzzing", "--checks", CHECKS])
        // The one would end the session in the midst of it, the other waits.
        .args(["--exclude-operation-id", "signOut"])
        .args(["--exclude-operation-id", "getEvents"])
        // It keeps what it learns where it is started.
        .current_dir(folder);
    command
}

#[test]
#[ignore = "needs Schemathesis, which `cargo xtask test` sets up and names in SCHEMATHESIS"]
fn no_made_up_request_breaks_the_server_or_is_answered_with_what_the_document_does_not_know() {
    let program = std::env::var_os("SCHEMATHESIS").expect("SCHEMATHESIS names the program");
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let succeeded = runtime.block_on(async {
        let scene = Scene::new(None).await;
        let (url, cookie) = (scene.url().to_owned(), scene.sign_in().await);
        let at = folder.path().to_owned();
        let run = move || command(&program, &url, &cookie, &at).status().unwrap();
        tokio::task::spawn_blocking(run).await.unwrap().success()
    });
    assert!(succeeded, "what it found stands above");
}
