//! The program itself, over real sockets: how it starts, breaks on purpose, and ends.

mod process;
#[path = "../support/program.rs"]
mod program;

use process::Server;
use program::PROGRAM;
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

const CSRF: &str = "X-Portal-CSRF: 1\r\nContent-Type: application/json\r\n";

#[test]
fn it_says_where_it_listens_and_answers_there() {
    let server = Server::start(&[]);
    let answer = server.get("/healthz");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with("ok\n"), "{answer}");
    assert!(
        server.get("/dev/outbox").starts_with("HTTP/1.1 404"),
        "no tool without --demo"
    );
}

#[test]
fn it_ends_in_order_although_somebody_waits_for_changes() {
    let mut server = Server::start(&["--demo"]);
    let cookie = server.sign_in("maya.lindqvist@example.com");
    let now = server.get_as("/v1/events", &cookie);
    let cursor = now
        .split("\"next_cursor\":\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let waiting = server.send(
        "GET",
        &format!("/v1/events?wait=30&cursor={cursor}"),
        &format!("Cookie: {cookie}\r\n"),
        "",
    );
    let asked = Instant::now();
    let status = server.terminate();
    assert!(status.success(), "{status}");
    assert!(
        asked.elapsed() < Duration::from_secs(8),
        "the long poll returned at once"
    );
    assert!(
        process::read(waiting).starts_with("HTTP/1.1 200 OK\r\n"),
        "and was answered"
    );
    let kept =
        std::fs::metadata(server.folder().join("portal.db-wal")).map_or(0, |file| file.len());
    assert_eq!(kept, 0, "the database is one whole file");
}

#[test]
fn a_dropped_response_is_a_broken_connection_and_a_truncated_one_half_an_answer() {
    let server = Server::start(&["--demo"]);
    let fault = |fault: &str| {
        let body = format!(
            r#"{{"match":{{"path_prefix":"/v1/capabilities"}},"fault":"{fault}","times":1}}"#
        );
        let answer = process::read(server.send("POST", "/dev/faults", CSRF, &body));
        assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    };
    fault("drop_response");
    assert_eq!(server.get("/v1/capabilities"), "", "not a byte came");
    fault("truncate");
    let half = server.get("/v1/capabilities");
    let (head, body) = half.split_once("\r\n\r\n").unwrap();
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .and_then(|length| length.parse().ok())
        .unwrap();
    assert!(
        !body.is_empty() && body.len() < length,
        "{} of {length}",
        body.len()
    );
    assert!(
        server.get("/v1/capabilities").starts_with("HTTP/1.1 200"),
        "and all is well again"
    );
}

/// A server that waits for a second.
fn impatient() -> Server {
    Server::start_with(&[], &[("PORTAL_API_LIMITS_STALLED_SECONDS", "1")])
}

#[test]
fn a_head_that_never_ends_is_let_go_of() {
    let server = impatient();
    let begun = Instant::now();
    let half = server.send_bytes("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    assert_eq!(process::read(half), "", "the connection was closed");
    let silent = server.send_bytes("");
    assert_eq!(process::read(silent), "");
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_body_that_never_ends_is_refused() {
    let server = impatient();
    let half = server.send_bytes(&format!(
        "POST /v1/session/email HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n{CSRF}\r\n{{\"email\":"
    ));
    let answer = process::read(half);
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
}

#[test]
fn a_connection_on_which_nothing_more_comes_is_closed() {
    let server = impatient();
    let kept = server.send_bytes("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    let answer = process::read(kept);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[test]
fn a_mistake_in_the_configuration_is_one_sentence() {
    let refused = Command::new(PROGRAM)
        .args(["serve", "--config", "absent.toml"])
        .env("PORTAL_API_LISTEN", "here")
        .output()
        .unwrap();
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.starts_with("reference-api: the configuration file absent.toml cannot be read"),
        "{said}"
    );
    let refused = Command::new(PROGRAM)
        .arg("serve")
        .env("PORTAL_API_LISTEN", "here")
        .output()
        .unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("\"listen\" (in the environment variable PORTAL_API_LISTEN)"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_wrong_address_of_the_hosts_keys_is_said_at_the_start_and_stops_nothing() {
    // Bound and given back: nobody listens there.
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let keys = format!("http://{}/keys", free.local_addr().unwrap());
    drop(free);
    let mut server = Server::start_heard(&[
        ("PORTAL_API_EMBED_ISSUER", "https://www.example.com"),
        ("PORTAL_API_EMBED_AUDIENCE", "https://help.example.com"),
        ("PORTAL_API_EMBED_JWKS_URL", &keys),
    ]);
    let said = server.logged("embed.jwks_url");
    assert!(said.contains(&keys) && said.contains("WARN"), "{said}");
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_portal_that_was_not_built_is_said_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Command::new(PROGRAM)
        .current_dir(folder.path())
        .args(["serve", "--listen", "127.0.0.1:0", "--portal", "dist"])
        .output()
        .unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("dist has no index.html: build the portal first"),
        "{said}"
    );
}

#[test]
fn the_openapi_document_is_printed() {
    let printed = Command::new(PROGRAM).arg("openapi").output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert!(document["paths"]["/v1/session"].is_object());
}
