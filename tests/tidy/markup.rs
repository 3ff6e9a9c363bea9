//! What `index.html` and the browser tests may not have.

use crate::files::File;
use crate::{assert_allowed, assert_caught, assert_kept};

fn inline_code(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.path == "index.html")
        .flat_map(inline_in_page)
        .collect()
}

fn inline_in_page(file: &File) -> Vec<String> {
    let handler = |line: &str| {
        line.split_whitespace()
            .any(|word| word.starts_with("on") && word.contains("=\""))
    };
    let script = |line: &str| line.contains("<script") && !line.contains(" src=");
    let wrong = |line: &str| {
        script(line)
            || line.contains("<style")
            || line.contains(" style=")
            || handler(line)
            || line.contains("javascript:")
    };
    file.text
        .lines()
        .enumerate()
        .filter(|(_, line)| wrong(line))
        .map(|(line, text)| file.at(line, text))
        .collect()
}

fn fixed_waits(files: &[File]) -> Vec<String> {
    const WAITS: &[&str] = &[
        "waitForTimeout",
        "timers/promises",
        "thread::sleep",
        "sleep(Duration::",
        "await new Promise((resolve) => setTimeout",
    ];
    let is_test = |file: &&File| {
        (file.is_in("tests") || file.path.contains("/tests/")) && !file.is_in("tests/tidy")
    };
    let mut violations = Vec::new();
    for file in files.iter().filter(is_test) {
        let lines = file
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| WAITS.iter().any(|wait| line.contains(wait)));
        violations.extend(lines.map(|(line, text)| file.at(line, text)));
    }
    violations
}

#[test]
fn the_page_has_no_inline_code() {
    assert_kept(
        inline_code,
        "The content security policy refuses it. Put it into src/boot.js or style/:",
    );
    assert_caught(inline_code, &[("index.html", "<script>go()</script>\n")]);
    assert_caught(inline_code, &[("index.html", "<p style=\"color: red\">\n")]);
    assert_caught(inline_code, &[("index.html", "<body onload=\"go()\">\n")]);
    assert_allowed(
        inline_code,
        &[(
            "index.html",
            "<script type=\"module\" src=\"src/boot.js\"></script>\n",
        )],
    );
}

#[test]
fn no_test_waits_for_a_fixed_time() {
    assert_kept(
        fixed_waits,
        "Wait for the thing itself: expect(…).toBeVisible, expect.poll, a channel:",
    );
    assert_caught(
        fixed_waits,
        &[(
            "tests/browser/a.spec.ts",
            "await page.waitForTimeout(500);\n",
        )],
    );
    assert_caught(
        fixed_waits,
        &[(
            "crates/client/tests/retry.rs",
            "std::thread::sleep(second);\n",
        )],
    );
}
