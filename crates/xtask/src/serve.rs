//! The reference API as a child process that ends when we are asked to end.

use std::ffi::OsString;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, bail};

use crate::process::{program, shown};
use crate::workspace::Workspace;

/// The reference API with demo data, kept in `data/`.
pub fn reference_api(workspace: &Workspace, listen: &str, more: &[OsString]) -> Result<Command> {
    let data = workspace.root.join("data");
    std::fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
    let mut api = program(workspace, workspace.reference_api())?;
    api.args(["serve", "--demo", "--listen", listen])
        .arg("--database")
        .arg(data.join("portal.sqlite"))
        .arg("--attachments")
        .arg(data.join("attachments"))
        .args(more);
    Ok(api)
}

/// Runs all commands until the first of them ends or we are interrupted, and leaves none behind.
///
/// Each child is asked to end (SIGTERM) and waited for, so that the database is closed properly.
///
/// # Errors
/// When a command cannot be started, or ends by itself with a failure.
pub fn until_interrupted(commands: Vec<Command>) -> Result<()> {
    let children = Arc::new(Mutex::new(Vec::<Child>::new()));
    let interrupted = Arc::new(AtomicBool::new(false));
    let (to_end, flag) = (Arc::clone(&children), Arc::clone(&interrupted));
    ctrlc::set_handler(move || {
        flag.store(true, Ordering::SeqCst);
        end_all(&to_end);
    })
    .context("cannot listen for Ctrl-C")?;

    for mut command in commands {
        let child = command
            .spawn()
            .with_context(|| format!("cannot start `{}`", shown(&command)))?;
        children
            .lock()
            .expect("nothing panics while holding it")
            .push(child);
    }
    let failed = first_end(&children)?;
    end_all(&children);
    let mut all = children.lock().expect("nothing panics while holding it");
    for child in all.iter_mut() {
        child.wait().context("cannot wait for a child to end")?;
    }
    if failed && !interrupted.load(Ordering::SeqCst) {
        bail!("it ended by itself with a failure; what it said stands above");
    }
    Ok(())
}

/// Waits until one has ended; answers whether that was a failure.
fn first_end(children: &Mutex<Vec<Child>>) -> Result<bool> {
    loop {
        for child in children
            .lock()
            .expect("nothing panics while holding it")
            .iter_mut()
        {
            if let Some(status) = child.try_wait().context("cannot look after a child")? {
                return Ok(!status.success());
            }
        }
        // std has no way to wait for one of several children; a fifth of a second is not felt at Ctrl-C.
        std::thread::park_timeout(std::time::Duration::from_millis(200));
    }
}

fn end_all(children: &Mutex<Vec<Child>>) {
    for child in children
        .lock()
        .expect("nothing panics while holding it")
        .iter_mut()
    {
        if !matches!(child.try_wait(), Ok(None)) {
            continue;
        }
        let asked = cfg!(unix)
            && Command::new("kill")
                .args(["-TERM", &child.id().to_string()])
                .status()
                .is_ok_and(|status| status.success());
        if !asked {
            // An error means that it has just ended by itself.
            child.kill().ok();
        }
    }
}
