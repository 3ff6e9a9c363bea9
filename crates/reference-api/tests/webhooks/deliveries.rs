//! What is sent arrives, whatever happens to the program, and says who sent it.

use crate::program::{PROGRAM, Served};
use reference_api::Store;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const DOCUMENT: &str = include_str!("../../../../docs/data-rights.md");

/// Longer than anything here takes, even where the machine is slow.
const PATIENCE: Duration = Duration::from_secs(120);

/// Settings that tell this listener.
fn settings(folder: &Path, listener: &TcpListener) {
    let address = listener.local_addr().unwrap();
    let text = format!(
        "database = \"portal.db\"\nattachments = \"files\"\nlisten = \"127.0.0.1:0\"\n\
         [[webhooks]]\nname = \"desk\"\nurl = \"http://{address}/in\"\nsecrets = [\"{SECRET}\"]\n"
    );
    std::fs::write(folder.join("settings.toml"), text).unwrap();
}

fn start(folder: &Path) -> Served {
    let options = ["--config", "settings.toml"];
    Served::launch(folder, &options, &[], Stdio::null()).0
}

/// A customer's request, and the first entry of its timeline, as another program commits them. They are of now: what is old is
/// no longer told, and swept away.
fn commit(folder: &Path, number: u32) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = now.as_millis();
    let sql = format!(
        "INSERT OR IGNORE INTO customers (id, display_name, created_at, updated_at) VALUES ('cus_1', 'Somebody', 0, 0);
         INSERT INTO data_requests (id, customer_id, reference, kind, scope, state, regime, time_zone, submitted_at, updated_at, closed_at,
                                    clock_state, clock_since, due_at)
         VALUES ('dr_{number}', 'cus_1', 'DR-2026-{number}', 'access', '{{}}', 'received', 'gdpr', 'UTC', {now}, {now}, 1, 'running', {now},
                 {now} + 86400000);
         INSERT INTO data_request_events (id, request_seq, at, kind, actor)
         SELECT 'dre_{number}', seq, {now}, 'submitted', 'customer' FROM data_requests WHERE id = 'dr_{number}';"
    );
    let store = Store::open(folder.join("portal.db")).unwrap();
    store
        .write_blocking(|tx| Ok(tx.execute_batch(&sql)?))
        .unwrap();
}

/// A delivery: its headers in lower case, its body, and the connection, not yet answered.
struct Delivery {
    headers: Vec<(String, String)>,
    body: String,
    stream: TcpStream,
}

impl Delivery {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(one, _)| one == name);
        &found
            .unwrap_or_else(|| panic!("{name} is in {:?}", self.headers))
            .1
    }

    fn take(mut self) {
        self.stream
            .write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")
            .unwrap();
    }
}

fn next(listener: &TcpListener) -> Delivery {
    let (stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut reader = BufReader::new(stream);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.trim().split_once(": ") {
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.unwrap().1.parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    Delivery {
        headers,
        body: String::from_utf8(body).unwrap(),
        stream: reader.into_inner(),
    }
}

/// Waits until nothing is on its way any more.
fn settled(folder: &Path) {
    let store = Store::open(folder.join("portal.db")).unwrap();
    let since = Instant::now();
    let sql = "SELECT count(*) FROM webhook_messages WHERE delivered_at IS NULL";
    while store
        .read_blocking(|db| Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))?))
        .unwrap()
        > 0
    {
        assert!(since.elapsed() < PATIENCE, "what arrived is not entered");
        std::thread::yield_now();
    }
}

#[test]
fn what_was_committed_is_told_however_often_the_program_is_killed_and_under_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    settings(folder.path(), &listener);

    // Killed between the commit and the delivery: nobody was told yet.
    drop(start(folder.path()));
    commit(folder.path(), 1);
    let server = start(folder.path());
    let first = next(&listener);
    assert!(first.body.contains("\"dr_1\""), "{}", first.body);

    // Killed between the delivery and its answer.
    let name = first.header("webhook-id").to_owned();
    drop(server);
    let server = start(folder.path());
    let again = next(&listener);
    assert_eq!(again.header("webhook-id"), name);
    assert_eq!(again.body, first.body);
    again.take();
    settled(folder.path());

    // Killed after all of it: only what is new is told.
    drop(server);
    commit(folder.path(), 2);
    let server = start(folder.path());
    let other = next(&listener);
    assert!(other.body.contains("\"dr_2\""), "{}", other.body);
    assert_ne!(other.header("webhook-id"), name);
    other.take();
    settled(folder.path());
    drop(server);
}

/// The example of the documentation.
fn example() -> &'static str {
    let (_, rest) = DOCUMENT
        .split_once("```python\n")
        .expect("the documentation has an example in Python");
    rest.split_once("\n```").expect("the example has an end").0
}

/// What the example says of a delivery; nothing where there is no Python.
fn checked(delivery: &Delivery, body: &str, secret: &str) -> Option<String> {
    let headers = serde_json::to_string(
        &delivery
            .headers
            .iter()
            .cloned()
            .collect::<std::collections::BTreeMap<_, _>>(),
    )
    .unwrap();
    let code = format!(
        "{}\nimport json, sys\ntry:\n    print(verify([sys.argv[1]], json.loads(sys.argv[2]), sys.argv[3].encode()))\n\
         except ValueError as error:\n    print('refused:', error)\n",
        example()
    );
    match Command::new("python3")
        .args(["-c", &code, secret, &headers, body])
        .output()
    {
        Ok(output) => {
            let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{complaints}");
            Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
        Err(error) => {
            eprintln!("left out: this machine has no python3 to run the example with ({error})");
            None
        }
    }
}

#[test]
fn the_example_of_the_documentation_takes_what_is_ours_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    settings(folder.path(), &listener);
    let testing = Command::new(PROGRAM)
        .args(["webhooks", "test", "desk", "--config", "settings.toml"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let delivery = next(&listener);
    assert_eq!(delivery.header("content-type"), "application/json");
    if let Some(said) = checked(&delivery, &delivery.body, SECRET) {
        assert_eq!(said, delivery.header("webhook-id"));
        let other = delivery.body.replace("webhook.test", "webhook.tess");
        let said = checked(&delivery, &other, SECRET).unwrap();
        assert_eq!(said, "refused: the signature is not ours");
        let said = checked(
            &delivery,
            &delivery.body,
            "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        );
        assert_eq!(said.as_deref(), Some("refused: the signature is not ours"));
    }
    delivery.take();
    let output = testing.wait_with_output().unwrap();
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.starts_with("desk took msg_") && said.trim().ends_with(": 204"),
        "{said}"
    );
}
