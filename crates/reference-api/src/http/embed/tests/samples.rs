//! The samples of docs/embedding/identity.md do what they say: each is run, and what it signs is taken.

use super::host::{self, Signer};
use super::{MAYA, NONCE, Scene};
use std::path::Path;
use std::process::Command;

const PAGE: &str = include_str!("../../../../../../docs/embedding/identity.md");

/// The first block of this language.
fn sample(language: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

/// What a program prints; nothing where this machine has none such, or not what it needs.
fn run(program: &str, folder: &Path, file: &str, signer: &Signer) -> Option<String> {
    let output = Command::new(program)
        .arg(file)
        .current_dir(folder)
        .env("PORTAL_SIGNING_KEY", signer.pem())
        .env("PORTAL_SIGNING_KID", "one")
        .output();
    let output = match output {
        Ok(output) => output,
        Err(error) => {
            eprintln!("left out: this machine has no {program} to run the sample with ({error})");
            return None;
        }
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if said.contains("No module named 'cryptography'") {
        eprintln!("left out: this machine's {program} has no cryptography");
        return None;
    }
    assert!(output.status.success(), "{said}");
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

/// A scene whose clock goes as those of other programs, with this key.
fn published(scene: &Scene, signer: &Signer) {
    scene.host.publish(&[signer]);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let today = i64::try_from(since.unwrap().as_secs()).unwrap();
    scene.api.state.clock.advance(today - scene.now());
}

async fn is_taken(scene: &Scene, assertion: &str) {
    let answer = scene.exchange(assertion).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let told = answer.json();
    let name = &told["session"]["customer"]["display_name"];
    assert_eq!(name, "Maya Lindqvist");
}

#[tokio::test]
async fn the_sample_in_javascript_signs() {
    let (scene, signer) = (Scene::new().await, Signer::es256("one"));
    published(&scene, &signer);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sign.mjs"), sample("js")).unwrap();
    let main = format!(
        "import {{ assertion }} from './sign.mjs';\nconsole.log(assertion({{ number: '{MAYA}', signedInAt: {} }}, '{NONCE}'));\n",
        scene.now() - 900
    );
    std::fs::write(folder.path().join("main.mjs"), main).unwrap();
    if let Some(assertion) = run("node", folder.path(), "main.mjs", &signer) {
        is_taken(&scene, &assertion).await;
    }
}

#[tokio::test]
async fn the_sample_in_python_signs() {
    let (scene, signer) = (Scene::new().await, Signer::eddsa("one"));
    published(&scene, &signer);
    let folder = tempfile::tempdir().unwrap();
    let sample = sample("python");
    let main = format!(
        "{sample}\n\nprint(assertion(\"{MAYA}\", {}, \"{NONCE}\"))\n",
        scene.now() - 900
    );
    std::fs::write(folder.path().join("sign.py"), main).unwrap();
    if let Some(assertion) = run("python3", folder.path(), "sign.py", &signer) {
        is_taken(&scene, &assertion).await;
    }
}

#[test]
fn the_samples_name_the_parties_of_the_settings() {
    for language in ["js", "python"] {
        let sample = sample(language);
        assert!(sample.contains(host::ISSUER) && sample.contains(host::AUDIENCE));
    }
}
