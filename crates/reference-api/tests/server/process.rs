//! The program as a child process, and HTTP/1.1 by hand, so that a broken answer is seen as it is.

use crate::program::Served;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use tempfile::TempDir;

pub struct Server {
    served: Served,
    address: String,
    folder: TempDir,
}

impl Server {
    /// Starts it on a free port, in a folder of its own.
    pub fn start(options: &[&str]) -> Self {
        Self::start_with(options, &[])
    }

    /// Starts it with these variables too.
    pub fn start_with(options: &[&str], variables: &[(&str, &str)]) -> Self {
        Self::launch(options, variables, Stdio::null())
    }

    /// Starts it with these variables, its log kept for [`logged`](Self::logged).
    pub fn start_heard(variables: &[(&str, &str)]) -> Self {
        Self::launch(&[], variables, Stdio::piped())
    }

    /// The first line of its log that holds these words.
    pub fn logged(&mut self, words: &'static str) -> String {
        let log = self.served.child.stderr.take().expect("its log is kept");
        let (tell, told) = mpsc::channel();
        // It reads on to the end: a log that nobody reads stops the program.
        std::thread::spawn(move || {
            let lines = BufReader::new(log).lines().map_while(Result::ok);
            for line in lines.filter(|line| line.contains(words)) {
                // Whoever waited has heard the first and is gone.
                tell.send(line).ok();
            }
        });
        told.recv_timeout(Duration::from_secs(60))
            .unwrap_or_else(|_| panic!("nothing in the log says {words:?}"))
    }

    fn launch(options: &[&str], variables: &[(&str, &str)], log: Stdio) -> Self {
        let folder = tempfile::tempdir().expect("a test has a temporary folder");
        let (served, address) = Served::launch(folder.path(), options, variables, log);
        Self {
            served,
            address,
            folder,
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn get(&self, path: &str) -> String {
        read(self.send("GET", path, "", ""))
    }

    pub fn get_as(&self, path: &str, cookie: &str) -> String {
        read(self.send("GET", path, &format!("Cookie: {cookie}\r\n"), ""))
    }

    /// Sends these bytes, whatever they are, and leaves what comes back unread.
    pub fn send_bytes(&self, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("the server takes connections");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a socket has a time limit");
        stream
            .write_all(bytes.as_bytes())
            .expect("the server takes what is sent");
        stream
    }

    /// Sends a request and leaves its answer unread.
    pub fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> TcpStream {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}",
            self.address
        );
        self.send_bytes(&request)
    }

    /// Signs in by the code in the outbox; gives the cookie.
    pub fn sign_in(&self, address: &str) -> String {
        let post = |path: &str, body: &str| read(self.send("POST", path, super::CSRF, body));
        let started = post("/v1/session/email", &format!(r#"{{"email":"{address}"}}"#));
        let id = member(&started, "id");
        let code = member(&self.get("/dev/outbox.json"), "code");
        let signed_in = post(
            "/v1/session/email/confirm",
            &format!(r#"{{"challenge_id":"{id}","code":"{code}"}}"#),
        );
        let cookie = signed_in
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .expect("a cookie is set");
        cookie
            .split(';')
            .next()
            .expect("a cookie has a value")
            .to_owned()
    }

    /// Asks it to end, and waits until it has.
    pub fn terminate(&mut self) -> ExitStatus {
        let asked = Command::new("kill")
            .args(["-TERM", &self.served.child.id().to_string()])
            .status()
            .expect("`kill` is there");
        assert!(asked.success());
        self.served.child.wait().expect("the program ends")
    }
}

/// All that comes until the connection ends, in whatever way.
pub fn read(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A connection that breaks gives what came before.
    stream.read_to_end(&mut bytes).ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first text member of this name in an answer.
fn member(answer: &str, name: &str) -> String {
    let start = format!("\"{name}\":\"");
    let rest = answer
        .split(&start)
        .nth(1)
        .unwrap_or_else(|| panic!("{name} is in {answer}"));
    rest.split('"')
        .next()
        .expect("a text has an end")
        .to_owned()
}
