//! The program as a child process, for tests that look at it from outside. Each test of a crate of its own takes this file in.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_reference-api");

/// A server whose database and files stand in the folder that it was started in.
pub struct Served {
    /// The process.
    pub child: Child,
}

impl Served {
    /// Starts it on a free port with these options and variables, waits until it listens, and gives the address that it says.
    pub fn launch(
        folder: &Path,
        options: &[&str],
        variables: &[(&str, &str)],
        log: Stdio,
    ) -> (Self, String) {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(["--database", "portal.db", "--attachments", "files"])
            .args(options)
            .envs(variables.iter().copied())
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output is piped"))
            .read_line(&mut line)
            .expect("its output can be read");
        let address = line.trim().strip_prefix("listening on http://");
        let address = address.expect("it says where it listens").to_owned();
        (Self { child }, address)
    }
}

impl Drop for Served {
    /// SIGKILL: nothing is tidied up.
    fn drop(&mut self) {
        // An error says that it has ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
